// VAE-GAN: Larsen, Kaae Soenderby, Larochelle, Winther 2016, "Autoencoding beyond pixels using a learned
// similarity metric". A VAE whose likelihood is that of a discriminator's features instead of pixels, and
// whose generator plays a GAN's game at the same time. Facts from the authors' code
// (andersbll/autoencoding_beyond_pixels).
//
// With q(z|x) = N(mean, exp(logVariance)) from E, z_hat drawn from it, x_hat = G(z_hat), x_tilde = G(z) with
// z ~ N(0, I), D's logit l and D's features F, all terms batch means per picture:
//
//   prior       KL(q(z|x) || N(0, I)), summed over the code
//   likelihood  1/2 |F(x) - F(x_hat)|^2, summed over the features: -log of a Gaussian with deviation 1,
//   without
//               its constant. F(x) is a constant target
//   game        softplus(-l(x)) + softplus(l(x_tilde)) [+ softplus(l(x_hat)) with judgeReconstructions]
//
// To be minimised, all three by the gradients of one forward pass at the same weights:
//
//   E  prior + likelihood, the latter through G and D; the game does not reach E
//   G  gamma * likelihood - game over the made pictures (generatorGame = minimax, as the authors) or
//      gamma * likelihood + softplus(-l) of them (non-saturating)
//   D  game; the likelihood does not reach D's weights
//
// The paper writes its game with the sign of a logarithm of probabilities in one line and of a cost in
// another; read as D's cost, as here, its three updates and the code agree. The code weighs G's two terms by
// w and 1 - w; gamma is their ratio. F is the output of the last convolution after its activation: the
// authors count layers and take about the same place in theirs.
//
// Equilibrium gate (objectives/equilibrium.h): D or G sits an iteration out while the other is behind,
// moments included, as a flag on the device. updatePart() moves its part whatever the gate says.
//
// Optimiser: the authors' RMSProp is Adam with beta1 = 0 (the default here) but for Adam's correction of the
// first steps, which spares them 1 / sqrt(1 - beta2) too long a stride; tst_model_parts compares the two.
//
// Batch norm: real, rebuilt and sampled pictures go through D in separate passes. A network moves its running
// statistics only in an update that trains it, gate or not: E's by x, G's by z_hat and z, D's by what it
// judges.

#include "models/methods/basic_method.h"
#include "models/networks/encoder.h"
#include "models/networks/generator.h"
#include "models/networks/image_discriminator.h"
#include "models/objectives/adversarial.h"
#include "models/objectives/equilibrium.h"
#include "models/objectives/likelihood.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

/// A result of one network as the next one's input. The backward pass stops at `input`, so that what arrives
/// there can go on to several networks with different weights.
struct Cut {
    Tensor output, input;
    Cut() = default;
    explicit Cut(const Tensor& y) : output(y), input(y.detach().requires_grad_()) {}
};

/// Which networks an update moves.
struct Moved {
    bool encoder, generator, discriminator;
};

/// The one forward pass.
struct Pass {
    Cut code, rebuilt, sampled;
    // 0-dimensional:
    Tensor prior, likelihood;
    Tensor realCost, madeCost; ///< D's cross entropies
    Tensor discriminatorLoss;
    Tensor generatorGame; ///< G's adversarial term
    Tensor accuracy;      ///< of D
};

class VaeGan final : public BasicMethod {
public:
    explicit VaeGan(MethodSettings settings);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override;
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override;

    Tensor generate(const Tensor& z) override { return generator_(z, mode()); }
    Posterior encode(const Tensor& x) override {
        const std::vector<Tensor> halves = infer(x, mode());
        return {halves[0], (0.5 * halves[1]).exp()};
    }
    Tensor criticise(const Tensor& x) override { return discriminator_(x, mode()); }
    Tensor criticFeatures(const Tensor& x) override { return discriminator_->features(x, mode()); }

    void visitState(StateVisitor& visitor) override {
        encoder_.visit(visitor);
        generator_.visit(visitor);
        discriminator_.visit(visitor);
    }

private:
    UpdateReport updateAlone(LearnerBase& learner, const char* rate, Moved moved, const Tensor& x,
                             RandomStreams& random);
    Pass forward(const Tensor& x, RandomStreams& random, Moved moved);
    void judge(Pass& pass, const Tensor& x, Moved moved);
    void differentiate(const Pass& pass, Moved moved);
    void differentiateGame(const Pass& pass);
    UpdateReport report(const Pass& pass, const Tensor& x, const objectives::EquilibriumGate& gate) const;

    /// Mean and log-variance, [B,Z] each.
    std::vector<Tensor> infer(const Tensor& x, NormMode mode) {
        return encoder_(x, mode).to(torch::kFloat32).chunk(2, 1);
    }
    LearnerOptions gated(const std::string& name, bool averaged) const {
        LearnerOptions options = learner(name, averaged);
        options.adam.skippable = true;
        return options;
    }

    bool minimax_, judgeReconstructions_;
    Learner<Encoder> encoder_;
    Learner<Generator> generator_;
    Learner<ImageDiscriminator> discriminator_;
};

VaeGan::VaeGan(MethodSettings settings)
    : BasicMethod(std::move(settings)), minimax_(chosen("generatorGame", "minimax")),
      judgeReconstructions_(boolean("judgeReconstructions")),
      encoder_(std::make_shared<Encoder>(image(), integer("filters"), 2 * latentSize()),
               learner("encoder", true)),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 gated("generator", true)),
      discriminator_(std::make_shared<ImageDiscriminator>(image(), integer("filters")),
                     gated("discriminator", false)) {}

UpdateReport VaeGan::update(BatchSource& batches, RandomStreams& random) {
    const Tensor x = nextPictures(batches);
    const LearnerBase::Training encoderTraining(encoder_), generatorTraining(generator_),
        discriminatorTraining(discriminator_);
    constexpr Moved all{true, true, true};
    const Pass pass = forward(x, random, all);
    betweenSubSteps();
    differentiate(pass, all);
    betweenSubSteps();
    const objectives::EquilibriumGate gate =
        objectives::equilibriumGate(pass.realCost, pass.madeCost, real("equilibrium"), real("margin"));
    encoder_.step(real("rateEncoder"));
    generator_.stepUnless(gate.skipGenerator, real("rateGenerator"));
    discriminator_.stepUnless(gate.skipDiscriminator, real("rateDiscriminator"));
    encoder_.average();
    generator_.average();
    return report(pass, x, gate);
}

UpdateReport VaeGan::updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) {
    checkPart(findMethod(spec().method), part);
    const Tensor x = nextPictures(batches);
    if (part == "E") {
        return updateAlone(encoder_, "rateEncoder", {true, false, false}, x, random);
    }
    if (part == "G") {
        return updateAlone(generator_, "rateGenerator", {false, true, false}, x, random);
    }
    return updateAlone(discriminator_, "rateDiscriminator", {false, false, true}, x, random);
}

UpdateReport VaeGan::updateAlone(LearnerBase& learner, const char* rate, Moved moved, const Tensor& x,
                                 RandomStreams& random) {
    const LearnerBase::Training training(learner);
    const Pass pass = forward(x, random, moved);
    differentiate(pass, moved);
    learner.step(real(rate));
    learner.average();
    const Tensor open = torch::zeros({}, torch::dtype(torch::kFloat32).device(device()));
    return report(pass, x, {open, open});
}

Pass VaeGan::forward(const Tensor& x, RandomStreams& random, Moved moved) {
    const Tensor epsilon = random.normal("posterior", {x.size(0), latentSize()}, device());
    const Tensor z = drawCodes(random, x.size(0));
    const ReducedPrecision precision = reducedPrecision();
    Pass pass;
    const std::vector<Tensor> posterior = infer(x, modeIn(moved.encoder));
    pass.prior = objectives::gaussianKl(posterior[0], posterior[1]);
    pass.code = Cut(posterior[0] + (0.5 * posterior[1]).exp() * epsilon);
    pass.rebuilt = Cut(generator_(pass.code.input, modeIn(moved.generator)));
    pass.sampled = Cut(generator_(z, modeIn(moved.generator)));
    judge(pass, x, moved);
    return pass;
}

void VaeGan::judge(Pass& pass, const Tensor& x, Moved moved) {
    const NormMode judging = modeIn(moved.discriminator);
    const NormMode comparing = judgeReconstructions_ ? judging : NormMode::BatchStatistics;
    const auto logits = [&](const Tensor& features) {
        return discriminator_->judge(features).to(torch::kFloat32);
    };
    const Tensor features = discriminator_->features(x, judging);
    const Tensor rebuiltFeatures = discriminator_->features(pass.rebuilt.input, comparing);
    const Tensor difference = rebuiltFeatures.to(torch::kFloat32) - features.detach().to(torch::kFloat32);
    pass.likelihood = 0.5 * difference.square().sum(1).mean();

    const Tensor realLogit = logits(features);
    const Tensor sampledLogit = logits(discriminator_->features(pass.sampled.input, judging));
    pass.realCost = objectives::realLoss(realLogit);
    pass.madeCost = objectives::fakeLoss(sampledLogit);
    pass.generatorGame = minimax_ ? pass.madeCost.neg() : objectives::realLoss(sampledLogit);
    pass.discriminatorLoss = pass.realCost + pass.madeCost;
    Tensor madeAccuracy = objectives::fakeAccuracy(sampledLogit.detach());
    if (judgeReconstructions_) {
        const Tensor logit = logits(rebuiltFeatures);
        const Tensor cost = objectives::fakeLoss(logit);
        pass.discriminatorLoss = pass.discriminatorLoss + cost;
        pass.generatorGame = pass.generatorGame + (minimax_ ? cost.neg() : objectives::realLoss(logit));
        pass.madeCost = 0.5 * (pass.madeCost + cost);
        madeAccuracy = 0.5 * (madeAccuracy + objectives::fakeAccuracy(logit.detach()));
    }
    pass.accuracy = 0.5 * (objectives::realAccuracy(realLogit.detach()) + madeAccuracy);
}

void VaeGan::differentiate(const Pass& pass, Moved moved) {
    if (moved.encoder || moved.generator) {
        const Tensor slope = torch::autograd::grad({pass.likelihood}, {pass.rebuilt.input}, {},
                                                   /*retain_graph=*/true)[0];
        std::vector<Tensor> reached;
        if (moved.generator) {
            reached = generator_.parameters();
        }
        if (moved.encoder) {
            reached.push_back(pass.code.input);
        }
        pass.rebuilt.output.backward(slope, /*retain_graph=*/true, /*create_graph=*/false, reached);
    }
    if (moved.generator) {
        differentiateGame(pass);
    }
    if (moved.encoder) {
        torch::autograd::backward({pass.prior, pass.code.output},
                                  {at::ones_like(pass.prior), pass.code.input.grad()});
    }
    if (moved.discriminator) {
        pass.discriminatorLoss.backward({}, /*retain_graph=*/false, /*create_graph=*/false,
                                        discriminator_.parameters());
    }
}

void VaeGan::differentiateGame(const Pass& pass) {
    generator_.scaleGradients(real("gamma")); // so far they are the likelihood's
    std::vector<Tensor> pictures{pass.sampled.input};
    if (judgeReconstructions_) {
        pictures.push_back(pass.rebuilt.input);
    }
    const std::vector<Tensor> slopes = torch::autograd::grad({pass.generatorGame}, pictures, {},
                                                             /*retain_graph=*/true);
    pass.sampled.output.backward(slopes[0], /*retain_graph=*/false, /*create_graph=*/false,
                                 generator_.parameters());
    if (judgeReconstructions_) {
        pass.rebuilt.output.backward(slopes[1], /*retain_graph=*/false, /*create_graph=*/false,
                                     generator_.parameters());
    }
}

UpdateReport VaeGan::report(const Pass& pass, const Tensor& x,
                            const objectives::EquilibriumGate& gate) const {
    const torch::NoGradGuard noGrad;
    const Tensor code = pass.code.output.detach();
    UpdateReport report;
    report.add("loss/E", pass.prior + pass.likelihood);
    report.add("loss/G", real("gamma") * pass.likelihood + pass.generatorGame);
    report.add("loss/D", pass.discriminatorLoss);
    report.add("loss/prior", pass.prior);
    report.add("loss/likelihood", pass.likelihood);
    report.add("metric/train_l1", objectives::meanL1(pass.rebuilt.output.detach().to(torch::kFloat32), x));
    report.add("metric/d_accuracy", pass.accuracy);
    report.add("metric/d_open", 1.0 - gate.skipDiscriminator);
    report.add("metric/g_open", 1.0 - gate.skipGenerator);
    report.add("metric/code_mean", code.mean());
    report.add("metric/code_std", code.std(/*dim=*/0).mean());
    return report;
}

Schema vaeGanSchema() {
    return {{.name = "gamma",
             .title = "γ",
             .meaning = "Weight of the feature likelihood, a sum over features, against the game in the "
                        "generator's loss; more gives closer reconstructions and plainer samples.",
             .group = "Objective",
             .defaultValue = 1e-2,
             .minimum = 0.0,
             .maximum = 100.0,
             .live = true,
             .logarithmic = true,
             .pointsDefault = 1.0},
            {.name = "equilibrium",
             .title = "Equilibrium",
             .meaning = "Cross entropy around which the gate keeps the discriminator's two costs.",
             .group = "Objective",
             .defaultValue = 0.68,
             .minimum = 0.0,
             .maximum = 10.0,
             .live = true},
            {.name = "margin",
             .title = "Margin",
             .meaning = "How far a cost may stray from there before the discriminator (too low) or the "
                        "generator (too high) sits an iteration out; 100 opens the gate for good.",
             .group = "Objective",
             .defaultValue = 0.35,
             .minimum = 0.0,
             .maximum = 100.0,
             .live = true},
            {.name = "generatorGame",
             .title = "G's game",
             .meaning = "minimax: D's loss with the other sign, as the authors; non-saturating: the made "
                        "pictures' loss with the labels swapped, whose slope lasts while D wins.",
             .group = "Objective",
             .type = ParameterType::Choice,
             .defaultValue = std::string("minimax"),
             .choices = {"minimax", "non-saturating"}},
            {.name = "judgeReconstructions",
             .title = "D sees reconstructions",
             .meaning =
                 "Whether rebuilt pictures, too, take part in the game as made ones, as in the paper; the "
                 "authors' code leaves them out for faces and CIFAR-10.",
             .group = "Objective",
             .type = ParameterType::Boolean,
             .defaultValue = false},
            latentSizeSpec(),
            filtersSpec(),
            rateSpec("rateEncoder", "encoder", 3e-4),
            rateSpec("rateGenerator", "generator", 3e-4),
            rateSpec("rateDiscriminator", "discriminator", 3e-4),
            adamBeta1Spec(0.0),
            adamBeta2Spec(0.9),
            batchSizeSpec(),
            emaDecaySpec(),
            precisionSpec()};
}

MethodTraits vaeGanTraits() {
    return {
        .name = "vae-gan",
        .title = "VAE-GAN",
        .paper = "Larsen, Kaae Sønderby, Larochelle, Winther: Autoencoding beyond pixels using a learned "
                 "similarity metric",
        .year = 2016,
        .family = MethodFamily::AutoEncodingGan,
        .explanation = "A VAE that compares pictures by what a discriminator sees in them instead of pixel "
                       "by pixel, while "
                       "its generator also learns to deceive that discriminator. Reconstructions keep the "
                       "style and give "
                       "up the exact place of an edge.",
        .diagram = {.nodes = {{"x", Diagram::Kind::Data, 0, 0},
                              {"E", Diagram::Kind::Network, 1, 0},
                              {"ẑ", Diagram::Kind::Code, 2, 0},
                              {"G", Diagram::Kind::Network, 3, 1},
                              {"x̂", Diagram::Kind::Data, 4, 0.5},
                              {"D", Diagram::Kind::Network, 5, 1},
                              {"features", Diagram::Kind::Loss, 6, 0.5},
                              {"real?", Diagram::Kind::Loss, 6, 1.5},
                              {"KL", Diagram::Kind::Loss, 3, 0},
                              {"z", Diagram::Kind::Code, 2, 2},
                              {"x̃", Diagram::Kind::Data, 4, 1.5}},
                    .arrows = {{"x", "E"},
                               {"E", "ẑ"},
                               {"ẑ", "KL"},
                               {"ẑ", "G"},
                               {"z", "G"},
                               {"G", "x̂"},
                               {"G", "x̃"},
                               {"x̂", "D"},
                               {"x̃", "D"},
                               {"D", "features"},
                               {"D", "real?"}}},
        .capabilities = capabilities(
            {Capability::Generate, Capability::Encode, Capability::Reconstruct, Capability::Criticise}),
        .parts = {{"E", "Encoder", {"encoder"}},
                  {"G", "Generator", {"generator"}},
                  {"D", "Discriminator", {"discriminator"}}},
        .curves = {{"loss/E", "E", "nats per picture", "Prior plus feature likelihood"},
                   {"loss/G", "G", "nats", "γ times the likelihood plus the generator's side of the game"},
                   {"loss/D", "D", "nats", "Cross entropy of the discriminator; 1.39 when it cannot tell"},
                   {"loss/prior", "KL", "nats per picture", "Divergence of the codes from the prior"},
                   {"loss/likelihood", "features", "nats per picture",
                    "Half the squared distance of picture and reconstruction in D's features"},
                   trainErrorCurve(),
                   pictureAccuracyCurve(),
                   {"metric/d_open", "gate, D", "share", "1 when the discriminator moved, 0 when it sat out"},
                   {"metric/g_open", "gate, G", "share", "1 when the generator moved, 0 when it sat out"},
                   codeMeanCurve(),
                   codeSpreadCurve()},
        .health = "metric/d_open",
        .schema = vaeGanSchema(),
        .presets = {
            {"quick", "Quick", {{"filters", std::int64_t{16}}, {"batchSize", std::int64_t{32}}}},
            {"standard", "Standard", {}},
            // Their weight of the likelihood, latent size for faces and rate; their rate starts at 0.025 over
            // the batch in the code and anneals, the paper's is constant. The networks are ours.
            {"paper",
             "As its authors",
             {{"gamma", 5e-5}, {"filters", std::int64_t{64}}, {"latentSize", std::int64_t{128}}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry vaeGan{vaeGanTraits, make<VaeGan>};

} // namespace alphascope::models
