#include "ui/widgets/film_strip.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/drag_payload.h"
#include "ui/widgets/paint_help.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double markerRoom = 10; ///< above the tiles, for the marker's head
constexpr double removeSide = 18;
constexpr double keyframeGap = 6; ///< between keyframes while there are no frames between them
constexpr int mostBetween = 24;
constexpr double largestTile = 112;

} // namespace

FilmStrip::FilmStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("filmStrip"));
    setAccessibleName(tr("Film strip"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAcceptDrops(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    emptyTitle_ = tr("No keyframes yet");
    emptyHint_ = tr("Add the picture in view, or drop pictures here");
}

void FilmStrip::setKeyframes(const QVector<Keyframe>& keyframes) {
    keyframes_ = keyframes;
    if (indexOf(selected_) < 0) {
        selected_ = -1;
    }
    hovered_ = -1;
    drag_ = Drag::None;
    layoutTiles();
    describe();
}

void FilmStrip::setFrames(const QVector<QImage>& frames) {
    const bool relayout = frames.size() != frames_.size();
    frames_ = frames;
    if (relayout) {
        layoutTiles();
    }
    update();
}

void FilmStrip::setLoop(bool loop) {
    if (loop_ != loop) {
        loop_ = loop;
        layoutTiles();
    }
}

void FilmStrip::setPosition(double t) {
    const double next = std::isfinite(t) ? std::clamp(t, 0.0, 1.0) : 0.0;
    if (next == position_ || drag_ == Drag::Marker) {
        return;
    }
    position_ = next;
    const double x = xOf(next);
    if (playing_ && (x < 0 || x > width())) {
        setScroll(scroll_ + x - width() / 4.0);
    }
    update();
}

void FilmStrip::setPlaying(bool playing) {
    playing_ = playing;
    update();
}

void FilmStrip::setSelected(int id) {
    selected_ = indexOf(id) >= 0 ? id : -1;
    ensureVisible(indexOf(selected_));
    describe();
    update();
}

void FilmStrip::setEmptyText(const QString& title, const QString& hint) {
    emptyTitle_ = title;
    emptyHint_ = hint;
    update();
}

void FilmStrip::setDragPayloadProvider(std::function<QByteArray(int)> provider) {
    dragPayload_ = std::move(provider);
}

QSize FilmStrip::sizeHint() const {
    return {480, 120};
}

QSize FilmStrip::minimumSizeHint() const {
    return {160, 84};
}

int FilmStrip::indexOf(int id) const {
    for (int i = 0; i < keyframes_.size(); ++i) {
        if (keyframes_[i].id == id) {
            return i;
        }
    }
    return -1;
}

int FilmStrip::segments() const {
    const auto count = static_cast<int>(keyframes_.size());
    return count < 2 ? 0 : loop_ ? count : count - 1;
}

QRectF FilmStrip::stripRect() const {
    const double labels = QFontMetricsF(font()).height() + 4;
    return {0, markerRoom, static_cast<double>(width()),
            std::clamp(std::floor(height() - markerRoom - labels), 24.0, largestTile)};
}

// As many frames between two keyframes as fit without scrolling; none before any were computed.
int FilmStrip::betweenPerSegment() const {
    const int parts = segments();
    if (parts == 0 || frames_.size() <= keyframes_.size()) {
        return 0;
    }
    const int fit = static_cast<int>(width() / stripRect().height());
    const int known = static_cast<int>(frames_.size() - 1) / parts - 1;
    return std::clamp((fit - static_cast<int>(keyframes_.size())) / parts, 0,
                      std::clamp(known, 0, mostBetween));
}

void FilmStrip::layoutTiles() {
    tiles_.clear();
    const QRectF strip = stripRect();
    const double side = strip.height();
    const int parts = segments();
    const int between = betweenPerSegment();
    pitch_ = side + (between > 0 ? 0 : keyframeGap);
    const int stride = between + 1;
    for (int k = 0; k < keyframes_.size(); ++k) {
        const int followers = k < parts ? between : 0;
        for (int j = 0; j <= followers; ++j) {
            Tile tile;
            tile.rect = QRectF((k * stride + j) * pitch_, strip.top(), side, side);
            tile.keyframe = j == 0 ? k : -1;
            tile.t = parts > 0 ? (k + static_cast<double>(j) / stride) / parts : 0;
            tile.frame = static_cast<int>(std::lround(tile.t * static_cast<double>(frames_.size() - 1)));
            tiles_.append(tile);
        }
    }
    contentWidth_ = tiles_.isEmpty() ? 0 : tiles_.last().rect.right();
    setScroll(scroll_);
}

void FilmStrip::setScroll(double scroll) {
    scroll_ = std::clamp(scroll, 0.0, std::max(0.0, contentWidth_ - width()));
    update();
}

QRectF FilmStrip::keyframeRect(int id) const {
    const int index = indexOf(id);
    const auto tile = std::find_if(tiles_.cbegin(), tiles_.cend(), [index](const Tile& each) {
        return index >= 0 && each.keyframe == index;
    });
    return tile == tiles_.cend() ? QRectF() : tile->rect.translated(-scroll_, 0);
}

int FilmStrip::keyframeAt(const QPointF& point) const {
    for (const Tile& tile : tiles_) {
        if (tile.keyframe >= 0 && tile.rect.translated(-scroll_, 0).contains(point)) {
            return tile.keyframe;
        }
    }
    return -1;
}

QRectF FilmStrip::removeRect(const QRectF& tile) const {
    return {tile.right() - removeSide - 3, tile.top() + 3, removeSide, removeSide};
}

int FilmStrip::insertionIndex(double x) const {
    int index = 0;
    for (const Keyframe& keyframe : keyframes_) {
        index += keyframeRect(keyframe.id).center().x() < x ? 1 : 0;
    }
    return index;
}

double FilmStrip::xOf(double t) const {
    const int steps = segments() * (betweenPerSegment() + 1);
    return stripRect().height() / 2 + t * steps * pitch_ - scroll_;
}

double FilmStrip::tAt(double x) const {
    const double length = segments() * (betweenPerSegment() + 1) * pitch_;
    return length > 0 ? std::clamp((x + scroll_ - stripRect().height() / 2) / length, 0.0, 1.0) : 0.0;
}

void FilmStrip::paintTile(QPainter& painter, const Tile& tile) {
    const Tokens& t = tokens();
    const QRectF rect = tile.rect.translated(-scroll_, 0);
    if (rect.right() < 0 || rect.left() > width()) {
        return;
    }
    painter.fillRect(rect, t.imageGround);
    QImage image;
    if (tile.keyframe >= 0) {
        image = keyframes_[tile.keyframe].thumbnail;
    } else {
        image = frames_.value(tile.frame);
    }
    const bool lifted = drag_ == Drag::Keyframe && tile.keyframe == dragged_;
    painter.setOpacity(lifted ? 0.25 : tile.keyframe >= 0 ? 1.0 : 0.75);
    if (!image.isNull()) {
        const double inner = rect.width() - 4;
        const QSizeF size = QSizeF(image.size()).scaled(inner, inner, Qt::KeepAspectRatio);
        QRectF target(QPointF(0, 0), size);
        target.moveCenter(rect.center());
        paintPicture(painter, target, image);
    }
    painter.setOpacity(1.0);
    if (tile.keyframe < 0) {
        return;
    }
    const Keyframe& keyframe = keyframes_[tile.keyframe];
    const bool selected = keyframe.id == selected_;
    const QRectF frame = rect.adjusted(1, 1, -1, -1);
    painter.setBrush(Qt::NoBrush);
    if (selected) {
        painter.setPen(QPen(t.accent, 2));
        painter.drawRoundedRect(frame, 3, 3);
    } else if (tile.keyframe == hovered_) {
        painter.setPen(QPen(QColor(255, 255, 255, 150), 1.5));
        painter.drawRoundedRect(frame, 3, 3);
    } else {
        painter.setPen(QPen(mix(t.imageGround, t.accent, 0.55), 1));
        painter.drawRoundedRect(frame, 3, 3);
    }
    painter.setPen(selected ? t.text : t.muted);
    const QString label = keyframe.label.isEmpty() ? QString::number(tile.keyframe + 1) : keyframe.label;
    const double labelWidth = std::max(rect.width(), pitch_ * (betweenPerSegment() + 1)) - 6;
    painter.drawText(QPointF(rect.left() + 2, rect.bottom() + 3 + painter.fontMetrics().ascent()),
                     painter.fontMetrics().elidedText(label, Qt::ElideRight, static_cast<int>(labelWidth)));
    if (tile.keyframe == hovered_ && drag_ == Drag::None) {
        const QRectF box = removeRect(rect);
        painter.setPen(Qt::NoPen);
        painter.setBrush(box.contains(pointer_) ? QColor(0xcd, 0x2b, 0x31) : QColor(0, 0, 0, 170));
        painter.drawEllipse(box);
        QPen cross(Qt::white, 1.5, Qt::SolidLine, Qt::RoundCap);
        painter.setPen(cross);
        const QRectF inner = box.adjusted(5.5, 5.5, -5.5, -5.5);
        painter.drawLine(inner.topLeft(), inner.bottomRight());
        painter.drawLine(inner.topRight(), inner.bottomLeft());
    }
}

void FilmStrip::paintMarker(QPainter& painter) {
    if (segments() == 0) {
        return;
    }
    const Tokens& t = tokens();
    const double x = std::round(xOf(position_)) + 0.5;
    const QRectF strip = stripRect();
    QColor halo(0, 0, 0, 120);
    painter.setPen(QPen(halo, 4));
    painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()));
    const QColor color = playing_ ? t.green : t.amber;
    painter.setPen(QPen(color, 2));
    painter.drawLine(QPointF(x, strip.top() - 2), QPointF(x, strip.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(
        QPolygonF({{x - 6, 0.5}, {x + 6, 0.5}, {x + 6, 4}, {x, strip.top() + 1}, {x - 6, 4}}));
}

void FilmStrip::paintInsertion(QPainter& painter, int index) {
    const QRectF strip = stripRect();
    double x = 1;
    if (index < keyframes_.size()) {
        x = keyframeRect(keyframes_[index].id).left();
    } else if (!keyframes_.isEmpty()) {
        x = keyframeRect(keyframes_.last().id).right();
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().accent);
    painter.drawRoundedRect(QRectF(std::clamp(x - 2, 0.0, width() - 4.0), strip.top(), 4, strip.height()), 2,
                            2);
}

void FilmStrip::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (keyframes_.isEmpty()) {
        const QRectF area = QRectF(rect()).adjusted(0, 2, 0, -2);
        paintEmptyGround(painter, area);
        paintEmptyText(painter, area, emptyTitle_, emptyHint_);
        if (dropIndex_ >= 0 || hasFocus()) {
            paintFocusRing(painter, area, t.controlRadius);
        }
        return;
    }
    painter.setFont(titleFont(font()));
    QFont labels = painter.font();
    labels.setWeight(QFont::Normal);
    labels.setLetterSpacing(QFont::AbsoluteSpacing, 0);
    painter.setFont(labels);
    for (const Tile& tile : tiles_) {
        paintTile(painter, tile);
    }
    paintMarker(painter);
    if (drag_ == Drag::Keyframe) {
        paintInsertion(painter, insertionIndex(pointer_.x()));
        const double side = stripRect().height();
        QRectF ghost(0, 0, side, side);
        ghost.moveCenter({pointer_.x(), stripRect().center().y()});
        painter.setOpacity(0.85);
        paintPicture(painter, ghost.adjusted(2, 2, -2, -2), keyframes_[dragged_].thumbnail);
        painter.setOpacity(1.0);
        painter.setPen(QPen(t.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(ghost, 4, 4);
    } else if (dropIndex_ >= 0) {
        paintInsertion(painter, dropIndex_);
    }
    if (hasFocus()) {
        paintFocusRing(
            painter,
            QRectF(0, stripRect().top(), std::min<double>(contentWidth_, width()), stripRect().height()), 4);
    }
}

void FilmStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layoutTiles();
}

void FilmStrip::mousePressEvent(QMouseEvent* event) {
    pointer_ = pressedAt_ = event->position();
    if (event->button() != Qt::LeftButton || keyframes_.isEmpty()) {
        return;
    }
    const bool onMarker = segments() > 0 && std::abs(pointer_.x() - xOf(position_)) <= 7 &&
                          (pointer_.y() <= stripRect().top() + 2 || keyframeAt(pointer_) < 0);
    const int index = keyframeAt(pointer_);
    if (onMarker || index < 0) {
        drag_ = Drag::Marker;
        moveMarker(pointer_.x());
    } else {
        drag_ = Drag::Pending;
        dragged_ = index;
    }
}

void FilmStrip::moveMarker(double x) {
    const double t = tAt(x);
    if (segments() > 0 && t != position_) {
        position_ = t;
        describe();
        update();
        Q_EMIT positionChanged(t);
    }
}

void FilmStrip::mouseMoveEvent(QMouseEvent* event) {
    pointer_ = event->position();
    if (drag_ == Drag::Pending &&
        (pointer_ - pressedAt_).manhattanLength() >= QApplication::startDragDistance()) {
        drag_ = Drag::Keyframe;
    }
    if (drag_ == Drag::Marker) {
        moveMarker(pointer_.x());
    } else if (drag_ == Drag::Keyframe) {
        const bool out = pointer_.y() < -20 || pointer_.y() > height() + 20;
        if (out && dragPayload_) {
            const Keyframe keyframe = keyframes_[dragged_];
            drag_ = Drag::None;
            update();
            runDrag(this, keyframe.thumbnail, dragPayload_(keyframe.id));
        }
    } else if (drag_ == Drag::None) {
        hovered_ = keyframeAt(pointer_);
        const bool onTile = hovered_ >= 0;
        setCursor(onTile ? Qt::PointingHandCursor : segments() > 0 ? Qt::SizeHorCursor : Qt::ArrowCursor);
        setToolTip(onTile
                       ? tr("%1: double click shows it, drag moves it, Delete removes it")
                             .arg(keyframes_[hovered_].label.isEmpty() ? tr("Keyframe %1").arg(hovered_ + 1)
                                                                       : keyframes_[hovered_].label)
                       : QString());
    }
    update();
}

void FilmStrip::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    const Drag drag = drag_;
    drag_ = Drag::None;
    if (drag == Drag::Keyframe) {
        const int target = insertionIndex(event->position().x());
        // Taking the keyframe out first shifts everything behind it by one.
        moveKeyframe(dragged_, target > dragged_ ? target - 1 : target);
    } else if (drag == Drag::Pending && dragged_ < keyframes_.size()) {
        const int id = keyframes_[dragged_].id;
        if (removeRect(keyframeRect(id)).contains(event->position())) {
            Q_EMIT removeRequested(id);
        } else {
            select(id);
        }
    }
    update();
}

void FilmStrip::mouseDoubleClickEvent(QMouseEvent* event) {
    const int index = event->button() == Qt::LeftButton ? keyframeAt(event->position()) : -1;
    if (index >= 0 && !removeRect(keyframeRect(keyframes_[index].id)).contains(event->position())) {
        select(keyframes_[index].id);
        Q_EMIT keyframeActivated(keyframes_[index].id);
    }
}

void FilmStrip::wheelEvent(QWheelEvent* event) {
    if (contentWidth_ <= width()) {
        event->ignore();
        return;
    }
    const QPoint delta = event->angleDelta();
    setScroll(scroll_ - (delta.x() != 0 ? delta.x() : delta.y()));
    event->accept();
}

void FilmStrip::leaveEvent(QEvent*) {
    hovered_ = -1;
    update();
}

void FilmStrip::select(int id) {
    if (selected_ != id) {
        setSelected(id);
        Q_EMIT selectionChanged(id);
    }
}

void FilmStrip::moveKeyframe(int from, int to) {
    const int last = static_cast<int>(keyframes_.size()) - 1;
    if (from == to || from < 0 || to < 0 || from > last || to > last) {
        return;
    }
    keyframes_.move(from, to);
    hovered_ = -1;
    layoutTiles();
    ensureVisible(to);
    QVector<int> ids;
    for (const Keyframe& keyframe : keyframes_) {
        ids.append(keyframe.id);
    }
    Q_EMIT keyframesReordered(ids);
}

void FilmStrip::ensureVisible(int index) {
    if (index < 0) {
        return;
    }
    const QRectF rect = keyframeRect(keyframes_[index].id);
    if (rect.left() < 0) {
        setScroll(scroll_ + rect.left());
    } else if (rect.right() > width()) {
        setScroll(scroll_ + rect.right() - width());
    }
}

void FilmStrip::keyPressEvent(QKeyEvent* event) {
    const int index = indexOf(selected_);
    const int by = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    const auto last = static_cast<int>(keyframes_.size()) - 1;
    if (by != 0 && last >= 0) {
        if (event->modifiers() & Qt::ControlModifier) {
            moveKeyframe(index, index + by);
        } else {
            select(keyframes_[index < 0 ? 0 : std::clamp(index + by, 0, last)].id);
        }
    } else if (event->key() == Qt::Key_Home && last >= 0) {
        select(keyframes_.first().id);
    } else if (event->key() == Qt::Key_End && last >= 0) {
        select(keyframes_.last().id);
    } else if (index >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT keyframeActivated(selected_);
    } else if (index >= 0 && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
        Q_EMIT removeRequested(selected_);
    } else if (event->key() == Qt::Key_P) {
        Q_EMIT playToggled();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void FilmStrip::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int index = byKey ? indexOf(selected_) : keyframeAt(event->pos());
    if (index < 0) {
        QWidget::contextMenuEvent(event);
        return;
    }
    const int id = keyframes_[index].id;
    select(id);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(QStringLiteral("eye")), tr("Show in the view"), this,
                    [this, id] { Q_EMIT keyframeActivated(id); });
    QAction* left = menu->addAction(icon(QStringLiteral("previous")), tr("Move left"), this,
                                    [this, id] { moveKeyframe(indexOf(id), indexOf(id) - 1); });
    QAction* right = menu->addAction(icon(QStringLiteral("next")), tr("Move right"), this,
                                     [this, id] { moveKeyframe(indexOf(id), indexOf(id) + 1); });
    left->setEnabled(index > 0);
    right->setEnabled(index + 1 < keyframes_.size());
    menu->addSeparator();
    menu->addAction(icon(QStringLiteral("trash")), tr("Remove"), this,
                    [this, id] { Q_EMIT removeRequested(id); });
    menu->popup(byKey ? mapToGlobal(keyframeRect(id).center().toPoint()) : event->globalPos());
}

void FilmStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        layoutTiles();
    }
    if (event->type() == QEvent::StyleChange) {
        update();
    }
}

void FilmStrip::dragEnterEvent(QDragEnterEvent* event) {
    if (event->source() != this && canReadDrop(event->mimeData())) {
        dropIndex_ = insertionIndex(event->position().x());
        update();
        event->acceptProposedAction();
    }
}

void FilmStrip::dragMoveEvent(QDragMoveEvent* event) {
    dropIndex_ = insertionIndex(event->position().x());
    update();
}

void FilmStrip::dragLeaveEvent(QDragLeaveEvent*) {
    dropIndex_ = -1;
    update();
}

void FilmStrip::dropEvent(QDropEvent* event) {
    const int index = insertionIndex(event->position().x());
    dropIndex_ = -1;
    update();
    event->acceptProposedAction();
    dropOn(event->mimeData(), index);
}

void FilmStrip::dropOn(const QMimeData* mime, int index) {
    const DropContent content = readDrop(mime);
    if (!content.payload.isEmpty()) {
        Q_EMIT payloadDropped(content.payload, index);
    } else if (!content.file.isEmpty()) {
        Q_EMIT fileDropped(content.file, index);
    } else if (!content.image.isNull()) {
        Q_EMIT imageDropped(content.image, index);
    }
}

void FilmStrip::describe() {
    const int index = indexOf(selected_);
    QString text = tr("%n keyframe(s)", nullptr, static_cast<int>(keyframes_.size()));
    if (index >= 0) {
        text += QStringLiteral(", ") + tr("keyframe %1 selected").arg(index + 1);
    }
    setAccessibleDescription(text);
}

} // namespace alphascope::ui
