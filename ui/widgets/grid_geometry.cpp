#include "ui/widgets/grid_geometry.h"

#include <algorithm>

namespace alphascope::ui {

QRect GridGeometry::cellRect(int index) const {
    if (columns <= 0 || index < 0 || index >= shown) {
        return {};
    }
    const int column = index % columns;
    const int row = index / columns;
    return {origin + QPoint(column * (cell.width() + spacing), row * (cell.height() + spacing)), cell};
}

int GridGeometry::cellAt(const QPoint& point) const {
    if (columns <= 0 || cell.isEmpty()) {
        return -1;
    }
    const QPoint inside = point - origin;
    if (inside.x() < 0 || inside.y() < 0) {
        return -1;
    }
    const int column = inside.x() / (cell.width() + spacing);
    const int row = inside.y() / (cell.height() + spacing);
    if (column >= columns) {
        return -1;
    }
    const int index = row * columns + column;
    return index < shown && cellRect(index).contains(point) ? index : -1;
}

GridGeometry fitGrid(QSize area, QSize picture, int count, int pictures, int spacing, int maximumZoom,
                     int enough) {
    GridGeometry grid;
    grid.spacing = spacing;
    if (area.isEmpty() || picture.isEmpty() || count <= 0) {
        return grid;
    }
    const int wanted = enough > 0 ? std::min(enough, count) : count;
    const auto place = [&](int zoom) {
        grid.zoom = zoom;
        grid.picture = picture * zoom;
        grid.cell = QSize(grid.picture.width() * pictures, grid.picture.height());
        const int across = std::max(1, (area.width() + spacing) / (grid.cell.width() + spacing));
        const int down = std::max(1, (area.height() + spacing) / (grid.cell.height() + spacing));
        grid.columns = std::min(across, count);
        grid.shown = std::min(count, across * down);
        const bool wide = grid.cell.width() > area.width() || grid.cell.height() > area.height();
        return grid.shown >= wanted && !wide;
    };
    int zoom = std::max(1, std::min({maximumZoom, area.width() / std::max(1, picture.width() * pictures),
                                     area.height() / std::max(1, picture.height())}));
    while (!place(zoom) && zoom > 1) {
        --zoom;
    }
    grid.rows = (grid.shown + grid.columns - 1) / grid.columns;
    // The same number of rows needs perhaps fewer columns; an even block looks calmer than a ragged last row.
    grid.columns = (grid.shown + grid.rows - 1) / grid.rows;
    const int width = grid.columns * (grid.cell.width() + spacing) - spacing;
    const int height = grid.rows * (grid.cell.height() + spacing) - spacing;
    grid.origin = QPoint(std::max(0, (area.width() - width) / 2), std::max(0, (area.height() - height) / 2));
    return grid;
}

} // namespace alphascope::ui
