// EBGAN: Zhao, Mathieu, LeCun 2016, "Energy-based Generative Adversarial Network". A generator G, and a
// discriminator D that is an auto-encoder: it gives each picture an energy, the error with which it rebuilds
// it, which is to be low for real pictures and at least a margin m for made ones.
//
// With D(x) the energy of x, S(x) D's inner codes, z ~ N(0, I), x_tilde = G(z), all of them batch means and
// to be minimised (equations 1 to 4):
//
//   D  D(x) + max(0, m - D(x_tilde)); the hinge for each picture alone; x_tilde detached
//
//   G  D(x_tilde) + repellingWeight * PT(S(x_tilde)); D frozen. PT is the mean squared cosine between the
//   codes
//      of different pictures of the batch; it pushes them apart, and D knows nothing of it
//
// One iteration is D and then G once, each with z of its own.
//
// Where we chose: the paper writes D(x) as the norm |Dec(Enc(x)) - x|, and calls it a mean squared error in
// words. Its margins, 20, 40 and 80 for pictures of 64, 128 and 256 pixels, grow as the Euclidean norm of
// one fixed error does, and so speak for the norm: they all mean a root mean square of 0.18 for pixels in
// [-1,1] and 3 channels, and the 10 used for MNIST means 0.36. Against a mean over elements, of which 4 is
// the largest, a margin of 20 could never be reached. So the energy here is the norm divided by the root of
// the number of elements (root mean square; the option energy = mean-square leaves the root out), which gives
// a margin the same meaning at every size. The weight of PT, 0.1, is that of other programs; against this
// energy it counts for more than against the paper's norm.
//
// Batch norm: real and made pictures go through D apart, each normalised by its own batch. A network moves
// its running statistics only in the sub-step that trains it.

#include "models/methods/two_player.h"
#include "models/networks/auto_encoder.h"
#include "models/objectives/energy.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

class Ebgan final : public TwoPlayerMethod {
public:
    explicit Ebgan(MethodSettings settings);

    Tensor generate(const Tensor& z) override { return generator_(z, mode()); }
    Tensor criticise(const Tensor& x) override { return judge(x, mode()).energy; }
    Tensor criticFeatures(const Tensor& x) override { return discriminator_->encode(x, mode()); }

    void visitState(StateVisitor& visitor) override {
        generator_.visit(visitor);
        discriminator_.visit(visitor);
    }

private:
    /// What D finds in pictures, in float32.
    struct Verdict {
        Tensor energy; ///< [B]
        Tensor codes;  ///< [B,S]
    };

    Verdict judge(const Tensor& x, NormMode mode);
    UpdateReport updateDiscriminator(BatchSource& batches, RandomStreams& random) override;
    void updateGenerator(RandomStreams& random, UpdateReport& report) override;

    bool squared_;
    Learner<Generator> generator_;
    Learner<AutoEncoder> discriminator_;
};

Ebgan::Ebgan(MethodSettings settings)
    : TwoPlayerMethod(std::move(settings)), squared_(chosen("energy", "mean-square")),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)),
      discriminator_(std::make_shared<AutoEncoder>(image(), integer("filters"), integer("codeSize")),
                     learner("discriminator", false)) {}

Ebgan::Verdict Ebgan::judge(const Tensor& x, NormMode mode) {
    const Tensor codes = discriminator_->encode(x, mode);
    const Tensor rebuilt = discriminator_->decode(codes, mode).to(torch::kFloat32);
    const Tensor target = x.to(torch::kFloat32);
    return {squared_ ? objectives::meanSquareEnergy(rebuilt, target)
                     : objectives::rootMeanSquareEnergy(rebuilt, target),
            codes.to(torch::kFloat32)};
}

UpdateReport Ebgan::updateDiscriminator(BatchSource& batches, RandomStreams& random) {
    const Tensor x = nextPictures(batches);
    const Tensor noise = drawCodes(random, x.size(0));
    const double margin = real("margin");
    const LearnerBase::Training training(discriminator_);
    Tensor ofReal, ofMade, loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        Tensor made;
        {
            const torch::NoGradGuard noGrad;
            made = generator_(noise, NormMode::BatchStatistics);
        }
        ofReal = judge(x, NormMode::MoveStatistics).energy;
        ofMade = judge(made, NormMode::MoveStatistics).energy;
        loss = ofReal.mean() + objectives::hingeLoss(ofMade, margin);
    }
    loss.backward();
    discriminator_.step(real("rateDiscriminator"));
    const torch::NoGradGuard noGrad;
    return {{{"loss/D", loss.detach()},
             {"metric/energy_real", ofReal.mean()},
             {"metric/energy_made", ofMade.mean()},
             {"metric/margin_use", objectives::shareBelow(ofMade, margin)}}};
}

void Ebgan::updateGenerator(RandomStreams& random, UpdateReport& report) {
    const Tensor noise = drawCodes(random, integer("batchSize"));
    const LearnerBase::Training training(generator_);
    Verdict verdict;
    {
        const ReducedPrecision precision = reducedPrecision();
        verdict = judge(generator_(noise, NormMode::MoveStatistics), NormMode::BatchStatistics);
    }
    const Tensor repelling = objectives::repellingTerm(verdict.codes);
    const Tensor loss = verdict.energy.mean() + real("repellingWeight") * repelling;
    loss.backward();
    generator_.step(real("rateGenerator"));
    generator_.average();
    report.add("loss/G", loss);
    report.add("metric/repelling", repelling);
}

Schema ebganSchema() {
    return {
        {.name = "margin",
         .title = "Margin",
         .meaning = "Energy up to which the discriminator pushes made pictures; far above what it gives to "
                    "real ones, and within its reach.",
         .group = "Objective",
         .defaultValue = 0.36,
         .minimum = 0.001,
         .maximum = 4.0,
         .live = true,
         .logarithmic = true},
        {.name = "repellingWeight",
         .title = "Repelling weight",
         .meaning = "Weight of the term that pushes the made pictures' codes in D apart; 0 leaves it out.",
         .group = "Objective",
         .defaultValue = 0.1,
         .minimum = 0.0,
         .maximum = 100.0,
         .live = true,
         .logarithmic = true},
        {.name = "energy",
         .title = "Energy",
         .meaning = "Error with which D rebuilds a picture: over its elements, of pixels from -1 to 1; "
                    "the margin is in the same unit.",
         .group = "Objective",
         .type = ParameterType::Choice,
         .defaultValue = std::string("root-mean-square"),
         .choices = {"root-mean-square", "mean-square"}},
        latentSizeSpec(),
        filtersSpec(),
        {.name = "codeSize",
         .title = "Code size of D",
         .meaning = "Numbers in the discriminator's own codes.",
         .group = "Networks",
         .type = ParameterType::Integer,
         .defaultValue = std::int64_t{64},
         .minimum = 2,
         .maximum = 1024,
         .structural = true,
         .logarithmic = true,
         .pointsDefault = std::int64_t{8}},
        rateSpec("rateGenerator", "generator", 1e-3),
        rateSpec("rateDiscriminator", "discriminator", 1e-3),
        adamBeta1Spec(0.5),
        adamBeta2Spec(0.999),
        batchSizeSpec(),
        emaDecaySpec(),
        precisionSpec()};
}

MethodTraits ebganTraits() {
    return {
        .name = "ebgan",
        .title = "EBGAN",
        .paper = "Zhao, Mathieu, LeCun: Energy-based Generative Adversarial Network",
        .year = 2016,
        .family = MethodFamily::AutoEncoderAsDiscriminator,
        .explanation =
            "The discriminator is an auto-encoder that learns to rebuild real pictures well and made ones "
            "badly, up to a margin, and the generator looks for pictures that it rebuilds well. Every pixel "
            "of the error teaches it something, and a repelling term keeps the samples apart.",
        .diagram = {.nodes = {{"z", Diagram::Kind::Code, 0, 1},
                              {"G", Diagram::Kind::Network, 1, 1},
                              {"x̃", Diagram::Kind::Data, 2, 1},
                              {"x", Diagram::Kind::Data, 2, 0},
                              {"D: Enc", Diagram::Kind::Network, 3, 0.5},
                              {"s", Diagram::Kind::Code, 4, 0.5},
                              {"D: Dec", Diagram::Kind::Network, 5, 0.5},
                              {"energy", Diagram::Kind::Loss, 6, 0.5},
                              {"PT", Diagram::Kind::Loss, 5, 1.5}},
                    .arrows = {{"z", "G"},
                               {"G", "x̃"},
                               {"x", "D: Enc"},
                               {"x̃", "D: Enc"},
                               {"D: Enc", "s"},
                               {"s", "D: Dec"},
                               {"s", "PT"},
                               {"D: Dec", "energy"}}},
        .capabilities = capabilities({Capability::Generate, Capability::Criticise, Capability::Energy}),
        .parts = {{"D", "Discriminator", {"discriminator"}}, {"G", "Generator", {"generator"}}},
        .curves = {{"loss/D", "D", "energy",
                    "Energy of real pictures plus what made ones lack to the margin"},
                   {"loss/G", "G", "energy", "Energy of made pictures plus the weighted repelling term"},
                   {"metric/energy_real", "energy, real", "energy",
                    "Error with which the discriminator rebuilds real pictures"},
                   {"metric/energy_made", "energy, made", "energy",
                    "Error with which the discriminator rebuilds made pictures"},
                   {"metric/margin_use", "margin use", "share",
                    "Made pictures whose energy is below the margin, so that the discriminator still learns "
                    "from them"},
                   {"metric/repelling", "repelling", "",
                    "Mean squared cosine between the codes of made pictures; 1 when all are alike"}},
        .health = "metric/margin_use",
        .schema = ebganSchema(),
        .presets = {
            {"quick", "Quick", {{"filters", std::int64_t{16}}, {"batchSize", std::int64_t{32}}}},
            {"standard", "Standard", {}},
            // The sizes of a public program for CelebA, whose margin of 20 is 0.18 here.
            {"paper",
             "As its authors",
             {{"margin", 0.18},
              {"filters", std::int64_t{64}},
              {"codeSize", std::int64_t{256}},
              {"latentSize", std::int64_t{100}},
              {"batchSize", std::int64_t{128}}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry ebgan{ebganTraits, make<Ebgan>};

} // namespace alphascope::models
