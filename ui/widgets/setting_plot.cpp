#include "ui/widgets/setting_plot.h"

#include "ui/widgets/figure_axes.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double settingReach = 9;  // of the pointer, in pixels
constexpr double bestAdvantage = 2; // circles are caught from so much farther away
constexpr int mostValueTicks = 6;

} // namespace

SettingPlot::SettingPlot(QWidget* parent) : QWidget(parent), emptyTitle_(tr("No figures yet")) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void SettingPlot::clear() {
    forget();
    contentChanged();
}

void SettingPlot::setEmptyText(const QString& title, const QString& hint) {
    emptyTitle_ = title;
    emptyHint_ = hint;
    update();
}

void SettingPlot::setHighlighted(const QSet<int>& ranked) {
    if (ranked != highlighted_) {
        highlighted_ = ranked;
        redraw();
    }
}

void SettingPlot::setSelected(int ranked) {
    if (ranked != selected_) {
        selected_ = ranked;
        walked_ = false;
        update();
    }
}

void SettingPlot::setDescriber(std::function<ScatterCard(int ranked)> describe) {
    describe_ = std::move(describe);
    update();
}

QPointF SettingPlot::placeOf(int ranked) const {
    const int dot = dotOf(ranked);
    return dot < 0 ? QPointF() : dots_[dot].at;
}

void SettingPlot::contentChanged() {
    highlighted_.clear();
    selected_ = -1;
    walked_ = false;
    arrange();
    setAccessibleDescription(description());
    hover(-1); // what lies under the pointer is another setting now, even with the same index
    if (pointer_) {
        hover(dotAt(*pointer_));
    }
}

// ---- layout ---------------------------------------------------------------------------------------------

void SettingPlot::arrange() {
    dots_.clear();
    if (!isEmpty()) {
        layOut();
    }
    redraw();
}

void SettingPlot::redraw() {
    layer_ = {};
    update();
}

double SettingPlot::lineHeight() const {
    return std::ceil(QFontMetricsF(axisFont(font())).height());
}

std::vector<double> SettingPlot::ticks(const engine::FigureScale& scale, double height) const {
    const int wanted = std::clamp(static_cast<int>(height / (2.6 * lineHeight())), 2, mostValueTicks);
    return engine::roundTicks(scale.low(), scale.high(), wanted);
}

QRectF SettingPlot::areaBeside(const engine::FigureScale& scale, double above, double below) const {
    const QFontMetricsF metrics(axisFont(font()));
    const double tall = std::max(20.0, height() - above - below);
    double labels = 0;
    for (const QString& text : tickTexts(ticks(scale, tall))) {
        labels = std::max(labels, metrics.horizontalAdvance(text));
    }
    const double left = std::ceil(labels) + labelGap + 3;
    return {left, above, std::max(20.0, width() - left - 6), tall};
}

void SettingPlot::setScale(const engine::FigureScale& scale, const QRectF& area) {
    scale_ = scale;
    area_ = area;
}

SettingPlot::Dot SettingPlot::dotFor(const engine::StudyPoint& point, std::size_t method) const {
    Dot dot;
    dot.ranked = static_cast<int>(point.ranked);
    dot.at.setY(std::clamp(scale_.at(point.value), area_.top(), area_.bottom()));
    dot.beyond = scale_.holds(point.value) ? 0 : point.value > scale_.high() ? 1 : -1;
    dot.amongBest = point.amongBest;
    dot.series = static_cast<int>(method);
    dot.value = point.value;
    return dot;
}

double SettingPlot::scattered(qsizetype index) {
    constexpr double golden = 0.618033988749895;
    return 2 * std::fmod(golden * static_cast<double>(index), 1.0) - 1;
}

int SettingPlot::dotAt(const QPointF& at) const {
    int nearest = -1;
    double least = settingReach;
    for (int i = 0; i < dots_.size(); ++i) {
        const double distance = QLineF(at, dots_[i].at).length() - (dots_[i].amongBest ? bestAdvantage : 0);
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}

int SettingPlot::dotOf(int ranked) const {
    const auto found =
        std::find_if(dots_.begin(), dots_.end(), [&](const Dot& dot) { return dot.ranked == ranked; });
    return found == dots_.end() ? -1 : static_cast<int>(found - dots_.begin());
}

// Up and Down walk through a column by height. Left and Right step to the nearest of the next column, or,
// with one column only, walk from left to right.
int SettingPlot::neighbour(int from, int arrow) const {
    const Dot& start = dots_[from];
    const bool upright = arrow == Qt::Key_Up || arrow == Qt::Key_Down;
    const int way = arrow == Qt::Key_Right || arrow == Qt::Key_Down ? 1 : -1;
    const bool columns = std::any_of(dots_.begin(), dots_.end(),
                                     [&](const Dot& dot) { return dot.column != dots_[0].column; });
    const auto place = [&](const Dot& dot) {
        if (!upright && columns) {
            return std::pair(double(dot.column) * way, std::abs(dot.at.y() - start.at.y()));
        }
        return upright ? std::pair(dot.at.y() * way, dot.at.x() * way)
                       : std::pair(dot.at.x() * way, dot.at.y() * way);
    };
    // Dots at the very same place follow one another by their order.
    const auto key = [&](int dot) { return std::pair(place(dots_[dot]), dot * way); };
    int next = from;
    for (int i = 0; i < dots_.size(); ++i) {
        const bool candidate = (dots_[i].column == start.column) == (upright || !columns);
        if (candidate && key(i) > key(from) && (next == from || key(i) < key(next))) {
            next = i;
        }
    }
    return next;
}

// ---- mouse and keys -------------------------------------------------------------------------------------

void SettingPlot::hover(int dot) {
    const int ranked = dot < 0 ? -1 : dots_[dot].ranked;
    setCursor(ranked < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    if (ranked != hovered_) {
        hovered_ = ranked;
        update();
        Q_EMIT hovered(ranked);
    }
}

void SettingPlot::choose(int dot) {
    selected_ = dot < 0 ? -1 : dots_[dot].ranked;
    update();
    Q_EMIT clicked(selected_);
}

void SettingPlot::mouseMoveEvent(QMouseEvent* event) {
    pointer_ = event->position();
    walked_ = false;
    hover(dotAt(event->position()));
}

void SettingPlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || isEmpty()) {
        QWidget::mousePressEvent(event);
        return;
    }
    walked_ = false;
    choose(dotAt(event->position()));
}

void SettingPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    const int dot = dotAt(event->position());
    if (event->button() == Qt::LeftButton && dot >= 0) {
        Q_EMIT activated(dots_[dot].ranked);
    }
}

void SettingPlot::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    pointer_.reset();
    hover(-1);
}

void SettingPlot::keyPressEvent(QKeyEvent* event) {
    const int dot = dotOf(selected_);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (!dots_.isEmpty()) {
            walked_ = true;
            choose(dot < 0 ? 0 : neighbour(dot, event->key()));
        }
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (dot >= 0) {
            Q_EMIT activated(selected_);
            return;
        }
        break;
    case Qt::Key_Escape:
        if (dot >= 0) {
            choose(-1);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void SettingPlot::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void SettingPlot::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    walked_ = false;
    update();
}

bool SettingPlot::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), isEmpty() ? QString() : tipAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

void SettingPlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void SettingPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::FontChange) {
        arrange();
    }
}

} // namespace alphascope::ui
