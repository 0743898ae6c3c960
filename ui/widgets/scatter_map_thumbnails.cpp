#include "ui/widgets/scatter_map_thumbnails.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace alphascope::ui {

namespace {

constexpr int mostPointsPerCell = 4; // more than these are better seen as dots
constexpr double farthestCell = 1e15;
constexpr int mostScreenCells = 4096; // a side; the screen has far fewer

struct Cell {
    quint32 rank = std::numeric_limits<quint32>::max();
    int index = -1;
    int count = 0;
    QPointF position;

    bool shows() const { return index >= 0 && count <= mostPointsPerCell; }
    bool goesBefore(const Cell& other) const {
        return rank != other.rank ? rank < other.rank : index < other.index;
    }
};

/// Scatters the indices, so that no part of the data set is preferred (the finalizer of MurmurHash3).
quint32 rankOf(int index) {
    auto h = static_cast<quint32>(index) + 0x9e3779b9U;
    h = (h ^ (h >> 16)) * 0x85ebca6bU;
    h = (h ^ (h >> 13)) * 0xc2b2ae35U;
    return h ^ (h >> 16);
}

class CellGrid {
public:
    CellGrid(const QRectF& box, const QPointF& reference, double cell) : reference_(reference), cell_(cell) {
        // Two more on each side: the neighbours of those whose pictures reach into the box.
        firstX_ = std::floor((box.left() - reference.x()) / cell) - 2;
        firstY_ = std::floor((box.top() - reference.y()) / cell) - 2;
        columns_ = static_cast<int>(std::clamp(std::floor((box.right() - reference.x()) / cell) + 3 - firstX_,
                                               0.0, double(mostScreenCells)));
        rows_ = static_cast<int>(std::clamp(std::floor((box.bottom() - reference.y()) / cell) + 3 - firstY_,
                                            0.0, double(mostScreenCells)));
        cells_.resize(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
    }

    QRectF covered() const {
        return {reference_.x() + firstX_ * cell_, reference_.y() + firstY_ * cell_, columns_ * cell_,
                rows_ * cell_};
    }
    int columns() const { return columns_; }
    int rows() const { return rows_; }
    const Cell& at(int column, int row) const { return cells_[indexOf(column, row)]; }

    void add(const PointIndex::Entry& entry) {
        const double x = std::floor((entry.x - reference_.x()) / cell_) - firstX_;
        const double y = std::floor((entry.y - reference_.y()) / cell_) - firstY_;
        if (x < 0 || y < 0 || x >= columns_ || y >= rows_) {
            return;
        }
        Cell& cell = cells_[indexOf(static_cast<int>(x), static_cast<int>(y))];
        ++cell.count;
        const Cell candidate{rankOf(entry.index), entry.index, 0, {entry.x, entry.y}};
        if (cell.index < 0 || candidate.goesBefore(cell)) {
            cell.rank = candidate.rank;
            cell.index = candidate.index;
            cell.position = candidate.position;
        }
    }

    /// Whether one of the eight neighbours has a picture that would overlap and goes before.
    bool givesWay(int column, int row) const {
        const Cell& cell = at(column, row);
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
                const Cell& other = at(column + dx, row + dy);
                const QPointF apart = other.position - cell.position;
                if ((dx != 0 || dy != 0) && other.shows() && other.goesBefore(cell) &&
                    std::abs(apart.x()) < cell_ && std::abs(apart.y()) < cell_) {
                    return true;
                }
            }
        }
        return false;
    }

private:
    std::size_t indexOf(int column, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
               static_cast<std::size_t>(column);
    }

    QPointF reference_;
    double cell_;
    double firstX_ = 0;
    double firstY_ = 0;
    int columns_ = 0;
    int rows_ = 0;
    std::vector<Cell> cells_;
};

} // namespace

QVector<ThumbnailPlace> chooseThumbnails(const PointIndex& points, const QRectF& box,
                                         const QPointF& reference, double scale, double side) {
    QVector<ThumbnailPlace> chosen;
    const QPointF farCorner(
        std::max(std::abs(box.left() - reference.x()), std::abs(box.right() - reference.x())),
        std::max(std::abs(box.top() - reference.y()), std::abs(box.bottom() - reference.y())));
    if (points.isEmpty() || !(scale > 0) || farCorner.x() * scale > farthestCell ||
        farCorner.y() * scale > farthestCell) {
        return chosen;
    }
    CellGrid grid(box, reference, side / scale);
    points.visitNear(grid.covered(), [&](auto run) {
        for (const PointIndex::Entry& entry : run) {
            grid.add(entry);
        }
    });
    for (int row = 1; row + 1 < grid.rows(); ++row) {
        for (int column = 1; column + 1 < grid.columns(); ++column) {
            const Cell& cell = grid.at(column, row);
            if (cell.shows() && !grid.givesWay(column, row)) {
                chosen.append({cell.index, cell.position});
            }
        }
    }
    return chosen;
}

// ---- the store ------------------------------------------------------------------------------------------

QImage ThumbnailStore::picture(int index, int side) {
    Picture* picture = pictures_.object(index);
    if (picture == nullptr || picture->image.isNull()) {
        return {};
    }
    if (picture->sized.size() != QSize(side, side)) {
        // Enlarged pixels stay squares; reduced pictures are averaged.
        const auto mode = picture->image.width() > side ? Qt::SmoothTransformation : Qt::FastTransformation;
        picture->sized = picture->image.scaled(side, side, Qt::IgnoreAspectRatio, mode)
                             .convertToFormat(QImage::Format_ARGB32_Premultiplied);
    }
    return picture->sized;
}

void ThumbnailStore::put(int index, const QImage& image) {
    asked_.remove(index);
    pictures_.insert(index, new Picture{image, {}});
}

void ThumbnailStore::clear() {
    pictures_.clear();
    asked_.clear();
}

QVector<int> ThumbnailStore::takeMissing(const QVector<int>& shown, int most) {
    QVector<int> missing;
    QSet<int> stillAsked;
    for (const int index : shown) {
        if (asked_.contains(index)) {
            stillAsked.insert(index);
        } else if (missing.size() < most && !pictures_.contains(index)) {
            stillAsked.insert(index);
            missing.append(index);
        }
    }
    asked_ = stillAsked;
    return missing;
}

} // namespace alphascope::ui
