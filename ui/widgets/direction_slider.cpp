#include "ui/widgets/direction_slider.h"

#include "ui/widgets/value_editor.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace alphascope::ui {

DirectionSlider::DirectionSlider(QWidget* parent) : DirectionSlider(Direction(), parent) {}

DirectionSlider::DirectionSlider(const Direction& direction, QWidget* parent)
    : QWidget(parent), editor_(new ValueEditor(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(editor_, &ValueEditor::valueTyped, this, &DirectionSlider::commit);
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
    state.pressed = dragging_;
    state.resetHovered = resetHovered_;
    paintSliderRow(painter, rowGeometry(), direction_, state, font());
}

void DirectionSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    const SliderRowGeometry g = rowGeometry();
    const double x = event->position().x();
    if (g.reset.contains(event->position())) {
        reset();
    } else if (g.groove.adjusted(-10, 0, 10, 0).contains(event->position())) {
        dragging_ = true;
        const double handle = g.xOf(direction_, value_);
        grab_ = std::abs(x - handle) <= 8 ? x - handle : 0;
        change(g.valueAt(direction_, x - grab_));
        update();
    }
}

void DirectionSlider::mouseMoveEvent(QMouseEvent* event) {
    const SliderRowGeometry g = rowGeometry();
    if (dragging_) {
        change(g.valueAt(direction_, event->position().x() - grab_));
        return;
    }
    hovered_ = true;
    resetHovered_ = g.reset.contains(event->position());
    update();
}

void DirectionSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && dragging_) {
        dragging_ = false;
        update();
        Q_EMIT editingFinished();
    }
}

void DirectionSlider::mouseDoubleClickEvent(QMouseEvent* event) {
    if (rowGeometry().value.adjusted(-8, 0, 4, 0).contains(event->position())) {
        edit();
    } else {
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
    const bool large = event->modifiers() & Qt::ShiftModifier;
    if (const auto next = valueAfterKey(direction_, value_, event->key(), large)) {
        keyed_ = true;
        change(*next);
    } else if (event->key() == Qt::Key_F2 || event->key() == Qt::Key_Return) {
        edit();
    } else if (!event->text().isEmpty() &&
               (event->text()[0].isDigit() || event->text() == QLatin1String("-"))) {
        edit(event->text());
    } else {
        QWidget::keyPressEvent(event);
    }
}

void DirectionSlider::keyReleaseEvent(QKeyEvent* event) {
    if (keyed_ && !event->isAutoRepeat()) {
        keyed_ = false;
        Q_EMIT editingFinished();
    }
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
