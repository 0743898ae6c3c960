#pragma once
// The little field that opens over a value to type a number. Return, Tab or a click elsewhere accept, Esc
// gives up.

#include <QLineEdit>

namespace alphascope::ui {

class ValueEditor : public QLineEdit {
    Q_OBJECT
public:
    /// Hidden until open().
    explicit ValueEditor(QWidget* parent);

    /// Shows the field over a rectangle of its parent with this text, selected when select is set.
    void open(const QRectF& over, const QString& text, bool select);
    bool isOpen() const { return open_; }
    void closeEditor(bool accept);

Q_SIGNALS:
    /// A number was typed and accepted. Text that is no number closes the field without a signal.
    void valueTyped(double value);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool open_ = false;
};

} // namespace alphascope::ui
