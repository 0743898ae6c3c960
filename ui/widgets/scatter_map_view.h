#pragma once
// Which part of the plane a map shows: pure arithmetic; any thread.

#include <QPointF>
#include <QRectF>

namespace alphascope::ui {

/// x to the right, y up, one scale for both, since distances on a map mean something. Boxes in map
/// coordinates are QRectF(least x, least y, width, height).
struct MapView {
    QRectF area;      ///< the map in widget coordinates
    QPointF centre;   ///< the map coordinates in the middle of the area
    double scale = 1; ///< pixels a unit

    QPointF toWidget(const QPointF& point) const;
    QPointF fromWidget(const QPointF& point) const;
    /// What the area shows, in map coordinates.
    QRectF visible() const;

    /// The view after the content was moved by `pixels` (y down, as the mouse moves).
    MapView panned(const QPointF& pixels) const;
    /// The view with `factor` times the scale, in which the point under `at` stays there.
    MapView zoomedAbout(const QPointF& at, double factor) const;
    /// The view that shows all of `bounds`, with some room about it; bounds without extent are centred.
    static MapView fitted(const QRectF& bounds, const QRectF& area);
};

} // namespace alphascope::ui
