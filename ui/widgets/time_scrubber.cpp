#include "ui/widgets/time_scrubber.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"
#include "ui/widgets/status_pill.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double scrubberHandleRadius = 7;
constexpr int none = -2; ///< no checkpoint and not live

} // namespace

TimeScrubber::TimeScrubber(QWidget* parent)
    : QWidget(parent), fork_(new QToolButton(this)),
      pill_(new StatusPill(tr("Live"), PillDot::Neutral, this)) {
    setObjectName(QStringLiteral("timeScrubber"));
    setAccessibleName(tr("Time scrubber"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    pill_->setObjectName(QStringLiteral("livePill"));
    pill_->setClickable(true);
    pill_->setCheckable(true);
    pill_->setAccessibleName(tr("Live"));
    pill_->setToolTip(tr("Follow the training"));
    connect(pill_, &QAbstractButton::clicked, this, [this] { choose(-1); });
    fork_->setObjectName(QStringLiteral("forkButton"));
    fork_->setProperty("flat", true);
    fork_->setText(tr("Fork…"));
    fork_->setIcon(icon(QStringLiteral("fork")));
    fork_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(fork_, &QAbstractButton::clicked, this, [this] { Q_EMIT forkRequested(current_); });
    describe();
}

void TimeScrubber::setLatestStep(qint64 step) {
    const qint64 next = std::max<qint64>(0, step);
    if (held_) {
        pendingLatest_ = next;
        return;
    }
    if (next != latest_) {
        latest_ = next;
        describe();
        update();
    }
}

void TimeScrubber::setCheckpoints(const QVector<qint64>& steps) {
    if (held_) {
        pendingCheckpoints_ = steps;
        checkpointsPending_ = true;
        return;
    }
    const qint64 shown = current_ >= 0 ? checkpoints_[current_] : -1;
    checkpoints_ = steps;
    std::sort(checkpoints_.begin(), checkpoints_.end());
    current_ = shown >= 0 ? static_cast<int>(checkpoints_.indexOf(shown)) : -1;
    hovered_ = none;
    describe();
    update();
}

void TimeScrubber::setAlarms(const QVector<qint64>& steps) {
    alarms_ = steps;
    update();
}

void TimeScrubber::setCurrent(int index) {
    if (held_) {
        return;
    }
    current_ = index >= 0 && index < checkpoints_.size() ? index : -1;
    describe();
    update();
}

qint64 TimeScrubber::shownStep() const {
    const int index = held_ ? heldIndex_ : current_;
    return index >= 0 ? checkpoints_[index] : latest_;
}

void TimeScrubber::setLiveAvailable(bool available) {
    liveAvailable_ = available;
    describe();
    update();
}

void TimeScrubber::setRunning(bool running) {
    running_ = running;
    describe();
}

QSize TimeScrubber::sizeHint() const {
    return {400, 30};
}

QSize TimeScrubber::minimumSizeHint() const {
    return {220, 30};
}

QRectF TimeScrubber::lineRect() const {
    const QFontMetricsF metrics(tabularFont(font()));
    const double left = metrics.horizontalAdvance(tr("step 0")) + 12 + scrubberHandleRadius;
    // Room for the largest label, so that the line does not tremble as the step grows.
    const double label = metrics.horizontalAdvance(QStringLiteral("00,000,000")) + 14;
    const double right = fork_->x() - 8 - label - scrubberHandleRadius;
    return {left, height() / 2.0 - 12, std::max(20.0, right - left), 24};
}

double TimeScrubber::xOf(qint64 step) const {
    const QRectF line = lineRect();
    const double share = latest_ > 0 ? static_cast<double>(step) / static_cast<double>(latest_) : 1.0;
    return line.left() + std::clamp(share, 0.0, 1.0) * line.width();
}

int TimeScrubber::nearest(double x) const {
    int best = liveAvailable_ || checkpoints_.isEmpty() ? -1 : static_cast<int>(checkpoints_.size()) - 1;
    double distance = std::abs(x - (best < 0 ? lineRect().right() : xOf(checkpoints_[best])));
    for (int i = 0; i < checkpoints_.size(); ++i) {
        const double far = std::abs(x - xOf(checkpoints_[i]));
        if (far < distance) {
            distance = far;
            best = i;
        }
    }
    return best;
}

void TimeScrubber::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(tabularFont(font()));
    const QRectF line = lineRect();
    const double y = std::floor(height() / 2.0) + 0.5;
    painter.setPen(t.muted);
    painter.drawText(QRectF(0, 0, line.left() - scrubberHandleRadius, height()),
                     Qt::AlignVCenter | Qt::AlignLeft, tr("step 0"));
    const QRectF after(line.right() + scrubberHandleRadius + 8, 0,
                       fork_->x() - 8 - line.right() - scrubberHandleRadius - 8, height());
    painter.setPen(isLive() && !held_ ? t.muted : t.text);
    painter.drawText(after, Qt::AlignVCenter | Qt::AlignLeft, groupedText(shownStep()));

    const double handle = held_ ? heldX_ : isLive() ? line.right() : xOf(checkpoints_[current_]);
    const bool usable = isEnabled() && (latest_ > 0 || !checkpoints_.isEmpty());
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.line);
    painter.drawRoundedRect(QRectF(line.left(), y - 2, line.width(), 4), 2, 2);
    if (usable) {
        painter.setBrush(t.accent);
        painter.drawRoundedRect(QRectF(line.left(), y - 2, handle - line.left(), 4), 2, 2);
    }
    const int emphasised = held_ ? heldIndex_ : hovered_;
    for (int i = 0; i < checkpoints_.size(); ++i) {
        const double x = std::round(xOf(checkpoints_[i])) + 0.5;
        const bool strong = i == emphasised;
        painter.setPen(QPen(strong ? t.text : mix(t.muted, t.panel, 0.25), strong ? 2 : 1.5));
        const double reach = strong ? 7 : 5;
        painter.drawLine(QPointF(x, y - reach), QPointF(x, y + reach));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.amber);
    for (const qint64 step : alarms_) {
        const QPointF tip(xOf(step), y - 6);
        painter.drawPolygon(QPolygonF{tip, tip + QPointF(-4, -6), tip + QPointF(4, -6)});
    }
    if (hasFocus()) {
        QColor glow = t.accent;
        glow.setAlphaF(0.3F);
        painter.setBrush(glow);
        painter.drawEllipse(QPointF(handle, y), scrubberHandleRadius + 5, scrubberHandleRadius + 5);
    }
    painter.setPen(QPen(t.background, 2));
    painter.setBrush(usable ? t.accent : t.line);
    painter.drawEllipse(QPointF(handle, y), scrubberHandleRadius + 1, scrubberHandleRadius + 1);
}

void TimeScrubber::placeButtons() {
    int right = width();
    for (QWidget* button : {static_cast<QWidget*>(pill_), static_cast<QWidget*>(fork_)}) {
        const QSize size = button->sizeHint().boundedTo(QSize(width(), height()));
        button->setGeometry(right - size.width(), (height() - size.height()) / 2, size.width(),
                            size.height());
        right -= size.width() + 6;
    }
}

void TimeScrubber::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeButtons();
}

void TimeScrubber::mousePressEvent(QMouseEvent* event) {
    const QRectF area = lineRect().adjusted(-scrubberHandleRadius - 4, 0, scrubberHandleRadius + 4, 0);
    if (event->button() != Qt::LeftButton || !area.contains(event->position())) {
        return;
    }
    held_ = true;
    heldIndex_ = none;
    mouseMoveEvent(event);
}

void TimeScrubber::mouseMoveEvent(QMouseEvent* event) {
    const QRectF line = lineRect();
    if (!held_) {
        const int before = hovered_;
        hovered_ =
            line.adjusted(-10, 0, 10, 0).contains(event->position()) ? nearest(event->position().x()) : none;
        setCursor(hovered_ == none ? Qt::ArrowCursor : Qt::PointingHandCursor);
        if (before != hovered_) {
            update();
        }
        return;
    }
    heldX_ = std::clamp(event->position().x(), line.left(), line.right());
    const int index = nearest(heldX_);
    if (index != heldIndex_) {
        heldIndex_ = index;
        Q_EMIT checkpointPreviewed(index);
    }
    update();
}

void TimeScrubber::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && held_) {
        release();
    }
}

// What arrived while the user held the handle is taken over now; the choice is kept by its step.
void TimeScrubber::release() {
    const qint64 step = heldIndex_ >= 0 ? checkpoints_[heldIndex_] : -1;
    held_ = false;
    if (pendingLatest_ >= 0) {
        setLatestStep(std::exchange(pendingLatest_, -1));
    }
    if (checkpointsPending_) {
        checkpointsPending_ = false;
        setCheckpoints(std::exchange(pendingCheckpoints_, {}));
    }
    choose(step >= 0 ? static_cast<int>(checkpoints_.indexOf(step)) : -1);
}

void TimeScrubber::choose(int index) {
    current_ = index;
    describe();
    update();
    if (index >= 0) {
        Q_EMIT checkpointChosen(index);
    } else {
        Q_EMIT liveChosen();
    }
}

void TimeScrubber::leaveEvent(QEvent*) {
    hovered_ = none;
    update();
}

void TimeScrubber::contextMenuEvent(QContextMenuEvent* event) {
    const int index = lineRect().adjusted(-10, 0, 10, 0).contains(QPointF(event->pos()))
                          ? nearest(event->pos().x())
                          : current_;
    if (index < 0) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(QStringLiteral("fork")),
                    tr("Fork from step %1…").arg(groupedText(checkpoints_[index])), this,
                    [this, index] { Q_EMIT forkRequested(index); });
    menu->popup(event->globalPos());
}

void TimeScrubber::keyPressEvent(QKeyEvent* event) {
    const auto last = static_cast<int>(checkpoints_.size()) - 1;
    int next = current_;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_PageDown:
        next = current_ < 0 ? last : std::max(0, current_ - 1);
        break;
    case Qt::Key_Right:
    case Qt::Key_PageUp:
        next = current_ < 0 || (current_ == last && liveAvailable_) ? -1 : std::min(last, current_ + 1);
        break;
    case Qt::Key_Home:
        next = last < 0 ? -1 : 0;
        break;
    case Qt::Key_End:
        next = liveAvailable_ ? -1 : last;
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (next != current_ && !held_) {
        choose(next);
    }
}

void TimeScrubber::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        placeButtons();
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::EnabledChange) {
        update();
    }
}

bool TimeScrubber::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        QString text;
        if (hovered_ >= 0) {
            text = tr("Checkpoint at step %1").arg(groupedText(checkpoints_[hovered_]));
        } else if (hovered_ == -1) {
            text = tr("Live: the model in training");
        }
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

void TimeScrubber::describe() {
    pill_->setChecked(isLive() && liveAvailable_);
    pill_->setEnabled(liveAvailable_);
    fork_->setEnabled(!isLive());
    fork_->setToolTip(isLive() ? tr("Choose a checkpoint on the line to begin a new run from it")
                               : tr("Begin a new run from step %1 with other settings")
                                     .arg(groupedText(checkpoints_[current_])));
    fork_->setAccessibleName(tr("Fork from the checkpoint shown"));
    pill_->setDot(running_ && liveAvailable_ ? PillDot::Good : PillDot::Neutral);
    setAccessibleDescription(isLive() ? tr("Live, step %1").arg(groupedText(latest_))
                                      : tr("Checkpoint %1 of %2, step %3")
                                            .arg(current_ + 1)
                                            .arg(checkpoints_.size())
                                            .arg(groupedText(checkpoints_[current_])));
}

} // namespace alphascope::ui
