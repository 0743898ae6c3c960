#include "ui/widgets/slider_row_input.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <cmath>

namespace alphascope::ui {

void SliderRowInput::mousePress(const SliderRowGeometry& geometry, const Direction& direction, double value,
                                const QMouseEvent& event) {
    if (event.button() != Qt::LeftButton) {
        return;
    }
    dragging_ = false;
    if (geometry.reset.contains(event.position())) {
        reset();
    } else if (geometry.groove.adjusted(-10, 0, 10, 0).contains(event.position())) {
        dragging_ = true;
        const double x = event.position().x();
        const double handle = geometry.xOf(direction, value);
        grab_ = std::abs(x - handle) <= 8 ? x - handle : 0;
        change(geometry.valueAt(direction, x - grab_));
    }
}

bool SliderRowInput::mouseMove(const SliderRowGeometry& geometry, const Direction& direction,
                               const QMouseEvent& event) {
    if (dragging_) {
        change(geometry.valueAt(direction, event.position().x() - grab_));
    }
    return dragging_;
}

void SliderRowInput::mouseRelease(const QMouseEvent& event) {
    if (event.button() == Qt::LeftButton && dragging_) {
        dragging_ = false;
        finished();
    }
}

bool SliderRowInput::mouseDoubleClick(const SliderRowGeometry& geometry, const QMouseEvent& event) {
    const bool onValue = geometry.value.adjusted(-8, 0, 4, 0).contains(event.position());
    if (onValue) {
        edit({});
    }
    return onValue;
}

bool SliderRowInput::keyPress(const Direction& direction, double value, const QKeyEvent& event) {
    const bool large = event.modifiers() & Qt::ShiftModifier;
    const QString text = event.text();
    if (const auto next = valueAfterKey(direction, value, event.key(), large)) {
        keyed_ = true;
        change(*next);
    } else if (event.key() == Qt::Key_F2 || event.key() == Qt::Key_Return) {
        edit({});
    } else if (!text.isEmpty() && (text[0].isDigit() || text == QLatin1String("-"))) {
        edit(text);
    } else {
        return false;
    }
    return true;
}

void SliderRowInput::keyRelease(const QKeyEvent& event) {
    if (keyed_ && !event.isAutoRepeat()) {
        keyed_ = false;
        finished();
    }
}

} // namespace alphascope::ui
