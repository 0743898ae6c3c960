#pragma once
// Cairo with the few strokes that a sheet needs: text of one family in a few sizes, wrapped or cut to a
// width, pictures with hard pixels, hairlines. Lengths in the sheet's units. One thread.

#include <cairo.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::engine {

struct SheetText {
    double size = 10.0; ///< of the font
    bool bold = false;
    double grey = 0.0; ///< 0 = black
};

/// From one line of text to the next.
double lineHeight(const SheetText& style);

class SheetPen {
public:
    /// Draws on `surface`, which lives longer; `scale` of its units to one of the sheet's.
    SheetPen(cairo_surface_t* surface, double scale);

    void fillWhite();
    /// `y` is the top of the line.
    void text(double x, double y, const std::string& words, const SheetText& style);
    void hairline(double x1, double y1, double x2, double y2);
    void greyBox(double x, double y, double width, double height);
    /// `side` wide and high. Enlarged by a whole factor first: many readers of PDFs smooth small pictures.
    void picture(double x, double y, double side, int factor, const Image& image);

    double widthOf(const std::string& words, const SheetText& style);
    /// Lines no wider than `width`, broken at spaces; a word that is too wide alone is cut and ends in "…".
    std::vector<std::string> wrap(const std::string& words, double width, const SheetText& style);

private:
    void choose(const SheetText& style);
    std::string cut(std::string word, double width, const SheetText& style);

    std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo_;
};

} // namespace alphascope::engine
