#include "ui/panels/status_figures.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QThread>

#include <algorithm>

#include "ui/models/figures.h"
#include "ui/theme/tokens.h"

namespace alphascope::ui {

namespace {

constexpr int refreshMilliseconds = 500;

QString shown(const QString& name, const QString& value) {
    return QStringLiteral("%1 <b>%2</b>").arg(name, value);
}

} // namespace

StatusFigures::StatusFigures(EngineBridge& bridge, ExploreController& controller, FrameMeter& frames,
                             QWidget* parent)
    : QWidget(parent), bridge_(bridge), controller_(controller), frames_(frames) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 0, 0);
    layout->setSpacing(22);
    health_ = figure(tr("health"), QString());
    health_->setObjectName(QStringLiteral("healthFigure"));
    health_->hide();
    device_ = figure(tr("device"), tr("What trains, and on how many threads."));
    memory_ = figure(tr("memory"), tr("Resident memory of the whole program."));
    gap_ = figure(tr("frame gap"), tr("Time between the window's ticks, 95th percentile: 16 ms is ideal."));
    latency_ = figure(tr("slider to pixel"),
                      tr("From the mouse to the painted picture: median and 95th percentile."));
    ratesLabel_ = figure(tr("training speed with and without the viewer"), {});
    for (QLabel* label : {health_, device_, memory_, gap_, latency_, ratesLabel_})
        layout->addWidget(label);
    layout->addStretch(1);
    connect(&bridge_, &EngineBridge::statusChanged, this, [this](const engine::SessionStatus& status) {
        if (status.state == engine::SessionState::Running)
            rates_.sample(status.step, bridge_.requestCount(), monotonicNanoseconds());
        else if (status.state == engine::SessionState::Preparing)
            rates_.reset();
        else
            rates_.interrupt();
    });
    timer_.setInterval(refreshMilliseconds);
    connect(&timer_, &QTimer::timeout, this, &StatusFigures::refresh);
    timer_.start();
    since_.start();
    setDevice(tr("CPU × %1").arg(QThread::idealThreadCount()));
    refresh();
}

QLabel* StatusFigures::figure(const QString& name, const QString& toolTip) {
    auto* label = new QLabel(this);
    label->setProperty("role", QStringLiteral("caption"));
    label->setTextFormat(Qt::RichText);
    label->setFont(tabularFont(label->font()));
    label->setToolTip(toolTip);
    label->setAccessibleName(name);
    return label;
}

void StatusFigures::setHealth(const QString& title, const QString& value, const QString& meaning) {
    health_->setVisible(!title.isEmpty());
    health_->setText(shown(title, value));
    health_->setToolTip(tr("%1 (tells best whether this method goes well)").arg(meaning));
}

void StatusFigures::setDevice(const QString& device) {
    if (device.isEmpty())
        return;
    deviceName_ = device;
    deviceName_.replace(QStringLiteral(" x "), QStringLiteral(" × "));
    device_->setText(shown(tr("device"), deviceName_));
}

double StatusFigures::viewerShare() {
    const double seconds = double(since_.restart()) * 1e-3;
    const double cpu = threadCpuSeconds();
    const double explore = bridge_.exploreSeconds();
    if (seconds > 0.05) {
        const double used = (cpu - cpuBefore_) + (explore - exploreBefore_);
        const double share = used / (seconds * std::max(1, QThread::idealThreadCount()));
        share_ += 0.5 * (std::min(1.0, share) - share_);
    }
    cpuBefore_ = cpu;
    exploreBefore_ = explore;
    return share_;
}

void StatusFigures::refreshRates() {
    const double with = rates_.withViewer();
    const double without = rates_.withoutViewer();
    const double share = viewerShare(); // asked for at every refresh: it is of the time since the last one
    ratesLabel_->setVisible(with >= 0.0 || without >= 0.0);
    const auto text = [](double rate) {
        return rate < 0.0 ? QStringLiteral("–") : QString::number(rate, 'f', rate < 10.0 ? 2 : 1);
    };
    ratesLabel_->setText(
        shown(tr("it/s with / without viewer"), text(with) + QStringLiteral(" / ") + text(without)));
    ratesLabel_->setToolTip(
        tr("Iterations per second while the explorer is asked for pictures, and while it is not: each over "
           "the "
           "last 30 seconds of its kind, – until two seconds of it are known. Window and explorer now take "
           "%1 % of all cores' time.")
            .arg(share * 100.0, 0, 'f', 1));
}

void StatusFigures::refresh() {
    memory_->setText(shown(tr("memory"), bytesText(residentBytes())));
    gap_->setVisible(!frames_.gaps().empty());
    if (!frames_.gaps().empty())
        gap_->setText(shown(tr("frame gap p95"), millisecondsText(frames_.gaps().percentile(0.95))));
    const RollingPercentile& latency = controller_.latency().latencies();
    latency_->setVisible(!latency.empty());
    if (!latency.empty())
        latency_->setText(shown(tr("slider → pixel p50/p95"), tr("%1 / %2 ms")
                                                                  .arg(latency.percentile(0.5), 0, 'f', 0)
                                                                  .arg(latency.percentile(0.95), 0, 'f', 0)));
    refreshRates();
}

} // namespace alphascope::ui
