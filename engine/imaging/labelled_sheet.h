#pragma once
// Pictures under headings, as papers print comparisons: columns with a title, bands of rows beneath, a
// caption. Drawn by cairo (imaging/cairo/, its only user), so that a sheet looks the same as a picture and as
// a PDF, where text stays text and lines stay lines. Standard library only. Any thread; no shared state.
//
// Lengths are in units of 1/96 inch: two pixels each in a picture, three quarters of a point in a PDF.

#include <string>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::engine {

/// What stands over a column.
struct SheetColumn {
    std::string title;
    std::vector<std::string> lines;
};

/// One column's part of a band.
struct SheetBlock {
    std::vector<Image> cells; ///< row by row, SheetBand::across of them in a row
    std::string note;         ///< beneath the cells; in their place when there are none
};

/// Rows that belong together.
struct SheetBand {
    std::string title;
    std::string headTitle;               ///< over the head of each row, such as "Original"
    std::vector<Image> heads;            ///< a picture before each row ...
    std::vector<std::string> headLabels; ///< ... or a word; both empty for none
    std::vector<SheetBlock> blocks;      ///< one for each column
    int across = 1;
};

struct LabelledSheet {
    std::vector<SheetColumn> columns;
    std::vector<SheetBand> bands;
    std::string caption;
    int pictureSide = 28;   ///< pixels of the pictures; others are stretched to it
    double cellSide = 84.0; ///< wanted width of a cell; a whole number of pixels per picture pixel is chosen
};

/// The sheet as a picture, dark on white. Throws Error(Usage) in a program without cairo, and for a sheet
/// that has no columns or is too large to be drawn.
Image drawSheet(const LabelledSheet& sheet);

/// The same as a PDF of one page, of the same bytes each time.
std::string sheetAsPdf(const LabelledSheet& sheet);

/// By extension: .pdf, or a picture as writeImage() takes it. Atomic. Throws Error.
void writeSheet(const std::string& path, const LabelledSheet& sheet);

} // namespace alphascope::engine
