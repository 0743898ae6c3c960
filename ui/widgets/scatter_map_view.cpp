#include "ui/widgets/scatter_map_view.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace alphascope::ui {

namespace {

constexpr double room = 0.06; // of the area, left free on each side

} // namespace

QPointF MapView::toWidget(const QPointF& point) const {
    const QPointF middle = area.center();
    return {middle.x() + (point.x() - centre.x()) * scale, middle.y() - (point.y() - centre.y()) * scale};
}

QPointF MapView::fromWidget(const QPointF& point) const {
    const QPointF middle = area.center();
    return {centre.x() + (point.x() - middle.x()) / scale, centre.y() - (point.y() - middle.y()) / scale};
}

QRectF MapView::visible() const {
    const QPointF lowest = fromWidget(area.bottomLeft());
    return {lowest.x(), lowest.y(), area.width() / scale, area.height() / scale};
}

MapView MapView::panned(const QPointF& pixels) const {
    MapView next = *this;
    next.centre += QPointF(-pixels.x() / scale, pixels.y() / scale);
    return next;
}

MapView MapView::zoomedAbout(const QPointF& at, double factor) const {
    MapView next = *this;
    next.scale = scale * factor;
    // Not by fromWidget() of both views: their difference would lose digits where coordinates are large.
    const QPointF offset = at - area.center();
    const double change = (1.0 / scale) - (1.0 / next.scale);
    next.centre += QPointF(offset.x() * change, -offset.y() * change);
    return next;
}

MapView MapView::fitted(const QRectF& bounds, const QRectF& area) {
    MapView view;
    view.area = area;
    view.centre = bounds.center();
    const double width = std::max(1.0, area.width() * (1 - 2 * room));
    const double height = std::max(1.0, area.height() * (1 - 2 * room));
    // Rounding alone tells such points apart: show them as one.
    const double reach = std::max(std::abs(view.centre.x()), std::abs(view.centre.y()));
    const double least = std::max({reach * 1e-12, std::numeric_limits<double>::min() * 1e12});
    if (bounds.width() <= least && bounds.height() <= least) {
        view.scale = width / std::max(reach, 1.0);
        return view;
    }
    view.scale = std::min(width / std::max(bounds.width(), least), height / std::max(bounds.height(), least));
    return view;
}

} // namespace alphascope::ui
