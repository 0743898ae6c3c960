#pragma once
// A small rounded label with an optional coloured dot: "● Running", "α-GAN", "CPU × 2". It can be made a
// button.

#include <QAbstractButton>

namespace alphascope::ui {

enum class PillDot { None, Neutral, Accent, Good, Warning, Bad };

class StatusPill : public QAbstractButton {
    Q_OBJECT
public:
    explicit StatusPill(const QString& text = {}, PillDot dot = PillDot::None, QWidget* parent = nullptr);

    void setDot(PillDot dot);
    PillDot dot() const { return dot_; }
    /// Clickable pills take the focus and react to hover; others are labels. Off by default.
    void setClickable(bool clickable);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool hitButton(const QPoint& position) const override;

private:
    PillDot dot_;
    bool clickable_ = false;
};

} // namespace alphascope::ui
