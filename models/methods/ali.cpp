// ALI: Dumoulin, Belghazi, Poole, Mastropietro, Lamb, Arjovsky, Courville 2017, "Adversarially Learned
// Inference", and BiGAN: Donahue, Kraehenbuehl, Darrell 2017, "Adversarial Feature Learning", which found the
// same game with an encoder that has no noise. A discriminator D of pairs tells (x, z_hat), a real picture
// and a code of E(x), from (x_tilde, z), a made picture x_tilde = G(z) and the code z ~ N(0, I) that it was
// made from. There is no reconstruction term: that E inverts G follows from the equality of the two joint
// distributions.
//
// With the logit l, all terms batch means, to be minimised, from one forward pass (both authors' codes):
//
//   D     softplus(-l(x, z_hat)) + softplus(l(x_tilde, z))
//   E, G  softplus(l(x, z_hat)) + softplus(-l(x_tilde, z)): the labels swapped, not D's loss negated
//
// All three move at once, by the gradients at the same weights. The one graph is walked back twice: to D's
// weights for D's loss, and through D to those of E and G for theirs. updatePart() moves one of the three.
//
// encoder = stochastic (ALI): z_hat = mean + exp(logVariance / 2) * epsilon. encoder = deterministic (BiGAN):
// z_hat = E(x). criticise(x) is l(x, E(x)) at the mean.
//
// Ours where the authors differ from us or each other: LeakyReLU for maxout and no dropout in D, tanh for
// sigmoid at G's end, first weights as everywhere here, a constant rate, no weight decay.
//
// Batch norm: real and made pictures go through D in separate passes. A network moves its running statistics
// only in an update that trains it: E's by x, G's by z, D's by both batches.

#include "models/methods/basic_method.h"
#include "models/methods/posterior.h"
#include "models/networks/encoder.h"
#include "models/networks/generator.h"
#include "models/networks/joint_discriminator.h"
#include "models/objectives/adversarial.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

class Ali final : public BasicMethod {
public:
    explicit Ali(MethodSettings settings);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override {
        return descend(batches, random, {true, true, true});
    }
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override {
        checkPart(findMethod(spec().method), part);
        return descend(batches, random, {part == "E", part == "G", part == "D"});
    }

    Tensor generate(const Tensor& z) override { return generator_(z, mode()); }
    Posterior encode(const Tensor& x) override { return infer(x, mode()); }
    Tensor criticise(const Tensor& x) override { return discriminator_(x, infer(x, mode()).mean, mode()); }
    Tensor criticFeatures(const Tensor& x) override {
        return discriminator_->features(x, infer(x, mode()).mean, mode());
    }

    void visitState(StateVisitor& visitor) override {
        encoder_.visit(visitor);
        generator_.visit(visitor);
        discriminator_.visit(visitor);
    }

private:
    /// Which networks an update moves.
    struct Moved {
        bool encoder, generator, discriminator;
    };

    UpdateReport descend(BatchSource& batches, RandomStreams& random, Moved moved);
    void step(Moved moved, const Tensor& discriminatorLoss, const Tensor& pairLoss);

    Posterior infer(const Tensor& x, NormMode mode) { return posteriorOf(encoder_(x, mode), stochastic_); }
    /// A code of E(x), drawn where E is stochastic.
    Tensor code(const Tensor& x, NormMode mode, RandomStreams& random) {
        return drawCode(infer(x, mode), random);
    }

    bool stochastic_;
    Learner<Encoder> encoder_;
    Learner<Generator> generator_;
    Learner<JointDiscriminator> discriminator_;
};

Ali::Ali(MethodSettings settings)
    : BasicMethod(std::move(settings)), stochastic_(chosen("encoder", "stochastic")),
      encoder_(
          std::make_shared<Encoder>(image(), integer("filters"), encoderOutputs(latentSize(), stochastic_)),
          learner("encoder", true)),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)),
      discriminator_(std::make_shared<JointDiscriminator>(image(), integer("filters"), latentSize(),
                                                          integer("jointWidth")),
                     learner("discriminator", false)) {}

UpdateReport Ali::descend(BatchSource& batches, RandomStreams& random, Moved moved) {
    const Tensor x = nextPictures(batches);
    const Tensor z = drawCodes(random, x.size(0));
    std::optional<LearnerBase::Training> encoderTraining, generatorTraining, discriminatorTraining;
    if (moved.encoder) {
        encoderTraining.emplace(encoder_);
    }
    if (moved.generator) {
        generatorTraining.emplace(generator_);
    }
    if (moved.discriminator) {
        discriminatorTraining.emplace(discriminator_);
    }

    Tensor inferred, realLogit, madeLogit, discriminatorLoss, pairLoss;
    {
        const ReducedPrecision precision = reducedPrecision();
        const NormMode judging = modeIn(moved.discriminator);
        inferred = code(x, modeIn(moved.encoder), random);
        const Tensor made = generator_(z, modeIn(moved.generator));
        realLogit = discriminator_(x, inferred, judging).to(torch::kFloat32);
        madeLogit = discriminator_(made, z, judging).to(torch::kFloat32);
        discriminatorLoss = objectives::realLoss(realLogit) + objectives::fakeLoss(madeLogit);
        pairLoss = objectives::fakeLoss(realLogit) + objectives::realLoss(madeLogit);
    }
    step(moved, discriminatorLoss, pairLoss);

    const torch::NoGradGuard noGrad;
    const Tensor codes = inferred.detach();
    return {{{"loss/D", discriminatorLoss.detach()},
             {"loss/EG", pairLoss.detach()},
             {"metric/d_accuracy", 0.5 * (objectives::realAccuracy(realLogit.detach()) +
                                          objectives::fakeAccuracy(madeLogit.detach()))},
             {"metric/code_mean", codes.mean()},
             {"metric/code_std", codes.std(/*dim=*/0).mean()}}};
}

void Ali::step(Moved moved, const Tensor& discriminatorLoss, const Tensor& pairLoss) {
    // Both gradients before the first step: a weight that moves spoils the graph of the other loss.
    std::vector<Tensor> pairWeights;
    for (const auto& [moves, learner] :
         {std::pair<bool, LearnerBase*>{moved.encoder, &encoder_}, {moved.generator, &generator_}}) {
        if (moves) {
            const std::vector<Tensor> weights = learner->parameters();
            pairWeights.insert(pairWeights.end(), weights.begin(), weights.end());
        }
    }
    if (moved.discriminator) {
        discriminatorLoss.backward({}, /*retain_graph=*/!pairWeights.empty(), /*create_graph=*/false,
                                   discriminator_.parameters());
    }
    if (!pairWeights.empty()) {
        pairLoss.backward({}, /*retain_graph=*/false, /*create_graph=*/false, pairWeights);
    }
    betweenSubSteps();
    if (moved.encoder) {
        encoder_.step(real("rateEncoder"));
        encoder_.average();
    }
    if (moved.generator) {
        generator_.step(real("rateGenerator"));
        generator_.average();
    }
    if (moved.discriminator) {
        discriminator_.step(real("rateDiscriminator"));
    }
}

Schema aliSchema() {
    return {
        {.name = "encoder",
         .title = "Encoder",
         .meaning =
             "stochastic: a Gaussian cloud of codes for each picture, as ALI has it; deterministic: one "
             "code, which makes it a BiGAN.",
         .group = "Objective",
         .type = ParameterType::Choice,
         .defaultValue = std::string("stochastic"),
         .choices = {"stochastic", "deterministic"},
         .structural = true},
        latentSizeSpec(),
        filtersSpec(),
        {.name = "jointWidth",
         .title = "Width of D",
         .meaning = "Width of the discriminator's hidden layers over the code, and over code and picture.",
         .group = "Networks",
         .type = ParameterType::Integer,
         .defaultValue = std::int64_t{512},
         .minimum = 8,
         .maximum = 4096,
         .structural = true,
         .logarithmic = true,
         .pointsDefault = std::int64_t{64}},
        rateSpec("rateEncoder", "encoder", 2e-4),
        rateSpec("rateGenerator", "generator", 2e-4),
        rateSpec("rateDiscriminator", "discriminator", 2e-4),
        adamBeta1Spec(0.5),
        adamBeta2Spec(0.999),
        batchSizeSpec(),
        emaDecaySpec(),
        precisionSpec()};
}

MethodTraits aliTraits() {
    return {
        .name = "ali",
        .title = "ALI / BiGAN",
        .paper = "Dumoulin, Belghazi, Poole, Mastropietro, Lamb, Arjovsky, Courville: Adversarially Learned "
                 "Inference",
        .year = 2017,
        .family = MethodFamily::AutoEncodingGan,
        .explanation =
            "A discriminator sees pictures together with their codes: real ones with the encoder's, and made "
            "ones with those that they were made from. Where it cannot tell the pairs apart, encoder and "
            "generator undo each other without ever being compared.",
        .diagram = {.nodes = {{"x", Diagram::Kind::Data, 0, 0},
                              {"E", Diagram::Kind::Network, 1, 0},
                              {"ẑ", Diagram::Kind::Code, 2, 0},
                              {"z", Diagram::Kind::Code, 0, 1},
                              {"G", Diagram::Kind::Network, 1, 1},
                              {"x̃", Diagram::Kind::Data, 2, 1},
                              {"D", Diagram::Kind::Network, 4, 0.5}},
                    .arrows = {{"x", "E"},
                               {"E", "ẑ"},
                               {"x", "D"},
                               {"ẑ", "D"},
                               {"z", "G"},
                               {"G", "x̃"},
                               {"x̃", "D"},
                               {"z", "D"}}},
        .capabilities = capabilities(
            {Capability::Generate, Capability::Encode, Capability::Reconstruct, Capability::Criticise}),
        .parts = {{"E", "Encoder", {"encoder"}},
                  {"G", "Generator", {"generator"}},
                  {"D", "Discriminator", {"discriminator"}}},
        .curves = {{"loss/D", "D", "nats", "Cross entropy of the discriminator; 1.39 when it cannot tell"},
                   {"loss/EG", "E, G", "nats", "The same with the labels swapped; 1.39 in balance"},
                   pictureAccuracyCurve(),
                   codeMeanCurve(),
                   codeSpreadCurve()},
        .health = "metric/d_accuracy",
        .schema = aliSchema(),
        .presets = {
            {"quick",
             "Quick",
             {{"filters", std::int64_t{16}},
              {"jointWidth", std::int64_t{256}},
              {"batchSize", std::int64_t{32}}}},
            {"standard", "Standard", {}},
            // The latent size, rates, Adam and batch of ALI's CIFAR-10 run; the networks are ours.
            {"paper",
             "As its authors",
             {{"filters", std::int64_t{64}},
              {"jointWidth", std::int64_t{1024}},
              {"latentSize", std::int64_t{64}},
              {"rateEncoder", 1e-4},
              {"rateGenerator", 1e-4},
              {"rateDiscriminator", 1e-4},
              {"batchSize", std::int64_t{100}}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry ali{aliTraits, make<Ali>};

} // namespace alphascope::models
