#include <fmt/format.h>

#include "engine/imaging/vector_drawing.h"

namespace alphascope::engine {

namespace {

std::string svgEscaped(const std::string& words) {
    std::string text;
    for (const char c : words) {
        switch (c) {
        case '<':
            text += "&lt;";
            break;
        case '>':
            text += "&gt;";
            break;
        case '&':
            text += "&amp;";
            break;
        case '"':
            text += "&quot;";
            break;
        default:
            text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return text;
}

/// Fill or stroke of a shape.
std::string svgPaint(const DrawShape& shape) {
    const std::string color = fmt::format("#{:06x}", shape.color.rgb);
    const bool stroked = shape.kind == DrawShape::Kind::Line || !shape.filled;
    std::string text =
        stroked ? fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"{:.2f}\"", color, shape.width)
                : fmt::format("fill=\"{}\"", color);
    if (shape.color.opacity < 1.0) {
        text += fmt::format(" {}-opacity=\"{:.2f}\"", stroked ? "stroke" : "fill", shape.color.opacity);
    }
    if (shape.dashed) {
        text += " stroke-dasharray=\"4 3\"";
    }
    return text;
}

std::string svgText(const DrawShape& shape) {
    const char* const anchor = shape.anchor == TextAnchor::Start    ? "start"
                               : shape.anchor == TextAnchor::Middle ? "middle"
                                                                    : "end";
    return fmt::format(
        "<text x=\"{:.2f}\" y=\"{:.2f}\" font-size=\"{:.1f}\"{} text-anchor=\"{}\" {}>{}</text>", shape.x,
        shape.y, shape.fontSize, shape.bold ? " font-weight=\"bold\"" : "", anchor, svgPaint(shape),
        svgEscaped(shape.words));
}

std::string svgShape(const DrawShape& shape) {
    switch (shape.kind) {
    case DrawShape::Kind::Line:
        return fmt::format("<line x1=\"{:.2f}\" y1=\"{:.2f}\" x2=\"{:.2f}\" y2=\"{:.2f}\" {}/>", shape.x,
                           shape.y, shape.x2, shape.y2, svgPaint(shape));
    case DrawShape::Kind::Box:
        return fmt::format("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" {}/>", shape.x,
                           shape.y, shape.x2, shape.y2, svgPaint(shape));
    case DrawShape::Kind::Circle:
        return fmt::format("<circle cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"{:.2f}\" {}/>", shape.x, shape.y,
                           shape.radius, svgPaint(shape));
    case DrawShape::Kind::Triangle:
        return fmt::format("<path d=\"M{:.2f} {:.2f}l{:.2f} {:.2f}h{:.2f}z\" {}/>", shape.x,
                           shape.y - shape.radius, shape.radius, 2 * shape.radius, -2 * shape.radius,
                           svgPaint(shape));
    case DrawShape::Kind::Text:
        break;
    }
    return svgText(shape);
}

} // namespace

std::string vectorAsSvg(const VectorDrawing& drawing) {
    std::string text =
        fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
                    "viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"DejaVu Sans, Verdana, sans-serif\">\n"
                    "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
                    drawing.width, drawing.height);
    for (const DrawShape& shape : drawing.shapes) {
        text += svgShape(shape) + "\n";
    }
    return text + "</svg>\n";
}

} // namespace alphascope::engine
