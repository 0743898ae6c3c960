#include "ui/widgets/crop_view.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace alphascope::ui {

namespace {

constexpr double cropGroundRadius = 4;
constexpr double cornerReach = 10;
constexpr double cornerSize = 8;
constexpr double keyShare = 0.01; // of the picture's shorter side
constexpr double resizeFactor = 1.1;
constexpr int smallestSquare = 4; // pixels of the picture

} // namespace

CropView::CropView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("cropView"));
    setAccessibleName(tr("Part of the picture"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void CropView::setPicture(const QImage& picture, const QSize& size) {
    picture_ = picture;
    size_ = size;
    square_ = fitted(square_);
    update();
}

void CropView::setSquare(const QRect& square) {
    if (grip_ != Grip::None)
        return; // it is in the hand
    square_ = fitted(square);
    update();
}

QRect CropView::fitted(const QRect& square) const {
    const int most = std::min(size_.width(), size_.height());
    if (most < 1)
        return {};
    const int side = std::clamp(square.width(), std::min(smallestSquare, most), most);
    return {std::clamp(square.left(), 0, size_.width() - side),
            std::clamp(square.top(), 0, size_.height() - side), side, side};
}

void CropView::change(const QRect& square) {
    const QRect next = fitted(square);
    if (next == square_)
        return;
    square_ = next;
    setAccessibleDescription(
        tr("%1 pixels a side, at %2, %3").arg(next.width()).arg(next.left()).arg(next.top()));
    update();
    Q_EMIT squareChanged(next);
}

void CropView::resizeAboutCentre(double factor) {
    int side = int(std::lround(square_.width() * factor));
    if (side == square_.width())
        side += factor > 1 ? 1 : -1;
    const QPointF centre = QRectF(square_).center();
    change(
        {int(std::lround(centre.x() - side / 2.0)), int(std::lround(centre.y() - side / 2.0)), side, side});
}

QRectF CropView::imageRect() const {
    if (size_.isEmpty())
        return {};
    const double fit = std::min(double(width()) / size_.width(), double(height()) / size_.height());
    const QSizeF shown = QSizeF(size_) * fit;
    return {QPointF((width() - shown.width()) / 2, (height() - shown.height()) / 2), shown};
}

QRectF CropView::shownSquare() const {
    const QRectF image = imageRect();
    const double zoom = size_.isEmpty() ? 1 : image.width() / size_.width();
    return {image.topLeft() + QPointF(square_.topLeft()) * zoom, QSizeF(square_.size()) * zoom};
}

QPointF CropView::toPicture(const QPointF& position) const {
    const QRectF image = imageRect();
    return image.width() > 0 ? (position - image.topLeft()) * (size_.width() / image.width()) : QPointF();
}

CropView::Grip CropView::gripAt(const QPointF& position, Qt::Corner* corner) const {
    const QRectF square = shownSquare();
    const std::pair<Qt::Corner, QPointF> corners[] = {{Qt::TopLeftCorner, square.topLeft()},
                                                      {Qt::TopRightCorner, square.topRight()},
                                                      {Qt::BottomLeftCorner, square.bottomLeft()},
                                                      {Qt::BottomRightCorner, square.bottomRight()}};
    for (const auto& [name, place] : corners) {
        const QPointF away = position - place;
        if (std::max(std::abs(away.x()), std::abs(away.y())) <= cornerReach) {
            *corner = name;
            return Grip::Corner;
        }
    }
    return square.contains(position) ? Grip::Inside : Grip::None;
}

void CropView::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    paintRoundedGround(painter, rect(), cropGroundRadius, t.imageGround);
    const QRectF image = imageRect();
    if (picture_.isNull() || image.isEmpty())
        return;
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(image, picture_);
    const QRectF square = shownSquare();
    const QColor shade(0, 0, 0, 150);
    painter.fillRect(QRectF(image.topLeft(), QPointF(image.right(), square.top())), shade);
    painter.fillRect(QRectF(QPointF(image.left(), square.bottom()), image.bottomRight()), shade);
    painter.fillRect(QRectF(image.left(), square.top(), square.left() - image.left(), square.height()),
                     shade);
    painter.fillRect(QRectF(square.right(), square.top(), image.right() - square.right(), square.height()),
                     shade);
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawRect(square);
    for (const QPointF& corner :
         {square.topLeft(), square.topRight(), square.bottomLeft(), square.bottomRight()})
        painter.fillRect(
            QRectF(corner - QPointF(cornerSize / 2, cornerSize / 2), QSizeF(cornerSize, cornerSize)),
            t.accent);
    if (hasFocus())
        paintFocusRing(painter, rect(), t.controlRadius);
}

void CropView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || size_.isEmpty())
        return;
    Qt::Corner corner = Qt::TopLeftCorner;
    grip_ = gripAt(event->position(), &corner);
    const QRectF square(square_);
    if (grip_ == Grip::Corner) {
        grabbed_ = corner == Qt::TopLeftCorner      ? square.bottomRight()
                   : corner == Qt::TopRightCorner   ? square.bottomLeft()
                   : corner == Qt::BottomLeftCorner ? square.topRight()
                                                    : square.topLeft();
        return;
    }
    const QPointF at = toPicture(event->position());
    if (grip_ == Grip::None) { // beside it: it comes to the mouse
        grip_ = Grip::Inside;
        grabbed_ = QPointF(square.width() / 2, square.height() / 2);
        change(QRect((at - grabbed_).toPoint(), square_.size()));
    } else {
        grabbed_ = at - square.topLeft();
    }
}

/// The corner opposite to the one in the hand stays.
void CropView::dragCorner(const QPointF& at) {
    const QPointF way = at - grabbed_;
    const bool right = way.x() >= 0;
    const bool down = way.y() >= 0;
    const double room = std::min(right ? size_.width() - grabbed_.x() : grabbed_.x(),
                                 down ? size_.height() - grabbed_.y() : grabbed_.y());
    const double wanted = std::max(std::abs(way.x()), std::abs(way.y()));
    const int side = int(std::lround(std::min(std::max(wanted, double(smallestSquare)), room)));
    if (side < smallestSquare)
        return;
    change({int(grabbed_.x()) - (right ? 0 : side), int(grabbed_.y()) - (down ? 0 : side), side, side});
}

void CropView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = toPicture(event->position());
    if (grip_ == Grip::Inside) {
        change(QRect((at - grabbed_).toPoint(), square_.size()));
    } else if (grip_ == Grip::Corner) {
        dragCorner(at);
    } else {
        Qt::Corner corner = Qt::TopLeftCorner;
        const Grip grip = gripAt(event->position(), &corner);
        const bool falling = corner == Qt::TopLeftCorner || corner == Qt::BottomRightCorner;
        setCursor(grip == Grip::Corner   ? (falling ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor)
                  : grip == Grip::Inside ? Qt::SizeAllCursor
                                         : Qt::ArrowCursor);
    }
}

void CropView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && std::exchange(grip_, Grip::None) != Grip::None)
        Q_EMIT gestureFinished();
}

void CropView::wheelEvent(QWheelEvent* event) {
    if (event->angleDelta().y() != 0)
        resizeAboutCentre(event->angleDelta().y() > 0 ? resizeFactor : 1 / resizeFactor);
    event->accept();
}

void CropView::keyPressEvent(QKeyEvent* event) {
    const double share = keyShare * ((event->modifiers() & Qt::ShiftModifier) ? 10 : 1);
    const int by = std::max(1, int(std::lround(share * std::min(size_.width(), size_.height()))));
    switch (event->key()) {
    case Qt::Key_Left:
        change(square_.translated(-by, 0));
        return;
    case Qt::Key_Right:
        change(square_.translated(by, 0));
        return;
    case Qt::Key_Up:
        change(square_.translated(0, -by));
        return;
    case Qt::Key_Down:
        change(square_.translated(0, by));
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        resizeAboutCentre(resizeFactor);
        return;
    case Qt::Key_Minus:
        resizeAboutCentre(1 / resizeFactor);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void CropView::keyReleaseEvent(QKeyEvent* event) {
    if (!event->isAutoRepeat())
        Q_EMIT gestureFinished();
    QWidget::keyReleaseEvent(event);
}

} // namespace alphascope::ui
