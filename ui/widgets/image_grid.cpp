#include "ui/widgets/image_grid.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/drag_payload.h"
#include "ui/widgets/paint_help.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

ImageGrid::ImageGrid(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("imageGrid"));
    setAccessibleName(tr("Pictures"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ImageGrid::setCells(const QVector<QImage>& cells, const QVector<QImage>& partners) {
    const bool sameLayout = cells.size() == cells_.size() && partners.isEmpty() == partners_.isEmpty() &&
                            (cells.isEmpty() || cells.first().size() == cells_.first().size());
    cells_ = cells;
    partners_ = partners.size() == cells.size() ? partners : QVector<QImage>();
    atlasStale_ = true;
    if (!sameLayout) {
        layoutGrid();
        hovered_ = -1;
    }
    if (selected_ >= count()) {
        setSelected(-1);
    }
    update();
}

QImage ImageGrid::cell(int index) const {
    return cells_.value(index);
}

QImage ImageGrid::partner(int index) const {
    return partners_.value(index);
}

void ImageGrid::setEmptyText(const QString& title, const QString& hint) {
    emptyTitle_ = title;
    emptyHint_ = hint;
    update();
}

void ImageGrid::setSelected(int index) {
    const int next = index >= 0 && index < count() ? index : -1;
    if (next == selected_) {
        return;
    }
    selected_ = next;
    setAccessibleDescription(next < 0 ? QString()
                                      : tr("Picture %1 of %2 selected").arg(next + 1).arg(count()));
    update();
    Q_EMIT selectionChanged(next);
}

void ImageGrid::setToolTipProvider(std::function<QString(int)> provider) {
    toolTip_ = std::move(provider);
}

void ImageGrid::setDragPayloadProvider(std::function<QByteArray(int)> provider) {
    dragPayload_ = std::move(provider);
}

void ImageGrid::setSpacing(int pixels) {
    spacing_ = std::max(0, pixels);
    layoutGrid();
    update();
}

void ImageGrid::setMaximumZoom(int zoom) {
    maximumZoom_ = std::max(1, zoom);
    layoutGrid();
    update();
}

void ImageGrid::setMinimumShown(int cells) {
    minimumShown_ = std::max(0, cells);
    layoutGrid();
    update();
}

void ImageGrid::layoutGrid() {
    const double ratio = devicePixelRatioF();
    const bool pairs = pairMode() == PairMode::Pairs;
    const int spacing = static_cast<int>(std::lround(spacing_ * ratio * (pairs ? 4 : 1)));
    const int margin = static_cast<int>(std::lround(4 * ratio));
    const QSize area(static_cast<int>(width() * ratio) - 2 * margin,
                     static_cast<int>(height() * ratio) - 2 * margin);
    const int maximum = std::max(1, static_cast<int>(maximumZoom_ * ratio));
    grid_ = cells_.isEmpty() ? GridGeometry()
                             : fitGrid(area, cells_.first().size(), count(), pairs ? 2 : 1, spacing, maximum,
                                       minimumShown_);
    grid_.origin += QPoint(margin, margin);
    atlasStale_ = true;
}

void ImageGrid::renderAtlas() {
    const double ratio = devicePixelRatioF();
    QImage atlas(
        QSize(static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(height() * ratio))),
        QImage::Format_RGB32);
    atlas.fill(tokens().imageGround);
    QPainter painter(&atlas);
    for (int i = 0; i < grid_.shown; ++i) {
        const QRect cell = grid_.cellRect(i);
        painter.drawImage(QRect(cell.topLeft(), grid_.picture), cells_[i]);
        if (!partners_.isEmpty()) {
            painter.drawImage(QRect(cell.topLeft() + QPoint(grid_.picture.width(), 0), grid_.picture),
                              partners_[i]);
        }
    }
    painter.end();
    atlas_ = QPixmap::fromImage(std::move(atlas));
    atlas_.setDevicePixelRatio(ratio);
    atlasRatio_ = ratio;
    atlasStale_ = false;
}

QRectF ImageGrid::cellRect(int index) const {
    const double ratio = devicePixelRatioF();
    const QRect rect = grid_.cellRect(index);
    return {QPointF(rect.topLeft()) / ratio, QSizeF(rect.size()) / ratio};
}

QRectF ImageGrid::blockRect() const {
    const QRectF last = cellRect(grid_.shown - 1);
    const QRectF first = cellRect(0);
    const double right = cellRect(std::max(0, grid_.columns - 1)).right();
    return QRectF(first.topLeft(), QPointF(right, last.bottom()))
        .adjusted(-4, -4, 4, 4)
        .intersected(QRectF(rect()));
}

int ImageGrid::cellAt(const QPointF& position) const {
    return grid_.cellAt((position * devicePixelRatioF()).toPoint());
}

QSize ImageGrid::sizeHint() const {
    return {320, 220};
}

QSize ImageGrid::minimumSizeHint() const {
    return {80, 60};
}

void ImageGrid::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    if (cells_.isEmpty()) {
        paintEmptyGround(painter, rect());
        paintEmptyText(painter, rect(), emptyTitle_, emptyHint_);
        if (hasFocus()) {
            paintFocusRing(painter, rect(), t.controlRadius);
        }
        return;
    }
    if (atlasRatio_ != devicePixelRatioF()) {
        layoutGrid();
    }
    if (atlasStale_) {
        renderAtlas();
    }
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath ground;
    ground.addRoundedRect(blockRect(), 4, 4);
    painter.setClipPath(ground);
    painter.drawPixmap(QPointF(0, 0), atlas_);
    painter.setClipping(false);
    const auto frame = [&](int index, const QColor& color, double width) {
        painter.setPen(QPen(color, width));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cellRect(index).adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2);
    };
    if (hovered_ >= 0 && hovered_ != selected_ && hovered_ < grid_.shown) {
        frame(hovered_, QColor(255, 255, 255, 150), 1.5);
    }
    if (selected_ >= 0 && selected_ < grid_.shown) {
        // A dark line beneath keeps the frame visible on pictures of the accent's own colour.
        frame(selected_, QColor(0, 0, 0, 160), 4);
        frame(selected_, t.accent, 2);
    }
    if (grid_.shown < count() && minimumShown_ == 0) {
        const QString more = tr("+%1 more").arg(count() - grid_.shown);
        const QRectF box =
            painter.boundingRect(blockRect().adjusted(6, 6, -10, -8), Qt::AlignRight | Qt::AlignBottom, more);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, 180));
        painter.drawRoundedRect(box.adjusted(-6, -3, 6, 3), 4, 4);
        painter.setPen(QColor(0xe6, 0xe8, 0xec));
        painter.drawText(box, Qt::AlignCenter, more);
    }
    if (hasFocus()) {
        paintFocusRing(painter, blockRect(), 4);
    }
}

void ImageGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layoutGrid();
}

void ImageGrid::setHovered(int index) {
    if (index == hovered_) {
        return;
    }
    hovered_ = index;
    setCursor(index >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
    Q_EMIT cellHovered(index);
}

void ImageGrid::mousePressEvent(QMouseEvent* event) {
    pressed_ = event->button() == Qt::LeftButton ? cellAt(event->position()) : -1;
    pressedAt_ = event->position();
}

void ImageGrid::mouseMoveEvent(QMouseEvent* event) {
    setHovered(cellAt(event->position()));
    const bool far = (event->position() - pressedAt_).manhattanLength() >= QApplication::startDragDistance();
    if ((event->buttons() & Qt::LeftButton) && pressed_ >= 0 && far && dragPayload_) {
        const int index = pressed_;
        pressed_ = -1;
        runDrag(this, partners_.isEmpty() ? cell(index) : partner(index), dragPayload_(index));
    }
}

void ImageGrid::mouseReleaseEvent(QMouseEvent* event) {
    const int index = pressed_;
    pressed_ = -1;
    if (event->button() == Qt::LeftButton && index >= 0 && cellAt(event->position()) == index) {
        setSelected(index);
        Q_EMIT cellClicked(index);
    }
}

void ImageGrid::mouseDoubleClickEvent(QMouseEvent* event) {
    const int index = cellAt(event->position());
    if (event->button() == Qt::LeftButton && index >= 0) {
        setSelected(index);
        Q_EMIT cellActivated(index);
    }
}

void ImageGrid::leaveEvent(QEvent*) {
    setHovered(-1);
}

void ImageGrid::keyPressEvent(QKeyEvent* event) {
    const int shown = grid_.shown;
    int next = selected_;
    switch (event->key()) {
    case Qt::Key_Left:
        next = selected_ - 1;
        break;
    case Qt::Key_Right:
        next = selected_ + 1;
        break;
    case Qt::Key_Up:
        next = selected_ - grid_.columns;
        break;
    case Qt::Key_Down:
        next = selected_ + grid_.columns;
        break;
    case Qt::Key_Home:
        next = 0;
        break;
    case Qt::Key_End:
        next = shown - 1;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (selected_ >= 0) {
            Q_EMIT cellActivated(selected_);
        }
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (shown == 0) {
        return;
    }
    next = selected_ < 0 ? 0 : next;
    if (next >= 0 && next < shown && next != selected_) {
        setSelected(next);
        Q_EMIT cellClicked(next);
    }
}

void ImageGrid::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int index = byKey ? selected_ : cellAt(event->pos());
    if (index < 0) {
        QWidget::contextMenuEvent(event);
        return;
    }
    setSelected(index);
    Q_EMIT contextMenuRequested(index,
                                byKey ? mapToGlobal(cellRect(index).center().toPoint()) : event->globalPos());
}

void ImageGrid::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        atlasStale_ = true;
        update();
    }
}

bool ImageGrid::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip_) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int index = cellAt(help->pos());
        const QString text = index >= 0 ? toolTip_(index) : toolTip();
        QToolTip::showText(help->globalPos(), text, this, index >= 0 ? cellRect(index).toRect() : QRect());
        return true;
    }
    return QWidget::event(event);
}

} // namespace alphascope::ui
