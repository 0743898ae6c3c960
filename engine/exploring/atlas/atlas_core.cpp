#include "engine/exploring/atlas/atlas_core.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "engine/exploring/atlas/error_work.h"
#include "engine/exploring/atlas/load_work.h"
#include "engine/storage/run_folder.h"
#include "engine/storage/safetensors.h"
#include "engine/training/cpu_threads.h"
#include "engine/training/device.h"
#include "engine/training/faults.h"
#include "engine/training/live_model.h"

namespace alphascope::engine {

namespace {

constexpr auto newsInterval = std::chrono::milliseconds(80);
constexpr std::size_t componentsKept = 64;

std::vector<LatentDirection> asDirections(const PrincipalComponents& components, const CodeSet& codes) {
    std::vector<LatentDirection> directions;
    const std::size_t count = std::min(componentsKept, components.components.count);
    for (std::size_t i = 0; i < count; ++i) {
        LatentDirection direction;
        direction.name = fmt::format("component {}", i + 1);
        direction.kind = DirectionKind::Component;
        const auto row = components.components.row(i);
        direction.vector.assign(row.begin(), row.end());
        direction.centre = components.mean;
        direction.sigma = std::max(1e-6, std::sqrt(components.variance[i]));
        direction.share = components.ratio[i];
        direction.origin = codes.source == AtlasCodes::Prior
                               ? fmt::format("principal components of {} codes from the prior", codes.count())
                               : fmt::format("principal components of {} codes of {} ({}), step {}",
                                             codes.count(), codes.data, codes.split, codes.model.step);
        directions.push_back(std::move(direction));
    }
    return directions;
}

} // namespace

AtlasCore::AtlasCore(std::function<void()> notify, AtlasOptions options)
    : WorkLoop(std::move(notify)), options_(options) {}

// ---- controlling thread -----------------------------------------------------------------------------------

void AtlasCore::order(Order order) {
    submit([&] {
        const std::size_t task = order.index();
        cancelled_[task] = true; // the newest order takes the place of the one at work
        orders_[task] = std::move(order);
    });
}

void AtlasCore::load(AtlasSource source) {
    order(std::move(source));
}
void AtlasCore::map(MapOrder what) {
    order(what);
}
void AtlasCore::measureErrors() {
    order(ErrorsOrder{});
}
void AtlasCore::trainCritic(std::uint64_t seed) {
    order(CriticOrder{seed});
}

void AtlasCore::askField(std::uint64_t stamp, Codes codes) {
    submit([&] { field_ = FieldOrder{stamp, std::move(codes)}; });
}

void AtlasCore::cancel(AtlasTask task) {
    submit([&] {
        orders_[static_cast<std::size_t>(task)].reset();
        cancelled_[static_cast<std::size_t>(task)] = true;
    });
}

std::vector<AtlasEvent> AtlasCore::takeEvents() {
    return taken(events_);
}

// ---- atlas thread -----------------------------------------------------------------------------------------

bool AtlasCore::somethingWaits() const {
    return field_.has_value() ||
           std::any_of(orders_.begin(), orders_.end(), [](const auto& order) { return order.has_value(); });
}

bool AtlasCore::turn() {
    if (threads_ == 0) {
        threads_ = options_.threads > 0 ? options_.threads : usableCores();
        useThreadsHere(threads_);
    }
    if (answerField()) {
        return true;
    }
    if (takeCancel()) {
        return true;
    }
    if (work_) {
        return advance();
    }
    if (const auto order = takeOrder()) {
        begin(*order);
        return true;
    }
    return false;
}

std::optional<AtlasCore::Order> AtlasCore::takeOrder() {
    const std::lock_guard lock(mutex_);
    for (std::size_t task = 0; task < orders_.size(); ++task) {
        if (orders_[task]) {
            cancelled_[task] = false;
            return std::exchange(orders_[task], std::nullopt);
        }
    }
    return std::nullopt;
}

/// What is at work was cancelled, or a newer order of its kind came; a new set makes the rest pointless too.
bool AtlasCore::takeCancel() {
    if (!work_) {
        return false;
    }
    {
        const std::lock_guard lock(mutex_);
        const bool newSet = orders_[static_cast<std::size_t>(AtlasTask::Load)].has_value();
        if (!cancelled_[static_cast<std::size_t>(task_)] && !newSet) {
            return false;
        }
    }
    end(task_, std::nullopt);
    return true;
}

bool AtlasCore::answerField() {
    std::optional<FieldOrder> asked;
    {
        const std::lock_guard lock(mutex_);
        asked.swap(field_);
    }
    if (!asked) {
        return false;
    }
    CriticField answer{asked->stamp, {}};
    if (critic_ && codes_ && asked->codes.size == codes_->codes.size) {
        answer.logRatios = critic_->logRatios(asked->codes);
    }
    put(std::move(answer));
    return true;
}

void AtlasCore::begin(const Order& order) {
    task_ = static_cast<AtlasTask>(order.index());
    begun_ = told_ = std::chrono::steady_clock::now();
    try {
        work_ = workOf(order);
        put(AtlasProgress{task_, 0.0, -1.0});
        if (const auto* map = dynamic_cast<const MapWork*>(work_.get()); map && map->visible()) {
            tellMap(*map); // components are seen before they are judged
        }
    } catch (...) {
        end(task_, faultInFlight());
    }
}

std::unique_ptr<AtlasWork> AtlasCore::workOf(const Order& order) {
    if (const auto* source = std::get_if<AtlasSource>(&order)) {
        ModelInfo info;
        loading_ = openModel(*source, info);
        return std::make_unique<LoadWork>(loading_, std::move(info), *source);
    }
    if (!codes_) {
        throw Error(ErrorKind::Usage, "There are no codes yet.", "Load a data set first.");
    }
    const bool prior = codes_->source == AtlasCodes::Prior;
    if (const auto* mapOrder = std::get_if<MapOrder>(&order)) {
        return std::make_unique<MapWork>(codes_, *components_, *mapOrder, threads_,
                                         shown_[static_cast<std::size_t>(mapOrder->kind)].get());
    }
    if (const auto* criticOrder = std::get_if<CriticOrder>(&order)) {
        if (prior) {
            throw Error(ErrorKind::Usage, "Codes drawn from the prior cannot be told from the prior's.",
                        "Load the codes of pictures to train a critic.");
        }
        return std::make_unique<CriticWork>(codes_, criticOrder->seed);
    }
    if (prior) {
        throw Error(ErrorKind::Usage, "Codes drawn from the prior have no pictures that they should rebuild.",
                    "Load the codes of pictures to see their errors.");
    }
    return std::make_unique<ErrorWork>(replica_, codes_);
}

std::shared_ptr<Replica> AtlasCore::openModel(const AtlasSource& source, ModelInfo& info) const {
    if (!source.checkpoint.empty()) {
        const ResolvedCheckpoint checkpoint = resolveCheckpoint(source.checkpoint);
        auto replica = std::make_shared<Replica>(checkpoint.state, checkpoint.path, chooseDevice("auto"));
        info = replica->info(checkpoint.path, dataChecksum(checkpoint.state));
        return replica;
    }
    const auto weights = source.live ? source.live->newest() : nullptr;
    if (!weights) {
        throw Error(ErrorKind::Usage, "The model in training has shown no weights yet.",
                    "Let it train for a moment, and look at it in Explore first.");
    }
    auto replica = std::make_shared<Replica>(*weights, "The model in training", chooseDevice("auto"));
    info = replica->info({}, {});
    return replica;
}

bool AtlasCore::advance() {
    try {
        if (work_->step()) {
            tellProgress();
        } else {
            finish();
        }
    } catch (...) {
        end(task_, faultInFlight());
    }
    return true;
}

void AtlasCore::tellProgress() {
    const auto now = std::chrono::steady_clock::now();
    if (now - told_ < newsInterval) {
        return;
    }
    told_ = now;
    if (const auto* growing = dynamic_cast<const MapWork*>(work_.get()); growing && growing->moving()) {
        tellMap(*growing);
    }
    const double done = work_->progress();
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    put(AtlasProgress{task_, done, done > 0.02 ? seconds * (1.0 - done) / done : -1.0});
}

void AtlasCore::tellMap(const MapWork& work) {
    std::shared_ptr<const CodeMap>& shown = shown_[static_cast<std::size_t>(work.kind())];
    shown = work.now(shown.get());
    put(MapMoved{shown});
}

void AtlasCore::finish() {
    switch (task_) {
    case AtlasTask::Load:
        finishLoading();
        return;
    case AtlasTask::Map:
        tellMap(static_cast<const MapWork&>(*work_));
        break;
    case AtlasTask::Errors:
        put(ErrorsMeasured{static_cast<ErrorWork&>(*work_).take()});
        break;
    case AtlasTask::Critic: {
        CriticWork::Result trained = static_cast<CriticWork&>(*work_).take();
        critic_ = std::move(trained.critic);
        put(CriticTrained{std::move(trained.report)});
        break;
    }
    }
    work_.reset();
}

void AtlasCore::finishLoading() {
    std::shared_ptr<const CodeSet> codes = static_cast<LoadWork&>(*work_).take();
    auto components =
        std::make_shared<const PrincipalComponents>(principalComponents(codes->codes, 0, threads_));
    const bool sameSet = codes_ && codes_->source == codes->source && codes_->data == codes->data &&
                         codes_->split == codes->split && codes_->numbers == codes->numbers;
    if (!sameSet) {
        shown_ = {}; // row i is another picture now
    }
    work_.reset();
    replica_ = std::move(loading_);
    codes_ = std::move(codes);
    components_ = std::move(components);
    critic_.reset();
    put(CodesLoaded{codes_, asDirections(*components_, *codes_),
                    std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count()});
    const std::lock_guard lock(mutex_);
    if (auto& next = orders_[static_cast<std::size_t>(AtlasTask::Map)]; !next) {
        next = MapOrder{};
    }
}

void AtlasCore::end(AtlasTask task, std::optional<Error> error) {
    work_.reset();
    loading_.reset();
    put(AtlasEnded{task, std::move(error)});
}

void AtlasCore::put(AtlasEvent event) {
    {
        const std::lock_guard lock(mutex_);
        // Of news on the way only the newest counts.
        const auto replaces = [&event](const AtlasEvent& old) {
            if (const auto* map = std::get_if<MapMoved>(&old)) {
                return event.index() == old.index() && !map->map->finished;
            }
            return event.index() == old.index() && std::holds_alternative<AtlasProgress>(old);
        };
        const auto last = std::find_if(events_.rbegin(), events_.rend(), replaces);
        if (last != events_.rend()) {
            events_.erase(std::next(last).base());
        }
        events_.push_back(std::move(event));
    }
    notifier_.announce();
}

} // namespace alphascope::engine
