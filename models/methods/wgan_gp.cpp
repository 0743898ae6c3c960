// WGAN-GP: Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville 2017, "Improved Training of Wasserstein GANs"
// (Algorithm 1), after Arjovsky, Chintala, Bottou 2017, "Wasserstein GAN". A generator G and a critic f,
// which is D in the list of parts.
//
// With x real, z ~ N(0, I), x_tilde = G(z) and x_bar = x + a (x_tilde - x), a ~ U(0, 1) one number per
// picture, all of them batch means and to be minimised:
//
//   D  E f(x_tilde) - E f(x) + penaltyWeight * E (|grad f(x_bar)| - 1)^2; the norm is over all elements of
//   one
//      picture; x_tilde and x_bar detached
//
//   G  -E f(x_tilde); f frozen
//
// One iteration is criticUpdates steps of D, each with new real pictures, new z and new a, and then one of G
// with z of its own. The authors' code puts G first and leaves it out of the first iteration, which is the
// same sequence of steps.
//
// Where we chose: the authors' 28, 32 and 64-pixel scripts differ in their networks and, at 64 pixels, in
// Adam's first beta (0 instead of 0.5); ours are the program's own trunks, and 0.5 everywhere, as in Rosca et
// al. 2017.
//
// Without batch norm, D's convolutions start after Glorot; the authors' start after He.
//
// Batch norm: none in D, where it would tie the penalty of one picture to its neighbours; so real and made
// pictures may go through D as one batch, and do. G normalises by the batch at hand, and moves its running
// statistics only in its own step.

#include "models/methods/two_player.h"
#include "models/networks/generator.h"
#include "models/networks/image_discriminator.h"
#include "models/objectives/adversarial.h"
#include "models/objectives/wasserstein.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

class WganGp final : public TwoPlayerMethod {
public:
    explicit WganGp(MethodSettings settings);

    Tensor generate(const Tensor& z) override { return generator_(z, mode()); }
    Tensor criticise(const Tensor& x) override { return critic_(x, mode()); }
    Tensor criticFeatures(const Tensor& x) override { return critic_->features(x, mode()); }

    void visitState(StateVisitor& visitor) override {
        generator_.visit(visitor);
        critic_.visit(visitor);
    }

private:
    std::int64_t discriminatorUpdates() const override { return integer("criticUpdates"); }
    UpdateReport updateDiscriminator(BatchSource& batches, RandomStreams& random) override;
    void updateGenerator(RandomStreams& random, UpdateReport& report) override;

    Learner<Generator> generator_;
    Learner<ImageDiscriminator> critic_;
};

WganGp::WganGp(MethodSettings settings)
    : TwoPlayerMethod(std::move(settings)),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)),
      critic_(std::make_shared<ImageDiscriminator>(image(), integer("filters"), Normalisation::None),
              learner("critic", false, ConvolutionStart::Glorot)) {}

UpdateReport WganGp::updateDiscriminator(BatchSource& batches, RandomStreams& random) {
    const Tensor x = nextPictures(batches);
    const Tensor noise = drawCodes(random, x.size(0));
    const Tensor share = random.uniform("interpolation", {x.size(0)}, device());
    const LearnerBase::Training training(critic_);
    Tensor gap, loss;
    objectives::GradientPenalty slope;
    {
        const ReducedPrecision precision = reducedPrecision();
        Tensor made;
        {
            const torch::NoGradGuard noGrad;
            made = generator_(noise, NormMode::BatchStatistics).to(torch::kFloat32);
        }
        const auto criticise = [&](const Tensor& points) {
            return critic_(points, NormMode::MoveStatistics).to(torch::kFloat32);
        };
        const std::vector<Tensor> both = criticise(at::cat({x, made})).chunk(2);
        gap = objectives::criticGap(both[0], both[1]);
        slope = objectives::gradientPenalty(criticise, objectives::interpolated(x, made, share));
        loss = real("penaltyWeight") * slope.penalty - gap;
    }
    loss.backward();
    critic_.step(real("rateCritic"));
    return {{{"loss/D", loss.detach()},
             {"metric/critic_gap", gap.detach()},
             {"metric/penalty", slope.penalty.detach()},
             {"metric/gradient_norm", slope.norm}}};
}

void WganGp::updateGenerator(RandomStreams& random, UpdateReport& report) {
    const Tensor noise = drawCodes(random, integer("batchSize"));
    const LearnerBase::Training training(generator_);
    Tensor loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        const Tensor made = generator_(noise, NormMode::MoveStatistics);
        loss = objectives::ratioLoss(critic_(made, NormMode::BatchStatistics).to(torch::kFloat32));
    }
    loss.backward();
    generator_.step(real("rateGenerator"));
    generator_.average();
    report.add("loss/G", loss);
}

Schema wganGpSchema() {
    return {
        {.name = "penaltyWeight",
         .title = "λ penalty",
         .meaning = "Weight of the squared distance of the critic's slope from 1; less lets the critic "
                    "grow steeper and its gap lose its meaning.",
         .group = "Objective",
         .defaultValue = 10.0,
         .minimum = 0.0,
         .maximum = 1000.0,
         .live = true,
         .logarithmic = true,
         .pointsDefault = 1.0},
        latentSizeSpec(),
        filtersSpec(),
        forPoints(rateSpec("rateGenerator", "generator", 1e-4), 3e-4),
        forPoints(rateSpec("rateCritic", "critic", 1e-4), 3e-3),
        adamBeta1Spec(0.5),
        adamBeta2Spec(0.9),
        batchSizeSpec(),
        {.name = "criticUpdates",
         .title = "Critic updates",
         .meaning = "Updates of the critic for one of the generator, each with its own pictures and codes.",
         .group = "Training",
         .type = ParameterType::Integer,
         .defaultValue = std::int64_t{5},
         .minimum = 1,
         .maximum = 100},
        emaDecaySpec(),
        precisionSpec()};
}

MethodTraits wganGpTraits() {
    return {
        .name = "wgan-gp",
        .title = "WGAN-GP",
        .paper = "Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville: Improved Training of Wasserstein GANs",
        .year = 2017,
        .family = MethodFamily::Adversarial,
        .explanation =
            "A critic estimates how far the made pictures must be carried to become the data, and the "
            "generator shortens that way; a penalty keeps the critic's slope near 1, without which the "
            "estimate would mean nothing. It trains steadily and drops few modes, at the price of several "
            "critic updates for each of the generator.",
        .diagram = {.nodes = {{"z", Diagram::Kind::Code, 0, 1},
                              {"G", Diagram::Kind::Network, 1, 1},
                              {"x̃", Diagram::Kind::Data, 2, 1},
                              {"x", Diagram::Kind::Data, 2, 0},
                              {"x̄", Diagram::Kind::Data, 3, 1.5},
                              {"D", Diagram::Kind::Network, 4, 0.5},
                              {"gap", Diagram::Kind::Loss, 5, 0},
                              {"(|∇D|−1)²", Diagram::Kind::Loss, 5, 1}},
                    .arrows = {{"z", "G"},
                               {"G", "x̃"},
                               {"x", "D"},
                               {"x̃", "D"},
                               {"x", "x̄"},
                               {"x̃", "x̄"},
                               {"x̄", "D"},
                               {"D", "gap"},
                               {"D", "(|∇D|−1)²"}}},
        .capabilities = capabilities({Capability::Generate, Capability::Criticise}),
        .parts = {{"D", "Critic", {"critic"}}, {"G", "Generator", {"generator"}}},
        .curves = {{"loss/D", "D", "of the critic", "λ times the penalty minus the critic's gap"},
                   {"loss/G", "G", "of the critic", "Minus the critic's mean number for made pictures"},
                   {"metric/critic_gap", "critic gap", "of the critic",
                    "Estimate of the Wasserstein distance between real and made pictures; falls as samples "
                    "improve"},
                   {"metric/penalty", "penalty", "", "Mean squared distance of the critic's slope from 1"},
                   {"metric/gradient_norm", "gradient norm", "",
                    "Mean slope of the critic between real and made pictures; 1 when the penalty holds"}},
        .health = "metric/critic_gap",
        .schema = wganGpSchema(),
        .presets = {
            {"quick", "Quick", {{"filters", std::int64_t{16}}, {"batchSize", std::int64_t{32}}}},
            {"standard", "Standard", {}},
            // The authors' script for MNIST: 64 filters, 128 latent numbers, batches of 50.
            {"paper",
             "As its authors",
             {{"filters", std::int64_t{64}},
              {"latentSize", std::int64_t{128}},
              {"batchSize", std::int64_t{50}}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry wganGp{wganGpTraits, make<WganGp>};

} // namespace alphascope::models
