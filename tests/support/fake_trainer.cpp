#include "tests/support/fake_trainer.h"

#include <utility>

#include "engine/api/error.h"

namespace alphascope::tests {

using namespace engine;

namespace {

/// One step of a multiplicative mix: order and number of steps both show in the result.
std::uint64_t mixed(std::uint64_t state, std::int64_t step) {
    state = (state ^ static_cast<std::uint64_t>(step)) * 0x9E3779B97F4A7C15ULL;
    return state ^ (state >> 29);
}

class FakeTrainer : public ITrainer {
public:
    explicit FakeTrainer(std::shared_ptr<FakeScript> script) : script_(std::move(script)) {
        ++script_->alive;
    }
    ~FakeTrainer() override { --script_->alive; }

    void prepare(const RunConfig& config, const TrainerContext& context) override {
        context_ = context;
        if (script_->onPrepare) {
            script_->onPrepare(config, context);
        }
        step_ = config.resume ? script_->savedStep.load() : 0;
        script_->state = config.resume ? script_->savedState.load() : 0;
    }
    std::int64_t currentStep() const override { return step_; }
    std::string deviceName() const override { return "fake device"; }
    std::string methodTitle() const override { return "fake method"; }
    std::string dataName() const override { return "fake data"; }

    void step(const std::string& part) override {
        if (!part.empty() && part != "E" && part != "G") {
            throw Error(ErrorKind::Usage, "There is no part \"" + part + "\".", "Parts are E and G.");
        }
        if (script_->onStep) {
            script_->onStep(step_ + 1, context_);
        }
        for (int i = 1; i < script_->subSteps; ++i) {
            context_.betweenSubSteps();
        }
        script_->clock.advance(script_->stepTime);
        if (part.empty()) {
            ++step_;
            script_->state = mixed(script_->state, step_);
            ++script_->stepsTaken;
            MetricPoint point;
            point.step = step_;
            point.values = {{"loss/E", 1.0 / double(step_)}};
            points_.push_back(std::move(point));
        } else {
            script_->notePart(part);
        }
    }

    std::vector<MetricPoint> takeMetrics() override {
        if (script_->onMetrics) {
            script_->onMetrics();
        }
        script_->metricsMade += static_cast<int>(points_.size());
        return std::exchange(points_, {});
    }

    std::shared_ptr<const Preview> makePreview(bool save) override {
        if (script_->onPreview) {
            script_->onPreview(save);
        }
        ++(save ? script_->previewsSaved : script_->previewsShown);
        auto preview = std::make_shared<Preview>();
        preview->step = step_;
        return preview;
    }

    void publishWeights(bool replaceUntaken) override {
        ++script_->weightsOffered;
        if (replaceUntaken) {
            ++script_->weightsForced;
        }
    }

    SavedCheckpoint saveCheckpoint() override {
        if (script_->onSave) {
            script_->onSave();
        }
        ++script_->saves;
        script_->savedStep = step_;
        script_->savedState = script_->state.load();
        lastGood_ = "step-" + std::to_string(step_);
        return {lastGood_, step_};
    }
    std::string lastGoodCheckpoint() const override { return lastGood_; }

    std::string setParameter(const std::string& name, const std::string& text) override {
        if (name != "learningRate") {
            throw Error(ErrorKind::Usage, "There is no parameter \"" + name + "\".");
        }
        return std::exchange(learningRate_, text);
    }

    void finish() override {
        ++script_->finished;
        if (script_->onFinish) {
            script_->onFinish();
        }
    }
    /// An opaque handle: the session hands it on without looking inside, and there is nothing inside.
    std::shared_ptr<LiveModel> liveModel() override {
        const auto owner = std::make_shared<int>(0);
        return {owner, reinterpret_cast<LiveModel*>(owner.get())};
    }

private:
    std::shared_ptr<FakeScript> script_;
    TrainerContext context_;
    std::int64_t step_ = 0;
    std::vector<MetricPoint> points_;
    std::string lastGood_;
    std::string learningRate_ = "0.001";
};

} // namespace

std::vector<std::string> FakeScript::parts() const {
    const std::lock_guard lock(mutex_);
    return parts_;
}

void FakeScript::notePart(const std::string& part) {
    const std::lock_guard lock(mutex_);
    parts_.push_back(part);
}

TrainerFactory fakeTrainers(std::shared_ptr<FakeScript> script) {
    return [script = std::move(script)] { return std::make_unique<FakeTrainer>(script); };
}

std::uint64_t fakeStateAfter(std::int64_t steps) {
    std::uint64_t state = 0;
    for (std::int64_t step = 1; step <= steps; ++step) {
        state = mixed(state, step);
    }
    return state;
}

} // namespace alphascope::tests
