#include "ui/widgets/direction_slider.h"

#include "ui/widgets/value_editor.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace alphascope::ui {

DirectionSlider::DirectionSlider(QWidget* parent) : DirectionSlider(Direction(), parent) {}

DirectionSlider::DirectionSlider(const Direction& direction, QWidget* parent)
    : QWidget(parent), editor_(new ValueEditor(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(editor_, &ValueEditor::valueTyped, this, &DirectionSlider::commit);
    input_.change = [this](double value) { change(value); };
    input_.finished = [this] {
        update();
        Q_EMIT editingFinished();
    };
    input_.reset = [this] { reset(); };
    input_.edit = [this](const QString& typed) { edit(typed); };
    setDirection(direction);
}

void DirectionSlider::setDirection(const Direction& direction) {
    direction_ = direction;
    value_ = direction.defaultValue;
    setObjectName(direction.id.isEmpty() ? QStringLiteral("directionSlider") : direction.id);
    setAccessibleName(direction.label);
    describe();
    updateGeometry();
    update();
}

void DirectionSlider::setValue(double value) {
    const double next = sanitized(direction_, value);
    if (next != value_) {
        value_ = next;
        describe();
        update();
    }
}

bool DirectionSlider::isAtDefault() const {
    return isDefault(direction_, value_);
}

void DirectionSlider::reset() {
    commit(direction_.defaultValue);
}

void DirectionSlider::setLabelWidth(int pixels) {
    labelWidth_ = pixels;
    update();
}

QSize DirectionSlider::sizeHint() const {
    return {260, sliderRowHeight(font())};
}

QSize DirectionSlider::minimumSizeHint() const {
    return {140, sliderRowHeight(font())};
}

SliderRowGeometry DirectionSlider::rowGeometry() const {
    const double label = labelWidth_ > 0 ? labelWidth_ : sliderLabelWidth(direction_, font());
    return SliderRowGeometry::of(QRectF(rect()), label, sliderValueWidth(direction_, font()));
}

void DirectionSlider::change(double value) {
    const double next = sanitized(direction_, value);
    if (next == value_) {
        return;
    }
    value_ = next;
    describe();
    update();
    Q_EMIT valueChanged(value_);
}

void DirectionSlider::commit(double value) {
    const double before = value_;
    change(value);
    if (value_ != before) {
        Q_EMIT editingFinished();
    }
}

void DirectionSlider::edit(const QString& typed) {
    const QString text = typed.isEmpty() ? valueText(direction_, value_) : typed;
    editor_->open(rowGeometry().value, text, typed.isEmpty());
}

void DirectionSlider::describe() {
    setAccessibleDescription(valueText(direction_, value_));
}

void DirectionSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    SliderRowState state;
    state.value = value_;
    state.enabled = isEnabled();
    state.focused = hasFocus();
    state.hovered = hovered_;
    state.pressed = input_.dragging();
    state.resetHovered = resetHovered_;
    paintSliderRow(painter, rowGeometry(), direction_, state, font());
}

void DirectionSlider::mousePressEvent(QMouseEvent* event) {
    input_.mousePress(rowGeometry(), direction_, value_, *event);
    update();
}

void DirectionSlider::mouseMoveEvent(QMouseEvent* event) {
    const SliderRowGeometry g = rowGeometry();
    if (input_.mouseMove(g, direction_, *event)) {
        return;
    }
    hovered_ = true;
    resetHovered_ = g.reset.contains(event->position());
    update();
}

void DirectionSlider::mouseReleaseEvent(QMouseEvent* event) {
    input_.mouseRelease(*event);
}

void DirectionSlider::mouseDoubleClickEvent(QMouseEvent* event) {
    if (!input_.mouseDoubleClick(rowGeometry(), *event)) {
        mousePressEvent(event);
    }
}

void DirectionSlider::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) {
        event->ignore(); // the form scrolls instead
        return;
    }
    commit(value_ + direction_.step * event->angleDelta().y() / 120.0);
    event->accept();
}

void DirectionSlider::keyPressEvent(QKeyEvent* event) {
    if (!input_.keyPress(direction_, value_, *event)) {
        QWidget::keyPressEvent(event);
    }
}

void DirectionSlider::keyReleaseEvent(QKeyEvent* event) {
    input_.keyRelease(*event);
    QWidget::keyReleaseEvent(event);
}

void DirectionSlider::leaveEvent(QEvent*) {
    hovered_ = resetHovered_ = false;
    update();
}

void DirectionSlider::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void DirectionSlider::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void DirectionSlider::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::EnabledChange) {
        update();
    }
}

bool DirectionSlider::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        auto* help = static_cast<QHelpEvent*>(event);
        const bool onReset = rowGeometry().reset.contains(help->pos());
        QToolTip::showText(help->globalPos(), onReset ? tr("Back to the default") : direction_.toolTip, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace alphascope::ui
