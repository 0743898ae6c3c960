#pragma once
// A short training on points around a ring, where a whole method trains in seconds, and figures that say
// whether it learned.

#include "model_test_support.h"

#include <cmath>
#include <numbers>

namespace alphascope::tests {

/// Points of `modes` narrow Gaussians on a circle of radius 0.8, drawn by counter; the label is the mode.
class RingBatches : public models::BatchSource {
public:
    explicit RingBatches(std::int64_t batchSize, int modes = 8) : batchSize_(batchSize), modes_(modes) {}
    models::Batch next() override {
        random_.beginUpdate(drawn_++, 0);
        const torch::Tensor label =
            (random_.uniform("mode", {batchSize_}, torch::kCPU) * modes_).floor().to(torch::kInt64);
        const torch::Tensor angle = label * (2.0 * std::numbers::pi / modes_);
        const torch::Tensor centre = torch::stack({angle.cos(), angle.sin()}, 1) * 0.8;
        const torch::Tensor points = centre + random_.normal("noise", {batchSize_, 2}, torch::kCPU) * 0.02;
        return {points.view({batchSize_, 2, 1, 1}), label};
    }

private:
    std::int64_t batchSize_;
    int modes_;
    models::RandomStreams random_{2017};
    std::int64_t drawn_ = 0;
};

/// Energy distance (Szekely, Rizzo 2013) between two sets of points: 2 E|x-y| - E|x-x'| - E|y-y'|, 0 only for
/// equal distributions.
inline double energyDistance(const torch::Tensor& x, const torch::Tensor& y) {
    const auto mean = [](const torch::Tensor& a, const torch::Tensor& b) {
        return at::cdist(a.flatten(1), b.flatten(1)).mean().item<double>();
    };
    return 2.0 * mean(x, y) - mean(x, x) - mean(y, y);
}

/// The energy distance between 1,024 samples and as many ring points.
inline double sampleDistance(models::Method& method) {
    const torch::NoGradGuard noGrad;
    models::RandomStreams random(7);
    RingBatches ring(1024);
    const auto z = random.normal("codes", {1024, method.latentSize()}, torch::kCPU);
    return energyDistance(method.generate(z), ring.next().pictures);
}

/// Mean L1 between 1,024 ring points and what the method makes of them.
inline double ringError(models::Method& method) {
    const torch::NoGradGuard noGrad;
    RingBatches ring(1024);
    const torch::Tensor x = ring.next().pictures;
    return (method.generate(method.encode(x).mean) - x).abs().mean().item<double>();
}

/// A method for points with two latent numbers and 16 filters (layers of 64), in its quick preset.
inline std::unique_ptr<models::Method> ringMethod(const std::string& method,
                                                  const Overrides& overrides = {}) {
    Overrides all{{"filters", "16"}, {"latentSize", "2"}, {"batchSize", "64"}};
    for (const auto& [name, text] : overrides) {
        all[name] = text;
    }
    return smallMethod(smallSpec(method, all, models::pointShape));
}

/// Updates `from` to `steps` - 1.
inline void train(models::Method& method, models::BatchSource& batches, int steps, int from = 0) {
    models::RandomStreams random(3);
    for (int step = from; step < steps; ++step) {
        random.beginUpdate(step, 0);
        method.update(batches, random);
    }
}

/// What a training on the ring changed.
struct RingProgress {
    double samplesBefore, samplesAfter; ///< sampleDistance()
    double errorBefore, errorAfter;     ///< ringError()
};

/// Trains an encoding method on batches of 64 points, and prints the figures.
inline RingProgress learnRing(models::Method& method, int steps) {
    RingBatches batches(64);
    RingProgress progress{sampleDistance(method), 0.0, ringError(method), 0.0};
    train(method, batches, steps);
    progress.samplesAfter = sampleDistance(method);
    progress.errorAfter = ringError(method);
    qInfo("samples %.4f -> %.4f, error %.4f -> %.4f", progress.samplesBefore, progress.samplesAfter,
          progress.errorBefore, progress.errorAfter);
    return progress;
}

} // namespace alphascope::tests
