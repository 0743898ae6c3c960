#pragma once
// Which points of a map show their picture, and the pictures that came. chooseThumbnails() is a pure function
// (any thread); the store is for the GUI thread.

#include "ui/widgets/scatter_map_index.h"

#include <QCache>
#include <QImage>
#include <QSet>
#include <QVector>

namespace alphascope::ui {

struct ThumbnailPlace {
    int index;
    QPointF position; ///< map coordinates
};

/// At most one point a cell of a grid of squares on the screen, in cells with few points, and none that
/// overlaps another's picture. The grid is tied to the map (`reference` is a corner of it), so that a choice
/// depends on the scale and on what lies near, and stays while the map is dragged. Of several points the one
/// stays that also stays when one zooms in.
/// box: the part of the map asked for; scale: pixels a unit; side: of a picture with its frame, in pixels.
QVector<ThumbnailPlace> chooseThumbnails(const PointIndex& points, const QRectF& box,
                                         const QPointF& reference, double scale, double side);

/// Keeps the pictures that were used last; remembers what was asked for.
class ThumbnailStore {
public:
    /// pictures: how many are kept.
    explicit ThumbnailStore(int pictures = 1024) : pictures_(pictures) {}

    /// The picture to draw at `side` device pixels, or null.
    QImage picture(int index, int side);
    bool has(int index) const { return pictures_.contains(index); }
    void put(int index, const QImage& image);
    void clear();

    bool isEmpty() const { return pictures_.isEmpty(); }
    /// At most `most` of `shown` that neither came nor were asked for; they count as asked for from now on,
    /// and what is no longer shown does not.
    QVector<int> takeMissing(const QVector<int>& shown, int most);

private:
    struct Picture {
        QImage image;
        QImage sized; ///< as drawn last
    };
    QCache<int, Picture> pictures_;
    QSet<int> asked_;
};

} // namespace alphascope::ui
