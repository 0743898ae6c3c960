#pragma once
// Training a Method as the session loop drives it: batches, counters, losses, previews, weights for
// followers, checkpoints, resuming. Session thread only, from construction to destruction.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/data/data_set.h"
#include "engine/session/alarm_watch.h"
#include "engine/session/trainer.h"
#include "engine/storage/checkpoint_meta.h"
#include "engine/storage/event_file.h"
#include "engine/storage/run_folder.h"
#include "engine/storage/run_notes.h"
#include "engine/training/live_model.h"
#include "engine/training/loader_batches.h"
#include "engine/training/paced_judge.h"
#include "engine/training/preview_maker.h"
#include "engine/training/scalar_log.h"
#include "models/methods/method.h"

namespace alphascope::engine {

class MethodTrainer final : public ITrainer {
public:
    /// How often the held-out error and the spread of samples are measured, in steps.
    static constexpr std::int64_t heldOutEvery = 100;
    static constexpr const char* heldOutTag = "metric/heldout_l1";

    /// A classifier of the labels of a set where one is at hand, never trained for the asking; null if not.
    using Classifiers = std::function<std::unique_ptr<FeatureNet>(const DataSet&, const torch::Device&)>;

    explicit MethodTrainer(Clock clock = steadyClock(), Classifiers classifiers = {})
        : clock_(std::move(clock)), classifiers_(std::move(classifiers)) {}

    void prepare(const RunConfig& config, const TrainerContext& context) override;
    std::int64_t currentStep() const override { return step_; }
    std::string deviceName() const override;
    std::string methodTitle() const override;
    std::string dataName() const override;
    void step(const std::string& part) override;
    std::vector<MetricPoint> takeMetrics() override;
    std::shared_ptr<const Preview> makePreview(bool save) override;
    void publishWeights(bool replaceUntaken) override;
    SavedCheckpoint saveCheckpoint() override;
    std::string lastGoodCheckpoint() const override { return lastGood_; }
    std::string setParameter(const std::string& name, const std::string& text) override;
    void finish() override;
    std::shared_ptr<LiveModel> liveModel() override { return live_; }

    /// The method itself, for tests that compare states.
    models::Method& method() { return *method_; }

private:
    void checkKeepBest() const;
    void startNew();
    void startFromCheckpoint();
    ResolvedCheckpoint openCheckpoint();
    /// What a fork changes of the settings that `spec` was trained with. Throws SchemaError.
    void changeSettings(models::ModelSpec& spec) const;
    /// Throws Error(Usage) when the method learns from labels and the data has other ones.
    void checkClasses(const models::ModelSpec& spec, const std::string& checkpoint) const;
    void openData();
    void buildMethod(const models::ModelSpec& spec);
    void restoreCounters(const CheckpointMeta& meta);
    void warnAboutDifferences(const CheckpointMeta& meta);
    void applyNewOverrides(const std::string& checkpoint);
    void beginRun();
    void beginJudging();

    CheckpointMeta describe() const;
    RunFacts facts() const;
    void update(const std::string& part);
    void checkPart(const std::string& part) const;
    void lookAtModel();
    void readScalars();
    void raise(Alarm alarm);
    void note(const RunNote& note, std::int64_t step);
    void throwIfBroken();
    [[noreturn]] void failNotFinite(const std::string& sentence, std::int64_t since);
    void reportSkipped();
    void savePreview(const Preview& preview);
    void warn(const std::string& message, const std::string& hint) const;
    std::string wayBack() const;

    Clock clock_; ///< of what judging may take
    Classifiers classifiers_;
    RunConfig config_;
    TrainerContext context_;
    torch::Device device_{torch::kCPU};
    int threads_ = 1;
    std::shared_ptr<const DataSet> data_;
    std::string dataFingerprint_;
    std::unique_ptr<models::Method> method_;
    bool hasAverages_ = false;
    std::unique_ptr<LoaderBatches> batches_;
    std::optional<models::RandomStreams> random_;
    std::optional<RunFolder> run_;
    std::unique_ptr<EventWriter> events_;
    std::unique_ptr<PreviewMaker> previews_;
    std::unique_ptr<PacedJudge> judge_; ///< null when samples are not judged
    std::shared_ptr<LiveModel> live_;

    std::int64_t step_ = 0;
    std::int64_t partUpdates_ = 0;
    std::uint64_t batchesDrawn_ = 0;
    ScalarLog scalars_;
    AlarmWatch alarms_;
    std::vector<MetricPoint> unreported_; ///< read from the device, not yet given away
    std::set<std::string> alarmsHeeded_;  ///< kinds for which a way back was kept
    bool brokenReported_ = false;
    std::uint64_t skippedReported_ = 0;
    std::optional<double> keepBestValue_; ///< the newest value of the scalar that config_.keepBest names
    std::string lastGood_;
    std::string resumedFrom_;
    std::optional<RunParent> parent_; ///< of a fork
};

} // namespace alphascope::engine
