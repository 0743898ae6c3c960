#pragma once
// Draws many dots into a picture: small antialiased sprites of each colour are made once and blended pixel by
// pixel, since a call of QPainter for each of 100,000 points costs ten frames. A layer that is scrolled keeps
// what stays visible while the map is dragged. GUI thread.

#include "ui/widgets/scatter_map_index.h"

#include <QColor>
#include <QImage>
#include <QPoint>
#include <QRect>
#include <QVector>

#include <functional>
#include <vector>

namespace alphascope::ui {

/// A disc in each colour at 4 x 4 places within a pixel. Lengths in device pixels.
class DotSprites {
public:
    DotSprites() = default;
    /// A ring of `ringWidth` about the disc, in the colour `ring`; 0: none. opacity is that of the whole.
    DotSprites(const QVector<QColor>& colors, double radius, double opacity, double ringWidth = 0,
               const QColor& ring = {});

    /// Pixels from a dot's pixel to the edge of its sprite.
    int reach() const { return reach_; }
    /// Blends onto an opaque picture. (x, y): the dot's pixel; phaseX, phaseY: quarters of a pixel (0 to 3).
    void blend(QImage& target, const QRect& clip, int x, int y, int phaseX, int phaseY, int color) const;

private:
    struct Run {
        int first;
        int last;
    };
    int side_ = 0;
    int reach_ = 0;
    std::vector<QRgb> pixels_; ///< premultiplied; color, phase, row, column
    std::vector<Run> runs_;    ///< of each phase and row: what is not transparent
};

/// How map coordinates become pixels of a layer: whole pixels from an origin, so that a layer that was
/// scrolled looks exactly as one drawn anew.
struct DotGrid {
    QPointF reference; ///< map coordinates of pixel (0, 0) before the origin is taken off
    double scale = 1;  ///< device pixels a unit
    qint64 originX = 0;
    qint64 originY = 0;
};

/// Draws the points that `wanted` lets pass and that touch `clip`. colors: one for each point of the map.
void drawDots(QImage& target, const QRect& clip, const DotGrid& grid, const PointIndex& points,
              const DotSprites& sprites, const std::vector<quint8>& colors,
              const std::function<bool(int)>& wanted = {});

/// An opaque picture of a part of an endless plane of pixels.
class ScrolledLayer {
public:
    void invalidate() { valid_ = false; }
    /// Shows the plane from `origin` on; calls paint(image, part) for each part that must be drawn anew.
    void show(qint64 originX, qint64 originY, const QSize& size,
              const std::function<void(QImage&, const QRect&)>& paint);
    const QImage& image() const { return image_; }

private:
    void scroll(int dx, int dy);

    QImage image_;
    qint64 originX_ = 0;
    qint64 originY_ = 0;
    bool valid_ = false;
};

} // namespace alphascope::ui
