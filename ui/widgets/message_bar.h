#pragma once
// A bar inside the panel concerned: what happened, what to do, details that unfold, one optional action, a
// close button. Never modal. GUI thread only.

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace alphascope::ui {

enum class MessageKind { Info, Success, Warning, Error };

class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// details (a hint, a file, a longer reason) unfold on demand; empty hides the unfold button.
    /// The action is called when its button is pressed; the bar stays, so that the action may change it.
    void setMessage(MessageKind kind, const QString& text, const QString& details = {},
                    const QString& actionLabel = {}, std::function<void()> action = {});

    MessageKind kind() const { return kind_; }
    QString text() const;
    QString details() const;

Q_SIGNALS:
    /// The user closed the bar (it is hidden by then).
    void dismissed();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refreshColors();

    MessageKind kind_ = MessageKind::Info;
    std::function<void()> action_;
    QLabel* icon_;
    QLabel* text_;
    QLabel* details_;
    QToolButton* unfold_;
    QPushButton* actionButton_;
    QToolButton* close_;
};

} // namespace alphascope::ui
