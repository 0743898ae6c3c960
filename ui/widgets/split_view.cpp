#include "ui/widgets/split_view.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double groundRadius = 4;
constexpr double keyStep = 0.05;
constexpr double handleRadius = 9;
constexpr double labelMargin = 8;

} // namespace

SplitView::SplitView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("splitView"));
    setAccessibleName(tr("Two pictures with a divider"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMouseTracking(true);
}

void SplitView::setPictures(const QImage& first, const QImage& second) {
    first_ = first;
    second_ = second;
    update();
}

void SplitView::setLabels(const QString& first, const QString& second) {
    firstLabel_ = first;
    secondLabel_ = second;
    setAccessibleDescription(tr("%1 on the left, %2 on the right").arg(first, second));
    update();
}

void SplitView::setInstead(const QImage& picture, const QString& label) {
    instead_ = picture;
    insteadLabel_ = label;
    update();
}

void SplitView::setEmptyText(const QString& title, const QString& hint) {
    emptyTitle_ = title;
    emptyHint_ = hint;
    update();
}

void SplitView::setDivider(double place) {
    const double next = std::clamp(place, 0.0, 1.0);
    if (next == divider_)
        return;
    divider_ = next;
    update();
    Q_EMIT dividerMoved(next);
}

QRectF SplitView::imageRect() const {
    const QSize size = showsInstead() ? instead_.size() : first_.size().expandedTo(second_.size());
    if (size.isEmpty() || width() <= 0 || height() <= 0)
        return {};
    const double ratio = devicePixelRatioF();
    const double fit = std::min(width() * ratio / size.width(), height() * ratio / size.height());
    const QSizeF zoomed = QSizeF(size) * (fit >= 1 ? std::floor(fit) : fit);
    const QPointF origin(std::floor((width() * ratio - zoomed.width()) / 2),
                         std::floor((height() * ratio - zoomed.height()) / 2));
    return {origin / ratio, zoomed / ratio};
}

void SplitView::paintSplit(QPainter& painter, const QRectF& picture) const {
    const double x = picture.left() + divider_ * picture.width();
    painter.save();
    painter.setClipRect(QRectF(picture.topLeft(), QPointF(x, picture.bottom())));
    paintPicture(painter, picture, first_);
    painter.setClipRect(QRectF(QPointF(x, picture.top()), picture.bottomRight()));
    paintPicture(painter, picture, second_);
    painter.restore();

    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0, 0, 0, 140), 4));
    painter.drawLine(QPointF(x, picture.top()), QPointF(x, picture.bottom()));
    painter.setPen(QPen(Qt::white, 2));
    painter.drawLine(QPointF(x, picture.top()), QPointF(x, picture.bottom()));
    const QPointF middle(x, picture.center().y());
    painter.setPen(QPen(QColor(0, 0, 0, 140), 1));
    painter.setBrush(Qt::white);
    painter.drawEllipse(middle, handleRadius, handleRadius);
    painter.setPen(QPen(QColor(0x1c, 0x21, 0x28), 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const double side : {-1.0, 1.0}) {
        const QPointF tip = middle + QPointF(side * 5.5, 0);
        painter.drawLine(tip, tip + QPointF(-side * 2.6, -2.6));
        painter.drawLine(tip, tip + QPointF(-side * 2.6, 2.6));
    }
}

void SplitView::paintLabel(QPainter& painter, const QRectF& area, Qt::Alignment side,
                           const QString& label) const {
    if (label.isEmpty())
        return;
    const QFontMetricsF metrics(font());
    const double room = area.width() / 2 - 3 * labelMargin;
    const QString shown = metrics.elidedText(label, Qt::ElideRight, room);
    const QRectF text = painter.boundingRect(
        area.adjusted(labelMargin + 7, labelMargin + 3, -labelMargin - 7, 0), side | Qt::AlignTop, shown);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 170));
    painter.drawRoundedRect(text.adjusted(-7, -3, 7, 3), tokens().controlRadius, tokens().controlRadius);
    painter.setPen(QColor(0xe6, 0xe8, 0xec));
    painter.drawText(text, Qt::AlignCenter, shown);
}

void SplitView::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    const QRectF picture = imageRect();
    if (picture.isEmpty()) {
        paintEmptyGround(painter, rect());
        paintEmptyText(painter, rect(), emptyTitle_, emptyHint_);
    } else {
        paintRoundedGround(painter, rect(), groundRadius, t.imageGround);
        if (showsInstead())
            paintPicture(painter, picture, instead_);
        else if (splits())
            paintSplit(painter, picture);
        else
            paintPicture(painter, picture, first_.isNull() ? second_ : first_);
        if (showsInstead()) {
            paintLabel(painter, rect(), Qt::AlignLeft, insteadLabel_);
        } else {
            paintLabel(painter, rect(), Qt::AlignLeft, first_.isNull() ? QString() : firstLabel_);
            paintLabel(painter, rect(), Qt::AlignRight, second_.isNull() ? QString() : secondLabel_);
        }
    }
    if (hasFocus())
        paintFocusRing(painter, rect(), t.controlRadius);
}

void SplitView::moveTo(double x) {
    const QRectF picture = imageRect();
    if (picture.width() > 0)
        setDivider((x - picture.left()) / picture.width());
}

void SplitView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && splits())
        moveTo(event->position().x());
}

void SplitView::mouseMoveEvent(QMouseEvent* event) {
    setCursor(splits() ? Qt::SplitHCursor : Qt::ArrowCursor);
    if ((event->buttons() & Qt::LeftButton) && splits())
        moveTo(event->position().x());
}

void SplitView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QRectF picture = imageRect();
    if (event->button() == Qt::LeftButton && !showsInstead() && picture.contains(event->position()))
        Q_EMIT activated(event->position().x() > picture.center().x());
}

void SplitView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        setDivider(divider_ - keyStep);
        return;
    case Qt::Key_Right:
        setDivider(divider_ + keyStep);
        return;
    case Qt::Key_Home:
        setDivider(0.0);
        return;
    case Qt::Key_End:
        setDivider(1.0);
        return;
    case Qt::Key_Up:
        Q_EMIT rowChangeRequested(-1);
        return;
    case Qt::Key_Down:
        Q_EMIT rowChangeRequested(1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT activated(false);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void SplitView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        update();
}

} // namespace alphascope::ui
