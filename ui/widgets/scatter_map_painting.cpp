// How the map is painted: one opaque layer with ground, field and dots, which is scrolled while the map is
// dragged, and what lies over it.

#include "ui/widgets/scatter_map.h"

#include "ui/theme/category_colors.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/field_picture.h"
#include "ui/widgets/paint_help.h"

#include <QMetaMethod>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double smallestDot = 1.3; // radius in pixels
constexpr double largestDot = 3.2;
constexpr double faintestDot = 0.45; // opacity of dots: many let the crowded places show
constexpr double strongestDot = 0.9;
constexpr double overField = 0.6; // of that, where a field has to be seen below
constexpr double fadedOpacity = 0.16;
constexpr qsizetype mostRings = 400; // selected points with a ring each; more would hide one another
constexpr double fieldOpacity = 0.8;
constexpr double smallestThumbnail = 24; // pixels
constexpr double largestThumbnail = 52;
constexpr double thumbnailGap = 6;
constexpr double fadedThumbnail = 0.3;
constexpr double hoveredFactor = 1.8;
constexpr int picturesPerFrame = 24; // asked of the provider, which may take its time
constexpr double farthestOrigin = 1e15;
constexpr double cornerRadius = 4;

qint64 wholeOrigin(double value) {
    return static_cast<qint64>(std::llround(std::clamp(value, -farthestOrigin, farthestOrigin)));
}

QVector<QPointF> toWidget(const MapView& view, const QVector<QPointF>& points) {
    QVector<QPointF> drawn;
    drawn.reserve(points.size());
    for (const QPointF& point : points) {
        drawn.append(view.toWidget(point));
    }
    return drawn;
}

} // namespace

// ---- the layer ------------------------------------------------------------------------------------------

double ScatterMap::shownCount(double scale) const {
    const double zoom = std::max(1.0, scale / fitScale_);
    return std::max(1.0, count() / (zoom * zoom));
}

double ScatterMap::thumbnailSide(double scale) const {
    return std::clamp(std::round(64 - 10 * std::log10(shownCount(scale))), smallestThumbnail,
                      largestThumbnail);
}

void ScatterMap::ensureColors() {
    if (colorsStale_) {
        colors_ = scatterColors(coloring_, data_, index_, count());
        colorsStale_ = false;
        spriteRadius_ = 0;
    }
}

void ScatterMap::ensureSprites(double scale, double ratio) {
    const double radius =
        std::clamp(4.2 - 0.6 * std::log10(shownCount(scale)), smallestDot, largestDot) * ratio;
    if (radius == spriteRadius_) {
        return;
    }
    spriteRadius_ = radius;
    const double opacity = std::clamp(1.3 - 0.17 * std::log10(shownCount(scale)), faintestDot, strongestDot) *
                           (hasField() ? overField : 1.0);
    plainDots_ = DotSprites(colors_.table, radius, opacity);
    if (!selection_.isEmpty()) {
        fadedDots_ = DotSprites(colors_.table, radius, fadedOpacity);
        const bool rings = selection_.size() <= mostRings;
        selectedDots_ =
            DotSprites(colors_.table, radius + 0.4 * ratio, 1.0, rings ? ratio : 0.0, tokens().text);
    }
}

void ScatterMap::paintFieldPart(QImage& image, const QRect& part, const DotGrid& grid) {
    if (fieldPicture_.isNull()) {
        fieldPicture_ = fieldPicture(field_, fieldSide_);
    }
    const QRectF target((fieldBox_.left() - grid.reference.x()) * grid.scale - double(grid.originX),
                        (grid.reference.y() - fieldBox_.bottom()) * grid.scale - double(grid.originY),
                        fieldBox_.width() * grid.scale, fieldBox_.height() * grid.scale);
    QPainter painter(&image);
    painter.setOpacity(fieldOpacity);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setClipRect(part);
    paintInStrips(painter, part, [&] { painter.drawImage(target, fieldPicture_); });
}

void ScatterMap::paintPart(QImage& image, const QRect& part, const DotGrid& grid) {
    const QRgb ground = tokens().raised.rgb();
    for (int row = part.top(); row <= part.bottom(); ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        std::fill(line + part.left(), line + part.right() + 1, ground);
    }
    if (hasField()) {
        paintFieldPart(image, part, grid);
    }
    if (selected_.empty()) {
        drawDots(image, part, grid, index_, plainDots_, colors_.places);
        return;
    }
    const auto chosen = [this](int index) { return selected_[static_cast<std::size_t>(index)] != 0; };
    drawDots(image, part, grid, index_, fadedDots_, colors_.places,
             [&](int index) { return !chosen(index); });
    drawDots(image, part, grid, index_, selectedDots_, colors_.places, chosen);
}

void ScatterMap::paintLayer(QPainter& painter, const MapView& view, double ratio) {
    ensureColors();
    DotGrid grid;
    grid.reference = index_.isEmpty() ? fieldBox_.center() : index_.bounds().center();
    grid.scale = view.scale * ratio;
    const QSize size = (view.area.size() * ratio).toSize();
    grid.originX = wholeOrigin((view.centre.x() - grid.reference.x()) * grid.scale - size.width() / 2.0);
    grid.originY = wholeOrigin((grid.reference.y() - view.centre.y()) * grid.scale - size.height() / 2.0);
    ensureSprites(view.scale, ratio);
    if (grid.scale != layerScale_) {
        layerScale_ = grid.scale;
        layer_.invalidate();
    }
    layer_.show(grid.originX, grid.originY, size,
                [&](QImage& image, const QRect& part) { paintPart(image, part, grid); });

    // A rounded clip costs much, so only the rows that have corners get one.
    QImage image = layer_.image();
    image.setDevicePixelRatio(ratio);
    const QRectF& area = view.area;
    painter.save();
    painter.setClipRect(area.adjusted(0, cornerRadius, 0, -cornerRadius));
    painter.drawImage(area.topLeft(), image);
    QPainterPath corners;
    corners.addRoundedRect(area, cornerRadius, cornerRadius);
    for (const double top : {area.top(), area.bottom() - cornerRadius}) {
        painter.setClipRect(QRectF(area.left(), top, area.width(), cornerRadius));
        painter.setClipPath(corners, Qt::IntersectClip);
        painter.drawImage(area.topLeft(), image);
    }
    painter.restore();
}

// ---- pictures -------------------------------------------------------------------------------------------

bool ScatterMap::anybodyHasPictures() const {
    return provider_ || !store_.isEmpty() ||
           isSignalConnected(QMetaMethod::fromSignal(&ScatterMap::thumbnailsWanted));
}

void ScatterMap::chooseShown(const MapView& view) {
    if (!thumbnailsVisible_ || !anybodyHasPictures()) {
        shown_.clear();
        return;
    }
    const QRectF visible = view.visible();
    if (shownScale_ == view.scale && shownBox_.contains(visible)) {
        return;
    }
    // Some more than is seen, so that dragging seldom needs another choice.
    shownBox_ = visible.adjusted(-visible.width() / 4, -visible.height() / 4, visible.width() / 4,
                                 visible.height() / 4);
    shownScale_ = view.scale;
    shown_ = chooseThumbnails(index_, shownBox_, index_.bounds().center(), view.scale,
                              thumbnailSide(view.scale) + thumbnailGap);
}

void ScatterMap::fetchThumbnails(const MapView& view) {
    QVector<int> visible;
    for (const ThumbnailPlace& place : shown_) {
        if (view.area.contains(view.toWidget(place.position))) {
            visible.append(place.index);
        }
    }
    if (hovered_ >= 0 && anybodyHasPictures() && !visible.contains(hovered_)) {
        visible.append(hovered_);
    }
    const int most = provider_ ? picturesPerFrame : static_cast<int>(visible.size());
    const QVector<int> missing = store_.takeMissing(visible, most);
    QVector<int> wanted;
    for (const int index : missing) {
        const QImage picture = provider_ ? provider_(index) : QImage();
        picture.isNull() ? wanted.append(index) : store_.put(index, picture);
    }
    if (provider_ && missing.size() == most) {
        update();
    }
    if (!wanted.isEmpty()) {
        // Not from within a paint event: who hears it may want to paint.
        QMetaObject::invokeMethod(
            this, [this, wanted] { Q_EMIT thumbnailsWanted(wanted); }, Qt::QueuedConnection);
    }
}

void ScatterMap::paintThumbnails(QPainter& painter, const MapView& view, double ratio) {
    const double side = thumbnailSide(view.scale);
    const int pixels = static_cast<int>(std::lround(side * ratio));
    for (const ThumbnailPlace& place : shown_) {
        const QPointF at = view.toWidget(place.position);
        if (!view.area.adjusted(-side, -side, side, side).contains(at)) {
            continue;
        }
        const QImage picture = store_.picture(place.index, pixels);
        if (picture.isNull()) {
            continue;
        }
        const auto index = static_cast<std::size_t>(place.index);
        const bool faded = !selected_.empty() && selected_[index] == 0;
        painter.setOpacity(faded ? fadedThumbnail : 1.0);
        const QColor& color = colors_.table[colors_.places[index]];
        paintScatterThumbnail(painter, at, pixels / ratio, picture,
                              !selected_.empty() && !faded ? tokens().text : color);
    }
    painter.setOpacity(1.0);
}

void ScatterMap::paintHovered(QPainter& painter) {
    if (hovered_ < 0 || hovered_ >= count()) {
        return;
    }
    const QPointF at = view_.toWidget(positions_[hovered_]);
    const double ratio = devicePixelRatioF();
    const int pixels = static_cast<int>(std::lround(thumbnailSide(view_.scale) * hoveredFactor * ratio));
    const bool shows = std::any_of(shown_.cbegin(), shown_.cend(),
                                   [this](const ThumbnailPlace& place) { return place.index == hovered_; });
    const QImage picture = shows ? store_.picture(hovered_, pixels) : QImage();
    QPointF beside = at;
    if (!picture.isNull()) {
        paintScatterThumbnail(painter, at, pixels / ratio, picture, tokens().accent);
        beside += QPointF(pixels / ratio / 2 - 8, 0);
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens().text, 1.6));
        const double radius = spriteRadius_ / ratio + 3;
        painter.drawEllipse(at, radius, radius);
    }
    paintScatterCard(painter, view_.area, beside, card_);
}

// ---- lines ----------------------------------------------------------------------------------------------

void ScatterMap::paintFieldLines(QPainter& painter, const MapView& view) {
    const Tokens& t = tokens();
    QColor halo = t.panel; // the line crosses dots of every colour
    halo.setAlphaF(0.6F);
    QPen pen(t.text, 1.5);
    pen.setDashPattern({4, 3});
    painter.setBrush(Qt::NoBrush);
    for (const QVector<QPointF>& line : fieldLines_) {
        const QPolygonF drawn(toWidget(view, line));
        if (drawn.boundingRect().intersects(view.area)) {
            painter.setPen(QPen(halo, 3.5));
            painter.drawPolyline(drawn);
            painter.setPen(pen);
            painter.drawPolyline(drawn);
        }
    }
}

void ScatterMap::paintPath(QPainter& painter, const MapView& view) {
    if (path_.size() < 2) {
        return;
    }
    const QPolygonF drawn(toWidget(view, path_));
    QColor halo = tokens().panel;
    halo.setAlphaF(0.7F);
    painter.setBrush(Qt::NoBrush);
    for (const auto& [color, width] : {std::pair(halo, 4.5), std::pair(tokens().amber, 2.0)}) {
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(drawn);
    }
    painter.setPen(QPen(halo, 1));
    painter.setBrush(tokens().amber);
    for (const QPointF& point : drawn) {
        painter.drawEllipse(point, 3, 3);
    }
}

void ScatterMap::paintCloud(QPainter& painter, const MapView& view) {
    const Tokens& t = tokens();
    QColor halo = t.panel;
    halo.setAlphaF(0.8F);
    painter.setBrush(Qt::NoBrush);
    for (qsizetype i = 0; i < cloud_.outlines.size(); ++i) {
        const QPolygonF drawn(toWidget(view, cloud_.outlines[i]));
        QPen pen(t.amber, 1.8);
        if (i > 0) {
            pen.setDashPattern({4, 3});
        }
        for (const QPen& one : {QPen(halo, 4), pen}) {
            painter.setPen(one);
            painter.drawPolyline(drawn);
        }
    }
    painter.setPen(QPen(halo, 1));
    painter.setBrush(t.amber);
    for (const QPointF& point : cloud_.points) {
        painter.drawEllipse(view.toWidget(point), 2.6, 2.6);
    }
}

void ScatterMap::paintMarks(QPainter& painter, const MapView& view) {
    const QVector<QPointF> shown = shownMarks(view);
    for (const ScatterMarkRole role :
         {ScatterMarkRole::Pinned, ScatterMarkRole::Low, ScatterMarkRole::High, ScatterMarkRole::Current}) {
        for (qsizetype i = 0; i < marks_.size(); ++i) {
            if (marks_[i].role == role) {
                paintScatterMark(painter, view.area, view.toWidget(marks_[i].position), shown[i], marks_[i]);
            }
        }
    }
}

void ScatterMap::paintLasso(QPainter& painter, const MapView& view) {
    if (lasso_.size() < 2) {
        return;
    }
    QColor fill = tokens().accent;
    fill.setAlphaF(0.10F);
    QPen pen(tokens().accent, 1.4);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawPolygon(QPolygonF(toWidget(view, lasso_)), Qt::WindingFill);
}

// ---- all of it ------------------------------------------------------------------------------------------

void ScatterMap::paintLegend(QPainter& painter, const QRectF& area, double ratio) {
    if (legendArea_ != area.size() || legend_.devicePixelRatio() != ratio) {
        legend_ = QPixmap((area.size() * ratio).toSize());
        legend_.setDevicePixelRatio(ratio);
        legend_.fill(Qt::transparent);
        QPainter onLegend(&legend_);
        onLegend.setFont(font());
        legendBox_ = paintScatterLegend(onLegend, QRectF({0, 0}, area.size()),
                                        scatterLegend(coloring_, data_, index_));
        legendArea_ = area.size();
    }
    if (!legendBox_.isEmpty()) {
        const QRectF source(legendBox_.topLeft() * ratio, legendBox_.size() * ratio);
        painter.drawPixmap(legendBox_.translated(area.topLeft()), legend_, source);
    }
}

void ScatterMap::paintMap(QPainter& painter, const MapView& view, double ratio) {
    paintLayer(painter, view, ratio);
    painter.save();
    painter.setClipRect(view.area);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    paintInStrips(painter, view.area, [&] {
        paintFieldLines(painter, view);
        paintLasso(painter, view);
        paintPath(painter, view);
    });
    chooseShown(view);
    fetchThumbnails(view);
    paintThumbnails(painter, view, ratio);
    paintCloud(painter, view);
    paintMarks(painter, view);
    paintLegend(painter, view.area, ratio);
    if (!cloud_.points.isEmpty()) {
        paintScatterCloudLegend(painter, view.area, cloud_.caption);
    }
    if (!fieldCaption_.isEmpty()) {
        paintScatterNote(painter, view.area, fieldCaption_);
    }
    painter.restore();
}

void ScatterMap::paintHint(QPainter& painter, const QRectF& below) {
    QString text = tr("drag pans · wheel zooms · shift-drag lasso");
    if (!selection_.isEmpty()) {
        text += QStringLiteral(" · ") + tr("%1 selected").arg(groupedText(selection_.size()));
    }
    painter.setFont(font());
    painter.setPen(tokens().muted);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignTop,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(below.width())));
}

void ScatterMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ensureIndex();
    const QRectF& area = view_.area;
    if (index_.isEmpty() && !hasField()) {
        paintEmptyGround(painter, area);
        paintEmptyText(painter, area, emptyTitle_, emptyHint_);
    } else {
        paintMap(painter, view_, devicePixelRatioF());
        paintHint(painter,
                  QRectF(area.left(), area.bottom() + 4, area.width(), height() - area.bottom() - 4));
        painter.setClipRect(area);
        if (gesture_ == Gesture::None) {
            paintHovered(painter);
        }
    }
    painter.setClipRect(rect());
    painter.setFont(font());
    if (!busy_.isEmpty()) {
        paintScatterBusy(painter, area, busy_, busyFraction_);
    }
    if (hasFocus()) {
        paintFocusRing(painter, area, cornerRadius);
    }
}

QImage ScatterMap::renderTo(const QSize& size, double scale) {
    if (size.isEmpty() || !(scale > 0)) {
        return {};
    }
    QImage image((QSizeF(size) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(tokens().panel);
    ensureIndex();
    MapView view = view_;
    view.area = QRectF({0, 0}, QSizeF(size));
    view.scale *= std::min(size.width() / view_.area.width(), size.height() / view_.area.height());
    const double shownAs = std::exchange(fitScale_, fitScale_ * view.scale / view_.scale);
    QPainter painter(&image);
    paintMap(painter, view, scale);
    fitScale_ = shownAs;
    redraw(); // the layer now holds the picture's
    return image;
}

} // namespace alphascope::ui
