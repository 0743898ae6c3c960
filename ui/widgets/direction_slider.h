#pragma once
// One row: label, slider, value, reset. The value is edited by double click, F2 or by typing a number; the
// reset button is disabled at the default; the wheel moves it only when it has the focus, so that scrolling a
// form changes nothing by accident. GUI thread only.

#include "ui/widgets/slider_row_input.h"

#include <QWidget>

namespace alphascope::ui {

class ValueEditor;

class DirectionSlider : public QWidget {
    Q_OBJECT
public:
    explicit DirectionSlider(QWidget* parent = nullptr);
    explicit DirectionSlider(const Direction& direction, QWidget* parent = nullptr);

    void setDirection(const Direction& direction);
    const Direction& direction() const { return direction_; }
    /// Does not emit.
    void setValue(double value);
    double value() const { return value_; }
    bool isAtDefault() const;
    /// As if the user had pressed the reset button: emits.
    void reset();
    /// Fixed room for the label, so that rows align; 0 fits it to the text.
    void setLabelWidth(int pixels);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void valueChanged(double value);
    /// The drag ended, the key came up, the value was typed: a good moment for an undo step.
    void editingFinished();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    SliderRowGeometry rowGeometry() const;
    void change(double value);
    void edit(const QString& typed);
    void commit(double value);
    void describe();

    Direction direction_;
    double value_ = 0;
    int labelWidth_ = 0;
    SliderRowInput input_;
    bool hovered_ = false;
    bool resetHovered_ = false;
    ValueEditor* editor_;
};

} // namespace alphascope::ui
