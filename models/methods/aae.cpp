// AAE: Makhzani, Shlens, Jaitly, Goodfellow, Frey 2015, "Adversarial Autoencoders". An auto-encoder E, G
// whose codes a discriminator C of codes brings to the prior, in the place of the VAE's divergence.
//
// With the logit l_C, z ~ N(0, I) and z_hat a code of E(x), all terms batch means and to be minimised:
//
//   R  reconstructionWeight * error(x, G(z_hat)) over E and G together: the reconstruction phase. error is
//   the
//      mean over all elements of the squared or the absolute difference
//
//   C  softplus(-l_C(z)) + softplus(l_C(z_hat)); z_hat detached; the prior is the "real" class
//
//   E  softplus(-l_C(z_hat)): E makes C take its codes for the prior's; C frozen. R and C make up the
//      reference's "regularisation phase" together with this one
//
// One iteration is R, C, E on one batch, each with its own forward pass through E, since E has moved. E
// keeps moments of its own for each of its two losses, "encoder" and "encoder.game" in the state: the
// reference has an optimiser for each phase, and the two gradients differ in size by orders.
//
// encoder = deterministic: z_hat = E(x). encoder = gaussian: z_hat = mean + exp(logVariance / 2) * epsilon
// with a fresh epsilon in every sub-step, and gradients through both. The paper's third choice, an encoder
// with noise for an input, is alpha-GAN's implicit posterior.
//
// alpha-GAN is this code game and a game of pictures; its E minimises -l_C, here E's loss saturates.
//
// Where we chose: the reference descends with momentum, at 0.01 for reconstructions and 0.1 for the game
// (from memory), so that the game is no weaker than they are. Adam gives each phase its rate whatever the
// size of its gradients; hence equal rates for E, and a faster C. With those, eight numbers as in the
// reference are far better filled than fifty: of a picture's possible changes only so many are independent,
// and the prior's other directions stay empty (tests/benchmarks/RESULTS.md).
//
// Batch norm: E and G normalise by the batch at hand in every sub-step, and move their running statistics
// only where they are trained. C has none.

#include "models/methods/basic_method.h"
#include "models/methods/posterior.h"
#include "models/networks/code_discriminator.h"
#include "models/networks/encoder.h"
#include "models/networks/generator.h"
#include "models/objectives/adversarial.h"
#include "models/objectives/likelihood.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

/// E's optimisers, by place.
enum EncoderOptimizer : std::size_t { Reconstruction, CodeGame };

class Aae final : public BasicMethod {
public:
    explicit Aae(MethodSettings settings);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override;
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override;

    Tensor generate(const Tensor& z) override { return generator_(z, mode()); }
    Posterior encode(const Tensor& x) override { return infer(x, mode()); }
    Tensor codeLogit(const Tensor& z) override { return codeDiscriminator_(z); }

    void visitState(StateVisitor& visitor) override {
        encoder_.visit(visitor);
        generator_.visit(visitor);
        codeDiscriminator_.visit(visitor);
    }

private:
    void reconstruct(const Tensor& x, RandomStreams& random, UpdateReport& report);
    void updateCodeDiscriminator(const Tensor& x, RandomStreams& random, UpdateReport& report);
    void updateEncoder(const Tensor& x, RandomStreams& random, UpdateReport& report);

    Posterior infer(const Tensor& x, NormMode mode) { return posteriorOf(encoder_(x, mode), gaussian_); }
    /// A code of E(x), drawn where E is Gaussian.
    Tensor code(const Tensor& x, NormMode mode, RandomStreams& random) {
        return drawCode(infer(x, mode), random);
    }

    LearnerOptions encoderLearner() const {
        LearnerOptions options = learner("encoder", true);
        options.furtherOptimizers = {"game"};
        return options;
    }

    bool gaussian_, squared_;
    Learner<Encoder> encoder_;
    Learner<Generator> generator_;
    Learner<CodeDiscriminator> codeDiscriminator_;
};

Aae::Aae(MethodSettings settings)
    : BasicMethod(std::move(settings)), gaussian_(chosen("encoder", "gaussian")),
      squared_(chosen("reconstruction", "squared")),
      encoder_(
          std::make_shared<Encoder>(image(), integer("filters"), encoderOutputs(latentSize(), gaussian_)),
          encoderLearner()),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)),
      codeDiscriminator_(std::make_shared<CodeDiscriminator>(latentSize(), integer("codeWidth")),
                         learner("codeDiscriminator", false)) {}

UpdateReport Aae::update(BatchSource& batches, RandomStreams& random) {
    UpdateReport report;
    const Tensor x = nextPictures(batches);
    reconstruct(x, random, report);
    betweenSubSteps();
    updateCodeDiscriminator(x, random, report);
    betweenSubSteps();
    updateEncoder(x, random, report);
    encoder_.average();
    generator_.average();
    return report;
}

UpdateReport Aae::updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) {
    checkPart(findMethod(spec().method), part);
    UpdateReport report;
    const Tensor x = nextPictures(batches);
    if (part == "R") {
        reconstruct(x, random, report);
        encoder_.average();
        generator_.average();
    } else if (part == "C") {
        updateCodeDiscriminator(x, random, report);
    } else {
        updateEncoder(x, random, report);
        encoder_.average();
    }
    return report;
}

void Aae::reconstruct(const Tensor& x, RandomStreams& random, UpdateReport& report) {
    const LearnerBase::Training encoderTraining(encoder_), generatorTraining(generator_);
    Tensor rebuilt, loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        rebuilt = generator_(code(x, NormMode::MoveStatistics, random), NormMode::MoveStatistics)
                      .to(torch::kFloat32);
        loss = real("reconstructionWeight") *
               (squared_ ? at::mse_loss(rebuilt, x) : objectives::meanL1(rebuilt, x));
    }
    loss.backward();
    encoder_.step(real("rateEncoder"), Reconstruction);
    generator_.step(real("rateGenerator"));
    const torch::NoGradGuard noGrad;
    report.add("loss/R", loss);
    report.add("metric/train_l1", objectives::meanL1(rebuilt, x));
}

void Aae::updateCodeDiscriminator(const Tensor& x, RandomStreams& random, UpdateReport& report) {
    const Tensor noise = drawCodes(random, x.size(0));
    const LearnerBase::Training training(codeDiscriminator_);
    Tensor made, priorLogit, madeLogit, loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        {
            const torch::NoGradGuard noGrad;
            made = code(x, NormMode::BatchStatistics, random);
        }
        priorLogit = codeDiscriminator_(noise).to(torch::kFloat32);
        madeLogit = codeDiscriminator_(made).to(torch::kFloat32);
        loss = objectives::realLoss(priorLogit) + objectives::fakeLoss(madeLogit);
    }
    loss.backward();
    codeDiscriminator_.step(real("rateCodeDiscriminator"));
    const torch::NoGradGuard noGrad;
    report.add("loss/C", loss);
    report.add("metric/c_accuracy",
               0.5 * (objectives::realAccuracy(priorLogit) + objectives::fakeAccuracy(madeLogit)));
    report.add("metric/code_mean", made.mean());
    report.add("metric/code_std", made.std(/*dim=*/0).mean());
}

void Aae::updateEncoder(const Tensor& x, RandomStreams& random, UpdateReport& report) {
    const LearnerBase::Training training(encoder_);
    Tensor loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        const Tensor made = code(x, NormMode::MoveStatistics, random);
        loss = objectives::realLoss(codeDiscriminator_(made).to(torch::kFloat32));
    }
    loss.backward();
    encoder_.step(real("rateEncoderGame"), CodeGame);
    report.add("loss/E", loss);
}

ParameterSpec fewLatentNumbers() {
    ParameterSpec spec = latentSizeSpec();
    spec.meaning =
        "Numbers in a code. Fewer are better filled, so that samples are whole; more rebuild sharper. 8 "
        "are enough for one digit, three stacked ones need 20.";
    spec.defaultValue = std::int64_t{8};
    return spec;
}

Schema aaeSchema() {
    return {{.name = "encoder",
             .title = "Encoder",
             .meaning = "Whether a picture has one code (deterministic) or a Gaussian cloud of them.",
             .group = "Objective",
             .type = ParameterType::Choice,
             .defaultValue = std::string("deterministic"),
             .choices = {"deterministic", "gaussian"},
             .structural = true},
            {.name = "reconstruction",
             .title = "Reconstruction",
             .meaning =
                 "Error between picture and reconstruction: squared, as in the paper, or absolute, which "
                 "keeps edges.",
             .group = "Objective",
             .type = ParameterType::Choice,
             .defaultValue = std::string("squared"),
             .choices = {"squared", "absolute"}},
            {.name = "reconstructionWeight",
             .title = "Reconstruction weight",
             .meaning = "Factor on that error. Adam divides it out in the long run: the balance of the two "
                        "phases is that of the encoder's two rates.",
             .group = "Objective",
             .defaultValue = 1.0,
             .minimum = 0.0,
             .maximum = 1000.0,
             .live = true,
             .logarithmic = true},
            fewLatentNumbers(),
            filtersSpec(),
            codeWidthSpec(750),
            rateSpec("rateEncoder", "encoder", 5e-4),
            rateSpec("rateEncoderGame", "encoder in the code game", 5e-4),
            rateSpec("rateGenerator", "generator", 1e-3),
            rateSpec("rateCodeDiscriminator", "code discriminator", 1e-3),
            adamBeta1Spec(0.5),
            adamBeta2Spec(0.999),
            batchSizeSpec(),
            emaDecaySpec(),
            precisionSpec()};
}

MethodTraits aaeTraits() {
    return {
        .name = "aae",
        .title = "AAE",
        .paper = "Makhzani, Shlens, Jaitly, Goodfellow, Frey: Adversarial Autoencoders",
        .year = 2015,
        .family = MethodFamily::AutoEncodingGan,
        .explanation =
            "An auto-encoder learns to rebuild pictures, while a discriminator learns to tell its codes from "
            "those of the prior and the encoder learns to deceive it. Pictures are as soft as an "
            "auto-encoder's, "
            "but the codes fill the prior without gaps.",
        .diagram =
            {.nodes = {{"x", Diagram::Kind::Data, 0, 0},
                       {"E", Diagram::Kind::Network, 1, 0},
                       {"ẑ", Diagram::Kind::Code, 2, 0},
                       {"G", Diagram::Kind::Network, 3, 0},
                       {"x̂", Diagram::Kind::Data, 4, 0},
                       {"error", Diagram::Kind::Loss, 5, 0},
                       {"z", Diagram::Kind::Code, 2, 1},
                       {"C", Diagram::Kind::Network, 3, 1}},
             .arrows =
                 {{"x", "E"}, {"E", "ẑ"}, {"ẑ", "G"}, {"G", "x̂"}, {"x̂", "error"}, {"ẑ", "C"}, {"z", "C"}}},
        .capabilities = capabilities(
            {Capability::Generate, Capability::Encode, Capability::Reconstruct, Capability::CodeLogit}),
        .parts = {{"R", "Reconstruction", {"encoder", "generator"}},
                  {"C", "Code discriminator", {"codeDiscriminator"}},
                  {"E", "Encoder, code game", {"encoder"}}},
        .curves = {{"loss/R", "R", "weighted error", "Error of the reconstruction times its weight"},
                   {"loss/E", "E", "nats", "Cross entropy of the encoder's deception; 0.69 in balance"},
                   {"loss/C", "C", "nats",
                    "Cross entropy of the code discriminator; 1.39 when it cannot tell"},
                   trainErrorCurve(),
                   codeAccuracyCurve(),
                   codeMeanCurve(),
                   codeSpreadCurve()},
        .health = "metric/c_accuracy",
        .schema = aaeSchema(),
        .presets = {
            {"quick", "Quick", {{"filters", std::int64_t{16}}, {"codeWidth", std::int64_t{256}}}},
            {"standard", "Standard", {}},
            // Eight numbers at every size and hidden layers of 1,000 as in the paper's likelihood experiment
            // on digits, from memory. Its networks are fully connected and its optimiser is gradient descent
            // with momentum 0.9; ours are convolutional, where Adam needs no rate for each layer's scale.
            {"paper",
             "As its authors",
             {{"latentSize", std::int64_t{8}},
              {"codeWidth", std::int64_t{1000}},
              {"batchSize", std::int64_t{100}}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry aae{aaeTraits, make<Aae>};

} // namespace alphascope::models
