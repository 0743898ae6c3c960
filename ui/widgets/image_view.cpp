#include "ui/widgets/image_view.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/drag_payload.h"
#include "ui/widgets/paint_help.h"

#include <QApplication>
#include <QDropEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double groundRadius = 4;

} // namespace

ImageView::ImageView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setObjectName(QStringLiteral("imageView"));
    setAccessibleName(tr("Picture"));
}

void ImageView::setImage(const QImage& image) {
    image_ = image;
    update();
}

void ImageView::setEmptyText(const QString& title, const QString& hint) {
    emptyTitle_ = title;
    emptyHint_ = hint;
    update();
}

void ImageView::setOverlayText(const QString& text) {
    if (overlay_ != text) {
        overlay_ = text;
        setAccessibleDescription(text);
        update();
    }
}

void ImageView::setDropEnabled(bool enabled) {
    setAcceptDrops(enabled);
}

void ImageView::setLatentDragEnabled(bool enabled) {
    latentDrag_ = enabled;
    setCursor(enabled ? Qt::OpenHandCursor : Qt::ArrowCursor);
}

void ImageView::setDragPayload(const QByteArray& payload) {
    payload_ = payload;
}

// Screen pixels per picture pixel: a whole number when the picture fits, else the fraction that makes it fit.
double ImageView::pictureScale() const {
    if (image_.isNull() || width() <= 0 || height() <= 0) {
        return 0;
    }
    const double ratio = devicePixelRatioF();
    const double fit = std::min(width() * ratio / image_.width(), height() * ratio / image_.height());
    return fit >= 1 ? std::floor(fit) : fit;
}

int ImageView::zoom() const {
    return static_cast<int>(pictureScale());
}

QRectF ImageView::imageRect() const {
    const double scale = pictureScale();
    const double ratio = devicePixelRatioF();
    const QSizeF size = QSizeF(image_.size()) * scale;
    const QPointF origin(std::floor((width() * ratio - size.width()) / 2),
                         std::floor((height() * ratio - size.height()) / 2));
    return {origin / ratio, size / ratio};
}

QPoint ImageView::pixelAt(const QPointF& position) const {
    const QRectF rect = imageRect();
    if (rect.isEmpty() || !rect.contains(position)) {
        return {-1, -1};
    }
    const QPointF inside = position - rect.topLeft();
    return {std::min(image_.width() - 1, static_cast<int>(inside.x() / rect.width() * image_.width())),
            std::min(image_.height() - 1, static_cast<int>(inside.y() / rect.height() * image_.height()))};
}

QSize ImageView::sizeHint() const {
    return {240, 240};
}

QSize ImageView::minimumSizeHint() const {
    return {64, 64};
}

void ImageView::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    const QRectF area = rect();
    if (image_.isNull()) {
        paintEmptyGround(painter, area);
        paintEmptyText(painter, area, emptyTitle_, emptyHint_);
    } else {
        paintRoundedGround(painter, area, groundRadius, t.imageGround);
        const QRectF picture = imageRect();
        // A clip path costs as much as a large antialiased shape: only for a picture that reaches a corner.
        const bool inside = area.adjusted(groundRadius, 0, -groundRadius, 0).contains(picture) ||
                            area.adjusted(0, groundRadius, 0, -groundRadius).contains(picture);
        if (!inside) {
            QPainterPath ground;
            ground.addRoundedRect(area, groundRadius, groundRadius);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setClipPath(ground);
        }
        paintPicture(painter, picture, image_);
        painter.setClipping(false);
    }
    if (!overlay_.isEmpty()) {
        const QRectF text = painter.boundingRect(
            area.adjusted(8, 8, -8, -8), Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap, overlay_);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, 170));
        painter.drawRoundedRect(text.adjusted(-7, -4, 7, 4), t.controlRadius, t.controlRadius);
        painter.setPen(QColor(0xe6, 0xe8, 0xec));
        painter.drawText(text, Qt::AlignCenter | Qt::TextWordWrap, overlay_);
    }
    if (dropHover_ || hasFocus()) {
        paintFocusRing(painter, area, t.controlRadius);
    }
}

void ImageView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    update();
}

void ImageView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        update();
    }
}

void ImageView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        QWidget::mousePressEvent(event);
        return;
    }
    pressed_ = true;
    moved_ = false;
    pressedAt_ = last_ = event->position();
    if (latentDrag_) {
        setCursor(Qt::ClosedHandCursor);
    }
}

void ImageView::mouseMoveEvent(QMouseEvent* event) {
    if (!pressed_) {
        return;
    }
    const double far = (event->position() - pressedAt_).manhattanLength();
    if (latentDrag_) {
        moved_ = moved_ || far >= 2;
        const QPointF step = event->position() - last_;
        if (moved_ && !step.isNull()) {
            last_ = event->position();
            Q_EMIT latentDragged(step / QFontMetricsF(font()).height());
        }
    } else if (!payload_.isEmpty() && far >= QApplication::startDragDistance()) {
        pressed_ = false;
        runDrag(this, image_, payload_);
    }
}

void ImageView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !pressed_) {
        return;
    }
    pressed_ = false;
    if (latentDrag_) {
        setCursor(Qt::OpenHandCursor);
    }
    if (moved_) {
        Q_EMIT latentDragFinished();
    } else {
        Q_EMIT clicked();
    }
}

void ImageView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        Q_EMIT activated();
    }
}

void ImageView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT activated();
        return;
    }
    QWidget::keyPressEvent(event);
}

void ImageView::dragEnterEvent(QDragEnterEvent* event) {
    if (event->source() != this && canReadDrop(event->mimeData())) {
        dropHover_ = true;
        update();
        event->acceptProposedAction();
    }
}

void ImageView::dragLeaveEvent(QDragLeaveEvent*) {
    dropHover_ = false;
    update();
}

void ImageView::dropEvent(QDropEvent* event) {
    dropHover_ = false;
    update();
    const DropContent content = readDrop(event->mimeData());
    if (content.empty()) {
        return;
    }
    event->acceptProposedAction();
    if (!content.payload.isEmpty()) {
        Q_EMIT payloadDropped(content.payload);
    } else if (!content.file.isEmpty()) {
        Q_EMIT fileDropped(content.file);
    } else {
        Q_EMIT imageDropped(content.image);
    }
}

} // namespace alphascope::ui
