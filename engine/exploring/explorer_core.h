#pragma once
// The explorer without a thread of its own: what waits, what is current, what comes next.
//
// Threads: run() (or turn(), in tests) on the explorer thread; everything else on one controlling thread.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/api/explorer.h"
#include "engine/concurrency/work_loop.h"
#include "engine/exploring/explore_job.h"
#include "engine/exploring/replica.h"
#include "engine/training/live_model.h"

namespace alphascope::engine {

class ExplorerCore : public WorkLoop {
public:
    ExplorerCore(std::function<void()> notify, ExplorerOptions options);
    ~ExplorerCore();
    ExplorerCore(const ExplorerCore&) = delete;
    ExplorerCore& operator=(const ExplorerCore&) = delete;

    // ---- controlling thread: returns at once
    void open(const std::string& path);
    void follow(std::shared_ptr<LiveModel> model);
    void request(ExploreRequest request);
    void cancel(ExploreLane lane);
    std::vector<ExplorerEvent> takeEvents();
    std::vector<ExploreResult> takeResults();

    // ---- explorer thread
    bool turn() override;

private:
    /// What is to become current: a file, or the model in training. The newest order counts.
    struct Order {
        std::string path;
        std::shared_ptr<LiveModel> live;
    };

    bool somethingWaits() const override;
    std::optional<Order> takeOrder();
    void carryOut(const Order& order);
    void openFile(const std::string& path);
    bool adoptWeights();
    void becomeCurrent(std::shared_ptr<Replica> replica, ModelInfo info, bool live);
    /// What is cancelled, and long work that a newer request of its lane takes the place of.
    void dropUnwanted();
    void dropUnwanted(std::size_t lane);
    bool longWorkGoesOn() const;
    enum class Work { Short, Long };
    bool advanceLane(std::size_t lane, Work kind);
    void putResult(ExploreResult result);
    void prepareThread();
    void put(ExplorerEvent event);
    void putFailure(const std::string& path);

    ExplorerOptions options_;

    // under mutex_
    bool weightsMayWait_ = false;
    std::optional<Order> order_;
    std::array<std::optional<PendingExplore>, exploreLaneCount> pending_;
    std::array<std::uint64_t, exploreLaneCount> newestStamps_{};
    std::array<std::uint64_t, exploreLaneCount> cancelledUpTo_{}; ///< stamps
    std::array<std::optional<ExploreResult>, exploreLaneCount> results_;
    std::vector<ExplorerEvent> events_;
    std::shared_ptr<InteractionGate> gate_; ///< of the newest training followed

    // the explorer thread's own
    bool threadReady_ = false;
    std::shared_ptr<LiveModel> live_;
    std::shared_ptr<LiveModel> following_; ///< whose weights current_ holds; null for a file's
    std::shared_ptr<Replica> current_;
    std::shared_ptr<Replica> idle_; ///< the other one of two, while following
    std::uint64_t epoch_ = 0;
    std::array<std::optional<ExploreJob>, exploreLaneCount> jobs_;
    std::size_t lastLongLane_ = 0; ///< long works take turns
};

} // namespace alphascope::engine
