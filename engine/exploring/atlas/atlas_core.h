#pragma once
// The atlas without a thread of its own: what was ordered, what is at work, what is known.
//
// Threads: run() (or turn(), in tests) on the atlas's thread; everything else on one controlling thread.

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/api/atlas.h"
#include "engine/concurrency/work_loop.h"
#include "engine/exploring/atlas/atlas_work.h"
#include "engine/exploring/atlas/critic_work.h"
#include "engine/exploring/atlas/map_work.h"
#include "engine/exploring/projections/pca.h"
#include "engine/exploring/replica.h"

namespace alphascope::engine {

class AtlasCore : public WorkLoop {
public:
    AtlasCore(std::function<void()> notify, AtlasOptions options);

    // ---- controlling thread: returns at once
    void load(AtlasSource source);
    void map(MapOrder order);
    void measureErrors();
    void trainCritic(std::uint64_t seed);
    void askField(std::uint64_t stamp, Codes codes);
    void cancel(AtlasTask task);
    std::vector<AtlasEvent> takeEvents();

    // ---- atlas thread
    bool turn() override;

private:
    struct ErrorsOrder {};
    struct CriticOrder {
        std::uint64_t seed;
    };
    /// In the order of AtlasTask.
    using Order = std::variant<AtlasSource, MapOrder, ErrorsOrder, CriticOrder>;
    struct FieldOrder {
        std::uint64_t stamp;
        Codes codes;
    };

    void order(Order order);
    std::optional<Order> takeOrder();
    bool takeCancel();
    bool answerField();
    void begin(const Order& order);
    std::unique_ptr<AtlasWork> workOf(const Order& order);
    std::shared_ptr<Replica> openModel(const AtlasSource& source, ModelInfo& info) const;
    bool advance();
    void finish();
    void finishLoading();
    void tellProgress();
    void tellMap(const MapWork& work); ///< as it is now
    void put(AtlasEvent event);
    void end(AtlasTask task, std::optional<Error> error);
    bool somethingWaits() const override;

    AtlasOptions options_;

    // under mutex_
    std::array<std::optional<Order>, atlasTaskCount> orders_; ///< the newest of each kind, not begun
    std::array<bool, atlasTaskCount> cancelled_{};            ///< what is at work
    std::optional<FieldOrder> field_;
    std::vector<AtlasEvent> events_;

    // the atlas thread's own
    int threads_ = 0;                  ///< set once the thread computes
    AtlasTask task_ = AtlasTask::Load; ///< of work_
    std::unique_ptr<AtlasWork> work_;
    std::chrono::steady_clock::time_point begun_;
    std::chrono::steady_clock::time_point told_; ///< the last news of it
    std::shared_ptr<Replica> replica_;           ///< that codes_ were made with
    std::shared_ptr<Replica> loading_;           ///< that they are being made with
    std::shared_ptr<const CodeSet> codes_;
    std::shared_ptr<const PrincipalComponents> components_;
    std::array<std::shared_ptr<const CodeMap>, 3> shown_; ///< the last map of each kind, for its orientation
    std::shared_ptr<CodeCritic> critic_;
};

} // namespace alphascope::engine
