#include "ui/widgets/scatter_map.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/field_math.h"
#include "ui/widgets/paint_help.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QLineF>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double hitRadius = 8;       // pixels
constexpr double farthestOut = 0.2;   // of the scale that shows all
constexpr double farthestIn = 20'000; // times the scale that shows all

} // namespace

ScatterMap::ScatterMap(QWidget* parent) : QWidget(parent), emptyTitle_(tr("No points yet")) {
    setObjectName(QStringLiteral("scatterMap"));
    setAccessibleName(tr("Map of points"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    view_.area = mapArea();
    describe();
}

// ---- the points -----------------------------------------------------------------------------------------

void ScatterMap::setPositions(const QVector<QPointF>& positions) {
    const bool others = positions.size() != positions_.size();
    positions_ = positions;
    indexStale_ = true;
    colorsStale_ = true;
    lasso_.clear();
    if (others) {
        store_.clear();
        chooseSelection({});
        hover(-1);
    }
    ensureIndex();
    fitScale_ = fittedView().scale;
    if (!viewMoved_) {
        fit();
    }
    describe();
    redraw();
}

void ScatterMap::setPositions(const std::vector<float>& coordinates) {
    QVector<QPointF> positions;
    positions.reserve(static_cast<qsizetype>(coordinates.size() / 2));
    for (std::size_t i = 0; i + 1 < coordinates.size(); i += 2) {
        positions.append({static_cast<double>(coordinates[i]), static_cast<double>(coordinates[i + 1])});
    }
    setPositions(positions);
}

void ScatterMap::ensureIndex() const {
    if (indexStale_) {
        index_.build(positions_);
        indexStale_ = false;
    }
}

void ScatterMap::setCategories(const QVector<int>& categories, const QStringList& names,
                               const QString& title) {
    data_.categories = categories;
    data_.names = names;
    data_.categoryTitle = title;
    recolor();
}

void ScatterMap::setValues(const QVector<float>& values, const QString& title, const QString& unit) {
    data_.values = values;
    data_.valueTitle = title;
    data_.valueUnit = unit;
    recolor();
}

void ScatterMap::setColoring(ScatterColoring coloring) {
    if (coloring != coloring_) {
        coloring_ = coloring;
        recolor();
    }
}

void ScatterMap::recolor() {
    colorsStale_ = true;
    redraw();
}

void ScatterMap::redraw() {
    layer_.invalidate();
    shownScale_ = 0;
    legendArea_ = {};
    update();
}

void ScatterMap::setThumbnailProvider(std::function<QImage(int)> provider) {
    provider_ = std::move(provider);
    clearThumbnails();
}

void ScatterMap::setThumbnail(int index, const QImage& picture) {
    if (index >= 0 && index < count() && !picture.isNull()) {
        store_.put(index, picture);
        update();
    }
}

void ScatterMap::clearThumbnails() {
    store_.clear();
    update();
}

void ScatterMap::setThumbnailsVisible(bool visible) {
    thumbnailsVisible_ = visible;
    shownScale_ = 0;
    update();
}

QVector<int> ScatterMap::thumbnailIndices() const {
    QVector<int> indices;
    for (const ThumbnailPlace& place : shown_) {
        if (store_.has(place.index) && view_.area.contains(view_.toWidget(place.position))) {
            indices.append(place.index);
        }
    }
    return indices;
}

// ---- what lies over and under them ----------------------------------------------------------------------

void ScatterMap::setHoverCard(int index, const ScatterCard& card) {
    if (index >= 0 && index == hovered_) {
        card_ = card;
        update();
    }
}

void ScatterMap::setMarks(const QVector<ScatterMark>& marks) {
    marks_ = marks;
    update();
}

void ScatterMap::setPath(const QVector<QPointF>& points) {
    path_ = points;
    update();
}

void ScatterMap::setCloud(const ScatterCloud& cloud) {
    cloud_ = cloud;
    update();
}

void ScatterMap::setField(const QVector<float>& values, int n, const QRectF& rectangle,
                          const QString& caption) {
    const bool valid = n >= 2 && values.size() == static_cast<qsizetype>(n) * n && rectangle.width() > 0 &&
                       rectangle.height() > 0;
    field_ = valid ? values : QVector<float>();
    fieldSide_ = valid ? n : 0;
    fieldBox_ = valid ? rectangle : QRectF();
    fieldCaption_ = valid ? caption : QString();
    fieldPicture_ = {};
    fieldLines_ = joinSegments(contourLines(field_, fieldSide_, 0.0F));
    for (QVector<QPointF>& line : fieldLines_) {
        for (QPointF& point : line) {
            point = {fieldBox_.left() + point.x() * fieldBox_.width(),
                     fieldBox_.top() + (1 - point.y()) * fieldBox_.height()};
        }
    }
    spriteRadius_ = 0; // dots over a field let it show
    if (!viewMoved_) {
        fit();
    }
    redraw();
}

void ScatterMap::setBusy(const QString& caption, double fraction) {
    busy_ = caption;
    busyFraction_ = fraction;
    update();
}

void ScatterMap::setEmptyText(const QString& title, const QString& hint) {
    emptyTitle_ = title;
    emptyHint_ = hint;
    update();
}

// ---- selection ------------------------------------------------------------------------------------------

void ScatterMap::setSelection(const QVector<int>& indices) {
    QVector<int> valid = indices;
    valid.removeIf([this](int index) { return index < 0 || index >= count(); });
    std::sort(valid.begin(), valid.end());
    valid.erase(std::unique(valid.begin(), valid.end()), valid.end());
    if (valid != selection_) {
        lasso_.clear();
        applySelection(valid);
    }
}

void ScatterMap::applySelection(const QVector<int>& indices) {
    selection_ = indices;
    selected_.clear();
    if (!indices.isEmpty()) {
        selected_.assign(static_cast<std::size_t>(count()), 0);
        for (const int index : indices) {
            selected_[static_cast<std::size_t>(index)] = 1;
        }
    }
    // Rings depend on how many are selected.
    spriteRadius_ = 0;
    describe();
    redraw();
}

void ScatterMap::chooseSelection(const QVector<int>& indices) {
    if (indices != selection_) {
        applySelection(indices);
        Q_EMIT selectionChanged(selection_);
    }
}

void ScatterMap::setTool(ScatterTool tool) {
    tool_ = tool;
    setCursor(tool == ScatterTool::Pan ? Qt::ArrowCursor : Qt::CrossCursor);
}

void ScatterMap::hover(int index) {
    if (index == hovered_) {
        return;
    }
    hovered_ = index;
    card_ = {};
    if (index >= 0) {
        card_.lines.append(pointText(data_, index));
    }
    update();
    Q_EMIT pointHovered(index);
}

void ScatterMap::describe() {
    ensureIndex();
    QStringList parts{tr("%1 points").arg(groupedText(index_.count()))};
    if (!selection_.isEmpty()) {
        parts << tr("%1 selected").arg(groupedText(selection_.size()));
    }
    if (const int left = count() - index_.count(); left > 0) {
        parts << tr("%1 are not finite and left out").arg(groupedText(left));
    }
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

// ---- the view -------------------------------------------------------------------------------------------

QRectF ScatterMap::mapArea() const {
    const double line = std::ceil(QFontMetricsF(font()).height()) + 8;
    return {0, 0, double(width()), std::max(20.0, height() - line)};
}

MapView ScatterMap::fittedView() const {
    ensureIndex();
    return MapView::fitted(index_.isEmpty() ? fieldBox_ : index_.bounds(), mapArea());
}

void ScatterMap::fit() {
    const MapView next = fittedView();
    fitScale_ = next.scale;
    moveView(next);
    viewMoved_ = false;
}

void ScatterMap::setView(const QPointF& centre, double scale) {
    if (std::isfinite(centre.x()) && std::isfinite(centre.y()) && std::isfinite(scale) && scale > 0) {
        MapView next = view_;
        next.centre = centre;
        next.scale = scale;
        moveView(next);
    }
}

void ScatterMap::moveView(const MapView& next) {
    viewMoved_ = true;
    if (next.centre == view_.centre && next.scale == view_.scale && next.area == view_.area) {
        return;
    }
    view_ = next;
    update();
    Q_EMIT viewChanged();
}

/// The factor that stays between all far away and one point alone.
double ScatterMap::allowedZoom(double factor) const {
    const double low = std::min(view_.scale, fitScale_ * farthestOut);
    const double high = std::max(view_.scale, fitScale_ * farthestIn);
    return std::clamp(view_.scale * factor, low, high) / view_.scale;
}

int ScatterMap::pointAt(const QPointF& at) const {
    if (!view_.area.contains(at)) {
        return -1;
    }
    ensureIndex();
    const double half = thumbnailSide(view_.scale) / 2;
    for (const ThumbnailPlace& place : shown_) {
        const QPointF apart = view_.toWidget(place.position) - at;
        if (std::abs(apart.x()) <= half && std::abs(apart.y()) <= half && store_.has(place.index)) {
            return place.index;
        }
    }
    return index_.nearest(view_.fromWidget(at), hitRadius / view_.scale);
}

int ScatterMap::markAt(const QPointF& at) const {
    const QVector<QPointF> shown = shownMarks();
    for (qsizetype i = marks_.size() - 1; i >= 0; --i) {
        if (marks_[i].isNumbered() && QLineF(shown[i], at).length() <= 10) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

QVector<QPointF> ScatterMap::shownMarks(const MapView& view) const {
    QVector<QPointF> numbered;
    for (const ScatterMark& mark : marks_) {
        if (mark.isNumbered()) {
            numbered.append(view.toWidget(mark.position));
        }
    }
    const QVector<QPointF> apart = placedApart(numbered);
    QVector<QPointF> shown;
    auto next = apart.begin();
    for (const ScatterMark& mark : marks_) {
        shown.append(mark.isNumbered() ? *next++ : view.toWidget(mark.position));
    }
    return shown;
}

QSize ScatterMap::sizeHint() const {
    return {560, 480};
}

QSize ScatterMap::minimumSizeHint() const {
    return {200, 180};
}

void ScatterMap::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (viewMoved_) {
        fitScale_ = fittedView().scale;
        view_.area = mapArea();
    } else {
        fit();
    }
    redraw();
}

void ScatterMap::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::FontChange || event->type() == QEvent::EnabledChange) {
        view_.area = mapArea();
        fieldPicture_ = {};
        recolor();
    }
}

} // namespace alphascope::ui
