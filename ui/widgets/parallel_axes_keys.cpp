// The keys of parallel axes.

#include "ui/widgets/parallel_axes.h"

#include <QKeyEvent>

#include <algorithm>

namespace alphascope::ui {

namespace {

constexpr double keyShare = 0.05;   // of an axis
constexpr double firstShare = 0.25; // of an axis: a brush made by keys

} // namespace

void ParallelAxes::walk(int way) {
    const int axis = order_[current_];
    QVector<int> walked;
    for (int line = 0; line < lines_.size(); ++line) {
        if (isLit(line)) {
            walked.append(line);
        }
    }
    std::stable_sort(walked.begin(), walked.end(),
                     [&](int a, int b) { return placeOf(a, axis).y() < placeOf(b, axis).y(); });
    if (walked.isEmpty()) {
        return;
    }
    const qsizetype at = walked.indexOf(selected_);
    const qsizetype next =
        at < 0 ? (way > 0 ? 0 : walked.size() - 1) : std::clamp<qsizetype>(at + way, 0, walked.size() - 1);
    choose(walked[next]);
}

// Without a brush one is made at the end that the arrow points to.
void ParallelAxes::nudgeBrush(int up, bool resize) {
    const int axis = order_[current_];
    const double step = keyShare * area_.height();
    if (!brushes_[axis]) {
        const double end = up > 0 ? area_.top() : area_.bottom();
        setBrush(axis, brushBetween(axis, end, end + up * firstShare * area_.height()));
        return;
    }
    const QRectF box = brushBox(axis);
    if (resize) {
        const double grow = std::max(up * step, -std::max(0.0, box.height() - 2) / 2);
        setBrush(axis, brushBetween(axis, box.top() - grow, box.bottom() + grow));
        return;
    }
    const double shift = std::clamp(-up * step, area_.top() - box.top(), area_.bottom() - box.bottom());
    setBrush(axis, brushBetween(axis, box.top() + shift, box.bottom() + shift));
}

/// Whether it was a key that works on the current axis.
bool ParallelAxes::keyOnAxis(QKeyEvent* event) {
    const bool ctrl = event->modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const int key = event->key();
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        const int next =
            std::clamp(current_ + (key == Qt::Key_Right ? 1 : -1), 0, static_cast<int>(order_.size()) - 1);
        if (ctrl) {
            move(order_[current_], next);
        }
        current_ = next;
        redraw();
        return true;
    }
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
        const int up = key == Qt::Key_Up ? 1 : -1;
        ctrl || shift ? nudgeBrush(up, ctrl) : walk(-up);
        return true;
    }
    if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
        setBrush(order_[current_], std::nullopt);
        return true;
    }
    return false;
}

void ParallelAxes::keyPressEvent(QKeyEvent* event) {
    if (!isEmpty() && gesture_ == Gesture::None && keyOnAxis(event)) {
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && selected_ >= 0) {
        Q_EMIT activated(selected_);
    } else if (event->key() == Qt::Key_Escape && hasBrush()) {
        clearBrushes();
    } else if (event->key() == Qt::Key_Escape && selected_ >= 0) {
        choose(-1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ParallelAxes::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    redraw();
}

void ParallelAxes::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    redraw();
}

} // namespace alphascope::ui
