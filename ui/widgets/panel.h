#pragma once
// A rounded panel: title in small capitals, caption at the right, room for tools in the header, and the
// content below. Errors that concern a panel appear inside it (showMessage). GUI thread only.

#include "ui/widgets/message_bar.h"

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;
class QLabel;
class QSplitter;

namespace alphascope::ui {

class ElidedLabel;

class Panel : public QFrame {
    Q_OBJECT
public:
    /// An empty title leaves the header out until a title, caption or header widget is set.
    explicit Panel(const QString& title = {}, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    QString title() const { return title_; }

    /// Muted text at the header's right, elided in the middle where it does not fit.
    void setCaption(const QString& caption);
    QString caption() const;

    /// Puts a widget at the right end of the header, after the caption. The panel owns it.
    void addHeaderWidget(QWidget* widget);

    /// Content goes here (vertical, 6 px between items), or in one go with setContent().
    QVBoxLayout* contentLayout() const { return content_; }
    void setContent(QWidget* widget);

    /// Shows the one message bar of this panel; a newer message replaces an older one.
    MessageBar* showMessage(MessageKind kind, const QString& text, const QString& details = {},
                            const QString& actionLabel = {}, std::function<void()> action = {});
    void clearMessage();
    bool hasMessage() const;
    /// The bar if one was ever shown, else null.
    MessageBar* messageBar() const { return message_; }

Q_SIGNALS:
    void messageDismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refreshHeader();

    QString title_;
    QLabel* titleLabel_;
    ElidedLabel* caption_;
    QWidget* headerBox_;
    QHBoxLayout* header_;
    QVBoxLayout* outer_;
    QVBoxLayout* content_;
    MessageBar* message_ = nullptr;
    int headerWidgets_ = 0;
};

/// Panels beside or below each other, with the usual gap; none can be folded away.
QSplitter* panelSplitter(Qt::Orientation orientation);

} // namespace alphascope::ui
