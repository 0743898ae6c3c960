#include "ui/session/engine_bridge.h"

#include <QPointer>

#include <algorithm>
#include <utility>

#include "ui/models/text.h"
#include "ui/session/overloaded.h"

namespace alphascope::ui {

namespace {

constexpr int drainMilliseconds = 33;
constexpr int statusMilliseconds = 250;

} // namespace

struct Doorbell::State {
    QObject* receiver;
    std::function<void()> answer;
    std::atomic<bool> outstanding{false};
    std::atomic<bool> silent{false};
};

Doorbell::Doorbell(QObject* receiver, std::function<void()> answer) : state_(std::make_shared<State>()) {
    state_->receiver = receiver;
    state_->answer = std::move(answer);
}

Notify Doorbell::ring() const {
    return [state = state_] {
        if (state->silent || state->outstanding.exchange(true))
            return;
        QMetaObject::invokeMethod(
            state->receiver,
            [state] {
                // Cleared before the answer reads: news that arrive meanwhile ring again.
                state->outstanding = false;
                if (!state->silent)
                    state->answer();
            },
            Qt::QueuedConnection);
    };
}

void Doorbell::silence() {
    state_->silent = true;
}

EngineBridge::EngineBridge(std::shared_ptr<IEngine> engine, QObject* parent)
    : QObject(parent), engine_(std::move(engine)),
      sessionBell_(this,
                   [this] {
                       const qint64 since =
                           sessionDrained_.isValid() ? sessionDrained_.elapsed() : drainMilliseconds;
                       if (since >= drainMilliseconds)
                           drainSession();
                       else if (!sessionTimer_.isActive())
                           sessionTimer_.start(drainMilliseconds - int(since));
                   }),
      explorerBell_(this, [this] { drainExplorer(); }),
      previewQuestion_(std::make_shared<std::atomic<std::uint64_t>>(0)) {
    // Two: a long one (a model being read) must not hold up the list of runs.
    pool_.setMaxThreadCount(2);
    sessionTimer_.setSingleShot(true);
    sessionTimer_.setTimerType(Qt::PreciseTimer);
    connect(&sessionTimer_, &QTimer::timeout, this, &EngineBridge::drainSession);
    watcherTimer_.setSingleShot(true);
    connect(&watcherTimer_, &QTimer::timeout, this, &EngineBridge::drainWatcher);
    statusTimer_.setInterval(statusMilliseconds);
    connect(&statusTimer_, &QTimer::timeout, this, &EngineBridge::refreshStatus);
}

EngineBridge::~EngineBridge() {
    sessionBell_.silence();
    explorerBell_.silence();
    if (watcherBell_)
        watcherBell_->silence();
    // The explorer may hold the session's live model; it goes first.
    explorer_.reset();
    session_.reset();
    watcher_.reset();
    ++*previewQuestion_;
    pool_.clear();
    pool_.waitForDone();
}

const models::MethodTraits* EngineBridge::findMethod(const std::string& name) const {
    for (const models::MethodTraits& traits : engine_->methods())
        if (traits.name == name)
            return &traits;
    return nullptr;
}

ISession& EngineBridge::session() {
    if (!session_)
        session_ = engine_->makeSession(sessionBell_.ring());
    return *session_;
}

IExplorer& EngineBridge::explorer() {
    if (!explorer_)
        explorer_ = engine_->makeExplorer(explorerBell_.ring());
    return *explorer_;
}

// ---- training -------------------------------------------------------------------------------------------

void EngineBridge::start(const engine::RunConfig& config, bool paused) {
    startedConfig_ = config;
    pendingStep_.reset();
    session().start(config, paused);
}
void EngineBridge::startWithStep(const engine::RunConfig& config, const std::string& part) {
    start(config, true);
    pendingStep_ = part;
}
void EngineBridge::pause() {
    session().pause();
}
void EngineBridge::resume() {
    session().resume();
}
void EngineBridge::stepOnce(const std::string& part) {
    session().stepOnce(part);
}
void EngineBridge::saveCheckpoint() {
    session().saveCheckpoint();
}
void EngineBridge::setParameter(const std::string& name, const std::string& value) {
    session().setParameter(name, value);
}
void EngineBridge::setTargetSteps(std::int64_t steps) {
    session().setTargetSteps(steps);
}
void EngineBridge::requestStop(bool save) {
    session().requestStop(save);
}

engine::SessionStatus EngineBridge::status() const {
    return session_ ? session_->status() : engine::SessionStatus{};
}

bool EngineBridge::training() const {
    using engine::SessionState;
    const SessionState state = status().state;
    return state == SessionState::Preparing || state == SessionState::Running ||
           state == SessionState::Paused || state == SessionState::Stopping;
}

void EngineBridge::drainSession() {
    if (!session_)
        return;
    sessionTimer_.stop();
    sessionDrained_.start();
    for (const engine::SessionEvent& event : session_->takeEvents())
        publish(event);
    const std::vector<engine::MetricPoint> points = session_->takeMetrics();
    if (!points.empty())
        Q_EMIT metricsArrived(points);
    if (const auto preview = session_->takePreview())
        Q_EMIT previewArrived(preview);
}

void EngineBridge::publish(const engine::SessionEvent& event) {
    std::visit(Overloaded{[this](const engine::StateChanged& e) { publishState(e); },
                          [this](const engine::CommandRejected& e) {
                              Q_EMIT commandRejected(text(e.command), text(e.reason));
                          },
                          [this](const engine::SessionFailed& e) { Q_EMIT sessionFailed(e); },
                          [this](const engine::CheckpointSaved& e) {
                              Q_EMIT checkpointSaved(text(e.path), e.step);
                              refreshStatus();
                          },
                          [this](const engine::SessionWarning& e) {
                              Q_EMIT sessionWarning(text(e.message), text(e.hint));
                          },
                          [this](const engine::ParameterChanged& e) { Q_EMIT parameterChanged(e); },
                          [this](const engine::Alarm& e) { Q_EMIT alarmed(e); }},
               event);
}

void EngineBridge::publishState(const engine::StateChanged& change) {
    using engine::SessionState;
    change.state == SessionState::Running ? statusTimer_.start() : statusTimer_.stop();
    if (change.state == SessionState::Paused && pendingStep_)
        session_->stepOnce(*std::exchange(pendingStep_, std::nullopt));
    else if (change.state == SessionState::Failed || change.state == SessionState::Stopped)
        pendingStep_.reset();
    Q_EMIT stateChanged(change.state, change.step);
    refreshStatus();
}

void EngineBridge::refreshStatus() {
    Q_EMIT statusChanged(status());
}

// ---- exploring ------------------------------------------------------------------------------------------

void EngineBridge::openModel(const std::string& path) {
    following_ = false;
    explorer().open(path);
}

void EngineBridge::followTraining() {
    following_ = true;
    explorer().follow(session().liveModel());
}

std::uint64_t EngineBridge::request(engine::ExploreLane lane, engine::ExploreOrder what) {
    const std::uint64_t stamp = ++nextStamp_[std::size_t(lane)];
    ++requestCount_;
    explorer().request({lane, stamp, std::move(what)});
    return stamp;
}

void EngineBridge::cancelExplore(engine::ExploreLane lane) {
    explorer().cancel(lane);
}

void EngineBridge::drainExplorer() {
    if (!explorer_)
        return;
    for (const engine::ExplorerEvent& event : explorer_->takeEvents())
        std::visit(Overloaded{[this](const engine::ModelOpened& e) {
                                  model_ = e;
                                  Q_EMIT modelOpened(e);
                              },
                              [this](const engine::ModelFailed& e) { Q_EMIT modelFailed(e); },
                              [this](const engine::WeightsUpdated& e) { Q_EMIT weightsUpdated(e.step); }},
                   event);
    for (const engine::ExploreResult& result : explorer_->takeResults()) {
        auto& shown = shownStamp_[std::size_t(result.lane)];
        const bool olderModel = model_ && result.epoch < model_->epoch && !result.error;
        // The same stamp again is a search or a walk that goes on.
        auto& ended = endedStamp_[std::size_t(result.lane)];
        if (result.stamp < shown || result.stamp == ended || olderModel)
            continue;
        if (result.finished)
            ended = result.stamp;
        shown = result.stamp;
        exploreSeconds_ += result.milliseconds * 1e-3;
        Q_EMIT exploreResult(result);
    }
}

// ---- watching -------------------------------------------------------------------------------------------

void EngineBridge::watch(const std::string& folder) {
    if (folder == watchedFolder_)
        return;
    unwatch();
    watchedFolder_ = folder;
    watcherBell_ = std::make_unique<Doorbell>(this, [this] {
        if (!watcherTimer_.isActive())
            watcherTimer_.start(drainMilliseconds);
    });
    watcher_ = engine_->makeWatcher(folder, watcherBell_->ring());
}

void EngineBridge::unwatch() {
    if (!watcher_)
        return;
    watcherBell_->silence();
    watcherTimer_.stop();
    watchedFolder_.clear();
    // Its destructor joins a thread that may be reading a file just now.
    pool_.start([old = std::shared_ptr<IRunWatcher>(std::move(watcher_))]() mutable { old.reset(); });
}

void EngineBridge::drainWatcher() {
    if (!watcher_)
        return;
    const std::vector<engine::MetricPoint> points = watcher_->takeMetrics();
    if (!points.empty())
        Q_EMIT watchedMetrics(points);
    const auto events = watcher_ ? watcher_->takeEvents() : std::vector<engine::SessionEvent>();
    if (!events.empty())
        Q_EMIT watchedEvents(events);
    if (const auto preview = watcher_ ? watcher_->takePreview() : nullptr)
        Q_EMIT watchedPreview(preview);
    // Last: who hears of the run may rely on what else is known of it.
    if (const auto run = watcher_ ? watcher_->takeRun() : nullptr)
        Q_EMIT watchedRun(run);
}

// ---- slow questions -------------------------------------------------------------------------------------

void EngineBridge::runJob(Area area, std::function<std::function<void()>()> work) {
    pool_.start([this, area, work = std::move(work)] {
        std::function<void()> done;
        try {
            done = work();
        } catch (const engine::Error& error) {
            done = [this, area, message = text(error.what()), hint = text(error.hint())] {
                Q_EMIT problem(area, message, hint);
            };
        } catch (const std::exception& error) {
            done = [this, area, details = text(error.what())] {
                Q_EMIT problem(area, tr("Something went wrong inside the program."), details);
            };
        }
        // The destructor waits for the pool, so `this` is alive here; Qt drops the call when it dies later.
        if (done)
            QMetaObject::invokeMethod(this, std::move(done), Qt::QueuedConnection);
    });
}

void EngineBridge::listRuns(const std::string& root) {
    const std::uint64_t question = ++listQuestions_[root];
    runJob(Area::Runs, [this, root, question]() -> std::function<void()> {
        auto runs = std::make_shared<const std::vector<engine::RunEntry>>(engine_->listRuns(root));
        return [this, root, question, runs] {
            if (question == listQuestions_[root])
                Q_EMIT runsListed(text(root), *runs);
        };
    });
}

void EngineBridge::inspectDataSet(const std::string& data) {
    const std::uint64_t question = ++dataQuestion_;
    runJob(Area::Setup, [this, data, question]() -> std::function<void()> {
        const auto info = engine_->inspectDataSet(data);
        return [this, data, question, info] {
            if (question == dataQuestion_)
                Q_EMIT dataSetInspected(text(data), info);
        };
    });
}

void EngineBridge::setPinned(const std::string& checkpoint, bool pinned) {
    runJob(Area::Runs, [this, checkpoint, pinned]() -> std::function<void()> {
        engine_->setPinned(checkpoint, pinned);
        return [this, checkpoint, pinned] { Q_EMIT pinChanged(text(checkpoint), pinned); };
    });
}

void EngineBridge::loadCheckpointPreview(const std::string& checkpoint,
                                         std::vector<engine::Image> originals) {
    const std::uint64_t question = ++*previewQuestion_;
    runJob(Area::Monitor,
           [this, checkpoint, question, latest = previewQuestion_,
            originals = std::move(originals)]() -> std::function<void()> {
               // A scrubber that passes over twenty checkpoints leaves nineteen questions nobody asks any
               // more.
               if (question != *latest)
                   return {};
               auto preview =
                   std::make_shared<const engine::Preview>(engine_->checkpointPreview(checkpoint, originals));
               return [this, checkpoint, question, preview] {
                   if (question == *previewQuestion_)
                       Q_EMIT checkpointPreviewLoaded(text(checkpoint), preview);
               };
           });
}

void EngineBridge::readConfig(const std::string& folder, std::function<void(engine::RunConfig)> done) {
    runJob(Area::Runs, [this, folder, done = std::move(done)]() -> std::function<void()> {
        return [done, config = engine_->readRunConfig(folder)] { done(config); };
    });
}

void EngineBridge::readForkPoint(const std::string& checkpoint, std::function<void(engine::ForkPoint)> done) {
    runJob(Area::Runs, [this, checkpoint, done = std::move(done)]() -> std::function<void()> {
        return [done, point = engine_->readForkPoint(checkpoint)] { done(point); };
    });
}

void EngineBridge::loadAncestors(const std::string& runFolder) {
    runJob(Area::Monitor, [this, runFolder]() -> std::function<void()> {
        return [this, runFolder, points = engine_->ancestorMetrics(runFolder)] {
            Q_EMIT ancestorsLoaded(text(runFolder), points);
        };
    });
}

void EngineBridge::classifyPath(const std::string& path, std::function<void(PathContent)> done) {
    runJob(Area::Runs, [this, path, done = std::move(done)]() -> std::function<void()> {
        PathContent content;
        content.runFolder = engine_->findRunFolder(path);
        content.holdsRuns = content.runFolder.empty() && !engine_->listRuns(path).empty();
        return [done, content] { done(content); };
    });
}

} // namespace alphascope::ui
