#include "engine/imaging/vector_drawing.h"

#include <cairo.h>

#include <algorithm>
#include <memory>
#include <numbers>

#include "engine/api/error.h"
#include "engine/imaging/cairo/page.h"

namespace alphascope::engine {

namespace {

using Pen = std::unique_ptr<cairo_t, void (*)(cairo_t*)>;

void chooseFont(cairo_t* pen, double size, bool bold) {
    cairo_select_font_face(pen, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                           bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(pen, size);
}

double advanceOf(cairo_t* pen, const std::string& words) {
    cairo_text_extents_t extents{};
    cairo_text_extents(pen, words.c_str(), &extents);
    return extents.x_advance;
}

void writeWords(cairo_t* pen, const DrawShape& shape) {
    chooseFont(pen, shape.fontSize, shape.bold);
    const double share = shape.anchor == TextAnchor::Start    ? 0.0
                         : shape.anchor == TextAnchor::Middle ? 0.5
                                                              : 1.0;
    cairo_move_to(pen, shape.x - share * advanceOf(pen, shape.words), shape.y);
    cairo_show_text(pen, shape.words.c_str());
}

void tracePath(cairo_t* pen, const DrawShape& shape) {
    switch (shape.kind) {
    case DrawShape::Kind::Line:
        cairo_move_to(pen, shape.x, shape.y);
        cairo_line_to(pen, shape.x2, shape.y2);
        break;
    case DrawShape::Kind::Box:
        cairo_rectangle(pen, shape.x, shape.y, shape.x2, shape.y2);
        break;
    case DrawShape::Kind::Circle:
        cairo_new_sub_path(pen);
        cairo_arc(pen, shape.x, shape.y, shape.radius, 0.0, 2.0 * std::numbers::pi);
        break;
    case DrawShape::Kind::Triangle:
        cairo_move_to(pen, shape.x, shape.y - shape.radius);
        cairo_line_to(pen, shape.x + shape.radius, shape.y + shape.radius);
        cairo_line_to(pen, shape.x - shape.radius, shape.y + shape.radius);
        cairo_close_path(pen);
        break;
    case DrawShape::Kind::Text:
        break;
    }
}

void drawShape(cairo_t* pen, const DrawShape& shape) {
    const auto part = [&](unsigned shift) { return double(shape.color.rgb >> shift & 0xFFU) / 255.0; };
    cairo_set_source_rgba(pen, part(16), part(8), part(0), shape.color.opacity);
    if (shape.kind == DrawShape::Kind::Text) {
        writeWords(pen, shape);
        return;
    }
    tracePath(pen, shape);
    if (shape.filled && shape.kind != DrawShape::Kind::Line) {
        cairo_fill(pen);
        return;
    }
    constexpr double dashes[] = {4.0, 3.0};
    cairo_set_dash(pen, dashes, shape.dashed ? 2 : 0, 0.0);
    cairo_set_line_width(pen, shape.width);
    cairo_stroke(pen);
}

PageArtist artistOf(const VectorDrawing& drawing) {
    if (drawing.width < 1.0 || drawing.height < 1.0 ||
        std::max(drawing.width, drawing.height) > largestSide) {
        throw Error(ErrorKind::Usage, "The figure would be empty, or too large to be drawn.",
                    "Draw fewer methods or parameters.");
    }
    return [&drawing](cairo_surface_t* page, double scale) {
        const Pen pen(cairo_create(page), cairo_destroy);
        cairo_scale(pen.get(), scale, scale);
        useUnhintedText(pen.get());
        cairo_set_source_rgb(pen.get(), 1, 1, 1);
        cairo_paint(pen.get());
        for (const DrawShape& shape : drawing.shapes) {
            drawShape(pen.get(), shape);
        }
    };
}

} // namespace

double drawnWidth(const std::string& words, double fontSize, bool bold) {
    const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> page(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1), cairo_surface_destroy);
    const Pen pen(cairo_create(page.get()), cairo_destroy);
    useUnhintedText(pen.get());
    chooseFont(pen.get(), fontSize, bold);
    return advanceOf(pen.get(), words);
}

Image drawVector(const VectorDrawing& drawing) {
    return paintPicture(drawing.width, drawing.height, artistOf(drawing));
}

std::string vectorAsPdf(const VectorDrawing& drawing) {
    return paintPdf(drawing.width, drawing.height, artistOf(drawing));
}

} // namespace alphascope::engine
