#pragma once
// The hand on a slider row: drags and keys, the same for one row (DirectionSlider) and for the current row of
// hundreds (SliderList). It decides what an event means; the owner holds the values. GUI thread only.

#include "ui/widgets/slider_row.h"

#include <functional>

class QKeyEvent;
class QMouseEvent;

namespace alphascope::ui {

class SliderRowInput {
public:
    std::function<void(double value)> change; ///< the row shall move there; may come many times
    std::function<void()> finished;           ///< the drag ended or the key came up
    std::function<void()> reset;              ///< the reset button was pressed
    /// The value shall be typed, beginning with `typed`; empty: with the present value selected.
    std::function<void(const QString& typed)> edit;

    void mousePress(const SliderRowGeometry& geometry, const Direction& direction, double value,
                    const QMouseEvent& event);
    /// False when no drag is going on.
    bool mouseMove(const SliderRowGeometry& geometry, const Direction& direction, const QMouseEvent& event);
    void mouseRelease(const QMouseEvent& event);
    /// True when it fell on the value, which edit() has been asked for.
    bool mouseDoubleClick(const SliderRowGeometry& geometry, const QMouseEvent& event);
    /// False for keys that mean nothing to a row.
    bool keyPress(const Direction& direction, double value, const QKeyEvent& event);
    void keyRelease(const QKeyEvent& event);
    bool dragging() const { return dragging_; }

private:
    double grab_ = 0; ///< where on the handle the drag began
    bool dragging_ = false;
    bool keyed_ = false;
};

} // namespace alphascope::ui
