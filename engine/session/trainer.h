#pragma once
// What the session loop drives: training as steps, without knowing LibTorch. Implemented by
// engine/training/method_trainer.h and by the tests' fake trainer.
//
// Threads: everything is called on the session thread, unless a comment says otherwise.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/run_config.h"
#include "engine/api/session.h"
#include "engine/concurrency/stop_flag.h"

namespace alphascope::engine {

/// What the trainer tells the session while it works.
struct TrainerContext {
    const StopFlag* stop = nullptr;                    ///< long work looks at it
    std::function<void(SessionWarning)> warn;
    std::function<void()> betweenSubSteps;             ///< right of way for the explorer; bounded wait
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

    /// One iteration, or one part when `part` is not "". Throws Error(TrainingFailed) for NaN or a lost device;
    /// the state is then not to be saved.
    virtual void step(const std::string& part) = 0;

    /// Scalars gathered since the last call; reads them back from the device, so call it every k steps.
    virtual std::vector<MetricPoint> takeMetrics() = 0;

    /// Reconstructions and samples at this step; also written to the run folder when `save`.
    virtual std::shared_ptr<const Preview> makePreview(bool save) = 0;

    /// Hands the weights to whoever follows the live model, if the last ones were taken.
    virtual void publishWeights() = 0;

    /// Throws Error(InputOutput) and loses nothing.
    virtual SavedCheckpoint saveCheckpoint() = 0;
    virtual std::string lastGoodCheckpoint() const = 0; ///< path or ""

    /// Throws Error(Usage) for an unknown name, a bad value, or one that is not live. Gives the old text.
    virtual std::string setParameter(const std::string& name, const std::string& text) = 0;

    virtual void finish() = 0; ///< flushes files, releases the run folder; must not throw
    virtual std::shared_ptr<LiveModel> liveModel() = 0;
};

using TrainerFactory = std::function<std::unique_ptr<ITrainer>()>;

} // namespace alphascope::engine
