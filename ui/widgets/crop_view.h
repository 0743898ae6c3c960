#pragma once
// A picture with a square on it that is dragged by its inside, resized by its corners, the wheel or + and -,
// and moved by the arrow keys (Shift: ten times as far). GUI thread only.

#include <QImage>
#include <QRect>
#include <QWidget>

namespace alphascope::ui {

class CropView : public QWidget {
    Q_OBJECT
public:
    explicit CropView(QWidget* parent = nullptr);

    /// `picture` may be a reduced copy; the square is in the pixels of the whole one, which has `size`.
    void setPicture(const QImage& picture, const QSize& size);
    /// Put into the picture where it does not lie in it; says nothing.
    void setSquare(const QRect& square);
    QRect square() const { return square_; }
    QRectF imageRect() const;

    QSize sizeHint() const override { return {300, 300}; }
    QSize minimumSizeHint() const override { return {120, 120}; }

Q_SIGNALS:
    void squareChanged(const QRect& square); ///< by the user
    void gestureFinished();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    enum class Grip { None, Inside, Corner };
    QRect fitted(const QRect& square) const;
    void change(const QRect& square);
    void resizeAboutCentre(double factor);
    QRectF shownSquare() const; ///< in widget coordinates
    QPointF toPicture(const QPointF& position) const;
    Grip gripAt(const QPointF& position, Qt::Corner* corner) const;
    void dragCorner(const QPointF& at);

    QImage picture_;
    QSize size_;
    QRect square_;
    Grip grip_ = Grip::None;
    QPointF grabbed_; ///< Inside: from the square's corner to the mouse. Corner: the corner that stays.
};

} // namespace alphascope::ui
