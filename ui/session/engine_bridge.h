#pragma once
// The engine on the GUI thread: commands go down as plain calls, everything that comes up is a signal.
//
// Threads: lives on the GUI thread and never waits for another one, except in the destructor. An engine
// thread that has news posts one queued call; while that one is outstanding, further news post none. Training
// figures are emptied at most 30 times a second, explorer results at once. Everything slow runs on the
// bridge's own pool, and an answer that a newer question has overtaken is dropped.

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/session/engine_interface.h"

namespace alphascope::ui {

/// Where a message belongs: the panel that shows its bar.
enum class Area { Setup, Runs, Monitor, Explore, Map, Compare, Study, Inspector };

/// What a path on disk is.
struct PathContent {
    std::string runFolder;  ///< it is a run folder or lies in one; else ""
    bool holdsRuns = false; ///< a folder with run folders in it
};

/// One queued call at a time from an engine thread to the GUI thread.
class Doorbell {
public:
    /// `answer` runs on `receiver`'s thread; not after `receiver` died.
    Doorbell(QObject* receiver, std::function<void()> answer);
    Notify ring() const; ///< the callback for the engine; may outlive the Doorbell
    void silence();      ///< queued calls do nothing any more

private:
    struct State;
    std::shared_ptr<State> state_;
};

class EngineBridge : public QObject {
    Q_OBJECT
public:
    explicit EngineBridge(std::shared_ptr<IEngine> engine, QObject* parent = nullptr);
    ~EngineBridge() override;

    IEngine& engine() { return *engine_; }
    const std::vector<models::MethodTraits>& methods() const { return engine_->methods(); }
    const models::MethodTraits* findMethod(const std::string& name) const; ///< null when unknown

    // ---- training
    void start(const engine::RunConfig& config, bool paused = false);
    void pause();
    void resume();
    void stepOnce(const std::string& part = {});
    /// Starts paused and makes one step as soon as the run is ready.
    void startWithStep(const engine::RunConfig& config, const std::string& part);
    void saveCheckpoint();
    void setParameter(const std::string& name, const std::string& text);
    void setTargetSteps(std::int64_t steps);
    void requestStop(bool save = true);
    engine::SessionStatus status() const;
    bool training() const; ///< a run is being prepared, runs, waits paused or is stopping
    /// What the session was started with last.
    const std::optional<engine::RunConfig>& startedConfig() const { return startedConfig_; }

    // ---- exploring
    void openModel(const std::string& path);
    void followTraining();
    /// Gives the request's stamp.
    std::uint64_t request(engine::ExploreLane lane, engine::ExploreOrder what);
    /// Ends a search or walk of the lane; its last result comes with `cancelled`.
    void cancelExplore(engine::ExploreLane lane);
    const std::optional<engine::ModelOpened>& model() const { return model_; }
    bool following() const { return following_; } ///< the explorer was last told to follow the training
    /// Of the session's newest run; null before the first.
    std::shared_ptr<engine::LiveModel> liveModel() const {
        return session_ ? session_->liveModel() : nullptr;
    }
    double exploreSeconds() const { return exploreSeconds_; }    ///< sum of the results' times so far
    std::uint64_t requestCount() const { return requestCount_; } ///< made so far, on all lanes

    // ---- watching a run that another process writes
    void watch(const std::string& folder);
    void unwatch();
    const std::string& watchedFolder() const { return watchedFolder_; }

    // ---- slow questions; the answers are signals
    void listRuns(const std::string& root);
    void inspectDataSet(const std::string& data);
    void setPinned(const std::string& checkpoint, bool pinned);
    void loadCheckpointPreview(const std::string& checkpoint, std::vector<engine::Image> originals);
    void readConfig(const std::string& folder, std::function<void(engine::RunConfig)> done);
    void readForkPoint(const std::string& checkpoint, std::function<void(engine::ForkPoint)> done);
    void loadAncestors(const std::string& runFolder);
    void classifyPath(const std::string& path, std::function<void(PathContent)> done);
    /// Anything slow: `work` on the pool, then `done` here; an Error becomes `problem(area, ...)`.
    void runJob(Area area, std::function<std::function<void()>()> work);

Q_SIGNALS:
    void stateChanged(alphascope::engine::SessionState state, qint64 step);
    void commandRejected(const QString& command, const QString& reason);
    void sessionFailed(const alphascope::engine::SessionFailed& failure);
    void checkpointSaved(const QString& path, qint64 step);
    void sessionWarning(const QString& message, const QString& hint);
    void parameterChanged(const alphascope::engine::ParameterChanged& change);
    void alarmed(const alphascope::engine::Alarm& alarm);
    void metricsArrived(const std::vector<alphascope::engine::MetricPoint>& points);
    void previewArrived(const std::shared_ptr<const alphascope::engine::Preview>& preview);
    void statusChanged(const alphascope::engine::SessionStatus& status);

    void modelOpened(const alphascope::engine::ModelOpened& opened);
    void modelFailed(const alphascope::engine::ModelFailed& failed);
    void weightsUpdated(qint64 step);
    void exploreResult(const alphascope::engine::ExploreResult& result);

    void watchedMetrics(const std::vector<alphascope::engine::MetricPoint>& points);
    void watchedEvents(const std::vector<alphascope::engine::SessionEvent>& events);
    void watchedPreview(const std::shared_ptr<const alphascope::engine::Preview>& preview);
    void watchedRun(const std::shared_ptr<const alphascope::engine::RunEntry>& run);

    void runsListed(const QString& root, const std::vector<alphascope::engine::RunEntry>& runs);
    void dataSetInspected(const QString& data, const alphascope::engine::DataSetInfo& info);
    void checkpointPreviewLoaded(const QString& checkpoint,
                                 const std::shared_ptr<const alphascope::engine::Preview>& preview);
    void ancestorsLoaded(const QString& runFolder,
                         const std::vector<alphascope::engine::MetricPoint>& points);
    void pinChanged(const QString& checkpoint, bool pinned);
    void problem(alphascope::ui::Area area, const QString& message, const QString& hint);

private:
    ISession& session();
    IExplorer& explorer();
    void drainSession();
    void drainWatcher();
    void drainExplorer();
    void publish(const engine::SessionEvent& event);
    void publishState(const engine::StateChanged& change);
    void refreshStatus();

    std::shared_ptr<IEngine> engine_;
    QThreadPool pool_;

    std::unique_ptr<ISession> session_;
    Doorbell sessionBell_;
    QTimer sessionTimer_;
    QElapsedTimer sessionDrained_;
    QTimer statusTimer_;
    std::optional<engine::RunConfig> startedConfig_;
    std::optional<std::string> pendingStep_; ///< the part, once the run that was started for it is Paused

    std::unique_ptr<IExplorer> explorer_;
    Doorbell explorerBell_;
    std::array<std::uint64_t, engine::exploreLaneCount> nextStamp_{};
    std::array<std::uint64_t, engine::exploreLaneCount> shownStamp_{};
    std::array<std::uint64_t, engine::exploreLaneCount> endedStamp_{}; ///< of the last finished result
    std::optional<engine::ModelOpened> model_;
    bool following_ = false;
    double exploreSeconds_ = 0.0;
    std::uint64_t requestCount_ = 0;

    std::unique_ptr<IRunWatcher> watcher_;
    std::unique_ptr<Doorbell> watcherBell_;
    QTimer watcherTimer_;
    std::string watchedFolder_;

    std::map<std::string, std::uint64_t> listQuestions_; ///< by root
    std::uint64_t dataQuestion_ = 0;
    std::shared_ptr<std::atomic<std::uint64_t>> previewQuestion_;
};

} // namespace alphascope::ui
