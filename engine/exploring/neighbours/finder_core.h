#pragma once
// The finder without a thread of its own: what was ordered, what is at work, what is known.
//
// Threads: run() (or turn(), in tests) on the finder's thread; everything else on one controlling thread.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/api/neighbour_finder.h"
#include "engine/concurrency/work_loop.h"
#include "engine/exploring/neighbours/judge_work.h"
#include "engine/exploring/neighbours/reference_work.h"
#include "engine/exploring/replica.h"

namespace alphascope::engine {

class FinderCore : public WorkLoop {
public:
    FinderCore(std::function<void()> notify, NeighbourFinderOptions options);

    // ---- controlling thread: returns at once
    void open(NeighbourSource source);
    void ask(std::uint64_t stamp, Image picture);
    void judge(std::size_t samples, std::uint64_t seed);
    void cancel(NeighbourTask task);
    void setPaused(bool paused);
    std::vector<NeighbourEvent> takeEvents();

    // ---- finder's thread
    bool turn() override;

private:
    struct Question {
        std::uint64_t stamp;
        Image picture;
    };
    struct JudgeOrder {
        std::size_t samples;
        std::uint64_t seed;
    };
    /// All that belongs to one order to open, and ends with it.
    struct Search {
        std::shared_ptr<Replica> replica;
        PlacingModel model;
        std::unique_ptr<ReferenceWork> work; ///< null once it is done
        Reference known;                     ///< then
        std::unique_ptr<NeighbourIndex> index;
        bool graphTried = false; ///< to read it from the run's folder
        std::string remark;      ///< what was amiss with the kept graph, in a sentence
        bool finished = false;
        std::vector<float> heldOutToTraining; ///< known's, rising

        bool measured() const { return work == nullptr; }
        const Reference& reference() const { return work ? work->reference() : known; }
    };
    struct Judging {
        NeighboursJudged result;
        std::unique_ptr<JudgeWork> work;
    };

    bool somethingWaits() const override;
    bool canAnswer() const { return search_ && search_->index != nullptr; }
    bool takeCancel();
    bool takeOpen();
    bool takeJudge();
    bool answer();
    bool advance();
    void begin(const NeighbourSource& source);
    void openModel(Search& search, const NeighbourSource& source, ReferenceOrder& order) const;
    void advanceSearch();
    void finishMeasuring();
    void growGraph();
    void keepGraph();
    void finishSearch();
    void beginJudging(const JudgeOrder& order);
    void advanceJudging();
    NeighboursFound found(const Question& question) const;
    NearPicture heldOutPicture(const Neighbour& neighbour) const;
    void tellProgress(NeighbourTask task, const std::string& what, double done);
    void put(NeighbourEvent event);
    void end(NeighbourTask task, std::optional<Error> error);

    NeighbourFinderOptions options_;

    // under mutex_
    bool paused_ = false;
    std::optional<NeighbourSource> open_; ///< the newest order, not begun
    std::optional<JudgeOrder> judge_;     ///< likewise
    std::optional<Question> question_;
    bool cancelOpen_ = false; ///< what is at work
    bool cancelJudge_ = false;
    std::vector<NeighbourEvent> events_;

    // the finder's thread's own
    int threads_ = 0; ///< set once the thread computes
    std::unique_ptr<Search> search_;
    std::unique_ptr<Judging> judging_;
    std::chrono::steady_clock::time_point begun_;     ///< of the search
    std::chrono::steady_clock::time_point partBegun_; ///< of what the progress tells of
    std::string part_;
    std::chrono::steady_clock::time_point told_; ///< the last progress
};

} // namespace alphascope::engine
