#include "models/methods/vae.h"

#include <optional>

#include "models/methods/common_parameters.h"
#include "models/methods/learner.h"
#include "models/methods/precision.h"
#include "models/networks/encoder.h"
#include "models/networks/generator.h"
#include "models/objectives/likelihood.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

class Vae final : public Method {
public:
    Vae(const ModelSpec& spec, std::uint64_t seed, const torch::Device& device, Purpose purpose);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override {
        return descend(batches, random, /*moveEncoder=*/true, /*moveGenerator=*/true);
    }
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override {
        checkPart(findMethod(spec_.method), part);
        return descend(batches, random, part == "E", part == "G");
    }

    Tensor generate(const Tensor& z) override { return generator_(z, mode_); }
    Posterior encode(const Tensor& x) override {
        const Gaussian posterior = infer(x, mode_);
        return {posterior.mean, (0.5 * posterior.logVariance).exp()};
    }

    void setTraining(bool training) override {
        mode_ = training ? NormMode::BatchStatistics : NormMode::RunningStatistics;
    }
    void setParameter(const std::string& name, const ParameterValue& value) override {
        setLiveParameter(spec_, name, value);
    }
    void visitState(StateVisitor& visitor) override {
        encoder_.visit(visitor);
        generator_.visit(visitor);
    }
    const ModelSpec& spec() const override { return spec_; }

private:
    struct Gaussian {
        Tensor mean, logVariance; ///< [B,Z]
    };

    Gaussian infer(const Tensor& x, NormMode mode) {
        const std::vector<Tensor> halves = encoder_(x, mode).to(torch::kFloat32).chunk(2, 1);
        return {halves[0], halves[1]};
    }

    UpdateReport descend(BatchSource& batches, RandomStreams& random, bool moveEncoder, bool moveGenerator);

    ModelSpec spec_;
    torch::Device device_;
    NormMode mode_ = NormMode::BatchStatistics;
    bool laplace_, reduced_;
    double scale_;
    Learner<Encoder> encoder_;
    Learner<Generator> generator_;
};

Vae::Vae(const ModelSpec& spec, std::uint64_t seed, const torch::Device& device, Purpose purpose)
    : spec_(spec), device_(device), laplace_(spec.parameters.choice("likelihood") == "laplace"),
      reduced_(spec.parameters.choice("precision") == "bfloat16"), scale_(spec.parameters.real("scale")),
      encoder_(std::make_shared<Encoder>(spec.image, spec.parameters.integer("filters"),
                                         2 * spec.parameters.integer("latentSize")),
               learnerOptions("encoder", true, spec, seed, device, purpose)),
      generator_(std::make_shared<Generator>(spec.image, spec.parameters.integer("filters"),
                                             spec.parameters.integer("latentSize")),
                 learnerOptions("generator", true, spec, seed, device, purpose)) {}

UpdateReport Vae::descend(BatchSource& batches, RandomStreams& random, bool moveEncoder, bool moveGenerator) {
    const Tensor x = batches.next().contiguous(at::MemoryFormat::ChannelsLast);
    const Tensor epsilon = random.normal("posterior", {x.size(0), latentSize()}, device_);
    std::optional<LearnerBase::Training> encoderTraining, generatorTraining;
    if (moveEncoder) {
        encoderTraining.emplace(encoder_);
    }
    if (moveGenerator) {
        generatorTraining.emplace(generator_);
    }
    const auto mode = [](bool moves) { return moves ? NormMode::MoveStatistics : NormMode::BatchStatistics; };

    Tensor code, rebuilt, reconstruction, divergence, loss;
    {
        const ReducedPrecision precision(reduced_, device_);
        const Gaussian posterior = infer(x, mode(moveEncoder));
        code = posterior.mean + (0.5 * posterior.logVariance).exp() * epsilon;
        rebuilt = generator_(code, mode(moveGenerator)).to(torch::kFloat32);
        reconstruction = laplace_ ? objectives::laplaceNegativeLogLikelihood(rebuilt, x, scale_)
                                  : objectives::gaussianNegativeLogLikelihood(rebuilt, x, scale_);
        divergence = objectives::gaussianKl(posterior.mean, posterior.logVariance);
        loss = reconstruction + spec_.parameters.real("beta") * divergence;
    }
    loss.backward();
    if (moveEncoder) {
        encoder_.step(spec_.parameters.real("rateEncoder"));
        encoder_.average();
    }
    if (moveGenerator) {
        generator_.step(spec_.parameters.real("rateGenerator"));
        generator_.average();
    }
    const torch::NoGradGuard noGrad;
    code = code.detach();
    return {{{"loss/total", loss.detach()},
             {"loss/reconstruction", reconstruction.detach()},
             {"loss/KL", divergence.detach()},
             {"metric/train_l1", objectives::meanL1(rebuilt.detach(), x)},
             {"metric/code_mean", code.mean()},
             {"metric/code_std", code.std(/*dim=*/0).mean()}}};
}

Schema vaeSchema() {
    return {{.name = "likelihood",
             .title = "Likelihood",
             .meaning =
                 "Distribution of a pixel around the generator's output: laplace is an L1 error and keeps "
                 "edges, gaussian a squared one.",
             .group = "Objective",
             .type = ParameterType::Choice,
             .defaultValue = std::string("laplace"),
             .choices = {"laplace", "gaussian"}},
            {.name = "scale",
             .title = "Pixel scale",
             .meaning = "Scale of that distribution for pictures from -1 to 1; smaller gives sharper "
                        "reconstructions and freer codes.",
             .group = "Objective",
             .defaultValue = 0.2,
             .minimum = 0.001,
             .maximum = 10.0,
             .logarithmic = true},
            {.name = "beta",
             .title = "β",
             .meaning = "Weight of the divergence from the prior; 1 is the evidence lower bound.",
             .group = "Objective",
             .defaultValue = 1.0,
             .minimum = 0.0,
             .maximum = 1000.0,
             .live = true,
             .logarithmic = true},
            latentSizeSpec(),
            filtersSpec(),
            rateSpec("rateEncoder", "encoder", 1e-3),
            rateSpec("rateGenerator", "generator", 1e-3),
            adamBeta1Spec(0.9),
            adamBeta2Spec(0.999),
            batchSizeSpec(),
            emaDecaySpec(),
            precisionSpec()};
}

} // namespace

MethodTraits vaeTraits() {
    const auto capability = [](Capability one) { return static_cast<unsigned>(one); };
    return {.name = "vae",
            .title = "VAE",
            .paper = "Kingma, Welling: Auto-Encoding Variational Bayes",
            .year = 2013,
            .capabilities = capability(Capability::Generate) | capability(Capability::Encode) |
                            capability(Capability::Reconstruct),
            .parts = {{"E", "Encoder"}, {"G", "Generator"}},
            .lossNames = {"total", "reconstruction", "KL"},
            .schema = vaeSchema(),
            .presets = {
                {"quick", "Quick", {{"filters", std::int64_t{16}}}},
                {"standard", "Standard", {}},
                {"paper", "Large", {{"filters", std::int64_t{64}}}},
            }};
}

std::unique_ptr<Method> makeVae(const ModelSpec& spec, std::uint64_t seed, const torch::Device& device,
                                Purpose purpose) {
    checkImageShape(spec.image);
    return std::make_unique<Vae>(spec, seed, device, purpose);
}

} // namespace alphascope::models
