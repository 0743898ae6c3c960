#include "ui/widgets/scatter_map_raster.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace alphascope::ui {

namespace {

constexpr int phases = 4;              // a side
constexpr double farthestPixel = 1e15; // pixels: beyond, a place is no whole number any more

/// a * b / 255, rounded, for each of the four channels of `color`.
QRgb scaled(QRgb color, quint32 alpha) {
    quint32 even = (color & 0x00ff00ffU) * alpha;
    even = ((even + ((even >> 8) & 0x00ff00ffU) + 0x00800080U) >> 8) & 0x00ff00ffU;
    quint32 odd = ((color >> 8) & 0x00ff00ffU) * alpha;
    odd = (odd + ((odd >> 8) & 0x00ff00ffU) + 0x00800080U) & 0xff00ff00U;
    return even | odd;
}

struct Coverage {
    double disc;
    double ring;
};

/// Of the pixel whose centre is `distance` from the dot's.
Coverage coverageAt(double distance, double radius, double ringWidth) {
    const double whole = std::clamp(radius + ringWidth + 0.5 - distance, 0.0, 1.0);
    const double disc = std::min(whole, std::clamp(radius + 0.5 - distance, 0.0, 1.0));
    return {disc, whole - disc};
}

QRgb premultiplied(const QColor& disc, const QColor& ring, const Coverage& coverage, double opacity) {
    const auto channel = [&](double a, double b) {
        return static_cast<int>(std::lround((a * coverage.disc + b * coverage.ring) * opacity * 255));
    };
    return qRgba(channel(disc.redF(), ring.redF()), channel(disc.greenF(), ring.greenF()),
                 channel(disc.blueF(), ring.blueF()), channel(1, 1));
}

} // namespace

DotSprites::DotSprites(const QVector<QColor>& colors, double radius, double opacity, double ringWidth,
                       const QColor& ring)
    : reach_(static_cast<int>(std::ceil(radius + ringWidth + 0.5))) {
    side_ = 2 * reach_ + 1;
    const auto area = static_cast<std::size_t>(side_ * side_);
    std::vector<Coverage> coverage(phases * phases * area);
    runs_.assign(static_cast<std::size_t>(phases * phases * side_), {0, -1});
    std::size_t at = 0;
    for (int phase = 0; phase < phases * phases; ++phase) {
        const double centreX = reach_ + (phase % phases + 0.5) / phases;
        const double centreY = reach_ + (phase / phases + 0.5) / phases;
        for (int row = 0; row < side_; ++row) {
            Run& run = runs_[static_cast<std::size_t>(phase * side_ + row)];
            for (int column = 0; column < side_; ++column, ++at) {
                coverage[at] =
                    coverageAt(std::hypot(column + 0.5 - centreX, row + 0.5 - centreY), radius, ringWidth);
                if (coverage[at].disc + coverage[at].ring > 0.004) {
                    run.first = run.last < 0 ? column : run.first;
                    run.last = column;
                }
            }
        }
    }
    pixels_.reserve(coverage.size() * static_cast<std::size_t>(colors.size()));
    for (const QColor& color : colors) {
        for (const Coverage& part : coverage) {
            pixels_.push_back(premultiplied(color, ring, part, opacity));
        }
    }
}

void DotSprites::blend(QImage& target, const QRect& clip, int x, int y, int phaseX, int phaseY,
                       int color) const {
    const int phase = phaseY * phases + phaseX;
    const int left = x - reach_;
    const int top = y - reach_;
    const int firstRow = std::max(0, clip.top() - top);
    const int lastRow = std::min(side_ - 1, clip.bottom() - top);
    const QRgb* sprite =
        pixels_.data() + static_cast<std::ptrdiff_t>(color * phases * phases + phase) * side_ * side_;
    const Run* runs = runs_.data() + static_cast<std::ptrdiff_t>(phase) * side_;
    auto* bits = reinterpret_cast<QRgb*>(target.bits());
    const std::ptrdiff_t stride = target.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    for (int row = firstRow; row <= lastRow; ++row) {
        const int first = std::max(runs[row].first, clip.left() - left);
        const int last = std::min(runs[row].last, clip.right() - left);
        const QRgb* from = sprite + static_cast<std::ptrdiff_t>(row) * side_;
        QRgb* to = bits + stride * (top + row) + left;
        for (int column = first; column <= last; ++column) {
            to[column] = from[column] + scaled(to[column], 255U - static_cast<quint32>(qAlpha(from[column])));
        }
    }
}

void drawDots(QImage& target, const QRect& clip, const DotGrid& grid, const PointIndex& points,
              const DotSprites& sprites, const std::vector<quint8>& colors,
              const std::function<bool(int)>& wanted) {
    const QRect reached = clip.adjusted(-sprites.reach(), -sprites.reach(), sprites.reach(), sprites.reach());
    const double left = static_cast<double>(grid.originX + reached.left()) / grid.scale;
    const double top = static_cast<double>(grid.originY + reached.top()) / grid.scale;
    const double width = (reached.width() + 1) / grid.scale;
    const double height = (reached.height() + 1) / grid.scale;
    const QRectF box(grid.reference.x() + left, grid.reference.y() - top - height, width, height);
    const auto drawRun = [&](std::span<const PointIndex::Entry> run) {
        for (const PointIndex::Entry& entry : run) {
            const double x = (entry.x - grid.reference.x()) * grid.scale;
            const double y = (grid.reference.y() - entry.y) * grid.scale;
            if (std::abs(x) > farthestPixel || std::abs(y) > farthestPixel) {
                continue;
            }
            const double wholeX = std::floor(x);
            const double wholeY = std::floor(y);
            const qint64 column = static_cast<qint64>(wholeX) - grid.originX;
            const qint64 row = static_cast<qint64>(wholeY) - grid.originY;
            if (column < reached.left() || column > reached.right() || row < reached.top() ||
                row > reached.bottom() || (wanted && !wanted(entry.index))) {
                continue;
            }
            sprites.blend(target, clip, static_cast<int>(column), static_cast<int>(row),
                          static_cast<int>((x - wholeX) * phases), static_cast<int>((y - wholeY) * phases),
                          colors[static_cast<std::size_t>(entry.index)]);
        }
    };
    points.visitNear(box, drawRun);
}

void ScrolledLayer::scroll(int dx, int dy) {
    const int width = image_.width();
    const int height = image_.height();
    const std::ptrdiff_t stride = image_.bytesPerLine();
    const auto bytes = static_cast<std::size_t>(width - std::abs(dx)) * sizeof(QRgb);
    uchar* bits = image_.bits();
    const auto move = [&](int row) {
        uchar* to = bits + stride * row + std::max(0, dx) * static_cast<std::ptrdiff_t>(sizeof(QRgb));
        const uchar* from =
            bits + stride * (row - dy) + std::max(0, -dx) * static_cast<std::ptrdiff_t>(sizeof(QRgb));
        std::memmove(to, from, bytes);
    };
    if (dy > 0) {
        for (int row = height - 1; row >= dy; --row) {
            move(row);
        }
    } else {
        for (int row = 0; row < height + dy; ++row) {
            move(row);
        }
    }
}

void ScrolledLayer::show(qint64 originX, qint64 originY, const QSize& size,
                         const std::function<void(QImage&, const QRect&)>& paint) {
    if (image_.size() != size) {
        image_ = QImage(size, QImage::Format_RGB32);
        valid_ = false;
    }
    const qint64 dx = originX_ - originX;
    const qint64 dy = originY_ - originY;
    originX_ = originX;
    originY_ = originY;
    if (!valid_ || std::abs(dx) >= size.width() || std::abs(dy) >= size.height()) {
        valid_ = true;
        paint(image_, image_.rect());
        return;
    }
    if (dx == 0 && dy == 0) {
        return;
    }
    const int x = static_cast<int>(dx);
    const int y = static_cast<int>(dy);
    scroll(x, y);
    const int width = size.width();
    const int height = size.height();
    if (y != 0) {
        paint(image_, QRect(0, y > 0 ? 0 : height + y, width, std::abs(y)));
    }
    if (x != 0) {
        paint(image_, QRect(x > 0 ? 0 : width + x, std::max(0, y), std::abs(x), height - std::abs(y)));
    }
}

} // namespace alphascope::ui
