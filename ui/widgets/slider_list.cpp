#include "ui/widgets/slider_list.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"
#include "ui/widgets/value_editor.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace alphascope::ui {

SliderList::SliderList(QWidget* parent)
    : QAbstractScrollArea(parent), emptyText_(tr("No directions yet")), editor_(new ValueEditor(viewport())) {
    setObjectName(QStringLiteral("sliderList"));
    setAccessibleName(tr("Directions"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    connect(editor_, &ValueEditor::valueTyped, this, [this](double value) { commit(current_, value); });
    input_.change = [this](double value) { change(dragged_ >= 0 ? dragged_ : current_, value); };
    input_.finished = [this] {
        const int index = dragged_ >= 0 ? std::exchange(dragged_, -1) : current_;
        viewport()->update();
        Q_EMIT editingFinished(index);
    };
    input_.reset = [this] { resetRow(current_); };
    input_.edit = [this](const QString& typed) { edit(typed); };
    measure();
}

void SliderList::setDirections(const QVector<Direction>& directions) {
    editor_->closeEditor(false);
    directions_ = directions;
    values_.clear();
    for (const Direction& direction : directions_) {
        values_.append(direction.defaultValue);
    }
    hovered_ = dragged_ = profileRow_ = -1;
    current_ = directions_.isEmpty() ? -1 : 0;
    measure();
    describe();
}

void SliderList::setValue(int index, double value) {
    if (index < 0 || index >= count()) {
        return;
    }
    values_[index] = sanitized(directions_[index], value);
    describe();
    viewport()->update();
}

void SliderList::setValues(const QVector<double>& values) {
    const auto n = std::min(values.size(), values_.size());
    for (qsizetype i = 0; i < n; ++i) {
        values_[i] = sanitized(directions_[i], values[i]);
    }
    describe();
    viewport()->update();
}

void SliderList::setFilter(const QString& text, const QString& group) {
    filterText_ = text.trimmed();
    filterGroup_ = group;
    applyFilter();
}

void SliderList::resetRow(int index) {
    if (index >= 0 && index < count()) {
        commit(index, directions_[index].defaultValue);
    }
}

void SliderList::resetAll() {
    if (allAtDefault()) {
        return;
    }
    for (int i = 0; i < count(); ++i) {
        values_[i] = directions_[i].defaultValue;
    }
    describe();
    viewport()->update();
    Q_EMIT valuesReset();
}

bool SliderList::allAtDefault() const {
    for (int i = 0; i < count(); ++i) {
        if (!isDefault(directions_[i], values_[i])) {
            return false;
        }
    }
    return true;
}

void SliderList::setCurrentRow(int index) {
    if (index == current_ || index < -1 || index >= count()) {
        return;
    }
    current_ = index;
    const auto position = static_cast<int>(rows_.indexOf(index));
    if (position >= 0) {
        const int top = position * rowHeight_;
        QScrollBar* bar = verticalScrollBar();
        if (top < bar->value()) {
            bar->setValue(top);
        } else if (top + rowHeight_ > bar->value() + viewport()->height()) {
            bar->setValue(top + rowHeight_ - viewport()->height());
        }
    }
    describe();
    viewport()->update();
    Q_EMIT currentRowChanged(index);
}

void SliderList::setEmptyText(const QString& text) {
    emptyText_ = text;
    viewport()->update();
}

void SliderList::setUnavailable(const QString& reason) {
    unavailable_ = reason;
    setEnabled(reason.isEmpty());
    setToolTip(reason);
    viewport()->update();
}

void SliderList::measure() {
    rowHeight_ = sliderRowHeight(font());
    labelWidth_ = 24;
    valueWidth_ = 30;
    for (const Direction& direction : directions_) {
        labelWidth_ = std::max(labelWidth_, sliderLabelWidth(direction, font()));
        valueWidth_ = std::max(valueWidth_, sliderValueWidth(direction, font()));
    }
    applyFilter();
}

void SliderList::applyFilter() {
    rows_.clear();
    for (int i = 0; i < count(); ++i) {
        const Direction& d = directions_[i];
        const bool inGroup = filterGroup_.isEmpty() || d.group == filterGroup_;
        const bool named = filterText_.isEmpty() || d.label.contains(filterText_, Qt::CaseInsensitive) ||
                           d.id.contains(filterText_, Qt::CaseInsensitive) ||
                           d.group.contains(filterText_, Qt::CaseInsensitive);
        if (inGroup && named) {
            rows_.append(i);
        }
    }
    if (!rows_.contains(current_)) {
        current_ = rows_.isEmpty() ? -1 : rows_.first();
    }
    const int height = static_cast<int>(rows_.size()) * rowHeight_;
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight_);
    viewport()->update();
}

QRect SliderList::rowRect(int position) const {
    return {0, position * rowHeight_ - verticalScrollBar()->value(), viewport()->width(), rowHeight_};
}

SliderRowGeometry SliderList::rowGeometry(int index) const {
    const auto position = static_cast<int>(rows_.indexOf(index));
    return position < 0 ? SliderRowGeometry()
                        : SliderRowGeometry::of(QRectF(rowRect(position)), labelWidth_, valueWidth_);
}

int SliderList::rowAt(const QPoint& position) const {
    const int row = (position.y() + verticalScrollBar()->value()) / rowHeight_;
    return position.y() >= 0 && row >= 0 && row < rows_.size() ? rows_[row] : -1;
}

void SliderList::change(int index, double value) {
    const double next = sanitized(directions_[index], value);
    if (next == values_[index]) {
        return;
    }
    values_[index] = next;
    describe();
    viewport()->update();
    Q_EMIT valueChanged(index, next);
}

void SliderList::commit(int index, double value) {
    if (index < 0 || index >= count()) {
        return;
    }
    const double before = values_[index];
    change(index, value);
    if (values_[index] != before) {
        Q_EMIT editingFinished(index);
    }
}

void SliderList::edit(const QString& typed) {
    if (current_ >= 0 && rows_.contains(current_)) {
        const QString text = typed.isEmpty() ? valueText(directions_[current_], values_[current_]) : typed;
        editor_->open(rowGeometry(current_).value, text, typed.isEmpty());
    }
}

void SliderList::moveCurrent(int by) {
    if (rows_.isEmpty()) {
        return;
    }
    const auto position = static_cast<int>(rows_.indexOf(current_));
    const int next = std::clamp(position + by, 0, static_cast<int>(rows_.size()) - 1);
    setCurrentRow(rows_[next]);
}

void SliderList::describe() {
    setAccessibleDescription(current_ < 0
                                 ? QString()
                                 : tr("%1: %2").arg(directions_[current_].label,
                                                    valueText(directions_[current_], values_[current_])));
}

QSize SliderList::sizeHint() const {
    return {300, 10 * rowHeight_};
}

QSize SliderList::minimumSizeHint() const {
    return {180, 3 * rowHeight_};
}

void SliderList::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.setFont(font());
    if (rows_.isEmpty()) {
        paintEmptyText(painter, viewport()->rect(),
                       directions_.isEmpty() ? emptyText_ : tr("No direction matches the filter"), {});
    }
    const int first = std::max(0, (event->rect().top() + verticalScrollBar()->value()) / rowHeight_);
    for (int position = first; position < rows_.size(); ++position) {
        const QRect row = rowRect(position);
        if (row.top() > event->rect().bottom()) {
            break;
        }
        const int index = rows_[position];
        SliderRowState state;
        state.value = values_[index];
        state.enabled = isEnabled();
        state.focused = hasFocus() && index == current_;
        state.hovered = index == hovered_;
        state.pressed = index == dragged_;
        state.resetHovered = state.hovered && resetHovered_;
        state.profile = index == profileRow_ ? profile_ : QVector<float>();
        if (state.focused) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(mix(tokens().panel, tokens().raised, 0.9));
            painter.drawRoundedRect(QRectF(row).adjusted(0, 0.5, 0, -0.5), 4, 4);
        }
        paintSliderRow(painter, rowGeometry(index), directions_[index], state, font());
    }
}

void SliderList::setProfile(int index, const QVector<float>& shares) {
    profileRow_ = index;
    profile_ = shares;
    viewport()->update();
}

void SliderList::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int index = byKey ? current_ : rowAt(event->pos());
    if (index < 0) {
        return;
    }
    setCurrentRow(index);
    Q_EMIT contextMenuRequested(
        index, byKey ? viewport()->mapToGlobal(rowGeometry(index).label.bottomLeft().toPoint())
                     : event->globalPos());
}

void SliderList::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    editor_->closeEditor(true);
    applyFilter();
}

void SliderList::mousePressEvent(QMouseEvent* event) {
    const int index = rowAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || index < 0) {
        return;
    }
    setCurrentRow(index);
    input_.mousePress(rowGeometry(index), directions_[index], values_[index], *event);
    dragged_ = input_.dragging() ? index : -1;
    viewport()->update();
}

void SliderList::mouseMoveEvent(QMouseEvent* event) {
    if (dragged_ >= 0 && input_.mouseMove(rowGeometry(dragged_), directions_[dragged_], *event)) {
        return;
    }
    hovered_ = rowAt(event->position().toPoint());
    resetHovered_ = hovered_ >= 0 && rowGeometry(hovered_).reset.contains(event->position());
    viewport()->update();
}

void SliderList::mouseReleaseEvent(QMouseEvent* event) {
    if (dragged_ >= 0) { // or the rows were replaced under the drag
        input_.mouseRelease(*event);
    }
}

void SliderList::mouseDoubleClickEvent(QMouseEvent* event) {
    const int index = rowAt(event->position().toPoint());
    if (index >= 0) {
        setCurrentRow(index);
    }
    if (index < 0 || !input_.mouseDoubleClick(rowGeometry(index), *event)) {
        mousePressEvent(event);
    }
}

void SliderList::wheelEvent(QWheelEvent* event) {
    if ((event->modifiers() & Qt::ControlModifier) && hasFocus() && current_ >= 0) {
        commit(current_, values_[current_] + directions_[current_].step * event->angleDelta().y() / 120.0);
        event->accept();
        return;
    }
    editor_->closeEditor(true);
    QAbstractScrollArea::wheelEvent(event);
}

void SliderList::keyPressEvent(QKeyEvent* event) {
    const int page = std::max(1, viewport()->height() / rowHeight_ - 1);
    switch (event->key()) {
    case Qt::Key_Up:
        moveCurrent(-1);
        return;
    case Qt::Key_Down:
        moveCurrent(1);
        return;
    case Qt::Key_PageUp:
        moveCurrent(-page);
        return;
    case Qt::Key_PageDown:
        moveCurrent(page);
        return;
    default:
        break;
    }
    if (current_ < 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (!input_.keyPress(directions_[current_], values_[current_], *event)) {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void SliderList::keyReleaseEvent(QKeyEvent* event) {
    input_.keyRelease(*event);
    QAbstractScrollArea::keyReleaseEvent(event);
}

void SliderList::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void SliderList::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void SliderList::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        measure();
        updateGeometry();
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::EnabledChange) {
        viewport()->update();
    }
}

bool SliderList::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) {
        hovered_ = -1;
        resetHovered_ = false;
        viewport()->update();
    }
    if (event->type() == QEvent::ToolTip && unavailable_.isEmpty()) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int index = rowAt(help->pos());
        QString text;
        if (index >= 0) {
            const bool onReset = rowGeometry(index).reset.contains(help->pos());
            text = onReset ? tr("Back to the default") : directions_[index].toolTip;
        }
        QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void SliderList::scrollContentsBy(int, int) {
    editor_->closeEditor(true);
    viewport()->update();
}

} // namespace alphascope::ui
