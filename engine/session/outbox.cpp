#include "engine/session/outbox.h"

#include <utility>

namespace alphascope::engine {

Outbox::Outbox(std::function<void()> notify, std::size_t metricCapacity)
    : notifier_(std::move(notify)), metrics_(metricCapacity) {}

void Outbox::putEvent(SessionEvent event) {
    {
        const std::lock_guard lock(mutex_);
        events_.push_back(std::move(event));
    }
    notifier_.announce();
}

void Outbox::putMetrics(std::vector<MetricPoint> points) {
    if (points.empty()) {
        return;
    }
    metrics_.push(std::move(points));
    notifier_.announce();
}

void Outbox::putPreview(std::shared_ptr<const Preview> preview) {
    if (!preview) {
        return;
    }
    preview_.put(std::move(preview));
    notifier_.announce();
}

void Outbox::setStatus(const SessionStatus& status) {
    const std::lock_guard lock(mutex_);
    status_ = status;
}

void Outbox::setLiveModel(std::shared_ptr<LiveModel> model) {
    const std::lock_guard lock(mutex_);
    liveModel_.swap(model); // the old one, if it was the last reference, goes after the lock
}

void Outbox::storeEvent(SessionEvent event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
    stored_ = true;
}

void Outbox::announceStored() {
    {
        const std::lock_guard lock(mutex_);
        if (!std::exchange(stored_, false)) {
            return;
        }
    }
    notifier_.announce();
}

std::vector<SessionEvent> Outbox::takeEvents() {
    notifier_.acknowledge();
    const std::lock_guard lock(mutex_);
    return std::exchange(events_, {});
}

std::vector<MetricPoint> Outbox::takeMetrics() {
    notifier_.acknowledge();
    return metrics_.takeAll();
}

std::shared_ptr<const Preview> Outbox::takePreview() {
    notifier_.acknowledge();
    return preview_.take().value_or(nullptr);
}

SessionStatus Outbox::status() const {
    const std::lock_guard lock(mutex_);
    return status_;
}

std::shared_ptr<LiveModel> Outbox::liveModel() const {
    const std::lock_guard lock(mutex_);
    return liveModel_;
}

} // namespace alphascope::engine
