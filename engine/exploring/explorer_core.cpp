#include "engine/exploring/explorer_core.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "engine/storage/run_folder.h"
#include "engine/storage/safetensors.h"
#include "engine/training/cpu_threads.h"
#include "engine/training/device.h"
#include "engine/training/faults.h"

namespace alphascope::engine {

namespace {

constexpr const char* liveName = "The model in training";

/// What a person waits for with the hand on the mouse; the rest comes when there is time.
bool deservesRightOfWay(ExploreLane lane) {
    return lane == ExploreLane::Picture || lane == ExploreLane::Encode || lane == ExploreLane::Strip;
}

} // namespace

ExplorerCore::ExplorerCore(std::function<void()> notify, ExplorerOptions options)
    : WorkLoop(std::move(notify)), options_(options) {}

ExplorerCore::~ExplorerCore() {
    if (live_) {
        live_->leave();
    }
}

// ---- controlling thread -----------------------------------------------------------------------------------

void ExplorerCore::open(const std::string& path) {
    submit([&] { order_ = Order{path, nullptr}; });
}

void ExplorerCore::follow(std::shared_ptr<LiveModel> model) {
    submit([&] {
        if (model) {
            gate_ = model->gate();
        }
        order_ = Order{{}, std::move(model)};
    });
}

void ExplorerCore::request(ExploreRequest request) {
    const auto lane = static_cast<std::size_t>(request.lane);
    const auto now = std::chrono::steady_clock::now();
    submit([&] {
        InteractionGate::Claim claim(deservesRightOfWay(request.lane) ? gate_ : nullptr);
        newestStamps_[lane] = request.stamp;
        pending_[lane] = PendingExplore{std::move(request), now, std::move(claim)};
    });
}

void ExplorerCore::cancel(ExploreLane lane) {
    const std::lock_guard lock(mutex_);
    cancelledUpTo_[static_cast<std::size_t>(lane)] = newestStamps_[static_cast<std::size_t>(lane)];
    // Nobody to wake: while there is something to cancel, the explorer thread is at work.
}

std::vector<ExplorerEvent> ExplorerCore::takeEvents() {
    return taken(events_);
}

std::vector<ExploreResult> ExplorerCore::takeResults() {
    notifier_.acknowledge();
    std::vector<ExploreResult> taken;
    const std::lock_guard lock(mutex_);
    for (auto& result : results_) {
        if (result) {
            taken.push_back(std::move(*result));
            result.reset();
        }
    }
    return taken;
}

// ---- explorer thread --------------------------------------------------------------------------------------

bool ExplorerCore::somethingWaits() const {
    const auto waits = [](const auto& slot) { return slot.has_value(); };
    return order_.has_value() || weightsMayWait_ || std::any_of(pending_.begin(), pending_.end(), waits);
}

bool ExplorerCore::turn() {
    if (const auto order = takeOrder()) {
        carryOut(*order);
        return true;
    }
    if (adoptWeights()) {
        return true;
    }
    dropUnwanted();
    // The lanes' order is their urgency: a picture under the mouse goes before a sheet that is half done, and
    // that before the next step of a search.
    for (std::size_t lane = 0; lane < exploreLaneCount; ++lane) {
        if (advanceLane(lane, Work::Short)) {
            return true;
        }
    }
    for (std::size_t i = 1; i <= exploreLaneCount; ++i) {
        const std::size_t lane = (lastLongLane_ + i) % exploreLaneCount;
        if (advanceLane(lane, Work::Long)) {
            lastLongLane_ = lane;
            return true;
        }
    }
    return false;
}

void ExplorerCore::dropUnwanted() {
    for (std::size_t lane = 0; lane < exploreLaneCount; ++lane) {
        dropUnwanted(lane);
    }
}

void ExplorerCore::dropUnwanted(std::size_t lane) {
    auto& job = jobs_[lane];
    std::optional<PendingExplore> cancelled;
    std::uint64_t upTo = 0;
    bool superseded = false;
    {
        const std::lock_guard lock(mutex_);
        upTo = cancelledUpTo_[lane];
        if (pending_[lane] && pending_[lane]->request.stamp <= upTo) {
            cancelled.swap(pending_[lane]);
        }
        superseded = pending_[lane].has_value();
    }
    if (cancelled) { // the newest request: what went before it needs no answer
        job.reset();
        putResult(ExploreJob(std::move(*cancelled), current_, epoch_).takeCancelled());
    } else if (job && job->stamp() <= upTo) {
        putResult(job->takeCancelled());
        job.reset();
    } else if (job && job->isLong() && superseded) {
        job.reset();
    }
}

bool ExplorerCore::longWorkGoesOn() const {
    return std::any_of(jobs_.begin(), jobs_.end(),
                       [](const auto& job) { return job.has_value() && job->isLong(); });
}

std::optional<ExplorerCore::Order> ExplorerCore::takeOrder() {
    const std::lock_guard lock(mutex_);
    return std::exchange(order_, std::nullopt);
}

void ExplorerCore::prepareThread() {
    if (!std::exchange(threadReady_, true)) {
        cudaSupport(); // before LibTorch is used: see there
        useThreadsHere(options_.threads);
    }
}

void ExplorerCore::carryOut(const Order& order) {
    if (order.path.empty()) {
        if (live_) {
            live_->leave();
        }
        live_ = order.live;
        if (live_) {
            live_->follow([this] { submit([this] { weightsMayWait_ = true; }); });
            const std::lock_guard lock(mutex_);
            weightsMayWait_ = true; // they may have been there before
        }
        return;
    }
    try {
        openFile(order.path);
    } catch (...) {
        putFailure(order.path);
    }
}

void ExplorerCore::openFile(const std::string& path) {
    prepareThread();
    const ResolvedCheckpoint checkpoint = resolveCheckpoint(path);
    auto replica = std::make_shared<Replica>(checkpoint.state, checkpoint.path, chooseDevice("auto"));
    ModelInfo info = replica->info(checkpoint.path, dataChecksum(checkpoint.state));
    if (live_) {
        live_->leave();
        live_.reset();
    }
    becomeCurrent(std::move(replica), std::move(info), false);
}

/// Into the idle one of the two replicas, then they change places; jobs that began on the other one finish
/// there.
bool ExplorerCore::adoptWeights() {
    {
        const std::lock_guard lock(mutex_);
        weightsMayWait_ = false; // before looking, so that what comes meanwhile raises it again
    }
    // While the idle one is still at work for a job, the turn after that job comes back here.
    if (!live_ || !live_->fresh() || (idle_ && idle_.use_count() > 1)) {
        return false;
    }
    // A search and what is decoded beside it are of one model; newer weights wait for its end likewise.
    const bool first = following_ != live_;
    if (!first && longWorkGoesOn()) {
        return false;
    }
    const auto weights = live_->take();
    try {
        prepareThread();
        if (first || !idle_) {
            idle_ = std::make_shared<Replica>(*weights, liveName, chooseDevice("auto"));
        } else {
            idle_->load(*weights, liveName);
        }
        if (first) {
            ModelInfo info = idle_->info({}, {});
            becomeCurrent(std::move(idle_), std::move(info), true);
            following_ = live_;
        } else {
            std::swap(current_, idle_);
            put(WeightsUpdated{current_->meta().step});
        }
    } catch (...) {
        live_->leave();
        live_.reset();
        putFailure({});
    }
    return true;
}

void ExplorerCore::becomeCurrent(std::shared_ptr<Replica> replica, ModelInfo info, bool live) {
    replica->warmUp();
    current_ = std::move(replica);
    idle_.reset();
    following_.reset();
    ++epoch_;
    for (auto& job : jobs_) {
        if (job) {
            job->restart(current_, epoch_);
        }
    }
    {
        const std::lock_guard lock(mutex_);
        results_ = {};
    }
    put(ModelOpened{epoch_, std::move(info), live});
}

bool ExplorerCore::advanceLane(std::size_t lane, Work kind) {
    auto& job = jobs_[lane];
    if (!job) {
        std::optional<PendingExplore> pending;
        {
            const std::lock_guard lock(mutex_);
            pending.swap(pending_[lane]);
        }
        if (!pending) {
            return false;
        }
        job.emplace(std::move(*pending), current_, epoch_);
    }
    if (job->isLong() != (kind == Work::Long)) {
        return false;
    }
    switch (job->advance()) {
    case ExploreJob::Progress::More:
        break;
    case ExploreJob::Progress::News:
        putResult(job->partialResult());
        break;
    case ExploreJob::Progress::Complete: {
        ExploreResult result = job->takeResult();
        job.reset(); // training may go on, and the replica is free again
        putResult(std::move(result));
        break;
    }
    }
    return true;
}

void ExplorerCore::putResult(ExploreResult result) {
    {
        const std::lock_guard lock(mutex_);
        results_[static_cast<std::size_t>(result.lane)] = std::move(result);
    }
    notifier_.announce();
}

void ExplorerCore::put(ExplorerEvent event) {
    {
        const std::lock_guard lock(mutex_);
        const bool replaces = std::holds_alternative<WeightsUpdated>(event) && !events_.empty() &&
                              std::holds_alternative<WeightsUpdated>(events_.back());
        if (replaces) {
            events_.pop_back();
        }
        events_.push_back(std::move(event));
    }
    notifier_.announce();
}

void ExplorerCore::putFailure(const std::string& path) {
    const Error error = faultInFlight();
    put(ModelFailed{path, error.kind(), error.what(), error.hint()});
}

} // namespace alphascope::engine
