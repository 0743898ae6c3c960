#pragma once
// One line of text that gives way: shortened with an ellipsis where there is no room, whole in the tool tip.

#include <QWidget>

namespace alphascope::ui {

class ElidedLabel : public QWidget {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const { return text_; }
    void setAlignment(Qt::Alignment alignment);
    void setElideMode(Qt::TextElideMode mode);
    /// Muted (a caption) or plain text colour. Muted by default.
    void setMuted(bool muted);
    /// A tool tip of its own; without one the whole text is shown when it was shortened.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString text_;
    Qt::Alignment alignment_ = Qt::AlignLeft | Qt::AlignVCenter;
    Qt::TextElideMode elide_ = Qt::ElideRight;
    bool muted_ = true;
};

} // namespace alphascope::ui
