// DCGAN: Radford, Metz, Chintala 2015, "Unsupervised Representation Learning with Deep Convolutional
// Generative Adversarial Networks", with the losses of Goodfellow et al. 2014, "Generative Adversarial Nets",
// in the form that does not saturate. A generator G and a discriminator D.
//
// With D's logit l, z ~ N(0, I), x_tilde = G(z), all of them batch means and to be minimised:
//
//   D  softplus(-l(x)) + softplus(l(x_tilde)); x_tilde detached
//
//   G  softplus(-l(x_tilde)): -log D, whose slope stays where D is sure; D frozen
//
// One iteration is D and then G once, each with z of its own, as in Goodfellow's Algorithm 1; some programs
// use one x_tilde for both, and some move G twice.
//
// Where we chose: the paper draws z uniformly from a cube, which is an option here (prior = uniform; codes
// outside are normal, and mapped); the paper initialises every layer with N(0, 0.02), and here the linear
// ones follow Glorot. The networks have kernel 4 where the paper's have 5.
//
// Batch norm: real and made pictures go through D apart, each normalised by its own batch. A network moves
// its running statistics only in the sub-step that trains it.

#include "models/methods/two_player.h"
#include "models/networks/generator.h"
#include "models/networks/image_discriminator.h"
#include "models/networks/priors.h"
#include "models/objectives/adversarial.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

class Dcgan final : public TwoPlayerMethod {
public:
    explicit Dcgan(MethodSettings settings);

    Tensor generate(const Tensor& z) override { return generator_(fromPrior(z), mode()); }
    Tensor criticise(const Tensor& x) override { return discriminator_(x, mode()); }
    Tensor criticFeatures(const Tensor& x) override { return discriminator_->features(x, mode()); }

    void visitState(StateVisitor& visitor) override {
        generator_.visit(visitor);
        discriminator_.visit(visitor);
    }

private:
    UpdateReport updateDiscriminator(BatchSource& batches, RandomStreams& random) override;
    void updateGenerator(RandomStreams& random, UpdateReport& report) override;

    Tensor fromPrior(const Tensor& z) const { return uniform_ ? toCube(z) : z; }

    bool uniform_;
    Learner<Generator> generator_;
    Learner<ImageDiscriminator> discriminator_;
};

Dcgan::Dcgan(MethodSettings settings)
    : TwoPlayerMethod(std::move(settings)), uniform_(chosen("prior", "uniform")),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)),
      discriminator_(std::make_shared<ImageDiscriminator>(image(), integer("filters")),
                     learner("discriminator", false)) {}

UpdateReport Dcgan::updateDiscriminator(BatchSource& batches, RandomStreams& random) {
    UpdateReport report;
    const Tensor x = nextPictures(batches);
    const Tensor noise = drawCodes(random, x.size(0));
    teachDiscriminator(
        discriminator_, x, [&] { return generator_(fromPrior(noise), NormMode::BatchStatistics); }, report);
    return report;
}

void Dcgan::updateGenerator(RandomStreams& random, UpdateReport& report) {
    const Tensor noise = fromPrior(drawCodes(random, integer("batchSize")));
    const LearnerBase::Training training(generator_);
    Tensor loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        const Tensor made = generator_(noise, NormMode::MoveStatistics);
        loss = objectives::realLoss(discriminator_(made, NormMode::BatchStatistics).to(torch::kFloat32));
    }
    loss.backward();
    generator_.step(real("rateGenerator"));
    generator_.average();
    report.add("loss/G", loss);
}

Schema dcganSchema() {
    return {priorSpec(),
            latentSizeSpec(),
            filtersSpec(),
            rateSpec("rateGenerator", "generator", 2e-4),
            rateSpec("rateDiscriminator", "discriminator", 2e-4),
            adamBeta1Spec(0.5),
            adamBeta2Spec(0.999),
            batchSizeSpec(),
            emaDecaySpec(),
            precisionSpec()};
}

MethodTraits dcganTraits() {
    return {
        .name = "dcgan",
        .title = "DCGAN",
        .paper = "Radford, Metz, Chintala: Unsupervised Representation Learning with Deep Convolutional "
                 "Generative Adversarial Networks",
        .year = 2015,
        .family = MethodFamily::Adversarial,
        .explanation =
            "A discriminator learns to tell real pictures from made ones, and a convolutional generator "
            "learns to pass for real. Its samples are sharp, but nothing makes it cover all of the data, and "
            "it has no encoder.",
        .diagram = {.nodes = {{"z", Diagram::Kind::Code, 0, 1},
                              {"G", Diagram::Kind::Network, 1, 1},
                              {"x̃", Diagram::Kind::Data, 2, 1},
                              {"x", Diagram::Kind::Data, 2, 0},
                              {"D", Diagram::Kind::Network, 3, 0.5},
                              {"real?", Diagram::Kind::Loss, 4, 0.5}},
                    .arrows = {{"z", "G"}, {"G", "x̃"}, {"x", "D"}, {"x̃", "D"}, {"D", "real?"}}},
        .capabilities = capabilities({Capability::Generate, Capability::Criticise}),
        .parts = {{"D", "Discriminator", {"discriminator"}}, {"G", "Generator", {"generator"}}},
        .curves = {{"loss/D", "D", "nats", "Cross entropy of the discriminator; 1.39 when it cannot tell"},
                   {"loss/G", "G", "nats",
                    "−log of the discriminator's belief in made pictures; 0.69 when it cannot tell"},
                   pictureAccuracyCurve()},
        .health = "metric/d_accuracy",
        .schema = dcganSchema(),
        .presets = {
            {"quick", "Quick", {{"filters", std::int64_t{16}}}},
            {"standard", "Standard", {}},
            {"paper",
             "As its authors",
             {{"prior", std::string("uniform")},
              {"latentSize", std::int64_t{100}},
              {"filters", std::int64_t{128}},
              {"batchSize", std::int64_t{128}}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry dcgan{dcganTraits, make<Dcgan>};

} // namespace alphascope::models
