#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <thread>

#include "engine/storage/checkpoint_files.h"
#include "engine/storage/event_file.h"
#include "engine/storage/run_lock.h"
#include "engine/storage/run_manifest.h"
#include "engine/storage/runs/run_entry.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds lookEvery{500};

} // namespace

struct RunWatcher::Impl {
    /// What makes a RunEntry different: cheap to look at twice a second.
    struct RunSignature {
        bool there = false;
        bool active = false;
        std::vector<std::tuple<std::string, std::uint64_t, bool, bool, bool>> checkpoints;
        PreviewFiles preview;
        std::string warning;
        bool operator==(const RunSignature&) const = default;
    };

    const std::string folder;
    const std::function<void()> notify;

    // Only the watcher's thread uses these.
    EventReader events;
    ThumbnailCache thumbnails;
    RunSignature lastRun;
    PreviewFiles lastPreview;
    std::string warning;

    std::mutex mutex; ///< guards what follows
    std::condition_variable wake;
    bool stop = false;
    bool notified = false; ///< until something is taken
    std::vector<MetricPoint> metrics;
    std::vector<SessionEvent> told;
    std::shared_ptr<const Preview> preview;
    std::shared_ptr<const RunEntry> run;

    std::thread thread; ///< last: starts when all else is there

    Impl(std::string path, std::function<void()> call)
        : folder(std::move(path)), notify(std::move(call)), events(folder), thread([this] { watch(); }) {}

    ~Impl() {
        {
            const std::lock_guard lock(mutex);
            stop = true;
        }
        wake.notify_all();
        thread.join();
    }

    void watch() {
        std::unique_lock lock(mutex);
        while (!stop) {
            lock.unlock();
            try {
                look();
            } catch (const std::exception&) {
                // Out of memory, or a file that changed under our hands: the next look starts afresh.
            }
            lock.lock();
            wake.wait_for(lock, lookEvery, [this] { return stop; });
        }
    }

    void look() {
        std::vector<MetricPoint> points = events.poll();
        std::vector<SessionEvent> news = events.takeEvents();
        for (std::string& text : events.takeWarnings()) {
            warning = std::move(text);
        }
        const std::vector<PreviewFiles> previews = listPreviews(folder);
        std::shared_ptr<const Preview> newPreview = lookForPreview(latestPreview(previews));
        std::shared_ptr<const RunEntry> newRun = lookForRun(previews);
        if (!points.empty() || !news.empty() || newPreview || newRun) {
            deliver(std::move(points), std::move(news), std::move(newPreview), std::move(newRun));
        }
    }

    std::shared_ptr<const Preview> lookForPreview(const PreviewFiles& files) {
        if (files == lastPreview) {
            return nullptr;
        }
        lastPreview = files;
        return files == PreviewFiles{} ? nullptr : loadPreview(files);
    }

    RunSignature lookAt(const std::vector<PreviewFiles>& previews) const {
        RunSignature signature;
        std::error_code failed;
        signature.there = fs::exists(folder + "/" + manifestName, failed);
        signature.active = isRunActive(folder);
        for (const CheckpointFile& file : listCheckpoints(folder)) {
            signature.checkpoints.emplace_back(file.path, file.bytes, file.pinned, file.best,
                                               file.superseded);
        }
        signature.preview = latestPreview(previews);
        signature.warning = warning;
        return signature;
    }

    std::shared_ptr<const RunEntry> lookForRun(const std::vector<PreviewFiles>& previews) {
        RunSignature signature = lookAt(previews);
        if (signature == lastRun) {
            return nullptr;
        }
        lastRun = std::move(signature);
        RunEntry entry = readRunEntry(folder, thumbnails);
        if (entry.problem.empty()) {
            entry.problem = warning;
        }
        return std::make_shared<const RunEntry>(std::move(entry));
    }

    void deliver(std::vector<MetricPoint>&& points, std::vector<SessionEvent>&& news,
                 std::shared_ptr<const Preview> newPreview, std::shared_ptr<const RunEntry> newRun) {
        {
            const std::lock_guard lock(mutex);
            std::move(points.begin(), points.end(), std::back_inserter(metrics));
            std::move(news.begin(), news.end(), std::back_inserter(told));
            preview = newPreview ? std::move(newPreview) : preview;
            run = newRun ? std::move(newRun) : run;
            if (notified || stop) {
                return;
            }
            notified = true;
        }
        if (notify) {
            notify();
        }
    }

    template <typename Value>
    Value take(Value Impl::*member) {
        const std::lock_guard lock(mutex);
        notified = false;
        return std::exchange(this->*member, Value());
    }
};

RunWatcher::RunWatcher(std::string folder, std::function<void()> notify)
    : impl_(std::make_unique<Impl>(std::move(folder), std::move(notify))) {}

RunWatcher::~RunWatcher() = default;

std::vector<MetricPoint> RunWatcher::takeMetrics() {
    return impl_->take(&Impl::metrics);
}

std::vector<SessionEvent> RunWatcher::takeEvents() {
    return impl_->take(&Impl::told);
}

std::shared_ptr<const Preview> RunWatcher::takePreview() {
    return impl_->take(&Impl::preview);
}

std::shared_ptr<const RunEntry> RunWatcher::takeRun() {
    return impl_->take(&Impl::run);
}

} // namespace alphascope::engine
