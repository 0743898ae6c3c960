#pragma once
// Points of the plane in a uniform grid, so that what lies near a place or in a box is found without looking
// at the rest. Built in linear time. Immutable after build(), then any thread.

#include <QPointF>
#include <QRectF>
#include <QVector>

#include <span>
#include <vector>

namespace alphascope::ui {

class PointIndex {
public:
    struct Entry {
        double x;
        double y;
        int index; ///< in the positions given
    };

    /// Leaves out what is not finite, or too large for the squares of distances (1e150).
    void build(const QVector<QPointF>& positions);

    int count() const { return static_cast<int>(entries_.size()); }
    bool isEmpty() const { return entries_.empty(); }
    /// Least x, least y, width, height of the points that count.
    QRectF bounds() const { return bounds_; }

    /// The point nearest to `at`, at most `radius` away; of several the one with the lowest index; else -1.
    int nearest(const QPointF& at, double radius) const;

    /// Calls visit(std::span<const Entry>) for runs of points that together hold every point of `box`, and
    /// others near it. Always in the same order; within a cell by index.
    template <typename Visit>
    void visitNear(const QRectF& box, Visit visit) const {
        if (entries_.empty() || box.right() < bounds_.left() || box.left() > bounds_.right() ||
            box.bottom() < bounds_.top() || box.top() > bounds_.bottom()) {
            return;
        }
        const int first = columnOf(box.left());
        const int last = columnOf(box.right());
        for (int row = rowOf(box.top()), end = rowOf(box.bottom()); row <= end; ++row) {
            const std::size_t from = starts_[cell(row, first)];
            const std::size_t to = starts_[cell(row, last) + 1];
            if (to > from) {
                visit(std::span<const Entry>(entries_.data() + from, to - from));
            }
        }
    }

private:
    int columnOf(double x) const;
    int rowOf(double y) const;
    std::size_t cell(int row, int column) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(side_) +
               static_cast<std::size_t>(column);
    }

    std::vector<Entry> entries_;      ///< cell by cell, the lowest row first
    std::vector<std::size_t> starts_; ///< of each cell in entries_, and the end
    QRectF bounds_;
    int side_ = 1; ///< cells a row, and rows
};

} // namespace alphascope::ui
