#include "ui/widgets/picture_row.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"

namespace alphascope::ui {

namespace {

constexpr double spacing = 6;
constexpr double apartSpace = 10; ///< more before an item of another kind
constexpr double textGap = 3;
constexpr double largestSide = 84;
constexpr double smallestSide = 24;

} // namespace

PictureRow::PictureRow(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PictureRow::setItems(QList<Item> items) {
    if (items == items_)
        return;
    items_ = std::move(items);
    hovered_ = -1;
    current_ = std::clamp(current_, 0, std::max(0, int(items_.size()) - 1));
    QStringList spoken;
    for (const Item& item : items_)
        spoken += tr("%1 %2").arg(item.figure, item.note);
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    setFixedHeight(heightFor(width()));
    update();
}

double PictureRow::side(int width) const {
    double room = width;
    for (qsizetype i = 0; i < items_.size(); ++i)
        room -= (i > 0 ? spacing : 0) + (items_[i].apart ? apartSpace : 0);
    return std::clamp(std::floor(room / double(std::max<qsizetype>(1, items_.size()))), smallestSide,
                      largestSide);
}

QRectF PictureRow::pictureRect(int index) const {
    const double each = side(width());
    double x = 0;
    for (int i = 0; i <= index; ++i)
        x += (i > 0 ? each + spacing : 0) + (items_[i].apart ? apartSpace : 0);
    return {x, 0, each, each};
}

int PictureRow::itemAt(const QPointF& position) const {
    for (int i = 0; i < int(items_.size()); ++i) {
        const QRectF picture = pictureRect(i);
        if (position.x() >= picture.left() && position.x() < picture.right())
            return i;
    }
    return -1;
}

int PictureRow::heightFor(int width) const {
    return int(side(width) + textGap + 2 * fontMetrics().height());
}

QSize PictureRow::sizeHint() const {
    return {240, heightFor(240)};
}

QSize PictureRow::minimumSizeHint() const {
    return {int(items_.size() * (smallestSide + spacing)), heightFor(0)};
}

void PictureRow::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    const QFont figures = tabularFont(font());
    const int line = fontMetrics().height();
    for (int i = 0; i < int(items_.size()); ++i) {
        const Item& item = items_[i];
        const QRectF rect = pictureRect(i);
        painter.fillRect(rect, t.imageGround);
        if (!item.picture.isNull()) {
            const double zoom =
                std::min(rect.width() / item.picture.width(), rect.height() / item.picture.height());
            QRectF inside(0, 0, item.picture.width() * zoom, item.picture.height() * zoom);
            inside.moveCenter(rect.center());
            paintPicture(painter, inside, item.picture);
        }
        if (item.apart) {
            painter.setPen(t.line);
            const double x = std::floor(rect.left() - (spacing + apartSpace) / 2) + 0.5;
            painter.drawLine(QPointF(x, 0), QPointF(x, height()));
        }
        if (i == hovered_ || (hasFocus() && i == current_))
            paintFocusRing(painter, rect, 3);
        // A text may be wider than its picture, but not than the room that it has.
        const QRectF usual = rect.adjusted(-spacing / 2, 0, spacing / 2, 0);
        const auto write = [&](const QString& text, double y, const QFont& in, const QColor& color) {
            painter.setFont(in);
            painter.setPen(color);
            const bool wide = item.apart && QFontMetricsF(in).horizontalAdvance(text) > usual.width();
            const QRectF room = wide ? usual.adjusted(-apartSpace, 0, 0, 0) : usual;
            const QString shown = QFontMetricsF(in).elidedText(text, Qt::ElideRight, room.width());
            painter.drawText(QRectF(room.left(), y, room.width(), line), Qt::AlignCenter, shown);
        };
        write(item.figure, rect.bottom() + textGap, figures, t.text);
        write(item.note, rect.bottom() + textGap + line, font(), t.muted);
    }
}

void PictureRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    setFixedHeight(heightFor(width()));
}

void PictureRow::setCurrent(int index) {
    if (index < 0 || index >= int(items_.size()))
        return;
    current_ = index;
    setAccessibleDescription(tr("%1 %2").arg(items_[index].figure, items_[index].note));
    update();
}

bool PictureRow::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = itemAt(help->pos());
        if (index >= 0)
            QToolTip::showText(help->globalPos(), items_[index].toolTip, this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void PictureRow::mouseMoveEvent(QMouseEvent* event) {
    const int index = itemAt(event->position());
    if (index == hovered_)
        return;
    hovered_ = index;
    setCursor(index >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void PictureRow::mouseReleaseEvent(QMouseEvent* event) {
    const int index = itemAt(event->position());
    if (event->button() != Qt::LeftButton || index < 0)
        return;
    setCurrent(index);
    Q_EMIT activated(index);
}

void PictureRow::leaveEvent(QEvent* event) {
    hovered_ = -1;
    update();
    QWidget::leaveEvent(event);
}

void PictureRow::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        setCurrent(current_ - 1);
        return;
    case Qt::Key_Right:
        setCurrent(current_ + 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!items_.isEmpty())
            Q_EMIT activated(current_);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PictureRow::focusInEvent(QFocusEvent* event) {
    setCurrent(current_);
    QWidget::focusInEvent(event);
}

} // namespace alphascope::ui
