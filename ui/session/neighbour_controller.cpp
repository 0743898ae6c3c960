#include "ui/session/neighbour_controller.h"

#include <utility>
#include <variant>

#include "ui/session/overloaded.h"

namespace alphascope::ui {

using engine::NeighbourSpace;
using engine::NeighbourTask;

NeighbourController::NeighbourController(EngineBridge& bridge, ExploreController& explore, QObject* parent)
    : QObject(parent), bridge_(bridge), explore_(explore), bell_(this, [this] { drain(); }) {
    connect(&bridge_, &EngineBridge::modelOpened, this, [this](const engine::ModelOpened& opened) {
        step_ = opened.info.step;
        forget();
        if (!whyNot(space_).isEmpty())
            space_ = NeighbourSpace::Pixel;
        Q_EMIT changed();
        searchIfSeen();
    });
    connect(&bridge_, &EngineBridge::weightsUpdated, this, [this](qint64 step) {
        const bool before = outdated();
        step_ = step;
        if (outdated() != before)
            Q_EMIT changed();
    });
    connect(&explore_, &ExploreController::pictureDecoded, this, &NeighbourController::ask);
}

NeighbourController::~NeighbourController() {
    bell_.silence();
}

INeighbourFinder& NeighbourController::finder() {
    if (!finder_)
        finder_ = bridge_.engine().makeNeighbourFinder(bell_.ring());
    return *finder_;
}

void NeighbourController::setActive(bool active) {
    if (active == active_)
        return;
    active_ = active;
    if (finder_)
        finder_->setPaused(!active);
    searchIfSeen();
    ask();
}

void NeighbourController::setSpace(NeighbourSpace space) {
    if (space == space_ || !whyNot(space).isEmpty())
        return;
    space_ = space;
    search();
}

QString NeighbourController::whyNot(NeighbourSpace space) const {
    const auto& model = bridge_.model();
    return model ? QString::fromStdString(engine::whyNoSpace(space, model->info)) : QString();
}

bool NeighbourController::outdated() const {
    return ready_ && bridge_.model() && bridge_.model()->live && step_ > ready_->step;
}

void NeighbourController::searchIfSeen() {
    if (active_ && !opened_ && !cancelled_)
        search();
}

void NeighbourController::search() {
    const auto& model = bridge_.model();
    forget();
    if (!model || !whyNot(space_).isEmpty()) {
        Q_EMIT changed();
        return;
    }
    engine::NeighbourSource source;
    source.space = space_;
    if (model->live) {
        source.live = bridge_.liveModel();
        if (bridge_.startedConfig())
            source.runFolder = bridge_.startedConfig()->runFolder;
    } else {
        source.checkpoint = model->info.path;
    }
    opened_ = true;
    begin(NeighbourTask::Open);
    finder().open(std::move(source));
    ask();
}

/// What was found is of another model, space or step.
void NeighbourController::forget() {
    opened_ = false;
    cancelled_ = false;
    ready_.reset();
    measured_ = false;
    finished_.reset();
    busy_.reset();
    if (std::exchange(found_, std::nullopt))
        Q_EMIT foundChanged();
    if (std::exchange(judged_, nullptr))
        Q_EMIT judgedChanged();
}

void NeighbourController::judge() {
    if (!opened_ || outdated())
        search();
    if (!opened_)
        return;
    if (measured_)
        begin(NeighbourTask::Judge);
    finder().judge(samplesJudged, sampleSeed);
}

void NeighbourController::cancel() {
    if (busy_)
        finder().cancel(busy_->task);
}

/// The newest picture wins; nothing is asked that cannot be answered.
void NeighbourController::ask() {
    if (!active_ || !opened_ || explore_.decoded().empty())
        return;
    finder().ask(++stamp_, explore_.decoded());
}

void NeighbourController::begin(NeighbourTask task) {
    busy_.emplace().task = task;
    Q_EMIT changed();
}

void NeighbourController::end(NeighbourTask task) {
    if (busy_ && busy_->task == task)
        busy_.reset();
}

void NeighbourController::drain() {
    if (!finder_)
        return;
    for (const engine::NeighbourEvent& event : finder_->takeEvents())
        if (opened_)
            take(event);
}

void NeighbourController::take(const engine::NeighbourEvent& event) {
    std::visit(Overloaded{[this](const engine::NeighbourProgress& e) {
                              busy_ = e;
                              Q_EMIT changed();
                          },
                          [this](const engine::NeighboursReady& e) {
                              if (e.space != space_)
                                  return; // of an order that a newer one took the place of
                              ready_ = e;
                              Q_EMIT changed();
                          },
                          [this](const engine::NeighboursMeasured&) {
                              measured_ = true;
                              Q_EMIT changed();
                              ask(); // now with its p-value
                          },
                          [this](const engine::NeighboursFinished& e) {
                              finished_ = e;
                              end(NeighbourTask::Open);
                              Q_EMIT changed();
                          },
                          [this](const engine::NeighboursFound& e) {
                              found_ = e;
                              Q_EMIT foundChanged();
                          },
                          [this](const engine::NeighboursJudged& e) {
                              judged_ = std::make_unique<engine::NeighboursJudged>(e);
                              end(NeighbourTask::Judge);
                              Q_EMIT changed();
                              Q_EMIT judgedChanged();
                          },
                          [this](const engine::NeighboursEnded& e) {
                              const bool mine = busy_ && busy_->task == e.task;
                              end(e.task);
                              if (e.task == NeighbourTask::Open && (mine || e.error)) {
                                  forget();
                                  cancelled_ = true;
                              }
                              Q_EMIT changed();
                              if (e.error)
                                  Q_EMIT problem(QString::fromUtf8(e.error->what()),
                                                 QString::fromStdString(e.error->hint()));
                          }},
               event);
}

} // namespace alphascope::ui
