// VAE: Kingma and Welling 2013, "Auto-Encoding Variational Bayes", with the weight beta of Higgins et al.
// 2017. An encoder E gives mean and log-variance of q(z|x), a generator G the middle of the pixels'
// likelihood.
//
// To be minimised, in nats per picture and as a batch mean, with z = mean + exp(logVariance / 2) * epsilon:
//   -log p(x | G(z)) + beta * KL(q(z|x) || N(0, I))
// Pixels are independent, Laplace or Gaussian of one fixed scale. update() moves E and G by the same backward
// pass; updatePart() moves the one and freezes the other.
//
// Batch norm: a network moves its running statistics only in an update that trains it, once per update.

#include "models/methods/basic_method.h"
#include "models/methods/posterior.h"
#include "models/networks/encoder.h"
#include "models/networks/generator.h"
#include "models/objectives/likelihood.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

class Vae final : public BasicMethod {
public:
    explicit Vae(MethodSettings settings);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override {
        return descend(batches, random, /*moveEncoder=*/true, /*moveGenerator=*/true);
    }
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override {
        checkPart(findMethod(spec().method), part);
        return descend(batches, random, part == "E", part == "G");
    }

    Tensor generate(const Tensor& z) override { return generator_(z, mode()); }
    Posterior encode(const Tensor& x) override { return posteriorOf(encoder_(x, mode()), /*gaussian=*/true); }

    void visitState(StateVisitor& visitor) override {
        encoder_.visit(visitor);
        generator_.visit(visitor);
    }

private:
    struct Gaussian {
        Tensor mean, logVariance; ///< [B,Z]
    };

    Gaussian infer(const Tensor& x, NormMode mode) {
        const std::vector<Tensor> halves = encoder_(x, mode).to(torch::kFloat32).chunk(2, 1);
        return {halves[0], halves[1]};
    }

    UpdateReport descend(BatchSource& batches, RandomStreams& random, bool moveEncoder, bool moveGenerator);

    bool laplace_;
    double scale_;
    Learner<Encoder> encoder_;
    Learner<Generator> generator_;
};

Vae::Vae(MethodSettings settings)
    : BasicMethod(std::move(settings)), laplace_(chosen("likelihood", "laplace")), scale_(real("scale")),
      encoder_(std::make_shared<Encoder>(image(), integer("filters"), 2 * latentSize()),
               learner("encoder", true)),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)) {}

UpdateReport Vae::descend(BatchSource& batches, RandomStreams& random, bool moveEncoder, bool moveGenerator) {
    const Tensor x = nextPictures(batches);
    std::optional<LearnerBase::Training> encoderTraining, generatorTraining;
    if (moveEncoder) {
        encoderTraining.emplace(encoder_);
    }
    if (moveGenerator) {
        generatorTraining.emplace(generator_);
    }

    Tensor code, rebuilt, reconstruction, divergence, loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        const Gaussian posterior = infer(x, modeIn(moveEncoder));
        code = drawCode({posterior.mean, (0.5 * posterior.logVariance).exp()}, random);
        rebuilt = generator_(code, modeIn(moveGenerator)).to(torch::kFloat32);
        reconstruction = laplace_ ? objectives::laplaceNegativeLogLikelihood(rebuilt, x, scale_)
                                  : objectives::gaussianNegativeLogLikelihood(rebuilt, x, scale_);
        divergence = objectives::gaussianKl(posterior.mean, posterior.logVariance);
        loss = reconstruction + real("beta") * divergence;
    }
    loss.backward();
    if (moveEncoder) {
        encoder_.step(real("rateEncoder"));
        encoder_.average();
    }
    if (moveGenerator) {
        generator_.step(real("rateGenerator"));
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

MethodTraits vaeTraits() {
    return {
        .name = "vae",
        .title = "VAE",
        .paper = "Kingma, Welling: Auto-Encoding Variational Bayes",
        .year = 2013,
        .family = MethodFamily::Variational,
        .explanation =
            "An encoder gives each picture a cloud of codes, and a generator rebuilds the picture from any "
            "of them, while the clouds are kept close to the prior. It trains calmly and covers all data, "
            "but its pictures are soft.",
        .diagram = {.nodes = {{"x", Diagram::Kind::Data, 0, 0},
                              {"E", Diagram::Kind::Network, 1, 0},
                              {"μ, σ", Diagram::Kind::Code, 2, 0},
                              {"z", Diagram::Kind::Code, 3, 0},
                              {"G", Diagram::Kind::Network, 4, 0},
                              {"x̂", Diagram::Kind::Data, 5, 0},
                              {"KL", Diagram::Kind::Loss, 3, 1},
                              {"−log p", Diagram::Kind::Loss, 5, 1}},
                    .arrows = {{"x", "E"},
                               {"E", "μ, σ"},
                               {"μ, σ", "z"},
                               {"z", "G"},
                               {"G", "x̂"},
                               {"μ, σ", "KL"},
                               {"x̂", "−log p"}}},
        .capabilities = capabilities({Capability::Generate, Capability::Encode, Capability::Reconstruct}),
        .parts = {{"E", "Encoder", {"encoder"}}, {"G", "Generator", {"generator"}}},
        .curves = {{"loss/total", "total", "nats per picture", "Reconstruction plus β times KL"},
                   {"loss/reconstruction", "reconstruction", "nats per picture",
                    "−log p of the picture under the generator's likelihood"},
                   {"loss/KL", "KL", "nats per picture", "Divergence of the codes from the prior"},
                   trainErrorCurve(),
                   codeMeanCurve(),
                   codeSpreadCurve()},
        .health = "loss/KL",
        .schema = vaeSchema(),
        .presets = {
            {"quick", "Quick", {{"filters", std::int64_t{16}}}},
            {"standard", "Standard", {}},
            {"paper", "Large", {{"filters", std::int64_t{64}}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry vae{vaeTraits, make<Vae>};

} // namespace alphascope::models
