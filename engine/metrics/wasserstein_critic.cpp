#include "engine/metrics/wasserstein_critic.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/api/error.h"
#include "engine/data/sizes.h"
#include "engine/metrics/inception_score.h"
#include "engine/metrics/judged_pictures.h"
#include "models/networks/initialisation.h"
#include "models/objectives/wasserstein.h"
#include "models/optimizers/adam.h"
#include "models/random_streams.h"

namespace alphascope::engine {

namespace {

constexpr std::int64_t judgedBatch = 256;

/// What the critic sees of rows: float32 on its device, of a side and channels that it is made for.
class CriticView {
public:
    CriticView(const CriticPair& pair, const torch::Device& device)
        : channels_(std::max(pair.real.size(1), pair.made.size(1))),
          size_(channels_ == 2 ? 1 : nearestTrainingSize(static_cast<int>(pair.real.size(2)))),
          device_(device) {}

    models::ImageShape shape() const { return {channels_, size_}; }

    torch::Tensor operator()(const torch::Tensor& rows) const {
        torch::Tensor x = withChannels(toUnitRange(rows), channels_).to(device_);
        if (x.size(2) != size_ || x.size(3) != size_) {
            x = at::_upsample_bilinear2d_aa(x, {size_, size_}, /*align_corners=*/false);
        }
        return x.contiguous(at::MemoryFormat::ChannelsLast);
    }

private:
    std::int64_t channels_;
    std::int64_t size_;
    torch::Device device_;
};

double meanAnswer(models::ImageDiscriminator& critic, const CriticView& view, const torch::Tensor& rows) {
    const c10::InferenceMode guard;
    double sum = 0.0;
    for (const torch::Tensor& part : rows.split(judgedBatch)) {
        sum += critic.forward(view(part), models::NormMode::RunningStatistics)
                   .sum(torch::kDouble)
                   .item<double>();
    }
    return sum / static_cast<double>(rows.size(0));
}

torch::Tensor drawnRows(models::RandomStreams& random, const char* stream, const torch::Tensor& rows,
                        std::int64_t count) {
    const torch::Tensor at = random.uniform(stream, {count}, torch::kCPU).to(torch::kDouble);
    return rows.index_select(
        0, (at * static_cast<double>(rows.size(0))).to(torch::kLong).clamp_max(rows.size(0) - 1));
}

} // namespace

double criticGap(const CriticPair& training, const CriticPair& judged, const CriticPlan& plan,
                 std::uint64_t seed, const torch::Device& device, const CriticListener& listener) {
    const CriticView view(training, device);
    models::ImageDiscriminator critic(view.shape(), plan.filters, models::Normalisation::None);
    models::initialise(critic, "judge", seed, models::ConvolutionStart::Glorot);
    critic.to(device);
    const torch::AutoGradMode gradients(true);
    for (torch::Tensor& parameter : critic.parameters()) {
        parameter.requires_grad_(true);
    }
    models::Adam adam(critic.parameters(), {.beta1 = 0.5, .beta2 = 0.9});
    models::RandomStreams random(seed);
    const auto answer = [&](const torch::Tensor& x) {
        return critic.forward(x, models::NormMode::RunningStatistics);
    };
    for (int step = 0; step < plan.steps; ++step) {
        if (step % 10 == 0 && listener && !listener(double(step) / plan.steps)) {
            throw Error(ErrorKind::Interrupted, "The critic was cancelled.");
        }
        random.beginUpdate(step, 0);
        const torch::Tensor real = view(drawnRows(random, "real", training.real, plan.batch));
        const torch::Tensor made = view(drawnRows(random, "made", training.made, plan.batch));
        const torch::Tensor share = random.uniform("share", {plan.batch}, device);
        const std::vector<torch::Tensor> both = answer(at::cat({real, made})).chunk(2);
        const auto slope =
            models::objectives::gradientPenalty(answer, models::objectives::interpolated(real, made, share));
        const torch::Tensor gap = models::objectives::criticGap(both[0], both[1]);
        (plan.penaltyWeight * slope.penalty - gap).backward();
        adam.step(plan.rate);
    }
    return meanAnswer(critic, view, judged.real) - meanAnswer(critic, view, judged.made);
}

MeanWithMargin meanWithMargin(const std::vector<double>& values) {
    // Student's t, 97.5 %, for 1, 2, ... degrees of freedom.
    constexpr std::array quantiles{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};
    const MeanAndDeviation found = meanAndDeviation(values);
    if (values.size() < 2) {
        return {found.mean, 0.0};
    }
    const std::size_t freedom = values.size() - 1;
    const double quantile =
        freedom <= quantiles.size() ? quantiles[freedom - 1] : 1.96 + 2.7 / static_cast<double>(freedom);
    return {found.mean, quantile * found.deviation / std::sqrt(static_cast<double>(freedom))};
}

} // namespace alphascope::engine
