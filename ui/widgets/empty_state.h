#pragma once
// What an empty panel says: an icon, what is missing, what to do next, and optionally the button that does
// it.

#include <QWidget>

class QLabel;
class QPushButton;

namespace alphascope::ui {

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);

    void setIconName(const QString& name);
    void setText(const QString& title, const QString& hint = {});
    /// An empty label hides the button.
    void setAction(const QString& label);
    /// Another way on, below the button; takes the widget over.
    void addBelow(QWidget* widget);

Q_SIGNALS:
    void actionTriggered();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refreshIcon();

    QString iconName_;
    QLabel* icon_;
    QLabel* title_;
    QLabel* hint_;
    QPushButton* action_;
};

} // namespace alphascope::ui
