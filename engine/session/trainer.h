#pragma once
// What the session loop drives: training as steps, without knowing LibTorch. Implemented by
// engine/training/method_trainer.h and by the tests' fake trainer.
//
// Threads: made, called and destroyed on the session thread.
//
// Errors: throw engine::Error. InputOutput from takeMetrics(), makePreview() and saveCheckpoint() means "no
// room now": the session warns and pauses, and asks again after a resume, so nothing may be lost by it.
// Interrupted is no failure while a stop is requested. Anything else ends the run as Failed, with nothing
// saved.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/run_config.h"
#include "engine/api/session.h"
#include "engine/concurrency/interaction_gate.h"
#include "engine/concurrency/stop_flag.h"

namespace alphascope::engine {

/// What the session lends the trainer. Valid from prepare() until the trainer is destroyed.
struct TrainerContext {
    /// Up while a stop waits. Long work outside step() (reading data, previews, judging) looks at it and
    /// either returns early or throws Error(Interrupted).
    const StopFlag* stop = nullptr;
    std::function<void(SessionWarning)> warn;
    std::function<void(Alarm)> alarm;
    /// Call between the sub-steps of an iteration: gives the explorer the right of way (bounded wait). Throws
    /// Error(Interrupted) when the run is being thrown away; let it pass. A stop that saves does not
    /// interrupt: the iteration is finished, so that what is saved is whole.
    std::function<void()> betweenSubSteps;
    /// The gate behind betweenSubSteps(), for whoever decodes the live model to announce requests at.
    std::shared_ptr<InteractionGate> gate;
};

struct SavedCheckpoint {
    std::string path;
    std::int64_t step = 0;
};

class ITrainer {
public:
    virtual ~ITrainer() = default;

    /// Opens data, builds or loads the model, takes the run folder. Throws Error.
    virtual void prepare(const RunConfig& config, const TrainerContext& context) = 0;
    virtual std::int64_t currentStep() const = 0;
    virtual std::string deviceName() const = 0;
    virtual std::string methodTitle() const = 0;
    virtual std::string dataName() const = 0;

    /// One iteration, or one part when `part` is not "". Throws Error(TrainingFailed) for NaN or a lost
    /// device: the state is then not to be saved. Throws Error(Usage) for an unknown part, having done
    /// nothing.
    virtual void step(const std::string& part) = 0;

    /// Scalars gathered since the last call; reads them back from the device, so it is called every k steps.
    virtual std::vector<MetricPoint> takeMetrics() = 0;

    /// Reconstructions and samples at this step; also written to the run folder when `save`. May give null
    /// when there is nothing to show.
    virtual std::shared_ptr<const Preview> makePreview(bool save) = 0;

    /// Hands the weights to whoever follows the live model; called about 10 times a second. While the last
    /// ones have not been taken, do nothing unless `replaceUntaken`: that is said when training pauses or
    /// ends, so that the last weights always arrive.
    virtual void publishWeights(bool replaceUntaken) = 0;

    /// Throws Error(InputOutput) and loses nothing.
    virtual SavedCheckpoint saveCheckpoint() = 0;
    virtual std::string lastGoodCheckpoint() const = 0; ///< path or ""

    /// Throws Error(Usage) for an unknown name, a bad value, or one that is not live. Gives the old text.
    virtual std::string setParameter(const std::string& name, const std::string& text) = 0;

    /// Flushes files, releases the run folder; must not throw. Called once, last, also after a failed
    /// prepare().
    virtual void finish() = 0;
    virtual std::shared_ptr<LiveModel> liveModel() = 0;
};

using TrainerFactory = std::function<std::unique_ptr<ITrainer>()>;

} // namespace alphascope::engine
