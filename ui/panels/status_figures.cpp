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
    costLabel_ =
        figure(tr("viewer cost"),
               tr("Share of all cores' time that the window and the explorer took in the last second."));
    for (QLabel* label : {health_, device_, memory_, gap_, latency_, costLabel_})
        layout->addWidget(label);
    layout->addStretch(1);
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

double StatusFigures::viewerCost() {
    const double seconds = double(since_.restart()) * 1e-3;
    const double cpu = threadCpuSeconds();
    const double explore = bridge_.exploreSeconds();
    if (seconds > 0.05) {
        const double used = (cpu - cpuBefore_) + (explore - exploreBefore_);
        const double share = used / (seconds * std::max(1, QThread::idealThreadCount()));
        cost_ += 0.5 * (std::min(1.0, share) - cost_);
    }
    cpuBefore_ = cpu;
    exploreBefore_ = explore;
    return cost_;
}

void StatusFigures::refresh() {
    memory_->setText(shown(tr("memory"), bytesText(residentBytes())));
    const double cost = viewerCost();
    gap_->setVisible(!frames_.gaps().empty());
    if (!frames_.gaps().empty())
        gap_->setText(shown(tr("frame gap p95"), millisecondsText(frames_.gaps().percentile(0.95))));
    const RollingPercentile& latency = controller_.latency().latencies();
    latency_->setVisible(!latency.empty());
    if (!latency.empty())
        latency_->setText(shown(tr("slider → pixel p50/p95"), tr("%1 / %2 ms")
                                                                  .arg(latency.percentile(0.5), 0, 'f', 0)
                                                                  .arg(latency.percentile(0.95), 0, 'f', 0)));
    costLabel_->setText(shown(tr("viewer cost"), tr("%1 %").arg(cost * 100.0, 0, 'f', 1)));
}

} // namespace alphascope::ui
