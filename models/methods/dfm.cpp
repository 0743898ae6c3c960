// Denoising feature matching: Warde-Farley and Bengio 2017, "Improving Generative Adversarial Networks with
// Denoising Feature Matching". A GAN whose generator G also learns from a denoiser R of the features Phi, the
// input of the last layer of the discriminator D: R is trained on real features, so R(Phi) - Phi points to
// where real features are denser.
//
// With the logit l = D(x), x_tilde = G(z), epsilon ~ N(0, I), s the noise's scale, and n the number of
// features, all of them batch means and to be minimised:
//
//   D  softplus(-l(x)) + softplus(l(x_tilde)); pictures detached
//
//   R  |Phi(x) - R(Phi(x) + s epsilon)|^2 / n; Phi fixed; the target are the clean features (the paper's text
//      has them noisy, which its author confirmed to be an error)
//
//   G  lambdaAdversarial softplus(-l(x_tilde)) + lambdaDenoise |Phi(x_tilde) - R(Phi(x_tilde))|^2 / n; D and
//   R
//      frozen, no noise. With targetGradient R(Phi(x_tilde)) is differentiated too, otherwise it is a
//      constant target.
//
// One iteration is D, R, G, each with its own z; D and R see the same real pictures, R by the discriminator
// that D's sub-step has just moved, and G by the denoiser that has just followed it.
//
// Choices between readings. The paper weighs 1 : 0.03 / n against the sum over features, which is 1 : 0.03
// against the mean used here ("paper" and the default). A public implementation weighs 0.03 : 1 against the
// mean, keeps s = 1 and differentiates R ("third-party"). The paper anneals the noise towards 0 and does not
// say along which curve: s = noise * 2^(-t / noiseHalfLife) after t updates of R; a half-life of 0 keeps s.
// R's hidden layers and their width are ours; ten of 1024 in both sources. Their codes are uniform in
// [-1,1]^Z, an option here.
//
// Batch norm: D and G normalise by the batch at hand in every sub-step and move their running statistics only
// in the sub-step that trains them, D's once with x and once with x_tilde. So does R; in G's sub-step
// denoiserStatistics chooses between the statistics of the made features (batch) and those of real ones
// (running), under which R is the function that was fitted to real features, but lags behind D by some ten
// iterations.

#include <cmath>

#include "models/methods/basic_method.h"
#include "models/networks/denoiser.h"
#include "models/networks/generator.h"
#include "models/networks/image_discriminator.h"
#include "models/networks/priors.h"
#include "models/objectives/adversarial.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

class Dfm final : public BasicMethod {
public:
    explicit Dfm(MethodSettings settings);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override;
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override;

    Tensor generate(const Tensor& z) override { return make(z, mode()); }
    Tensor criticise(const Tensor& x) override { return discriminator_(x, mode()); }
    Tensor criticFeatures(const Tensor& x) override { return featuresOf(x, mode()); }

    void visitState(StateVisitor& visitor) override {
        generator_.visit(visitor);
        discriminator_.visit(visitor);
        denoiser_.visit(visitor);
    }

private:
    void updateDiscriminator(const Tensor& x, RandomStreams& random, UpdateReport& report);
    void updateDenoiser(const Tensor& x, RandomStreams& random, UpdateReport& report);
    void updateGenerator(RandomStreams& random, UpdateReport& report);

    Tensor make(const Tensor& z, NormMode mode) { return generator_(uniform_ ? toCube(z) : z, mode); }
    Tensor featuresOf(const Tensor& x, NormMode mode) {
        return discriminator_->features(x, mode).to(torch::kFloat32);
    }
    Tensor logitOf(const Tensor& features) { return discriminator_->judge(features).to(torch::kFloat32); }
    double noiseScale();

    bool uniform_;
    Learner<Generator> generator_;
    Learner<ImageDiscriminator> discriminator_;
    Learner<Denoiser> denoiser_;
};

Dfm::Dfm(MethodSettings settings)
    : BasicMethod(std::move(settings)), uniform_(chosen("prior", "uniform")),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)),
      discriminator_(std::make_shared<ImageDiscriminator>(image(), integer("filters")),
                     learner("discriminator", false)),
      denoiser_(std::make_shared<Denoiser>(discriminator_->featureCount(), integer("denoiserLayers"),
                                           integer("denoiserWidth")),
                learner("denoiser", false)) {}

UpdateReport Dfm::update(BatchSource& batches, RandomStreams& random) {
    UpdateReport report;
    const Tensor x = nextPictures(batches);
    updateDiscriminator(x, random, report);
    betweenSubSteps();
    updateDenoiser(x, random, report);
    betweenSubSteps();
    updateGenerator(random, report);
    generator_.average();
    return report;
}

UpdateReport Dfm::updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) {
    checkPart(findMethod(spec().method), part);
    UpdateReport report;
    if (part == "D") {
        updateDiscriminator(nextPictures(batches), random, report);
    } else if (part == "R") {
        updateDenoiser(nextPictures(batches), random, report);
    } else {
        updateGenerator(random, report);
        generator_.average();
    }
    return report;
}

void Dfm::updateDiscriminator(const Tensor& x, RandomStreams& random, UpdateReport& report) {
    const Tensor noise = drawCodes(random, x.size(0));
    teachDiscriminator(
        discriminator_, x, [&] { return make(noise, NormMode::BatchStatistics); }, report);
}

void Dfm::updateDenoiser(const Tensor& x, RandomStreams& random, UpdateReport& report) {
    const double scale = noiseScale();
    const LearnerBase::Training training(denoiser_);
    Tensor clean, loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        {
            const torch::NoGradGuard noGrad;
            clean = featuresOf(x, NormMode::BatchStatistics);
        }
        const Tensor noisy = clean + scale * random.normal("features", clean.sizes(), device());
        loss = at::mse_loss(denoiser_(noisy, NormMode::MoveStatistics).to(torch::kFloat32), clean);
    }
    loss.backward();
    denoiser_.step(real("rateDenoiser"));
    report.add("loss/R", loss);
    const torch::NoGradGuard noGrad;
    constexpr double smallest = 1e-12;
    const Tensor variance = clean.var(/*dim=*/0, /*unbiased=*/false).mean().clamp_min(smallest);
    report.add("metric/denoising_error", loss.detach() / variance);
    report.add("metric/noise", torch::full({}, scale, clean.options()));
}

void Dfm::updateGenerator(RandomStreams& random, UpdateReport& report) {
    const Tensor noise = drawCodes(random, integer("batchSize"));
    const NormMode denoiserMode =
        chosen("denoiserStatistics", "running") ? NormMode::RunningStatistics : NormMode::BatchStatistics;
    const LearnerBase::Training training(generator_);
    Tensor loss, distance;
    {
        const ReducedPrecision precision = reducedPrecision();
        const Tensor features = featuresOf(make(noise, NormMode::MoveStatistics), NormMode::BatchStatistics);
        Tensor target;
        {
            const torch::AutoGradMode differentiated(boolean("targetGradient"));
            target = denoiser_(features, denoiserMode).to(torch::kFloat32);
        }
        distance = at::mse_loss(features, target);
        loss = real("lambdaAdversarial") * objectives::realLoss(logitOf(features)) +
               real("lambdaDenoise") * distance;
    }
    loss.backward();
    generator_.step(real("rateGenerator"));
    report.add("loss/G", loss);
    report.add("loss/features", distance);
}

double Dfm::noiseScale() {
    const double halfLife = real("noiseHalfLife");
    return halfLife > 0.0 ? real("noise") * std::exp2(-static_cast<double>(denoiser_.updates()) / halfLife)
                          : real("noise");
}

Schema dfmSchema() {
    return {weightSpec("lambdaAdversarial", "λ adversarial",
                       "Weight of the discriminator's verdict in the generator's loss.", 1.0),
            weightSpec("lambdaDenoise", "λ denoise",
                       "Weight of the mean squared distance between the features of made pictures and what "
                       "the denoiser makes of them.",
                       0.03),
            {.name = "targetGradient",
             .title = "Differentiate R",
             .meaning = "Whether the generator's gradient also goes through the denoiser's answer, instead "
                        "of taking it as a constant target.",
             .group = "Objective",
             .type = ParameterType::Boolean,
             .defaultValue = false},
            {.name = "noise",
             .title = "Noise",
             .meaning = "Standard deviation of the noise on the features that the denoiser is to remove.",
             .group = "Objective",
             .defaultValue = 1.0,
             .minimum = 0.0,
             .maximum = 10.0,
             .live = true},
            {.name = "noiseHalfLife",
             .title = "Noise half-life",
             .meaning = "Updates of the denoiser after which the noise has halved; 0 keeps it constant.",
             .group = "Objective",
             .defaultValue = 20000.0,
             .minimum = 0.0,
             .maximum = 1e7,
             .unit = "updates"},
            {.name = "denoiserStatistics",
             .title = "R's statistics",
             .meaning = "What the denoiser's batch norm uses on the features of made pictures: those of the "
                        "batch, or the running ones of real features.",
             .group = "Objective",
             .type = ParameterType::Choice,
             .defaultValue = std::string("batch"),
             .choices = {"batch", "running"}},
            priorSpec(),
            latentSizeSpec(),
            filtersSpec(),
            {.name = "denoiserLayers",
             .title = "Layers of R",
             .meaning = "Hidden layers of the denoiser.",
             .group = "Networks",
             .type = ParameterType::Integer,
             .defaultValue = std::int64_t{3},
             .minimum = 1,
             .maximum = 20,
             .structural = true},
            {.name = "denoiserWidth",
             .title = "Width of R",
             .meaning = "Units in each hidden layer of the denoiser.",
             .group = "Networks",
             .type = ParameterType::Integer,
             .defaultValue = std::int64_t{512},
             .minimum = 8,
             .maximum = 4096,
             .structural = true,
             .logarithmic = true,
             .pointsDefault = std::int64_t{64}},
            rateSpec("rateGenerator", "generator", 2e-4),
            forPoints(rateSpec("rateDiscriminator", "discriminator", 2e-4), 2e-3),
            forPoints(rateSpec("rateDenoiser", "denoiser", 5e-4), 2e-3),
            adamBeta1Spec(0.5),
            adamBeta2Spec(0.999),
            batchSizeSpec(),
            emaDecaySpec(),
            precisionSpec()};
}

/// What both sources share: ten layers of 1024, uniform codes, Adam and batch of the public code.
std::vector<std::pair<std::string, ParameterValue>>
sourceSettings(std::vector<std::pair<std::string, ParameterValue>> more) {
    std::vector<std::pair<std::string, ParameterValue>> values{
        {"filters", std::int64_t{64}},         {"latentSize", std::int64_t{100}},
        {"prior", std::string("uniform")},     {"denoiserLayers", std::int64_t{10}},
        {"denoiserWidth", std::int64_t{1024}}, {"rateGenerator", 1e-4},
        {"rateDiscriminator", 1e-4},           {"rateDenoiser", 1e-4},
        {"batchSize", std::int64_t{128}}};
    values.insert(values.end(), more.begin(), more.end());
    return values;
}

MethodTraits dfmTraits() {
    return {
        .name = "dfm",
        .title = "Denoising feature matching",
        .paper = "Warde-Farley, Bengio: Improving Generative Adversarial Networks with Denoising Feature "
                 "Matching",
        .year = 2017,
        .family = MethodFamily::Adversarial,
        .explanation =
            "A GAN with a third network that learns to remove noise from the features by which the "
            "discriminator judges real pictures. What it would change about the features of a made picture "
            "tells the generator in which direction real pictures lie.",
        .diagram = {.nodes = {{"z", Diagram::Kind::Code, 0, 0},
                              {"G", Diagram::Kind::Network, 1, 0},
                              {"x̃", Diagram::Kind::Data, 2, 0},
                              {"x", Diagram::Kind::Data, 2, 1},
                              {"D", Diagram::Kind::Network, 3, 0.5},
                              {"Φ", Diagram::Kind::Code, 4, 0.5},
                              {"real?", Diagram::Kind::Loss, 5, 0},
                              {"R", Diagram::Kind::Network, 5, 1},
                              {"L2", Diagram::Kind::Loss, 6, 0.5}},
                    .arrows = {{"z", "G"},
                               {"G", "x̃"},
                               {"x̃", "D"},
                               {"x", "D"},
                               {"D", "Φ"},
                               {"Φ", "real?"},
                               {"Φ", "R"},
                               {"R", "L2"},
                               {"Φ", "L2"}}},
        .capabilities = capabilities({Capability::Generate, Capability::Criticise}),
        .parts = {{"D", "Discriminator", {"discriminator"}},
                  {"R", "Denoiser", {"denoiser"}},
                  {"G", "Generator", {"generator"}}},
        .curves =
            {{"loss/G", "G", "nats", "The generator's adversarial and denoising terms, weighted"},
             {"loss/D", "D", "nats", "Cross entropy of the discriminator; 1.39 when it cannot tell"},
             {"loss/R", "R", "squared feature",
              "Mean squared error of the denoiser on the features of real pictures"},
             {"loss/features", "features", "squared feature",
              "Mean squared distance between the features of made pictures and what R makes of them"},
             pictureAccuracyCurve(),
             {"metric/denoising_error", "denoising error", "of variance",
              "The denoiser's error over the variance of the features: below 1 it has learned something"},
             {"metric/noise", "noise", "", "Standard deviation of the noise that R is to remove"}},
        .health = "metric/denoising_error",
        .schema = dfmSchema(),
        .presets = {
            {"quick",
             "Quick",
             {{"filters", std::int64_t{16}},
              {"denoiserLayers", std::int64_t{2}},
              {"denoiserWidth", std::int64_t{256}},
              {"rateGenerator", 5e-4},
              {"rateDiscriminator", 3e-4},
              {"batchSize", std::int64_t{32}}}},
            {"standard", "Standard", {}},
            {"paper", "As its authors",
             sourceSettings({{"lambdaAdversarial", 1.0}, {"lambdaDenoise", 0.03}})},
            {"third-party", "As in a public implementation",
             sourceSettings({{"lambdaAdversarial", 0.03},
                             {"lambdaDenoise", 1.0},
                             {"targetGradient", true},
                             {"noiseHalfLife", 0.0}})},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry dfm{dfmTraits, make<Dfm>};

} // namespace alphascope::models
