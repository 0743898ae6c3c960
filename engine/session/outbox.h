#pragma once
// All that leaves the session: events and scalars without loss, the newest preview, the status.
//
// Threads: put...(), setStatus(), setLiveModel() on the session thread; take...(), status(), liveModel() on
// the controlling one. The reader is notified at most once until it takes.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/api/session.h"
#include "engine/concurrency/lossless_buffer.h"
#include "engine/concurrency/mailbox.h"
#include "engine/concurrency/notifier.h"

namespace alphascope::engine {

class Outbox {
public:
    Outbox(std::function<void()> notify, std::size_t metricCapacity);

    void putEvent(SessionEvent event);
    void putMetrics(std::vector<MetricPoint> points);
    void putPreview(std::shared_ptr<const Preview> preview);
    /// The last preview was taken (or there was none).
    bool previewWanted() const { return preview_.empty(); }
    void setStatus(const SessionStatus& status);
    void setLiveModel(std::shared_ptr<LiveModel> model);

    /// From the controlling thread: stored, and announced by the session thread's next announceStored(),
    /// since notifications come from that thread alone.
    void storeEvent(SessionEvent event);
    void announceStored();
    void silence() { notifier_.silence(); }

    std::vector<SessionEvent> takeEvents();
    std::vector<MetricPoint> takeMetrics();
    std::shared_ptr<const Preview> takePreview();
    SessionStatus status() const;
    std::shared_ptr<LiveModel> liveModel() const;

private:
    Notifier notifier_;
    LosslessBuffer<MetricPoint> metrics_;
    Mailbox<std::shared_ptr<const Preview>> preview_;

    mutable std::mutex mutex_;
    std::vector<SessionEvent> events_;
    bool stored_ = false;
    SessionStatus status_;
    std::shared_ptr<LiveModel> liveModel_;
};

} // namespace alphascope::engine
