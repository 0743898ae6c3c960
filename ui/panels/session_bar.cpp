#include "ui/panels/session_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/figures.h"
#include "ui/models/session_actions.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/status_pill.h"

namespace alphascope::ui {

namespace {

constexpr int buttonHeight = 32;

QString joined(const QStringList& parts) {
    return parts.join(QStringLiteral(" · "));
}

} // namespace

SessionBar::SessionBar(const Actions& actions, QWidget* parent)
    : QWidget(parent), stepMenu_(new QMenu(this)), method_(new StatusPill({}, PillDot::Neutral, this)),
      data_(new StatusPill({}, PillDot::None, this)), device_(new StatusPill({}, PillDot::None, this)),
      first_(new QLabel(this)), second_(new QLabel(this)) {
    setProperty("ground", QStringLiteral("panel"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 2, 6, 2);
    layout->setSpacing(6);
    layout->addWidget(button(actions.run, true));
    QPushButton* step = button(actions.step, false);
    step->setMenu(stepMenu_);
    layout->addWidget(step);
    layout->addWidget(button(actions.stop, false));
    layout->addWidget(button(actions.checkpoint, false));
    layout->addSpacing(2);
    layout->addWidget(method_);
    layout->addWidget(data_);
    layout->addWidget(device_);
    layout->addStretch(1);
    auto* lines = new QVBoxLayout;
    lines->setSpacing(2);
    for (QLabel* line : {first_, second_}) {
        line->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        line->setFont(tabularFont(line->font()));
        line->setTextFormat(Qt::RichText);
        lines->addWidget(line);
    }
    second_->setProperty("role", QStringLiteral("caption"));
    layout->addLayout(lines);
    method_->setToolTip(tr("Method"));
    data_->setToolTip(tr("Data"));
    device_->setToolTip(tr("Device"));
    first_->setAccessibleName(tr("Progress"));
    device_->hide();
    setParts({});
    refreshLines();
}

QPushButton* SessionBar::button(QAction* action, bool primary) {
    auto* result = new QPushButton(this);
    result->setFixedHeight(buttonHeight);
    if (primary) {
        result->setProperty("primary", true);
        result->setMinimumWidth(84);
    }
    const auto refresh = [result, action] {
        result->setText(action->iconText());
        result->setIcon(action->icon());
        result->setEnabled(action->isEnabled());
        result->setToolTip(action->toolTip());
        result->setAccessibleName(action->iconText());
    };
    refresh();
    connect(action, &QAction::changed, result, refresh);
    // A button with a menu opens the menu instead; its action stays on the keyboard.
    connect(result, &QPushButton::clicked, action, &QAction::trigger);
    return result;
}

void SessionBar::setParts(const std::vector<models::MethodPart>& parts) {
    stepMenu_->clear();
    stepMenu_->addAction(tr("One iteration"), this, [this] { Q_EMIT stepRequested(QString()); });
    if (!parts.empty())
        stepMenu_->addSeparator();
    for (const models::MethodPart& part : parts) {
        const QString name = QString::fromStdString(part.name);
        stepMenu_->addAction(tr("Only %1: %2").arg(name, QString::fromStdString(part.title)), this,
                             [this, name] { Q_EMIT stepRequested(name); });
    }
}

void SessionBar::setMethod(const QString& title) {
    method_->setText(title);
}
void SessionBar::setData(const QString& title) {
    data_->setText(title);
}

void SessionBar::setDevice(const QString& device) {
    QString shown = device;
    device_->setText(shown.replace(QStringLiteral(" x "), QStringLiteral(" × ")));
    device_->setVisible(!device.isEmpty());
}

void SessionBar::setStatus(const engine::SessionStatus& status) {
    using engine::SessionState;
    status_ = status;
    method_->setDot(status.state == SessionState::Running  ? PillDot::Good
                    : status.state == SessionState::Paused ? PillDot::Warning
                    : status.state == SessionState::Failed ? PillDot::Bad
                                                           : PillDot::Neutral);
    setDevice(QString::fromStdString(status.device));
    refreshLines();
}

void SessionBar::setModelAge(qint64 steps) {
    age_ = steps;
    refreshLines();
}

void SessionBar::setLatency(double milliseconds) {
    latency_ = milliseconds;
    refreshLines();
}

void SessionBar::refreshLines() {
    using engine::SessionState;
    QStringList first{QStringLiteral("<b>%1</b>").arg(stateTitle(status_.state))};
    QStringList second;
    const bool alive = status_.state != SessionState::Idle;
    if (alive)
        first << (status_.targetSteps > 0
                      ? tr("step %1 of %2").arg(stepText(status_.step), stepText(status_.targetSteps))
                      : tr("step %1").arg(stepText(status_.step)));
    if (status_.state == SessionState::Running) {
        if (const QString rate = rateText(status_.stepsPerSecond); !rate.isEmpty())
            first << rate;
        if (const QString left = durationText(status_.secondsLeft); !left.isEmpty())
            second << tr("%1 left").arg(left);
    }
    if (!alive)
        second << tr("press Space to start");
    if (age_ >= 0)
        second << tr("model age %1 steps").arg(stepText(age_));
    if (latency_ >= 0.0)
        second << tr("%1 to pixel").arg(millisecondsText(latency_));
    first_->setText(joined(first));
    second_->setText(joined(second));
}

} // namespace alphascope::ui
