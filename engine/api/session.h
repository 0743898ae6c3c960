#pragma once
// Training in the background, as the window and the command line see it. Standard library only.
//
// Threads: every public method may be called from any one controlling thread and returns at once; the work
// happens on a session thread that the object owns. Values cross by move or as shared_ptr<const T>.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/api/error.h"
#include "engine/api/image.h"
#include "engine/api/points.h"
#include "engine/api/run_config.h"

namespace alphascope::engine {

/// Idle -> Preparing -> Running <-> Paused -> Stopping -> Stopped; any -> Failed. Start is legal in Idle,
/// Stopped and Failed. Stopping falls back to Paused when the last checkpoint could not be written (see
/// SessionWarning), so that nothing trained is lost. Only the session thread writes it.
enum class SessionState { Idle, Preparing, Running, Paused, Stopping, Stopped, Failed };
const char* toText(SessionState state); ///< "Running"

using CommandId = std::uint64_t;

// ---- events: rare, lossless, in order -------------------------------------------------------------------
/// Also after every single step, which begins and ends Paused.
struct StateChanged {
    SessionState state;
    std::int64_t step;
};
struct CommandRejected {
    CommandId id;        ///< 0 for a stop, which has none
    std::string command; ///< the method's name: "pause"
    std::string reason;  ///< one sentence
};
/// Comes just before StateChanged(Failed). The session can be started again.
struct SessionFailed {
    ErrorKind kind;
    std::string message;
    std::string hint;
    std::string lastGoodCheckpoint; ///< path, or ""
};
struct CheckpointSaved {
    std::string path;
    std::int64_t step;
};
/// Something the user should know while training goes on or waits: a full disk, skipped pictures, ...
/// When a file could not be written the session is Paused (StateChanged follows): resume() goes on and tries
/// again at the next save, saveCheckpoint() tries at once. A program without a user ends it by
/// requestStop(false).
struct SessionWarning {
    std::string message;
    std::string hint;
};
struct ParameterChanged {
    std::string name;
    std::string oldText;
    std::string newText;
    std::int64_t step;
};
/// Figures that usually mean trouble: once when an episode begins and once when it is over (see
/// engine/session/alarm_watch.h). Training goes on.
struct Alarm {
    std::string kind; ///< "collapse", "d_saturated", "c_saturated", "not_finite"
    bool over = false;
    std::string message; ///< one sentence, with the figures
    std::string hint;    ///< what may help; "" when it is over
    std::int64_t step = 0;
    /// When the trouble began, which it takes a while to be sure of: a way back leads to before it.
    std::int64_t since = 0;
};
using SessionEvent = std::variant<StateChanged, CommandRejected, SessionFailed, CheckpointSaved,
                                  SessionWarning, ParameterChanged, Alarm>;

// ---- scalars: many, lossless ----------------------------------------------------------------------------
/// Tags: "loss/E", "loss/G", "loss/D", "loss/C", "metric/heldout_l1", "metric/d_accuracy", ...
/// Every RunConfig::metricsEvery steps, as far as judging takes no more than a twentieth of training's time,
/// a fixed small sample is judged against held-out pictures: "metric/kid_random" (KID's formula over features
/// of an untrained net), "metric/precision_random", "metric/recall_random", "metric/class_kl" where an
/// evaluation has trained a classifier of the data before, at 64 pixels and up "metric/msssim_diversity"; of
/// points "metric/energy_distance", "metric/mode_near_share", "metric/modes_hit". Each but the last has its
/// 95 % interval beside it, as "..._low" and "..._high"; judgingSecondsTag is what that took and
/// judgingSkippedTag how many looks the share did not allow before it. They come in a point of their own some
/// steps after the one that they are of: points ascend by tag, not all together.
inline constexpr const char* judgingSecondsTag = "judging/seconds";
inline constexpr const char* judgingSkippedTag = "judging/skipped";
struct MetricPoint {
    std::int64_t step = 0;
    double wallTime = 0.0; ///< seconds since the epoch
    std::vector<std::pair<std::string, double>> values;
};

// ---- previews: latest wins ------------------------------------------------------------------------------
/// Fixed held-out inputs with their reconstructions beside samples from fixed codes: change is the model's.
struct Preview {
    std::int64_t step = 0;
    std::vector<Image> originals;       ///< held-out pictures; the same ones in every preview of a run
    std::vector<Image> reconstructions; ///< of originals; empty when the method has no encoder
    std::vector<Image> samples;         ///< from fixed codes (priorCodes(previewSeed, n, Z))
    std::vector<float> l1;              ///< per original, mean over all elements in [-1,1]
    bool ema = true;                    ///< averaged weights were used
    /// For models of points; the pictures above then show one point each.
    std::optional<PointsPreview> points;
};
inline constexpr std::uint64_t previewSeed = 20170615; ///< of the fixed codes in previews

struct SessionStatus {
    SessionState state = SessionState::Idle;
    std::int64_t step = 0;
    std::int64_t targetSteps = 0; ///< 0 = endless
    double stepsPerSecond = 0.0;  ///< over the last second or so of running
    double secondsLeft = -1.0;    ///< -1 when unknown or endless
    std::string device;           ///< "CPU x 2", "CUDA: ..."
    std::string runFolder;
    std::string method;
    std::string data;
};

/// The weights of the model in training, for an Explorer to follow. Opaque here.
class LiveModel;

class TrainingSession {
public:
    /// `notify` is called on the session thread whenever there is something new to take; at most once until
    /// the next take*() call, so that a slow reader costs nothing. It must return quickly and not call back.
    explicit TrainingSession(std::function<void()> notify);
    ~TrainingSession(); ///< stops, saves nothing, joins
    TrainingSession(const TrainingSession&) = delete;
    TrainingSession& operator=(const TrainingSession&) = delete;

    CommandId start(const RunConfig& config, bool paused = false);
    CommandId pause();
    CommandId resume();
    /// One iteration, or one part ("E", "G", ...); legal when Paused, and ends there.
    CommandId stepOnce(const std::string& part = {});
    CommandId saveCheckpoint();
    CommandId setParameter(const std::string& name, const std::string& text);
    CommandId setTargetSteps(std::int64_t steps);
    /// Jumps the queue; commands still waiting are rejected. With `save` the iteration is finished and, if
    /// anything changed since the last one, a checkpoint written.
    void requestStop(bool save = true);

    std::vector<SessionEvent> takeEvents();
    /// All since the last call. A reader who does not come for hundreds of thousands of points finds the
    /// older ones thinned; otherwise none is lost.
    std::vector<MetricPoint> takeMetrics();
    std::shared_ptr<const Preview> takePreview(); ///< null when there is no newer one
    SessionStatus status() const;                 ///< cheap; consistent enough to display

    /// Null until prepared; stays after Stopped, until the next start.
    std::shared_ptr<LiveModel> liveModel() const;
    /// Until no command waits and Idle, Stopped or Failed is reached (false: not within the limit). For
    /// programs without an event loop.
    bool waitUntilFinished(int milliseconds = -1);

private:
    friend struct SessionFactory; // engine/session/session_factory.h
    struct Impl;
    explicit TrainingSession(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
