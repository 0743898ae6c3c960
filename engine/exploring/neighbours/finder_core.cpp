#include "engine/exploring/neighbours/finder_core.h"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "engine/api/runs.h"
#include "engine/storage/run_folder.h"
#include "engine/storage/safetensors.h"
#include "engine/training/cpu_threads.h"
#include "engine/training/device.h"
#include "engine/training/faults.h"
#include "engine/training/live_model.h"

namespace alphascope::engine {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto progressInterval = std::chrono::milliseconds(80);
/// Rows that join the graph between two looks at who waits; late in a large set some fifty milliseconds.
constexpr std::size_t rowsOfAStep = 64;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

} // namespace

FinderCore::FinderCore(std::function<void()> notify, NeighbourFinderOptions options)
    : WorkLoop(std::move(notify)), options_(options) {}

// ---- controlling thread -----------------------------------------------------------------------------------

void FinderCore::open(NeighbourSource source) {
    submit([&] {
        open_ = std::move(source);
        question_.reset(); // it was of the old model, as all news are that were not taken yet
        judge_.reset();
        events_.clear();
    });
}

void FinderCore::ask(std::uint64_t stamp, Image picture) {
    submit([&] { question_ = Question{stamp, std::move(picture)}; });
}

void FinderCore::judge(std::size_t samples, std::uint64_t seed) {
    submit([&] {
        cancelJudge_ = true; // the newest order takes the place of the one at work
        judge_ = JudgeOrder{samples, seed};
    });
}

void FinderCore::cancel(NeighbourTask task) {
    submit([&] {
        if (task == NeighbourTask::Open) {
            open_.reset();
            cancelOpen_ = true;
        }
        judge_.reset();
        cancelJudge_ = true;
    });
}

void FinderCore::setPaused(bool paused) {
    submit([&] { paused_ = paused; });
}

std::vector<NeighbourEvent> FinderCore::takeEvents() {
    return taken(events_);
}

// ---- finder's thread --------------------------------------------------------------------------------------

bool FinderCore::somethingWaits() const {
    const bool atWork = judging_ || (search_ && !search_->finished);
    const bool wanted = open_ || (judge_ && search_) || (question_ && canAnswer()) || atWork;
    return cancelOpen_ || cancelJudge_ || (wanted && !paused_);
}

bool FinderCore::turn() {
    if (threads_ == 0) {
        threads_ = options_.threads > 0 ? options_.threads : std::max(1, usableCores() / 2);
        useThreadsHere(threads_);
    }
    if (takeCancel()) {
        return true;
    }
    {
        const std::lock_guard lock(mutex_);
        if (paused_) {
            return false;
        }
    }
    return takeOpen() || answer() || takeJudge() || advance();
}

bool FinderCore::takeCancel() {
    bool open = false;
    bool judge = false;
    {
        const std::lock_guard lock(mutex_);
        open = std::exchange(cancelOpen_, false);
        judge = std::exchange(cancelJudge_, false);
    }
    if (judging_ && judge) {
        end(NeighbourTask::Judge, std::nullopt);
    }
    if (open && search_ && search_->measured()) {
        if (!search_->finished) {
            search_->remark = "The index was not finished: every picture is compared, which takes longer.";
            finishSearch();
        }
    } else if (open) {
        end(NeighbourTask::Open, std::nullopt); // also of one that had not begun
    }
    return open || judge;
}

bool FinderCore::takeOpen() {
    std::optional<NeighbourSource> order;
    {
        const std::lock_guard lock(mutex_);
        order.swap(open_);
    }
    if (!order) {
        return false;
    }
    if (judging_) {
        end(NeighbourTask::Judge, std::nullopt);
    }
    search_.reset(); // before the next one takes as much memory
    try {
        begin(*order);
    } catch (...) {
        end(NeighbourTask::Open, faultInFlight());
    }
    return true;
}

void FinderCore::begin(const NeighbourSource& source) {
    begun_ = Clock::now();
    part_.clear();
    auto search = std::make_unique<Search>();
    ReferenceOrder order;
    order.space = source.space;
    order.count = source.count;
    order.heldOut = source.heldOut;
    order.threads = threads_;
    openModel(*search, source, order);
    Replica& replica = *search->replica;
    search->model.encode = [&replica](const std::vector<Image>& some) { return replica.encode(some); };
    search->model.features = [&replica](const std::vector<Image>& some) {
        return replica.criticFeatures(some);
    };
    search->work = std::make_unique<ReferenceWork>(search->model, order);
    search_ = std::move(search);
}

void FinderCore::openModel(Search& search, const NeighbourSource& source, ReferenceOrder& order) const {
    if (!source.checkpoint.empty()) {
        const ResolvedCheckpoint checkpoint = resolveCheckpoint(source.checkpoint);
        search.replica = std::make_shared<Replica>(checkpoint.state, checkpoint.path, chooseDevice("auto"));
        search.model.info = search.replica->info(checkpoint.path, dataChecksum(checkpoint.state));
        if (source.cache && findRunFolder(checkpoint.path, &order.runFolder)) {
            order.checksum = search.model.info.checksum;
        }
        return;
    }
    const auto weights = source.live ? source.live->newest() : nullptr;
    if (!weights) {
        throw Error(ErrorKind::Usage, "The model in training has shown no weights yet.",
                    "Let it train for a moment, and look at it in Explore first.");
    }
    search.replica = std::make_shared<Replica>(*weights, "The model in training", chooseDevice("auto"));
    search.model.info = search.replica->info({}, {});
    order.runFolder = source.cache ? source.runFolder : std::string();
}

bool FinderCore::advance() {
    const bool searching = search_ && !search_->finished;
    if (!searching && !judging_) {
        return false;
    }
    const NeighbourTask task = judging_ ? NeighbourTask::Judge : NeighbourTask::Open;
    try {
        if (judging_) {
            advanceJudging();
        } else {
            advanceSearch();
        }
    } catch (...) {
        end(task, faultInFlight());
    }
    return true;
}

/// Rows, then the distances of held-out pictures, then the index: answers come early, samples can be judged
/// soon, and answers are fast in the end.
void FinderCore::advanceSearch() {
    Search& search = *search_;
    if (search.measured()) {
        growGraph();
        return;
    }
    const bool more = search.work->step();
    tellProgress(NeighbourTask::Open, search.work->what(), search.work->progress());
    if (search.work->placed() && !search.index) {
        const Reference& reference = search.reference();
        search.index = std::make_unique<NeighbourIndex>(reference.rows);
        put(NeighboursReady{reference.space, reference.rows->count, reference.heldOut.count,
                            search.model.info.step});
    }
    if (!more) {
        finishMeasuring();
    }
}

void FinderCore::finishMeasuring() {
    Search& search = *search_;
    search.known = search.work->take();
    search.work.reset();
    search.heldOutToTraining = search.known.heldOutToTraining;
    std::sort(search.heldOutToTraining.begin(), search.heldOutToTraining.end());
    put(NeighboursMeasured{});
    if (search.index->finished()) {
        finishSearch();
    }
}

void FinderCore::growGraph() {
    Search& search = *search_;
    const Reference& reference = search.reference();
    if (!std::exchange(search.graphTried, true) && std::filesystem::exists(reference.graphPath)) {
        try {
            search.index =
                std::make_unique<NeighbourIndex>(NeighbourIndex::load(reference.graphPath, reference.rows));
        } catch (const Error& error) {
            search.remark = error.sentence();
        }
    } else {
        search.index->addSome(rowsOfAStep, threads_);
        const double all = double(reference.rows->count);
        tellProgress(NeighbourTask::Open, "building the index", double(search.index->added()) / all);
        if (search.index->finished() && !reference.graphPath.empty()) {
            keepGraph();
        }
    }
    if (search.index->finished()) {
        finishSearch();
    }
}

void FinderCore::keepGraph() {
    const std::filesystem::path path = search_->reference().graphPath;
    try {
        std::filesystem::create_directory(path.parent_path());
        search_->index->save(path.string());
    } catch (const std::exception& error) {
        search_->remark =
            fmt::format("The neighbour index could not be kept for the next time: {}", error.what());
    }
}

void FinderCore::finishSearch() {
    Search& search = *search_;
    search.finished = true;
    NeighboursFinished finished{search.known.notes, search.known.fromCache, secondsSince(begun_)};
    for (const std::string& remark : {search.known.remark, search.remark}) {
        if (!remark.empty()) {
            finished.notes.push_back(remark);
        }
    }
    put(std::move(finished));
}

// ---- questions --------------------------------------------------------------------------------------------

bool FinderCore::answer() {
    std::optional<Question> question;
    if (canAnswer()) {
        const std::lock_guard lock(mutex_);
        question.swap(question_);
    }
    if (!question) {
        return false;
    }
    try {
        put(found(*question));
    } catch (...) {
        end(NeighbourTask::Open, faultInFlight());
    }
    return true;
}

NeighboursFound FinderCore::found(const Question& question) const {
    const Clock::time_point begin = Clock::now();
    const Reference& reference = search_->reference();
    const Codes query = placed(search_->model, reference.space, {question.picture});
    const auto row = query.row(0);
    NeighboursFound result;
    result.stamp = question.stamp;
    for (const Neighbour& neighbour : search_->index->nearest(row, options_.k)) {
        // It was read before, when it was placed.
        NearPicture near = reference.source->read(reference.numbers[neighbour.index]).value_or(NearPicture{});
        near.distance = neighbour.distance;
        result.nearest.push_back(std::move(near));
    }
    const Neighbour heldOut = exactNearest(reference.heldOut, row, 1).front();
    result.heldOut = heldOutPicture(heldOut);
    const SampleMemory memory =
        memoryOf(result.nearest.front().distance, exactNearest(reference.part, row, 1).front().distance,
                 heldOut.distance, search_->heldOutToTraining);
    result.ratio = memory.ratio;
    if (search_->measured()) {
        result.pValue = memory.pValue;
    }
    result.milliseconds = 1e3 * secondsSince(begin);
    return result;
}

NearPicture FinderCore::heldOutPicture(const Neighbour& neighbour) const {
    const Reference& reference = search_->reference();
    NearPicture picture =
        reference.heldOutSource->read(reference.heldOutNumbers[neighbour.index]).value_or(NearPicture{});
    picture.distance = neighbour.distance;
    return picture;
}

// ---- judging ----------------------------------------------------------------------------------------------

bool FinderCore::takeJudge() {
    std::optional<JudgeOrder> order;
    if (search_ && search_->measured()) {
        const std::lock_guard lock(mutex_);
        order.swap(judge_);
    }
    if (!order) {
        return false;
    }
    try {
        beginJudging(*order);
    } catch (...) {
        end(NeighbourTask::Judge, faultInFlight());
    }
    return true;
}

void FinderCore::beginJudging(const JudgeOrder& order) {
    part_.clear();
    judging_ = std::make_unique<Judging>();
    NeighboursJudged& result = judging_->result;
    result.seed = order.seed;
    result.codes = priorCodes(order.seed, order.samples, search_->replica->latentSize());
    result.pictures = search_->replica->decode(result.codes);
    judging_->work =
        std::make_unique<JudgeWork>(search_->model, search_->known, result.pictures, options_.k, threads_);
}

void FinderCore::advanceJudging() {
    const bool more = judging_->work->step();
    tellProgress(NeighbourTask::Judge, judging_->work->what(), judging_->work->progress());
    if (more) {
        return;
    }
    NeighboursJudged result = std::move(judging_->result);
    result.audit = judging_->work->take();
    judging_.reset();
    result.suspicious.resize(result.audit.pictures.size());
    std::iota(result.suspicious.begin(), result.suspicious.end(), std::size_t{0});
    std::stable_sort(result.suspicious.begin(), result.suspicious.end(), [&](std::size_t a, std::size_t b) {
        return result.audit.pictures[a].suspicion() < result.audit.pictures[b].suspicion();
    });
    put(std::move(result));
}

// ---- news -------------------------------------------------------------------------------------------------

void FinderCore::tellProgress(NeighbourTask task, const std::string& what, double done) {
    const Clock::time_point now = Clock::now();
    if (what != part_) {
        part_ = what;
        partBegun_ = now;
    } else if (now - told_ < progressInterval) {
        return;
    }
    told_ = now;
    const double seconds = secondsSince(partBegun_);
    put(NeighbourProgress{task, what, done, done > 0.02 ? seconds * (1.0 - done) / done : -1.0});
}

/// What failed or was cancelled leaves nothing behind: half a set would be taken for all of it.
void FinderCore::end(NeighbourTask task, std::optional<Error> error) {
    judging_.reset();
    if (task == NeighbourTask::Open) {
        search_.reset();
    }
    put(NeighboursEnded{task, std::move(error)});
}

void FinderCore::put(NeighbourEvent event) {
    {
        const std::lock_guard lock(mutex_);
        if (open_) {
            return; // it would be taken for news of the order that waits
        }
        // Of progress and answers only the newest counts.
        const auto replaces = [&event](const NeighbourEvent& old) {
            return event.index() == old.index() && (std::holds_alternative<NeighbourProgress>(old) ||
                                                    std::holds_alternative<NeighboursFound>(old));
        };
        std::erase_if(events_, replaces);
        events_.push_back(std::move(event));
    }
    notifier_.announce();
}

} // namespace alphascope::engine
