#include "engine/imaging/labelled_sheet.h"

#include <algorithm>
#include <cmath>

#include "engine/api/error.h"
#include "engine/imaging/cairo/page.h"
#include "engine/imaging/cairo/sheet_pen.h"

namespace alphascope::engine {

namespace {

constexpr double margin = 18.0;
constexpr double columnGap = 12.0;
constexpr double cellGap = 2.0;
constexpr double bandGap = 14.0;
constexpr double narrowestColumn = 60.0;
constexpr double narrowestCaption = 240.0;

constexpr SheetText columnTitle{11.5, true, 0.08};
constexpr SheetText columnLine{8.5, false, 0.4};
constexpr SheetText bandTitle{9.5, true, 0.3};
constexpr SheetText blockNote{8.5, false, 0.3};
constexpr SheetText headLabel{8.5, false, 0.45};
constexpr SheetText captionText{8.5, false, 0.3};

/// Goes through a sheet from top to bottom; twice, once to see how high it is.
class SheetPrinter {
public:
    SheetPrinter(const LabelledSheet& sheet, cairo_surface_t* surface, double scale)
        : sheet_(sheet), pen_(surface, scale) {
        factor_ = std::max(1, int(std::lround(sheet.cellSide * pixelsPerUnit / sheet.pictureSide)));
        cell_ = sheet.pictureSide * factor_ / pixelsPerUnit;
        int across = 1;
        for (const SheetBand& band : sheet.bands) {
            across = std::max(across, band.across);
            hasHeads_ = hasHeads_ || !band.heads.empty() || !band.headLabels.empty();
        }
        column_ = std::max(narrowestColumn, rowWidth(across));
        left_ = margin + (hasHeads_ ? std::max(cell_, narrowestColumn) + columnGap : 0.0);
        const double columns = double(sheet.columns.size()) * (column_ + columnGap) - columnGap;
        width_ = std::ceil(std::max(left_ + columns, margin + narrowestCaption) + margin);
    }

    double width() const { return width_; }

    /// Gives the height.
    double print(bool draw) {
        draw_ = draw;
        y_ = margin;
        if (draw_) {
            pen_.fillWhite();
        }
        printTitles(true, {});
        for (std::size_t i = 0; i < sheet_.bands.size(); ++i) {
            printBand(sheet_.bands[i], i == 0);
        }
        for (const std::string& line : pen_.wrap(sheet_.caption, width_ - 2 * margin, captionText)) {
            printLine(margin, line, captionText);
        }
        return std::ceil(y_ + margin);
    }

private:
    double rowWidth(int across) const { return across * (cell_ + cellGap) - cellGap; }
    double columnLeft(std::size_t column) const { return left_ + double(column) * (column_ + columnGap); }

    void printLine(double x, const std::string& words, const SheetText& style) {
        if (draw_) {
            pen_.text(x, y_, words, style);
        }
        y_ += lineHeight(style);
    }

    /// Lines of text from the present height on; gives where they end.
    double printParagraph(double x, double y, const std::string& words, double width,
                          const SheetText& style) {
        for (const std::string& line : pen_.wrap(words, width, style)) {
            if (draw_) {
                pen_.text(x, y, line, style);
            }
            y += lineHeight(style);
        }
        return y;
    }

    void printTitles(bool withLines, const std::string& headTitle) {
        double end = y_;
        if (!headTitle.empty()) {
            end = printParagraph(margin, y_, headTitle, left_ - margin, headLabel);
        }
        for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
            const SheetColumn& column = sheet_.columns[i];
            double y = printParagraph(columnLeft(i), y_, column.title, column_, columnTitle);
            if (withLines) {
                for (const std::string& line : column.lines) {
                    y = printParagraph(columnLeft(i), y, line, column_, columnLine);
                }
            }
            end = std::max(end, y);
        }
        y_ = std::ceil(end) + 4;
    }

    void printBand(const SheetBand& band, bool first) {
        if (!band.title.empty()) {
            y_ += 2;
            if (draw_) {
                pen_.hairline(margin, y_, width_ - margin, y_);
            }
            y_ += 5;
            printLine(margin, band.title, bandTitle);
            y_ = std::ceil(y_) + 4;
        }
        if (!first) {
            printTitles(false, band.headTitle);
        }
        const double top = y_;
        double end = std::max(top, printHeads(band, top));
        for (std::size_t i = 0; i < band.blocks.size(); ++i) {
            end = std::max(end, printBlock(band, band.blocks[i], columnLeft(i), top));
        }
        y_ = std::ceil(end) + bandGap;
    }

    double printHeads(const SheetBand& band, double y) {
        const std::size_t rows = std::max(band.heads.size(), band.headLabels.size());
        for (std::size_t i = 0; draw_ && i < rows; ++i) {
            const double top = y + double(i) * (cell_ + cellGap);
            if (i < band.heads.size()) {
                pen_.picture(margin, top, cell_, factor_, band.heads[i]);
            } else {
                const std::string& label = band.headLabels[i];
                const double middle = top + (cell_ - lineHeight(headLabel)) / 2;
                pen_.text(left_ - columnGap - pen_.widthOf(label, headLabel), middle, label, headLabel);
            }
        }
        return y + double(rows) * (cell_ + cellGap);
    }

    double printBlock(const SheetBand& band, const SheetBlock& block, double x, double y) {
        if (block.cells.empty()) {
            return printEmpty(block, x, y);
        }
        for (std::size_t i = 0; draw_ && i < block.cells.size(); ++i) {
            const auto column = double(i % std::size_t(band.across));
            const auto row = double(i / std::size_t(band.across));
            pen_.picture(x + column * (cell_ + cellGap), y + row * (cell_ + cellGap), cell_, factor_,
                         block.cells[i]);
        }
        const std::size_t rows =
            (block.cells.size() + std::size_t(band.across) - 1) / std::size_t(band.across);
        const double end = y + double(rows) * (cell_ + cellGap);
        return printParagraph(x, end + 1, block.note, column_, blockNote);
    }

    double printEmpty(const SheetBlock& block, double x, double y) {
        const double inside = column_ - 12;
        const double lines = double(pen_.wrap(block.note, inside, blockNote).size());
        const double height = std::max(cell_, lines * lineHeight(blockNote) + 12);
        if (draw_) {
            pen_.greyBox(x, y, column_, height);
        }
        printParagraph(x + 6, y + 6, block.note, inside, blockNote);
        return y + height;
    }

    const LabelledSheet& sheet_;
    SheetPen pen_;
    int factor_ = 1; ///< of a picture's pixels
    double cell_ = 0.0;
    double column_ = 0.0;
    double left_ = 0.0;
    double width_ = 0.0;
    double y_ = 0.0;
    bool hasHeads_ = false;
    bool draw_ = false;
};

using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;

struct SheetSize {
    double width;
    double height;
};

SheetSize measure(const LabelledSheet& sheet) {
    if (sheet.columns.empty() || sheet.pictureSide < 1) {
        throw Error(ErrorKind::Usage, "A sheet needs a column at least.", "Choose what it shall show.");
    }
    const Surface page(cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1), cairo_surface_destroy);
    SheetPrinter printer(sheet, page.get(), pixelsPerUnit);
    const SheetSize size{printer.width(), printer.print(false)};
    if (std::max(size.width, size.height) > largestSide) {
        throw Error(ErrorKind::Usage, "The sheet would be too large to be drawn.",
                    "Take fewer rows or fewer models.");
    }
    return size;
}

PageArtist artistOf(const LabelledSheet& sheet) {
    return [&sheet](cairo_surface_t* page, double scale) { SheetPrinter(sheet, page, scale).print(true); };
}

} // namespace

Image drawSheet(const LabelledSheet& sheet) {
    const SheetSize size = measure(sheet);
    return paintPicture(size.width, size.height, artistOf(sheet));
}

std::string sheetAsPdf(const LabelledSheet& sheet) {
    const SheetSize size = measure(sheet);
    return paintPdf(size.width, size.height, artistOf(sheet));
}

} // namespace alphascope::engine
