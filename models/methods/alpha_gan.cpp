// alpha-GAN: Rosca, Lakshminarayanan, Warde-Farley, Mohamed 2017, "Variational Approaches for Auto-Encoding
// Generative Adversarial Networks". An encoder E, a generator G, a discriminator D of pictures and a
// discriminator C of codes, each with its own loss, optimiser and sub-step.
//
// With logits l_D and l_C, z_hat = E(x), x_hat = G(z_hat), x_tilde = G(z), z ~ N(0, I), all of them batch
// means and to be minimised (Algorithm 1; the code discriminator as the authors corrected it):
//
//   E  lambdaEncoder * L1(x, x_hat) - l_C(z_hat); the gradient goes through the frozen G and C into E alone
//
//   G  lambdaGenerator * L1(x, x_hat) - l_D(x_hat) - l_D(x_tilde); z_hat detached, D frozen
//
//   D  realWeight * softplus(-l_D(x)) + softplus(l_D(x_hat)) + softplus(l_D(x_tilde)); pictures detached
//
//   C  softplus(-l_C(z)) + softplus(l_C(z_hat)); z_hat detached; the prior is the "real" class
//
// L1 is the mean over all elements. One iteration is generatorUpdates times (E, G), each with its own forward
// pass and its own z, and then discriminatorUpdates times (D, C).
//
// Options that the paper names but does not spell out; where it is silent we chose as follows.
//
// stochasticEncoder: an implicit posterior, z_hat = E(x, epsilon) with epsilon ~ N(0, I) of the code's size;
// E without noise, at epsilon = 0, is what is shown. E's sub-step draws its epsilon, and the sub-steps after
// it share one draw.
//
// lambdaCode: a cycle in the other direction, lambdaCode * |z - E(G(z))|, the mean of the absolute (l1) or
// the squared (l2) difference over all elements. It is added to E's loss with G(z) detached, and to G's with
// E frozen. At 0 nothing of it is computed.
//
// variant = wasserstein: D and C are critics without batch norm (Gulrajani et al. 2017, "Improved Training of
// Wasserstein GANs"), as victor-shepardson/alpha-GAN has it. The losses of E and G stay, since R is minus the
// critic's number, and
//
//   D  (mean f(x_hat) + mean f(x_tilde)) / 2 - mean f(x) + gradientPenalty * penalty between x and, in the
//   first
//      half of the batch, x_hat, in the second x_tilde; realWeight has no part in it
//
//   C  mean f(z_hat) - mean f(z) + gradientPenalty * penalty between z and z_hat
//
// and an accuracy is the share of pairs of a real and a made one that the critic puts in the right order.
//
// Batch norm: every network normalises by the batch at hand in every sub-step, and moves its running
// statistics only in the sub-step that trains it, once per forward pass: E's with x; G's with z_hat and with
// z; D's with x, x_hat and x_tilde. With discriminatorBatching = joint the two (G's sub-step) or three (D's)
// batches of pictures go through D as one batch, and are normalised together.

#include "models/methods/basic_method.h"
#include "models/networks/code_discriminator.h"
#include "models/networks/encoder.h"
#include "models/networks/generator.h"
#include "models/networks/image_discriminator.h"
#include "models/objectives/adversarial.h"
#include "models/objectives/likelihood.h"
#include "models/objectives/wasserstein.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

/// What the sub-steps of one update share.
struct Iteration {
    BatchSource& batches;
    RandomStreams& random;
    Tensor pictures; ///< the batch at hand; undefined before the first sub-step
    Tensor codes;    ///< E(pictures), detached; undefined when E has moved since
    UpdateReport report;
};

/// D's logits for several batches of pictures.
struct Verdicts {
    Tensor real, reconstructed, sampled;
};

/// Share of pairs in which a critic puts the real one above the made one.
Tensor shareInOrder(const Tensor& real, const Tensor& made) {
    return real.gt(made).to(torch::kFloat32).mean();
}

class AlphaGan final : public BasicMethod {
public:
    explicit AlphaGan(MethodSettings settings);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override;
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override;

    Tensor generate(const Tensor& z) override { return generator_(z, mode()); }
    Posterior encode(const Tensor& x) override { return {encoder_(x, mode()), {}}; }
    bool samplesCodes() const override { return stochastic_; }
    Tensor encodeWithNoise(const Tensor& x, const Tensor& noise) override {
        return stochastic_ ? encoder_(x.expand({noise.size(0), -1, -1, -1}), mode(), noise) : Tensor();
    }
    Tensor criticise(const Tensor& x) override { return discriminator_(x, mode()); }
    Tensor criticFeatures(const Tensor& x) override { return discriminator_->features(x, mode()); }
    Tensor codeLogit(const Tensor& z) override { return codeDiscriminator_(z); }

    void visitState(StateVisitor& visitor) override;

private:
    void updateEncoder(Iteration& iteration, bool report);
    void updateGenerator(Iteration& iteration, bool report);
    void updateDiscriminator(Iteration& iteration, bool report);
    void updateCodeDiscriminator(Iteration& iteration, bool report);

    void takePictures(Iteration& iteration) const;
    const Tensor& codes(Iteration& iteration);
    /// For E(x, epsilon); undefined when the encoder takes none.
    Tensor encoderNoise(Iteration& iteration, std::int64_t count) const;
    /// lambdaCode |z - code|.
    Tensor codeCycle(const Tensor& z, const Tensor& code) const;
    Tensor discriminatorLoss(Iteration& iteration, const Verdicts& verdicts, const Tensor& rebuilt,
                             const Tensor& sampled);
    Tensor codeDiscriminatorLoss(Iteration& iteration, const Tensor& noise, const Tensor& code,
                                 const Tensor& priorLogit, const Tensor& codeLogit);
    Tensor pictureAccuracy(const Verdicts& verdicts) const;
    /// `pictures` may be undefined: then only the made ones are judged.
    Verdicts judge(const Tensor& pictures, const Tensor& reconstructed, const Tensor& sampled, NormMode mode);

    bool fresh_, joint_, stochastic_, wasserstein_;
    Learner<Encoder> encoder_;
    Learner<Generator> generator_;
    Learner<ImageDiscriminator> discriminator_;
    Learner<CodeDiscriminator> codeDiscriminator_;
};

AlphaGan::AlphaGan(MethodSettings settings)
    : BasicMethod(std::move(settings)), fresh_(boolean("freshBatchPerSubstep")),
      joint_(chosen("discriminatorBatching", "joint")), stochastic_(boolean("stochasticEncoder")),
      wasserstein_(chosen("variant", "wasserstein")),
      encoder_(std::make_shared<Encoder>(image(), integer("filters"), latentSize(),
                                         stochastic_ ? latentSize() : 0),
               learner("encoder", true)),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)),
      discriminator_(
          std::make_shared<ImageDiscriminator>(image(), integer("filters"),
                                               wasserstein_ ? Normalisation::None : Normalisation::Batch),
          learner("discriminator", false)),
      codeDiscriminator_(std::make_shared<CodeDiscriminator>(latentSize(), integer("codeWidth")),
                         learner("codeDiscriminator", false)) {}

UpdateReport AlphaGan::update(BatchSource& batches, RandomStreams& random) {
    Iteration iteration{batches, random, {}, {}, {}};
    const std::int64_t repeats = integer("generatorUpdates");
    for (std::int64_t i = 1; i <= repeats; ++i) {
        updateEncoder(iteration, i == repeats);
        betweenSubSteps();
        updateGenerator(iteration, i == repeats);
        betweenSubSteps();
    }
    const std::int64_t rounds = integer("discriminatorUpdates");
    for (std::int64_t i = 1; i <= rounds; ++i) {
        updateDiscriminator(iteration, i == rounds);
        betweenSubSteps();
        updateCodeDiscriminator(iteration, i == rounds);
        if (i < rounds) {
            betweenSubSteps();
        }
    }
    encoder_.average();
    generator_.average();
    return std::move(iteration.report);
}

UpdateReport AlphaGan::updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) {
    checkPart(findMethod(spec().method), part);
    Iteration iteration{batches, random, {}, {}, {}};
    if (part == "E") {
        updateEncoder(iteration, true);
        encoder_.average();
    } else if (part == "G") {
        updateGenerator(iteration, true);
        generator_.average();
    } else if (part == "D") {
        updateDiscriminator(iteration, true);
    } else {
        updateCodeDiscriminator(iteration, true);
    }
    return std::move(iteration.report);
}

void AlphaGan::updateEncoder(Iteration& iteration, bool report) {
    takePictures(iteration);
    const std::int64_t count = iteration.pictures.size(0);
    const Tensor epsilon = encoderNoise(iteration, count);
    const LearnerBase::Training training(encoder_);
    Tensor loss, l1;
    {
        const ReducedPrecision precision = reducedPrecision();
        const Tensor code = encoder_(iteration.pictures, NormMode::MoveStatistics, epsilon);
        const Tensor rebuilt = generator_(code, NormMode::BatchStatistics);
        l1 = objectives::meanL1(rebuilt, iteration.pictures);
        loss = real("lambdaEncoder") * l1 + objectives::ratioLoss(codeDiscriminator_(code));
        if (real("lambdaCode") > 0.0) {
            const Tensor z = drawCodes(iteration.random, count);
            Tensor sampled;
            {
                const torch::NoGradGuard noGrad;
                sampled = generator_(z, NormMode::BatchStatistics);
            }
            loss = loss +
                   codeCycle(z, encoder_(sampled, NormMode::BatchStatistics, encoderNoise(iteration, count)));
        }
    }
    loss.backward();
    encoder_.step(real("rateEncoder"));
    iteration.codes.reset();
    if (report) {
        iteration.report.add("loss/E", loss);
        iteration.report.add("metric/train_l1", l1);
    }
}

void AlphaGan::updateGenerator(Iteration& iteration, bool report) {
    takePictures(iteration);
    const Tensor code = codes(iteration);
    const Tensor noise = drawCodes(iteration.random, code.size(0));
    const LearnerBase::Training training(generator_);
    Tensor loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        const Tensor rebuilt = generator_(code, NormMode::MoveStatistics);
        const Tensor sampled = generator_(noise, NormMode::MoveStatistics);
        const Verdicts verdicts = judge({}, rebuilt, sampled, NormMode::BatchStatistics);
        loss = real("lambdaGenerator") * objectives::meanL1(rebuilt, iteration.pictures) +
               objectives::ratioLoss(verdicts.reconstructed) + objectives::ratioLoss(verdicts.sampled);
        if (real("lambdaCode") > 0.0) {
            loss = loss + codeCycle(noise, encoder_(sampled, NormMode::BatchStatistics,
                                                    encoderNoise(iteration, noise.size(0))));
        }
    }
    loss.backward();
    generator_.step(real("rateGenerator"));
    if (report) {
        iteration.report.add("loss/G", loss);
    }
}

void AlphaGan::updateDiscriminator(Iteration& iteration, bool report) {
    takePictures(iteration);
    const Tensor code = codes(iteration);
    const Tensor noise = drawCodes(iteration.random, code.size(0));
    const LearnerBase::Training training(discriminator_);
    Tensor loss;
    Verdicts verdicts;
    {
        const ReducedPrecision precision = reducedPrecision();
        Tensor rebuilt, sampled;
        {
            const torch::NoGradGuard noGrad;
            rebuilt = generator_(code, NormMode::BatchStatistics);
            sampled = generator_(noise, NormMode::BatchStatistics);
        }
        verdicts = judge(iteration.pictures, rebuilt, sampled, NormMode::MoveStatistics);
        loss = discriminatorLoss(iteration, verdicts, rebuilt, sampled);
    }
    loss.backward();
    discriminator_.step(real("rateDiscriminator"));
    if (report) {
        iteration.report.add("loss/D", loss);
        const torch::NoGradGuard noGrad;
        iteration.report.add("metric/d_accuracy", pictureAccuracy(verdicts));
    }
}

Tensor AlphaGan::discriminatorLoss(Iteration& iteration, const Verdicts& verdicts, const Tensor& rebuilt,
                                   const Tensor& sampled) {
    if (!wasserstein_) {
        return real("realWeight") * objectives::realLoss(verdicts.real) +
               objectives::fakeLoss(verdicts.reconstructed) + objectives::fakeLoss(verdicts.sampled);
    }
    const std::int64_t count = iteration.pictures.size(0);
    const Tensor made = at::cat({rebuilt.slice(0, 0, count / 2), sampled.slice(0, count / 2)});
    const Tensor share = iteration.random.uniform("penalty.pictures", {count}, device());
    const auto critic = [this](const Tensor& x) { return discriminator_(x, NormMode::MoveStatistics); };
    return 0.5 * (verdicts.reconstructed.mean() + verdicts.sampled.mean()) - verdicts.real.mean() +
           real("gradientPenalty") *
               objectives::gradientPenalty(critic, objectives::interpolated(iteration.pictures, made, share))
                   .penalty;
}

void AlphaGan::updateCodeDiscriminator(Iteration& iteration, bool report) {
    takePictures(iteration);
    const Tensor code = codes(iteration);
    const Tensor noise = drawCodes(iteration.random, code.size(0));
    const LearnerBase::Training training(codeDiscriminator_);
    Tensor loss, priorLogit, codeLogit;
    {
        const ReducedPrecision precision = reducedPrecision();
        priorLogit = codeDiscriminator_(noise).to(torch::kFloat32);
        codeLogit = codeDiscriminator_(code).to(torch::kFloat32);
        loss = codeDiscriminatorLoss(iteration, noise, code, priorLogit, codeLogit);
    }
    loss.backward();
    codeDiscriminator_.step(real("rateCodeDiscriminator"));
    if (report) {
        iteration.report.add("loss/C", loss);
        const torch::NoGradGuard noGrad;
        iteration.report.add("metric/c_accuracy", wasserstein_ ? shareInOrder(priorLogit, codeLogit)
                                                               : 0.5 * (objectives::realAccuracy(priorLogit) +
                                                                        objectives::fakeAccuracy(codeLogit)));
        iteration.report.add("metric/code_mean", code.mean());
        iteration.report.add("metric/code_std", code.std(/*dim=*/0).mean());
    }
}

Tensor AlphaGan::codeDiscriminatorLoss(Iteration& iteration, const Tensor& noise, const Tensor& code,
                                       const Tensor& priorLogit, const Tensor& codeLogit) {
    if (!wasserstein_) {
        return objectives::realLoss(priorLogit) + objectives::fakeLoss(codeLogit);
    }
    const Tensor share = iteration.random.uniform("penalty.codes", {code.size(0)}, device());
    const auto critic = [this](const Tensor& z) { return codeDiscriminator_(z); };
    return real("gradientPenalty") *
               objectives::gradientPenalty(critic, objectives::interpolated(noise, code, share)).penalty -
           objectives::criticGap(priorLogit, codeLogit);
}

Tensor AlphaGan::pictureAccuracy(const Verdicts& verdicts) const {
    if (wasserstein_) {
        return 0.5 * (shareInOrder(verdicts.real, verdicts.reconstructed) +
                      shareInOrder(verdicts.real, verdicts.sampled));
    }
    return 0.5 * objectives::realAccuracy(verdicts.real) +
           0.25 * (objectives::fakeAccuracy(verdicts.reconstructed) +
                   objectives::fakeAccuracy(verdicts.sampled));
}

void AlphaGan::takePictures(Iteration& iteration) const {
    if (fresh_ || !iteration.pictures.defined()) {
        iteration.pictures = nextPictures(iteration.batches);
        iteration.codes.reset();
    }
}

const Tensor& AlphaGan::codes(Iteration& iteration) {
    // E moves only in its own sub-step, so the sub-steps after it may share one forward pass.
    if (!iteration.codes.defined()) {
        const torch::NoGradGuard noGrad;
        const ReducedPrecision precision = reducedPrecision();
        iteration.codes = encoder_(iteration.pictures, NormMode::BatchStatistics,
                                   encoderNoise(iteration, iteration.pictures.size(0)))
                              .to(torch::kFloat32);
    }
    return iteration.codes;
}

Tensor AlphaGan::encoderNoise(Iteration& iteration, std::int64_t count) const {
    return stochastic_ ? iteration.random.normal("encoder", {count, latentSize()}, device()) : Tensor();
}

Tensor AlphaGan::codeCycle(const Tensor& z, const Tensor& code) const {
    const Tensor given = code.to(torch::kFloat32);
    return real("lambdaCode") *
           (chosen("codeDistance", "l2") ? at::mse_loss(given, z) : objectives::meanL1(given, z));
}

Verdicts AlphaGan::judge(const Tensor& pictures, const Tensor& reconstructed, const Tensor& sampled,
                         NormMode mode) {
    const auto logits = [&](const Tensor& x) { return discriminator_(x, mode).to(torch::kFloat32); };
    if (!joint_) {
        return {pictures.defined() ? logits(pictures) : Tensor(), logits(reconstructed), logits(sampled)};
    }
    std::vector<Tensor> batches;
    if (pictures.defined()) {
        batches.push_back(pictures.to(reconstructed.scalar_type()));
    }
    batches.push_back(reconstructed);
    batches.push_back(sampled);
    std::vector<Tensor> parts = logits(at::cat(batches)).chunk(static_cast<std::int64_t>(batches.size()));
    return {pictures.defined() ? parts.front() : Tensor(), parts[parts.size() - 2], parts.back()};
}

void AlphaGan::visitState(StateVisitor& visitor) {
    encoder_.visit(visitor);
    generator_.visit(visitor);
    discriminator_.visit(visitor);
    codeDiscriminator_.visit(visitor);
}

ParameterSpec lambdaSpec(const std::string& name, const std::string& network) {
    return weightSpec(name, "λ " + network,
                      "Weight of the mean L1 between picture and reconstruction in the " + network +
                          "'s loss; more gives closer reconstructions and freer codes.",
                      20.0);
}

Schema alphaGanSchema() {
    return {
        lambdaSpec("lambdaEncoder", "encoder"),
        lambdaSpec("lambdaGenerator", "generator"),
        weightSpec("lambdaCode", "λ code",
                   "Weight of the distance between a code and the encoder's answer to the picture made "
                   "from it, for encoder and generator; 0 leaves it out.",
                   0.0),
        {.name = "codeDistance",
         .title = "Code distance",
         .meaning = "What λ code weighs: the mean absolute (l1) or squared (l2) difference.",
         .group = "Objective",
         .type = ParameterType::Choice,
         .defaultValue = std::string("l2"),
         .choices = {"l1", "l2"}},
        {.name = "variant",
         .title = "Variant",
         .meaning = "Discriminators as the paper has them, whose logits are ratios of densities, or critics "
                    "of the Wasserstein distance without batch norm.",
         .group = "Objective",
         .type = ParameterType::Choice,
         .defaultValue = std::string("ratio"),
         .choices = {"ratio", "wasserstein"},
         .structural = true},
        weightSpec("gradientPenalty", "Gradient penalty",
                   "Weight in both critics' losses of how far their slope is from 1; only in the "
                   "wasserstein variant.",
                   10.0),
        {.name = "realWeight",
         .title = "Real weight",
         .meaning = "Weight of the real class in the discriminator's loss; 2 balances it with the two made "
                    "classes. Critics are balanced anyway.",
         .group = "Objective",
         .defaultValue = 2.0,
         .minimum = 0.1,
         .maximum = 10.0,
         .live = true},
        {.name = "discriminatorBatching",
         .title = "D batches",
         .meaning = "Whether real, rebuilt and sampled pictures share batch-norm statistics in the "
                    "discriminator (joint) or not (separate).",
         .group = "Objective",
         .type = ParameterType::Choice,
         .defaultValue = std::string("separate"),
         .choices = {"separate", "joint"}},
        {.name = "stochasticEncoder",
         .title = "Stochastic encoder",
         .meaning = "Gives the encoder noise beside the picture, so that a picture has many codes; without "
                    "noise it shows the one in the middle.",
         .group = "Networks",
         .type = ParameterType::Boolean,
         .defaultValue = false,
         .structural = true},
        latentSizeSpec(),
        filtersSpec(),
        codeWidthSpec(750),
        rateSpec("rateEncoder", "encoder", 5e-4),
        rateSpec("rateGenerator", "generator", 5e-4),
        rateSpec("rateDiscriminator", "discriminator", 3e-4),
        rateSpec("rateCodeDiscriminator", "code discriminator", 5e-4),
        adamBeta1Spec(0.5),
        adamBeta2Spec(0.9),
        batchSizeSpec(),
        {.name = "generatorUpdates",
         .title = "E, G updates",
         .meaning = "Updates of encoder and generator for one of each discriminator, each with its own "
                    "forward pass and its own codes.",
         .group = "Training",
         .type = ParameterType::Integer,
         .defaultValue = std::int64_t{2},
         .minimum = 1,
         .maximum = 10},
        {.name = "discriminatorUpdates",
         .title = "D, C updates",
         .meaning = "Updates of both discriminators in an iteration; critics need more than one.",
         .group = "Training",
         .type = ParameterType::Integer,
         .defaultValue = std::int64_t{1},
         .minimum = 1,
         .maximum = 20},
        {.name = "freshBatchPerSubstep",
         .title = "Fresh batches",
         .meaning = "Takes new pictures for every sub-step instead of one batch for the whole iteration.",
         .group = "Training",
         .type = ParameterType::Boolean,
         .defaultValue = false},
        emaDecaySpec(),
        precisionSpec()};
}

MethodTraits alphaGanTraits() {
    return {
        .name = "alpha-gan",
        .title = "α-GAN",
        .paper = "Rosca, Lakshminarayanan, Warde-Farley, Mohamed: Variational Approaches for Auto-Encoding "
                 "Generative Adversarial Networks",
        .year = 2017,
        .family = MethodFamily::AutoEncodingGan,
        .explanation =
            "A variational auto-encoder in which two discriminators stand in for the terms that have no "
            "closed "
            "form: one tells real pictures from rebuilt and sampled ones, the other tells codes of the prior "
            "from the encoder's. It rebuilds as an auto-encoder does, and samples as sharply as a GAN.",
        .diagram = {.nodes = {{"x", Diagram::Kind::Data, 0, 0},
                              {"E", Diagram::Kind::Network, 1, 0},
                              {"ẑ", Diagram::Kind::Code, 2, 0},
                              {"z", Diagram::Kind::Code, 2, 1},
                              {"G", Diagram::Kind::Network, 3, 0.5},
                              {"x̂", Diagram::Kind::Data, 4, 0},
                              {"x̃", Diagram::Kind::Data, 4, 1},
                              {"L1", Diagram::Kind::Loss, 5, 0},
                              {"D", Diagram::Kind::Network, 5, 1},
                              {"C", Diagram::Kind::Network, 3, 2}},
                    .arrows = {{"x", "E"},
                               {"E", "ẑ"},
                               {"ẑ", "G"},
                               {"z", "G"},
                               {"G", "x̂"},
                               {"G", "x̃"},
                               {"x̂", "L1"},
                               {"x̂", "D"},
                               {"x̃", "D"},
                               {"z", "C"},
                               {"ẑ", "C"}}},
        .capabilities = capabilities({Capability::Generate, Capability::Encode, Capability::Reconstruct,
                                      Capability::Criticise, Capability::CodeLogit}),
        .parts = {{"E", "Encoder", {"encoder"}},
                  {"G", "Generator", {"generator"}},
                  {"D", "Discriminator", {"discriminator"}},
                  {"C", "Code discriminator", {"codeDiscriminator"}}},
        .curves =
            {{"loss/E", "E", "logit", "λ L1 minus C's logit of the encoder's codes"},
             {"loss/G", "G", "logit", "λ L1 minus D's logits of rebuilt and sampled pictures"},
             {"loss/D", "D", "nats",
              "Cross entropy of the discriminator, 2.77 when it cannot tell; a critic's loss otherwise"},
             {"loss/C", "C", "nats",
              "Cross entropy of the code discriminator, 1.39 when it cannot tell; a critic's loss "
              "otherwise"},
             trainErrorCurve(),
             pictureAccuracyCurve(),
             codeAccuracyCurve(),
             codeMeanCurve(),
             codeSpreadCurve()},
        .health = "metric/d_accuracy",
        .schema = alphaGanSchema(),
        .presets = {
            {"quick",
             "Quick",
             {{"filters", std::int64_t{16}},
              {"codeWidth", std::int64_t{256}},
              {"batchSize", std::int64_t{24}}}},
            {"standard", "Standard", {}},
            {"paper", "As in the paper", {{"filters", std::int64_t{64}}}},
            {"wasserstein",
             "Wasserstein critics",
             {{"variant", std::string("wasserstein")},
              {"generatorUpdates", std::int64_t{1}},
              {"discriminatorUpdates", std::int64_t{5}},
              {"rateEncoder", 2e-4},
              {"rateGenerator", 2e-4},
              {"rateDiscriminator", 2e-4},
              {"rateCodeDiscriminator", 2e-4}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry alphaGan{alphaGanTraits, make<AlphaGan>};

} // namespace alphascope::models
