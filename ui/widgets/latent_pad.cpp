#include "ui/widgets/latent_pad.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/drag_payload.h"
#include "ui/widgets/field_math.h"
#include "ui/widgets/field_picture.h"
#include "ui/widgets/paint_help.h"

#include <QDropEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double minimumRange = 0.5;
constexpr double maximumRange = 16;
constexpr double handleRadius = 9;
constexpr double thumbnailSide = 40;
constexpr double keyStep = 1.0 / 50; // of the range

} // namespace

LatentPad::LatentPad(QWidget* parent)
    : QWidget(parent), hint_(tr("drag anywhere · wheel zooms · arrows nudge")) {
    setObjectName(QStringLiteral("latentPad"));
    setAccessibleName(tr("Latent pad"));
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    setCursor(Qt::CrossCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    describe();
}

void LatentPad::setPosition(const QPointF& position) {
    const QPointF next(std::clamp(position.x(), -range_, range_), std::clamp(position.y(), -range_, range_));
    if (next != position_ && std::isfinite(next.x()) && std::isfinite(next.y())) {
        // One rectangle: under a clip of several, Qt draws even plain fills span by span.
        const QRect before = handleBox();
        position_ = next;
        update(before.united(handleBox()));
        describe();
    }
}

void LatentPad::setRange(double range) {
    // The handle stays where it is, so the range never becomes smaller than its distance.
    const double reach = std::max(std::abs(position_.x()), std::abs(position_.y()));
    const double next = std::clamp(std::max(range, reach), minimumRange, maximumRange);
    if (next == range_ || !std::isfinite(range)) {
        return;
    }
    range_ = next;
    fieldStale_ = hasField();
    describe();
    repaintGround();
    Q_EMIT rangeChanged(range_);
}

void LatentPad::setField(const QVector<float>& values, int n) {
    const bool valid = n >= 2 && values.size() >= static_cast<qsizetype>(n) * n;
    field_ = valid ? values : QVector<float>();
    fieldSize_ = valid ? n : 0;
    fieldStale_ = false;
    fieldImageStale_ = true;
    contour_ = joinSegments(contourLines(field_, fieldSize_, 0.0F));
    repaintGround();
}

void LatentPad::setContourLabel(const QString& label) {
    contourLabel_ = label;
    repaintGround();
}

void LatentPad::setFieldStale(bool stale) {
    const bool next = stale && hasField();
    if (next != fieldStale_) {
        fieldStale_ = next;
        repaintGround();
    }
}

void LatentPad::setAnchors(const QVector<QPointF>& positions, const QVector<QImage>& thumbnails) {
    if (positions == anchors_ && thumbnails == thumbnails_) {
        return;
    }
    anchors_ = positions;
    thumbnails_ = thumbnails;
    repaintGround();
}

void LatentPad::setAxisNames(const QString& u, const QString& v) {
    if (u == uName_ && v == vName_) {
        return;
    }
    uName_ = u;
    vName_ = v;
    describe();
    repaintGround();
}

void LatentPad::setHint(const QString& hint) {
    hint_ = hint;
    update();
}

void LatentPad::setUnavailable(const QString& reason) {
    unavailable_ = reason;
    setEnabled(reason.isEmpty());
    setToolTip(reason);
    update();
}

QRectF LatentPad::padRect() const {
    const double line = QFontMetricsF(font()).height() + 8;
    const double side = std::max(20.0, std::min<double>(width(), height() - line));
    return {std::floor((width() - side) / 2), 0, side, side};
}

QPointF LatentPad::toWidget(const QPointF& uv) const {
    const QRectF square = padRect();
    return {square.center().x() + uv.x() / range_ * square.width() / 2,
            square.center().y() - uv.y() / range_ * square.height() / 2};
}

QPointF LatentPad::fromWidget(const QPointF& point) const {
    const QRectF square = padRect();
    return {(point.x() - square.center().x()) / (square.width() / 2) * range_,
            (square.center().y() - point.y()) / (square.height() / 2) * range_};
}

QSize LatentPad::sizeHint() const {
    return {280, heightForWidth(280)};
}

QSize LatentPad::minimumSizeHint() const {
    return {120, heightForWidth(120)};
}

int LatentPad::heightForWidth(int width) const {
    return width + static_cast<int>(std::ceil(QFontMetricsF(font()).height())) + 8;
}

void LatentPad::paintPad(QPainter& painter, const QRectF& square) {
    const Tokens& t = tokens();
    painter.fillRect(square, t.raised);
    if (hasField()) {
        if (fieldImageStale_) {
            fieldImage_ = fieldPicture(field_, fieldSize_);
            fieldImageStale_ = false;
        }
        painter.setOpacity(fieldStale_ || !isEnabled() ? 0.35 : 1.0);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, true);
        painter.drawImage(square, fieldImage_);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.setOpacity(1.0);
    }
    QColor grid = t.text;
    const double unit = range_ > 6 ? 2 : range_ > 1.2 ? 1 : 0.25;
    for (int i = static_cast<int>(-range_ / unit); i * unit <= range_; ++i) {
        grid.setAlphaF(i == 0 ? 0.16F : 0.06F);
        painter.setPen(QPen(grid, 1));
        const double x = std::round(toWidget({i * unit, 0}).x()) + 0.5;
        const double y = std::round(toWidget({0, i * unit}).y()) + 0.5;
        painter.drawLine(QPointF(x, square.top()), QPointF(x, square.bottom()));
        painter.drawLine(QPointF(square.left(), y), QPointF(square.right(), y));
    }
    if (hasField() && !fieldStale_) {
        paintContour(painter, square);
    }
}

void LatentPad::paintContour(QPainter& painter, const QRectF& square) {
    const Tokens& t = tokens();
    QPen pen(mix(t.text, t.muted, 0.4), 1.2);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    QPolygonF longest;
    for (const QVector<QPointF>& line : contour_) {
        QPolygonF drawn;
        for (const QPointF& point : line) {
            drawn.append(
                {square.left() + point.x() * square.width(), square.top() + point.y() * square.height()});
        }
        painter.drawPolyline(drawn);
        longest = drawn.size() > longest.size() ? drawn : longest;
    }
    if (contourLabel_.isEmpty() || longest.isEmpty()) {
        return;
    }
    // Above the highest point of the longest line, where it crosses nothing.
    const QPointF top = *std::min_element(longest.cbegin(), longest.cend(),
                                          [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
    const QFontMetricsF metrics(painter.font());
    const double width = metrics.horizontalAdvance(contourLabel_);
    const double x = std::clamp(top.x() - width / 2, square.left() + 6,
                                std::max(square.left() + 6, square.right() - width - 6));
    const double y = std::max(top.y() - 5, square.top() + metrics.height());
    painter.setPen(mix(t.text, t.muted, 0.6));
    paintLabel(painter, {x, y - metrics.ascent(), width, metrics.height()}, Qt::AlignCenter, contourLabel_);
}

void LatentPad::paintAnchors(QPainter& painter) {
    const Tokens& t = tokens();
    QPolygonF polygon;
    for (const QPointF& anchor : anchors_) {
        polygon.append(toWidget(anchor));
    }
    QColor line = t.text;
    line.setAlphaF(0.35F);
    painter.setPen(QPen(line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolygon(polygon);
    const QRectF square = padRect();
    for (int i = 0; i < polygon.size(); ++i) {
        QRectF box(0, 0, thumbnailSide, thumbnailSide);
        box.moveCenter(polygon[i]);
        // A thumbnail at the edge is moved inside; its point stays marked.
        box.moveLeft(std::clamp(box.left(), square.left() + 3, square.right() - thumbnailSide - 3));
        box.moveTop(std::clamp(box.top(), square.top() + 3, square.bottom() - thumbnailSide - 3));
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.imageGround);
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 4, 4);
        if (i < thumbnails_.size() && !thumbnails_[i].isNull()) {
            paintPicture(painter, box, thumbnails_[i]);
        }
        painter.setPen(QPen(t.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 4, 4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.accent);
        const QRectF badge(box.left() - 2, box.top() - 2, 15, 15);
        painter.drawRoundedRect(badge, 4, 4);
        painter.setPen(t.onAccent);
        painter.drawText(badge, Qt::AlignCenter, QString(QChar(static_cast<char16_t>(u'A' + i))));
    }
}

void LatentPad::paintHandle(QPainter& painter) {
    const Tokens& t = tokens();
    const QPointF at = toWidget(position_);
    const double radius = dragging_ ? handleRadius + 2 : handleRadius;
    painter.setBrush(Qt::NoBrush);
    QColor halo = t.panel;
    halo.setAlphaF(0.85F);
    painter.setPen(QPen(halo, 6));
    painter.drawEllipse(at, radius, radius);
    const QColor color = isEnabled() ? t.amber : t.muted;
    painter.setPen(QPen(color, 3));
    painter.drawEllipse(at, radius, radius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(at, 2.5, 2.5);
}

void LatentPad::repaintGround() {
    ground_ = {};
    update();
}

QRect LatentPad::handleBox() const {
    const double reach = handleRadius + 8;
    const QPointF at = toWidget(position_);
    return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach).toAlignedRect();
}

// All but the handle, which alone moves under the mouse.
void LatentPad::paintGround(const QRectF& square) {
    const Tokens& t = tokens();
    const double ratio = devicePixelRatioF();
    ground_ = QPixmap((square.size() * ratio).toSize());
    ground_.setDevicePixelRatio(ratio);
    ground_.fill(Qt::transparent); // the rounded corners stay so
    QPainter painter(&ground_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-square.topLeft());
    QFont small = titleFont(font());
    small.setWeight(QFont::Normal);
    small.setLetterSpacing(QFont::AbsoluteSpacing, 0);
    painter.setFont(tabularFont(small));
    paintInStrips(painter, square, [&] {
        paintPad(painter, square);
        paintAnchors(painter);
    });
    painter.setPen(t.muted);
    const QRectF inner = square.adjusted(7, 5, -7, -5);
    const QString reach = QStringLiteral("±%1").arg(numberText(range_, range_ < 10 ? 1 : 0));
    paintLabel(painter, inner, Qt::AlignRight | Qt::AlignBottom,
               uName_.isEmpty() ? reach : QStringLiteral("%1 → %2").arg(uName_, reach));
    paintLabel(painter, inner, Qt::AlignLeft | Qt::AlignTop,
               vName_.isEmpty() ? QString() : QStringLiteral("↑ ") + vName_);
    QPainterPath corners;
    corners.addRect(square.adjusted(-1, -1, 1, 1));
    corners.addRoundedRect(square, 4, 4);
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    paintInStrips(painter, square, [&] { painter.fillPath(corners, Qt::black); });
}

void LatentPad::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    const QRectF square = padRect();
    if (ground_.isNull() || ground_.devicePixelRatio() != devicePixelRatioF()) {
        paintGround(square);
    }
    QPainter painter(this);
    painter.drawPixmap(square.topLeft(), ground_);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(square);
    paintHandle(painter);
    painter.restore();

    if (hasFocus()) {
        paintFocusRing(painter, square, 4);
    }
    const QRectF below(square.left(), square.bottom() + 4, square.width(), height() - square.bottom() - 4);
    painter.setFont(font());
    painter.setPen(t.muted);
    const QString text = unavailable_.isEmpty() ? hint_ : unavailable_;
    if (below.height() >= 2.0 * painter.fontMetrics().height()) {
        painter.drawText(below, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, text);
    } else {
        painter.drawText(
            below, Qt::AlignLeft | Qt::AlignTop,
            painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(square.width())));
    }
}

void LatentPad::moveTo(const QPointF& uv) {
    const QPointF before = position_;
    setPosition(uv);
    if (position_ != before) {
        Q_EMIT moved(position_);
    }
}

void LatentPad::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && padRect().contains(event->position())) {
        dragging_ = true;
        moveTo(fromWidget(event->position()));
        update();
    }
}

void LatentPad::mouseMoveEvent(QMouseEvent* event) {
    if (dragging_) {
        moveTo(fromWidget(event->position()));
    }
}

void LatentPad::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && dragging_) {
        dragging_ = false;
        update();
        Q_EMIT released(position_);
    }
}

void LatentPad::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && padRect().contains(event->position())) {
        dragging_ = true; // released() comes with the button
        moveTo({0, 0});
    }
}

void LatentPad::wheelEvent(QWheelEvent* event) {
    setRange(range_ * std::pow(1.15, -event->angleDelta().y() / 120.0));
    event->accept();
}

void LatentPad::keyPressEvent(QKeyEvent* event) {
    const double step = range_ * keyStep * ((event->modifiers() & Qt::ShiftModifier) ? 10 : 1);
    switch (event->key()) {
    case Qt::Key_Left:
        moveTo(position_ - QPointF(step, 0));
        return;
    case Qt::Key_Right:
        moveTo(position_ + QPointF(step, 0));
        return;
    case Qt::Key_Up:
        moveTo(position_ + QPointF(0, step));
        return;
    case Qt::Key_Down:
        moveTo(position_ - QPointF(0, step));
        return;
    case Qt::Key_Home:
        moveTo({0, 0});
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        setRange(range_ / 1.15);
        return;
    case Qt::Key_Minus:
        setRange(range_ * 1.15);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void LatentPad::keyReleaseEvent(QKeyEvent* event) {
    const int key = event->key();
    const bool moves = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up ||
                       key == Qt::Key_Down || key == Qt::Key_Home;
    if (moves && !event->isAutoRepeat()) {
        Q_EMIT released(position_);
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void LatentPad::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    repaintGround();
}

void LatentPad::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::EnabledChange) {
        fieldImageStale_ = true;
        repaintGround();
    }
}

void LatentPad::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasFormat(payloadMimeType())) {
        event->acceptProposedAction();
    }
}

void LatentPad::dropEvent(QDropEvent* event) {
    const DropContent content = readDrop(event->mimeData());
    if (content.payload.isEmpty()) {
        return;
    }
    int anchor = -1;
    for (int i = 0; i < anchors_.size(); ++i) {
        if (QLineF(toWidget(anchors_[i]), event->position()).length() < thumbnailSide) {
            anchor = i;
        }
    }
    event->acceptProposedAction();
    Q_EMIT payloadDropped(content.payload, anchor);
}

void LatentPad::describe() {
    const QString u = uName_.isEmpty() ? tr("horizontal") : uName_;
    const QString v = vName_.isEmpty() ? tr("vertical") : vName_;
    setAccessibleDescription(
        tr("%1 %2, %3 %4, range %5")
            .arg(u, numberText(position_.x(), 2), v, numberText(position_.y(), 2), numberText(range_, 1)));
}

} // namespace alphascope::ui
