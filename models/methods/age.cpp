// AGE: Ulyanov, Vedaldi, Lempitsky 2017, "It Takes (Only) Two: Adversarial Generator-Encoder Networks". An
// encoder E and a generator G play against each other over the distribution of codes; there is no
// discriminator. Facts from the paper and from the authors' code (DmitryUlyanov/AGE).
//
// Codes lie on the unit sphere: u = z / |z| with z ~ N(0, I), and E's output is divided by its length.
// Outside, codes are standard normal as for every method: generate() maps z to the sphere, and encode() gives
// the point on the sphere at the length sqrt(Z) that a standard normal code has.
//
// With KL(e) the divergence of a batch of codes from the prior by its mean and variance in each number
// (objectives/code_statistics.h), all terms batch means, to be minimised:
//
//   E  KL(E(x)) - KL(E(G(u))) + pictureWeight * L1(G(E(x)), x) + codeWeightEncoder * cos(E(G(u)), u)
//      G frozen, but the L1's gradient goes through it. codeWeightEncoder is 0 unless asked for; the author
//      advises a little of it against a collapse.
//
//   G  KL(E(G(u))) + codeWeight * cos(E(G(u)), u) + pictureWeightGenerator * L1(G(E(x)), x)
//      E frozen, the gradient of the first two goes through it. pictureWeightGenerator is 0 unless asked for,
//      as in the authors' runs: G then learns of the data through E alone. Points need it: without tanh at
//      its end G can leave the data's surroundings for a place where E knows nothing and gives every
//      direction back.
//
// L1 is the mean over all elements, cos is 2 minus the mean over all elements of the product: both as in the
// authors' code. The KL is the textbook one by default; momentForm = authors takes the variance where the
// formula has the standard deviation, as their code does.
//
// One iteration is one update of E and then generatorUpdates of G, each with fresh u. The authors' rates
// halve every few epochs: halveRatesEvery, where each network counts in iterations by its own updates.
//
// Batch norm: real and made pictures go through E in separate passes, each normalised by itself. E moves its
// running statistics by real pictures alone (the authors' move by both; but what is encoded afterwards is
// real), G by those of its own sub-step.

#include "models/methods/basic_method.h"
#include "models/networks/encoder.h"
#include "models/networks/generator.h"
#include "models/networks/priors.h"
#include "models/objectives/code_statistics.h"
#include "models/objectives/likelihood.h"
#include "models/optimizers/rate_schedule.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

class Age final : public BasicMethod {
public:
    explicit Age(MethodSettings settings);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override;
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override;

    Tensor generate(const Tensor& z) override { return generator_(toSphere(z), mode()); }
    Posterior encode(const Tensor& x) override { return {fromSphere(spherical(x, mode())), {}}; }

    void visitState(StateVisitor& visitor) override {
        encoder_.visit(visitor);
        generator_.visit(visitor);
    }

private:
    void updateEncoder(const Tensor& x, RandomStreams& random, UpdateReport& report);
    /// `codes`: E(x), or undefined where G is not to rebuild pictures. Reports into `report` unless it is
    /// null.
    void updateGenerator(const Tensor& x, const Tensor& codes, RandomStreams& random, UpdateReport* report);
    Tensor codesToRebuild(const Tensor& x);

    /// E(x) on the unit sphere.
    Tensor spherical(const Tensor& x, NormMode mode) {
        return toSphere(encoder_(x, mode).to(torch::kFloat32));
    }
    double scheduled(const char* rate, std::int64_t iterations) const {
        return halvedRate(real(rate), iterations, integer("halveRatesEvery"), real("rateFloor"));
    }

    objectives::MomentForm form_;
    Learner<Encoder> encoder_;
    Learner<Generator> generator_;
};

Age::Age(MethodSettings settings)
    : BasicMethod(std::move(settings)),
      form_(chosen("momentForm", "authors") ? objectives::MomentForm::Authors
                                            : objectives::MomentForm::Textbook),
      encoder_(std::make_shared<Encoder>(image(), integer("filters"), latentSize()),
               learner("encoder", true)),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)) {}

UpdateReport Age::update(BatchSource& batches, RandomStreams& random) {
    UpdateReport report;
    const Tensor x = nextPictures(batches);
    updateEncoder(x, random, report);
    const Tensor codes = codesToRebuild(x);
    const std::int64_t repeats = integer("generatorUpdates");
    for (std::int64_t i = 1; i <= repeats; ++i) {
        betweenSubSteps();
        updateGenerator(x, codes, random, i == repeats ? &report : nullptr);
    }
    encoder_.average();
    generator_.average();
    return report;
}

UpdateReport Age::updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) {
    checkPart(findMethod(spec().method), part);
    UpdateReport report;
    const Tensor x = nextPictures(batches);
    if (part == "E") {
        updateEncoder(x, random, report);
        encoder_.average();
    } else {
        updateGenerator(x, codesToRebuild(x), random, &report);
        generator_.average();
    }
    return report;
}

void Age::updateEncoder(const Tensor& x, RandomStreams& random, UpdateReport& report) {
    const Tensor point = toSphere(drawCodes(random, x.size(0)));
    const LearnerBase::Training training(encoder_);
    Tensor code, realDivergence, madeDivergence, l1, loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        Tensor made;
        {
            const torch::NoGradGuard noGrad;
            made = generator_(point, NormMode::BatchStatistics);
        }
        code = spherical(x, NormMode::MoveStatistics);
        const Tensor madeCode = spherical(made, NormMode::BatchStatistics);
        realDivergence = objectives::momentKl(code, form_);
        madeDivergence = objectives::momentKl(madeCode, form_);
        l1 = objectives::meanL1(generator_(code, NormMode::BatchStatistics).to(torch::kFloat32), x);
        loss = realDivergence - madeDivergence + real("pictureWeight") * l1 +
               real("codeWeightEncoder") * objectives::cosineDistance(madeCode, point);
    }
    loss.backward();
    encoder_.step(scheduled("rateEncoder", encoder_.updates()));

    const torch::NoGradGuard noGrad;
    const Tensor standard = fromSphere(code.detach());
    report.add("loss/E", loss);
    report.add("loss/KL_real", realDivergence);
    report.add("loss/KL_made", madeDivergence);
    report.add("metric/kl_gap", madeDivergence - realDivergence);
    report.add("metric/train_l1", l1);
    report.add("metric/code_mean", standard.mean());
    report.add("metric/code_std", standard.std(/*dim=*/0).mean());
}

Tensor Age::codesToRebuild(const Tensor& x) {
    if (real("pictureWeightGenerator") == 0.0) {
        return {};
    }
    const torch::NoGradGuard noGrad;
    const ReducedPrecision precision = reducedPrecision();
    return spherical(x, NormMode::BatchStatistics);
}

void Age::updateGenerator(const Tensor& x, const Tensor& codes, RandomStreams& random, UpdateReport* report) {
    const Tensor point = toSphere(drawCodes(random, x.size(0)));
    const LearnerBase::Training training(generator_);
    Tensor loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        const Tensor made = generator_(point, NormMode::MoveStatistics);
        const Tensor madeCode = spherical(made, NormMode::BatchStatistics);
        loss = objectives::momentKl(madeCode, form_) +
               real("codeWeight") * objectives::cosineDistance(madeCode, point);
        if (codes.defined()) {
            const Tensor rebuilt = generator_(codes, NormMode::MoveStatistics).to(torch::kFloat32);
            loss = loss + real("pictureWeightGenerator") * objectives::meanL1(rebuilt, x);
        }
    }
    loss.backward();
    generator_.step(scheduled("rateGenerator", generator_.updates() / integer("generatorUpdates")));
    if (report != nullptr) {
        report->add("loss/G", loss);
    }
}

Schema ageSchema() {
    return {
        forPoints(weightSpec(
                      "pictureWeight", "μ pictures",
                      "Weight of the mean L1 between picture and reconstruction in the encoder's loss.", 10.0,
                      /*maximum=*/10000.0),
                  20.0),
        forPoints(
            weightSpec(
                "codeWeight", "μ codes",
                "Weight of the cosine distance between a code and its way through generator and encoder, in "
                "the generator's loss; a mean over the latent size, so larger codes need more.",
                1000.0, /*maximum=*/10000.0),
            10.0),
        weightSpec("codeWeightEncoder", "μ codes, encoder",
                   "The same distance in the encoder's loss; a little helps against collapse.", 0.0),
        forPoints(
            weightSpec(
                "pictureWeightGenerator", "μ pictures, generator",
                "Weight of the mean L1 in the generator's loss, too; it ties the generator to the data where "
                "the encoder alone cannot.",
                0.0),
            20.0),
        {.name = "momentForm",
         .title = "Spread in KL",
         .meaning =
             "Whether the divergence of a batch of codes takes their standard deviation (textbook) or, as "
             "the authors' code, their variance.",
         .group = "Objective",
         .type = ParameterType::Choice,
         .defaultValue = std::string("textbook"),
         .choices = {"textbook", "authors"}},
        forPoints(latentSizeSpec(), std::int64_t{8}), // two numbers of length 1 are a line
        filtersSpec(),
        forPoints(rateSpec("rateEncoder", "encoder", 2e-4), 5e-4),
        forPoints(rateSpec("rateGenerator", "generator", 2e-4), 5e-4),
        halveRatesEverySpec(0),
        rateFloorSpec(0.0),
        adamBeta1Spec(0.5),
        adamBeta2Spec(0.999),
        batchSizeSpec(),
        {.name = "generatorUpdates",
         .title = "G updates",
         .meaning = "Updates of the generator for one of the encoder, each with its own codes.",
         .group = "Training",
         .type = ParameterType::Integer,
         .defaultValue = std::int64_t{2},
         .minimum = 1,
         .maximum = 10},
        emaDecaySpec(),
        precisionSpec()};
}

MethodTraits ageTraits() {
    return {
        .name = "age",
        .title = "AGE",
        .paper = "Ulyanov, Vedaldi, Lempitsky: It Takes (Only) Two: Adversarial Generator-Encoder Networks",
        .year = 2017,
        .family = MethodFamily::AutoEncodingGan,
        .explanation =
            "Encoder and generator play against each other without any discriminator: the encoder spreads "
            "real "
            "pictures over a sphere of codes and draws made ones together, the generator makes pictures that "
            "it "
            "spreads too. Reconstruction of pictures and of codes makes the two each other's inverse.",
        .diagram = {.nodes = {{"x", Diagram::Kind::Data, 0, 0},
                              {"E", Diagram::Kind::Network, 1, 0},
                              {"ẑ", Diagram::Kind::Code, 2, 0},
                              {"G", Diagram::Kind::Network, 3, 0.5},
                              {"x̂", Diagram::Kind::Data, 4, 0},
                              {"L1", Diagram::Kind::Loss, 5, 0},
                              {"z", Diagram::Kind::Code, 2, 1},
                              {"x̃", Diagram::Kind::Data, 4, 1},
                              {"E(x̃)", Diagram::Kind::Code, 5, 1},
                              {"cos", Diagram::Kind::Loss, 6, 1},
                              {"KL", Diagram::Kind::Loss, 6, 0}},
                    .arrows = {{"x", "E"},
                               {"E", "ẑ"},
                               {"ẑ", "G"},
                               {"G", "x̂"},
                               {"x̂", "L1"},
                               {"z", "G"},
                               {"G", "x̃"},
                               {"x̃", "E(x̃)"},
                               {"E(x̃)", "cos"},
                               {"E(x̃)", "KL"},
                               {"ẑ", "KL"}}},
        .capabilities = capabilities({Capability::Generate, Capability::Encode, Capability::Reconstruct}),
        .parts = {{"E", "Encoder", {"encoder"}}, {"G", "Generator", {"generator"}}},
        .curves = {{"loss/E", "E", "weighted sum",
                    "KL of real minus KL of made pictures' codes, plus weighted L1"},
                   {"loss/G", "G", "weighted sum",
                    "KL of made pictures' codes plus weighted cosine distance and L1"},
                   {"loss/KL_real", "KL, real", "nats per number",
                    "Divergence of real pictures' codes from the prior"},
                   {"loss/KL_made", "KL, made", "nats per number",
                    "Divergence of made pictures' codes from the prior"},
                   {"metric/kl_gap", "KL gap", "nats per number",
                    "KL of made minus KL of real pictures' codes; near 0 in balance, large when G collapses"},
                   trainErrorCurve(),
                   codeMeanCurve(),
                   codeSpreadCurve()},
        .health = "metric/kl_gap",
        .schema = ageSchema(),
        .presets = {
            {"quick", "Quick", {{"filters", std::int64_t{16}}, {"batchSize", std::int64_t{32}}}},
            {"standard", "Standard", {}},
            // Of the authors' CIFAR-10 runs; the networks are ours, and their rates halve every 40 epochs,
            // 31,000 iterations, of 150.
            {"paper",
             "As its authors",
             {{"filters", std::int64_t{64}},
              {"latentSize", std::int64_t{128}},
              {"momentForm", std::string("authors")},
              {"halveRatesEvery", std::int64_t{31'000}}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry age{ageTraits, make<Age>};

} // namespace alphascope::models
