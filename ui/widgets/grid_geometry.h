#pragma once
// Where the cells of an image grid lie: pure arithmetic in screen pixels, so that pictures stay whole-pixel
// sharp at every display scale.

#include <QRect>
#include <QSize>

namespace alphascope::ui {

/// All lengths in screen pixels.
struct GridGeometry {
    int columns = 0;
    int rows = 0;
    int zoom = 0;    ///< screen pixels per picture pixel
    int shown = 0;   ///< cells that fit; less than the count only where even zoom 1 is too large
    QSize cell;      ///< one cell: one picture, or two side by side for pairs
    QSize picture;   ///< one picture
    int spacing = 0; ///< between cells
    QPoint origin;   ///< top left of the first cell: the grid is centred

    QRect cellRect(int index) const;
    /// Cell at a point, or -1 between and beside cells.
    int cellAt(const QPoint& point) const;
};

/// The largest whole zoom at which `count` cells fit into `area`, with as many columns as fit at that zoom.
/// pictures: 1, or 2 for pairs. A zoom above maximumZoom is not used. With enough > 0 it is enough that so
/// many cells fit: fewer, but larger pictures.
GridGeometry fitGrid(QSize area, QSize picture, int count, int pictures, int spacing, int maximumZoom = 64,
                     int enough = 0);

} // namespace alphascope::ui
