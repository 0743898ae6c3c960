#include "ui/widgets/value_editor.h"

#include "ui/widgets/slider_row.h"

#include <QKeyEvent>

#include <algorithm>

namespace alphascope::ui {

ValueEditor::ValueEditor(QWidget* parent) : QLineEdit(parent) {
    setObjectName(QStringLiteral("valueEditor"));
    setAccessibleName(tr("Value"));
    setAlignment(Qt::AlignRight);
    hide();
}

void ValueEditor::open(const QRectF& over, const QString& text, bool select) {
    const int width = std::max(58, static_cast<int>(over.width()) + 18);
    const int height = std::min(static_cast<int>(over.height()), sizeHint().height());
    setGeometry(static_cast<int>(over.right()) - width + 8, static_cast<int>(over.center().y()) - height / 2,
                width, height);
    setText(text);
    open_ = true;
    show();
    setFocus(Qt::OtherFocusReason);
    if (select) {
        selectAll();
    }
}

void ValueEditor::closeEditor(bool accept) {
    if (!open_) {
        return;
    }
    open_ = false; // before hide(): losing the focus must not accept a second time
    const bool focused = hasFocus();
    hide();
    if (focused && parentWidget()) {
        QWidget* owner =
            parentWidget()->focusPolicy() == Qt::NoFocus ? parentWidget()->parentWidget() : parentWidget();
        if (owner) {
            owner->setFocus(Qt::OtherFocusReason);
        }
    }
    const auto value = parseValue(text());
    if (accept && value) {
        Q_EMIT valueTyped(*value);
    }
}

void ValueEditor::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        closeEditor(false);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        closeEditor(true);
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void ValueEditor::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) {
        closeEditor(true);
    }
}

} // namespace alphascope::ui
