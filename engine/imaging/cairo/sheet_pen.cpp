#include "engine/imaging/cairo/sheet_pen.h"

#include <algorithm>
#include <cstdint>
#include <sstream>

#include "engine/imaging/cairo/page.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;

Surface surfaceOf(const Image& image) {
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height),
                    cairo_surface_destroy);
    unsigned char* const bytes = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < image.height; ++y) {
        auto* row = reinterpret_cast<std::uint32_t*>(bytes + std::ptrdiff_t(y) * stride);
        for (int x = 0; x < image.width; ++x) {
            const std::uint8_t* p = image.pixels.data() + (std::size_t(y) * image.width + x) * image.channels;
            const bool colour = image.channels == 3;
            row[x] = std::uint32_t(p[0]) << 16U | std::uint32_t(p[colour ? 1 : 0]) << 8U | p[colour ? 2 : 0];
        }
    }
    cairo_surface_mark_dirty(surface.get());
    return surface;
}

} // namespace

double lineHeight(const SheetText& style) {
    return style.size * 1.3;
}

SheetPen::SheetPen(cairo_surface_t* surface, double scale) : cairo_(cairo_create(surface), cairo_destroy) {
    cairo_scale(cairo_.get(), scale, scale);
    useUnhintedText(cairo_.get());
}

void SheetPen::fillWhite() {
    cairo_set_source_rgb(cairo_.get(), 1, 1, 1);
    cairo_paint(cairo_.get());
}

void SheetPen::choose(const SheetText& style) {
    cairo_select_font_face(cairo_.get(), "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                           style.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo_.get(), style.size);
}

void SheetPen::text(double x, double y, const std::string& words, const SheetText& style) {
    choose(style);
    cairo_set_source_rgb(cairo_.get(), style.grey, style.grey, style.grey);
    cairo_move_to(cairo_.get(), x, y + style.size);
    cairo_show_text(cairo_.get(), words.c_str());
}

void SheetPen::hairline(double x1, double y1, double x2, double y2) {
    cairo_set_source_rgb(cairo_.get(), 0.82, 0.82, 0.82);
    cairo_set_line_width(cairo_.get(), 0.5);
    cairo_move_to(cairo_.get(), x1, y1);
    cairo_line_to(cairo_.get(), x2, y2);
    cairo_stroke(cairo_.get());
}

void SheetPen::greyBox(double x, double y, double width, double height) {
    cairo_set_source_rgb(cairo_.get(), 0.955, 0.955, 0.955);
    cairo_rectangle(cairo_.get(), x, y, width, height);
    cairo_fill(cairo_.get());
}

void SheetPen::picture(double x, double y, double side, int factor, const Image& image) {
    const Surface surface = surfaceOf(enlarge(image, factor));
    cairo_save(cairo_.get());
    cairo_translate(cairo_.get(), x, y);
    cairo_scale(cairo_.get(), side / (image.width * factor), side / (image.height * factor));
    cairo_set_source_surface(cairo_.get(), surface.get(), 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo_.get()), CAIRO_FILTER_NEAREST);
    cairo_paint(cairo_.get());
    cairo_restore(cairo_.get());
}

double SheetPen::widthOf(const std::string& words, const SheetText& style) {
    choose(style);
    cairo_text_extents_t extents{};
    cairo_text_extents(cairo_.get(), words.c_str(), &extents);
    return extents.x_advance;
}

std::string SheetPen::cut(std::string word, double width, const SheetText& style) {
    if (widthOf(word, style) <= width) {
        return word;
    }
    do {
        // Bytes 10xxxxxx continue a character of UTF-8.
        while (!word.empty() && (static_cast<unsigned char>(word.back()) & 0xC0U) == 0x80U) {
            word.pop_back();
        }
        if (!word.empty()) {
            word.pop_back();
        }
    } while (!word.empty() && widthOf(word + "…", style) > width);
    return word + "…";
}

std::vector<std::string> SheetPen::wrap(const std::string& words, double width, const SheetText& style) {
    std::vector<std::string> lines;
    std::istringstream stream(words);
    for (std::string word; stream >> word;) {
        const std::string longer = lines.empty() ? word : lines.back() + " " + word;
        if (!lines.empty() && widthOf(longer, style) <= width) {
            lines.back() = longer;
        } else {
            lines.push_back(cut(word, width, style));
        }
    }
    return lines;
}

} // namespace alphascope::engine
