// The mouse on parallel axes.

#include "ui/widgets/parallel_axes.h"

#include <QGuiApplication>
#include <QHelpEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QStyleHints>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double lineReach = 7; // of the pointer, in pixels
constexpr double axisReach = 9;
constexpr double endReach = 5;  // of a brush's end
constexpr double brushHalf = 8; // width
constexpr double rounding = 1e-6;
constexpr double leastBrush = 3; // height; less is a slip of the hand

} // namespace

// ---- what is where --------------------------------------------------------------------------------------

// Between two axes a line runs as 3t² - 2t³, see traceOf().
int ParallelAxes::lineAt(const QPointF& at) const {
    int position = 0;
    while (position + 2 < xs_.size() && at.x() > xs_[position + 1]) {
        ++position;
    }
    if (isEmpty() || xs_.size() < 2 || at.x() < xs_.first() - lineReach || at.x() > xs_.last() + lineReach) {
        return -1;
    }
    const double wide = xs_[position + 1] - xs_[position];
    const double t = std::clamp((at.x() - xs_[position]) / wide, 0.0, 1.0);
    int nearest = -1;
    bool nearestLit = false;
    double least = lineReach;
    for (int line = 0; line < lines_.size(); ++line) {
        const double from = placeOf(line, order_[position]).y();
        const double rise = placeOf(line, order_[position + 1]).y() - from;
        const double slope = rise * 6 * t * (1 - t) / wide;
        const double distance =
            std::abs(at.y() - from - rise * t * t * (3 - 2 * t)) / std::sqrt(1 + slope * slope);
        const bool lit = isLit(line);
        // A muted line is caught only where no other is near.
        if (distance < lineReach && (lit != nearestLit ? lit : distance < least)) {
            nearest = line;
            nearestLit = lit;
            least = distance;
        }
    }
    return nearest;
}

QRectF ParallelAxes::brushBox(int axis) const {
    const Brush& brush = *brushes_[axis];
    const engine::FigureScale& scale = scales_[static_cast<std::size_t>(axis)];
    const auto y = [&](double value) { return std::clamp(scale.at(value), area_.top(), area_.bottom()); };
    return {xOf(axis) - brushHalf, y(brush.high), 2 * brushHalf, y(brush.low) - y(brush.high)};
}

ParallelAxes::Place ParallelAxes::placeAt(const QPointF& at) const {
    for (int axis = 0; axis < axes_.size() && !isEmpty(); ++axis) {
        if (titleBox(axis).contains(at)) {
            return {axis, Part::Title};
        }
        if (std::abs(at.x() - xOf(axis)) > axisReach || at.y() < area_.top() - endReach ||
            at.y() > area_.bottom() + endReach) {
            continue;
        }
        if (!brushes_[axis]) {
            return {axis, Part::Axis};
        }
        const QRectF box = brushBox(axis);
        if (at.y() < box.top() - endReach || at.y() > box.bottom() + endReach) {
            return {axis, Part::Axis};
        }
        // The middle third of a small brush still moves it.
        const double reach = std::min(endReach, std::max(2.0, box.height() / 3));
        return {axis, at.y() < box.top() + reach      ? Part::HighEnd
                      : at.y() > box.bottom() - reach ? Part::LowEnd
                                                      : Part::Brush};
    }
    return {};
}

// At an axis' end to its last value, whatever the rounding.
ParallelAxes::Brush ParallelAxes::brushBetween(int axis, double y1, double y2) const {
    const engine::FigureScale& scale = scales_[static_cast<std::size_t>(axis)];
    const double upper = std::min(y1, y2);
    const double lower = std::max(y1, y2);
    const auto valueAt = [&](double y) {
        return y <= area_.top() + rounding      ? scale.high()
               : y >= area_.bottom() - rounding ? scale.low()
                                                : scale.valueAt(y);
    };
    return {valueAt(lower), valueAt(upper)};
}

// ---- mouse ----------------------------------------------------------------------------------------------

void ParallelAxes::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || isEmpty()) {
        QWidget::mousePressEvent(event);
        return;
    }
    const Place place = placeAt(event->position());
    pressedAt_ = event->position();
    grabbed_ = place.axis;
    if (place.axis >= 0) {
        current_ = positionOf(place.axis);
    }
    switch (place.part) {
    case Part::None:
        gesture_ = Gesture::PressLines;
        break;
    case Part::Axis:
        gesture_ = Gesture::PressAxis;
        break;
    case Part::Brush:
        gesture_ = Gesture::MoveBrush;
        break;
    case Part::LowEnd:
        gesture_ = Gesture::LowEnd;
        break;
    case Part::HighEnd:
        gesture_ = Gesture::HighEnd;
        break;
    case Part::Title:
        gesture_ = Gesture::Title;
        break;
    }
    if (grabbed_ >= 0 && brushes_[grabbed_]) {
        grabbedBrush_ = *brushes_[grabbed_];
    }
    redraw(); // the current axis is marked
}

void ParallelAxes::dragBrush(const QPointF& at) {
    const engine::FigureScale& scale = scales_[static_cast<std::size_t>(grabbed_)];
    const double low = scale.at(grabbedBrush_.low);
    const double high = scale.at(grabbedBrush_.high);
    const double moved = at.y() - pressedAt_.y();
    switch (gesture_) {
    case Gesture::NewBrush:
        setBrush(grabbed_, brushBetween(grabbed_, pressedAt_.y(), at.y()));
        break;
    case Gesture::LowEnd:
        setBrush(grabbed_, brushBetween(grabbed_, high, low + moved));
        break;
    case Gesture::HighEnd:
        setBrush(grabbed_, brushBetween(grabbed_, high + moved, low));
        break;
    default: { // moved as a whole, and not beyond an end
        const double shift =
            std::clamp(moved, std::min(0.0, area_.top() - high), std::max(0.0, area_.bottom() - low));
        setBrush(grabbed_, brushBetween(grabbed_, high + shift, low + shift));
        break;
    }
    }
}

void ParallelAxes::dragTitle(const QPointF& at) {
    draggedTo_ = std::clamp(at.x(), area_.left(), area_.right());
    int position = 0;
    while (position + 1 < xs_.size() && *draggedTo_ > (xs_[position] + xs_[position + 1]) / 2) {
        ++position;
    }
    move(grabbed_, position);
    current_ = position;
    redrawAll();
}

void ParallelAxes::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    const bool far = QLineF(at, pressedAt_).length() >= QGuiApplication::styleHints()->startDragDistance();
    switch (gesture_) {
    case Gesture::None: {
        const Place place = placeAt(at);
        hover(place.part == Part::None || place.part == Part::Axis ? lineAt(at) : -1);
        showCursor(place, hovered_);
        return;
    }
    case Gesture::PressLines:
        return;
    case Gesture::PressAxis:
        if (!far) {
            return;
        }
        gesture_ = Gesture::NewBrush;
        hover(-1);
        [[fallthrough]];
    case Gesture::NewBrush:
    case Gesture::MoveBrush:
    case Gesture::LowEnd:
    case Gesture::HighEnd:
        dragBrush(at);
        return;
    case Gesture::Title:
        if (far || draggedTo_) {
            dragTitle(at);
        }
        return;
    }
}

void ParallelAxes::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || gesture_ == Gesture::None) {
        return;
    }
    const Gesture ended = gesture_;
    const int axis = grabbed_;
    gesture_ = Gesture::None;
    if (draggedTo_) {
        draggedTo_.reset();
        redrawAll();
    }
    const bool slip = ended == Gesture::NewBrush && brushBox(axis).height() < leastBrush;
    if (slip || (ended == Gesture::PressAxis && brushes_[axis])) {
        setBrush(axis, std::nullopt);
    } else if (ended == Gesture::PressAxis || ended == Gesture::PressLines) {
        choose(lineAt(event->position()));
    }
    showCursor(placeAt(event->position()), hovered_);
}

void ParallelAxes::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || isEmpty()) {
        return;
    }
    const Place place = placeAt(event->position());
    if (place.part != Part::None && place.part != Part::Title) {
        clearBrushes();
    } else if (const int line = place.part == Part::None ? lineAt(event->position()) : -1; line >= 0) {
        Q_EMIT activated(line);
    }
}

void ParallelAxes::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    hover(-1);
}

void ParallelAxes::hover(int line) {
    if (line != hovered_) {
        hovered_ = line;
        update();
        Q_EMIT hovered(line);
    }
}

void ParallelAxes::choose(int line) {
    selected_ = line;
    update();
    Q_EMIT clicked(line);
}

void ParallelAxes::showCursor(const Place& place, int line) {
    switch (place.part) {
    case Part::Title:
        setCursor(axes_.size() > 1 ? Qt::SizeHorCursor : Qt::ArrowCursor);
        return;
    case Part::Brush:
        setCursor(Qt::SizeAllCursor);
        return;
    case Part::LowEnd:
    case Part::HighEnd:
        setCursor(Qt::SizeVerCursor);
        return;
    case Part::Axis:
        setCursor(Qt::CrossCursor);
        return;
    case Part::None:
        setCursor(line < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
        return;
    }
}

bool ParallelAxes::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Place place = placeAt(help->pos());
        QString words;
        if (place.part == Part::Title) {
            words = tr("%1. Drag to move the axis.").arg(axes_[place.axis].title);
        } else if (place.part != Part::None && hovered_ < 0) {
            words = tr("Drag to choose a range; click beside it to clear it, double-click to clear all.");
        }
        QToolTip::showText(help->globalPos(), words, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace alphascope::ui
