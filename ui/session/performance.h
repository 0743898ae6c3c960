#pragma once
// What the window costs and how fast it answers: figures for the status bar. GUI thread only.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

namespace alphascope::ui {

/// The last `capacity` measurements and their percentiles.
class RollingPercentile {
public:
    explicit RollingPercentile(std::size_t capacity = 600) : capacity_(capacity) {}
    void add(double value);
    void clear() { values_.clear(); }
    bool empty() const { return values_.empty(); }
    /// Nearest-rank percentile, `q` in [0,1]; 0 without values.
    double percentile(double q) const;

private:
    std::size_t capacity_;
    std::deque<double> values_;
};

/// How long the event loop leaves a 60 Hz tick waiting.
class FrameMeter : public QObject {
    Q_OBJECT
public:
    explicit FrameMeter(QObject* parent = nullptr);
    void setRunning(bool running);
    const RollingPercentile& gaps() const { return gaps_; } ///< milliseconds between ticks

private:
    QTimer timer_;
    QElapsedTimer clock_;
    RollingPercentile gaps_{3600};
};

/// From the input event that asked for a picture to the paint that shows it. A picture that answers a newer
/// request counts for the oldest one that it replaces, so that dropped requests do not flatter the figure.
class LatencyMeter {
public:
    void requested(std::uint64_t stamp, std::int64_t nanoseconds);
    void arrived(std::uint64_t stamp); ///< the result of `stamp` was given to the view
    void painted(std::int64_t nanoseconds);
    void reset();
    const RollingPercentile& latencies() const { return latencies_; } ///< milliseconds
    double last() const { return last_; }                             ///< milliseconds; negative without one

private:
    std::deque<std::pair<std::uint64_t, std::int64_t>> open_;
    std::int64_t waitingSince_ = -1;
    double last_ = -1.0;
    RollingPercentile latencies_{600};
};

std::int64_t monotonicNanoseconds();
/// CPU time that the calling thread used, in seconds.
double threadCpuSeconds();
/// Resident memory of this process in bytes; 0 when the system does not say.
std::uint64_t residentBytes();

} // namespace alphascope::ui
