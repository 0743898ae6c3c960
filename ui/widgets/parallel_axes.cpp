#include "ui/widgets/parallel_axes.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/figure_axes.h"

#include <QEvent>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double roomBelowTitles = 10;
constexpr double roomBelowAxes = 8;
constexpr double widestMargin = 90; // for the numbers left of the first axis
constexpr double narrowestMargin = 26;
constexpr double choiceRoom = 0.5; // beyond the first and the last, in choices

bool isValue(double value) {
    return std::isfinite(value);
}

} // namespace

ParallelAxes::ParallelAxes(QWidget* parent) : QWidget(parent), emptyTitle_(tr("No settings yet")) {
    setObjectName(QStringLiteral("parallelAxes"));
    setAccessibleName(tr("Parallel axes of the settings"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize ParallelAxes::sizeHint() const {
    return {520, 260};
}

QSize ParallelAxes::minimumSizeHint() const {
    return {200, 130};
}

// ---- content --------------------------------------------------------------------------------------------

void ParallelAxes::setContent(QVector<ParallelAxis> axes, QVector<ParallelLine> lines) {
    const QStringList titles = order();
    QVector<int> order;
    QVector<MaybeBrush> brushes(axes.size());
    const auto indexOf = [](const QVector<ParallelAxis>& list, const QString& title) {
        const auto found = std::find_if(list.begin(), list.end(),
                                        [&](const ParallelAxis& axis) { return axis.title == title; });
        return found == list.end() ? -1 : static_cast<int>(found - list.begin());
    };
    for (const QString& title : titles) {
        if (const int axis = indexOf(axes, title); axis >= 0 && !order.contains(axis)) {
            order.append(axis);
            brushes[axis] = brushes_[indexOf(axes_, title)];
        }
    }
    for (int axis = 0; axis < axes.size(); ++axis) { // new ones where the content has them
        if (!order.contains(axis)) {
            order.insert(std::min<qsizetype>(axis, order.size()), axis);
        }
    }
    const QSet<int> before = hasBrush() ? brushed() : QSet<int>();
    axes_ = std::move(axes);
    lines_ = std::move(lines);
    order_ = order;
    brushes_ = brushes;
    for (ParallelLine& line : lines_) {
        line.values.resize(axes_.size(), std::nan(""));
    }
    highlighted_.clear();
    selected_ = -1;
    current_ = std::clamp(current_, 0, std::max(0, static_cast<int>(axes_.size()) - 1));
    gesture_ = Gesture::None;
    draggedTo_.reset();
    arrange();
    hover(-1);
    describe();
    if (before != (hasBrush() ? brushed() : QSet<int>())) {
        Q_EMIT brushedChanged();
    }
}

void ParallelAxes::setEmptyText(const QString& title, const QString& hint) {
    emptyTitle_ = title;
    emptyHint_ = hint;
    update();
}

void ParallelAxes::setHighlighted(const QSet<int>& lines) {
    if (lines != highlighted_) {
        highlighted_ = lines;
        redraw();
    }
}

void ParallelAxes::setSelected(int line) {
    const int next = line >= 0 && line < lines_.size() ? line : -1;
    if (next != selected_) {
        selected_ = next;
        update();
    }
}

void ParallelAxes::describe() {
    if (isEmpty()) {
        setAccessibleDescription({});
        return;
    }
    QString words = tr("%n setting(s) on the axes %1", nullptr, static_cast<int>(lines_.size()))
                        .arg(order().join(QStringLiteral(", ")));
    for (const int axis : order_) {
        if (const MaybeBrush& brush = brushes_[axis]) {
            words += tr("; %1 from %2 to %3")
                         .arg(axes_[axis].title, settingText(brush->low), settingText(brush->high));
        }
    }
    if (hasBrush()) {
        words += tr("; %n of them pass", nullptr, static_cast<int>(brushed().size()));
    }
    setAccessibleDescription(words);
}

// ---- brushes --------------------------------------------------------------------------------------------

bool ParallelAxes::hasBrush() const {
    return std::any_of(brushes_.begin(), brushes_.end(),
                       [](const MaybeBrush& brush) { return brush.has_value(); });
}

bool ParallelAxes::isPassing(int line) const {
    for (int axis = 0; axis < axes_.size(); ++axis) {
        const MaybeBrush& brush = brushes_[axis];
        const double value = lines_[line].values[axis];
        if (brush && !(value >= brush->low && value <= brush->high)) {
            return false;
        }
    }
    return true;
}

bool ParallelAxes::isLit(int line) const {
    return isPassing(line) && (highlighted_.isEmpty() || highlighted_.contains(line));
}

QSet<int> ParallelAxes::brushed() const {
    QSet<int> passing;
    for (int line = 0; line < lines_.size(); ++line) {
        if (isPassing(line)) {
            passing.insert(line);
        }
    }
    return passing;
}

void ParallelAxes::setBrush(int axis, const MaybeBrush& brush) {
    if (brushes_[axis] != brush) {
        brushes_[axis] = brush;
        describe();
        redraw();
        Q_EMIT brushedChanged();
    }
}

void ParallelAxes::clearBrushes() {
    if (hasBrush()) {
        brushes_.fill(std::nullopt);
        describe();
        redraw();
        Q_EMIT brushedChanged();
    }
}

// ---- layout ---------------------------------------------------------------------------------------------

double ParallelAxes::labelHeight() const {
    return std::ceil(QFontMetricsF(axisFont(font())).height());
}

bool ParallelAxes::has(int line, int axis) const {
    return isValue(lines_[line].values[axis]);
}

std::pair<double, double> ParallelAxes::rangeOf(int axis) const {
    double low = INFINITY;
    double high = -INFINITY;
    for (const ParallelLine& line : lines_) {
        if (const double value = line.values[axis]; isValue(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    return {low, high};
}

engine::FigureScale ParallelAxes::scaleOf(int axis) const {
    const ParallelAxis& shown = axes_[axis];
    if (!shown.choices.isEmpty()) {
        return {-choiceRoom, static_cast<double>(shown.choices.size()) - 1 + choiceRoom, area_.bottom(),
                area_.top()};
    }
    const auto [low, high] = rangeOf(axis);
    return low > high ? engine::FigureScale(0, 1, area_.bottom(), area_.top())
                      : engine::FigureScale(low, high, area_.bottom(), area_.top(), shown.logarithmic);
}

void ParallelAxes::arrange() {
    anyMissing_ = false;
    for (const ParallelLine& line : lines_) {
        anyMissing_ = anyMissing_ || !std::all_of(line.values.begin(), line.values.end(), isValue);
    }
    const double top = std::ceil(QFontMetricsF(font()).height()) + roomBelowTitles;
    const double below = roomBelowAxes + (anyMissing_ ? noneDistance + labelHeight() : 0);
    area_ = QRectF(0, top, width(), std::max(20.0, height() - top - below));
    scales_.clear();
    for (int axis = 0; axis < axes_.size(); ++axis) {
        scales_.push_back(scaleOf(axis));
    }
    double left = narrowestMargin;
    if (!order_.isEmpty()) { // numbers and choices stand left of their axis
        const QFontMetricsF metrics(axisFont(font()));
        const int first = order_.first();
        QStringList labels = axes_[first].choices;
        labels << shortText(scales_[static_cast<std::size_t>(first)].low())
               << shortText(scales_[static_cast<std::size_t>(first)].high());
        for (const QString& label : labels) {
            left = std::max(left, metrics.horizontalAdvance(label) + 12);
        }
        left = std::min(left, std::min(widestMargin, width() / 4.0));
    }
    area_.setLeft(left);
    area_.setRight(std::max(left + 20, width() - narrowestMargin));
    xs_.clear();
    for (int i = 0; i < axes_.size(); ++i) {
        const double share = axes_.size() > 1 ? i / static_cast<double>(axes_.size() - 1) : 0.5;
        xs_.append(std::round(area_.left() + share * area_.width()));
    }
    redrawAll();
}

double ParallelAxes::xOf(int axis) const {
    return draggedTo_ && axis == grabbed_ ? *draggedTo_ : xs_[positionOf(axis)];
}

QPointF ParallelAxes::topOf(int axis) const {
    return {xOf(axis), area_.top()};
}

QPointF ParallelAxes::footOf(int axis) const {
    return {xOf(axis), area_.bottom()};
}

QPointF ParallelAxes::placeOf(int line, int axis) const {
    const double y = has(line, axis) ? scales_[static_cast<std::size_t>(axis)].at(lines_[line].values[axis])
                                     : area_.bottom() + noneDistance;
    return {xOf(axis), y};
}

QRectF ParallelAxes::titleBox(int axis) const {
    const QFontMetricsF metrics(font());
    const double step = xs_.size() > 1 ? xs_[1] - xs_[0] : area_.width();
    const double wide = std::min(step - 6, metrics.horizontalAdvance(axes_[axis].title) + 8);
    QRectF box(xOf(axis) - wide / 2, 0, wide, std::ceil(metrics.height()) + 2);
    box.moveLeft(std::clamp(box.left(), 0.0, std::max(0.0, width() - wide)));
    return box;
}

QStringList ParallelAxes::order() const {
    QStringList titles;
    for (const int axis : order_) {
        titles << axes_[axis].title;
    }
    return titles;
}

void ParallelAxes::move(int axis, int position) {
    const int from = positionOf(axis);
    const int to = std::clamp(position, 0, static_cast<int>(order_.size()) - 1);
    if (from != to) {
        order_.move(from, to);
        describe();
        arrange(); // the margin is for the first axis' labels
    }
}

void ParallelAxes::redraw() {
    layer_ = {};
    update();
}

void ParallelAxes::redrawAll() {
    muted_ = {};
    redraw();
}

void ParallelAxes::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void ParallelAxes::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::FontChange) {
        arrange();
    }
}

} // namespace alphascope::ui
