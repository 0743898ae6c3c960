#include "ui/session/performance.h"

#include <QFile>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <unistd.h>

namespace alphascope::ui {

void RollingPercentile::add(double value) {
    values_.push_back(value);
    if (values_.size() > capacity_)
        values_.pop_front();
}

double RollingPercentile::percentile(double q) const {
    if (values_.empty())
        return 0.0;
    std::vector<double> sorted(values_.begin(), values_.end());
    const auto rank = std::size_t(std::ceil(q * double(sorted.size())));
    const std::size_t index = std::min(sorted.size() - 1, rank == 0 ? 0 : rank - 1);
    std::nth_element(sorted.begin(), sorted.begin() + std::ptrdiff_t(index), sorted.end());
    return sorted[index];
}

FrameMeter::FrameMeter(QObject* parent) : QObject(parent) {
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(16);
    connect(&timer_, &QTimer::timeout, this, [this] {
        if (clock_.isValid())
            gaps_.add(double(clock_.nsecsElapsed()) * 1e-6);
        clock_.start();
    });
}

void FrameMeter::setRunning(bool running) {
    if (running == timer_.isActive())
        return;
    clock_.invalidate();
    running ? timer_.start() : timer_.stop();
}

void LatencyMeter::requested(std::uint64_t stamp, std::int64_t nanoseconds) {
    open_.emplace_back(stamp, nanoseconds);
    // A model that never answers must not let the list grow.
    if (open_.size() > 1000)
        open_.pop_front();
}

void LatencyMeter::arrived(std::uint64_t stamp) {
    while (!open_.empty() && open_.front().first <= stamp) {
        if (waitingSince_ < 0)
            waitingSince_ = open_.front().second;
        open_.pop_front();
    }
}

void LatencyMeter::painted(std::int64_t nanoseconds) {
    if (waitingSince_ < 0)
        return;
    last_ = double(nanoseconds - waitingSince_) * 1e-6;
    latencies_.add(last_);
    waitingSince_ = -1;
}

void LatencyMeter::reset() {
    open_.clear();
    waitingSince_ = -1;
}

std::int64_t monotonicNanoseconds() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

double threadCpuSeconds() {
    timespec time{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0)
        return 0.0;
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

std::uint64_t residentBytes() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() < 2 ? 0 : fields[1].toULongLong() * std::uint64_t(sysconf(_SC_PAGESIZE));
}

} // namespace alphascope::ui
