// PPGN: Nguyen, Clune, Bengio, Dosovitskiy, Yosinski 2017, "Plug & Play Generative Networks: Conditional
// Iterative Generation of Images in Latent Space", the noiseless joint form. A classifier K is trained on the
// labels, a generator G learns to invert one of K's layers, the code h, and pictures of a class are found by
// walking in the space of h.
//
// With h = K's features of x, p = softmax of K's logits, x_hat = G(h + codeNoise * n) with n ~ N(0, I), the
// logit l = D(x), z_hat = K's features of x_hat, all of them batch means and to be minimised:
//
//   K  -log p(label | x) over the pictures with a label, plus decorrelation * the mean square of the
//      off-diagonal entries of the batch's covariance of h
//
//   G  lambdaImage * mean (x_hat - x)^2 + lambdaFeature * mean (z_hat - h)^2
//      + lambdaAdversarial * softplus(-l(x_hat)); h detached, K and D frozen; means over all elements
//
//   D  softplus(-l(x)) + softplus(l(x_hat)); pictures detached
//
// One iteration is K, G, D on one batch. K moves in the first classifierUpdates iterations only: then G
// inverts a fixed network, as in the paper, where K was trained before.
//
// One step towards class c from code h (stepTowards; the facts are from the authors' sampler):
//
//   d = epsilon1 (R(h) - h) + epsilon2 (1 - p_c) d logit_c / dh + N(0, epsilon3^2),  h += chainStep d / mean
//   |d|
//
// with R(h) = K's features of G(h), and p and logit of x = G(h). The middle term is the gradient of log p_c
// as far as it goes through the logit of c itself; that through the other logits is left out, as in the
// sampler. The mean runs over the numbers of a code, for each code alone, and h is kept within +-codeLimit.
//
// Where we differ. The paper's K is a large network trained on ImageNet, and h its layer fc6 after a ReLU
// (0 to 30); ours is trained in the program, and h is standardised per dimension without a ReLU, so that
// codes lie about as N(0, I) does. Decorrelation is ours too: without it the numbers of a code depend on each
// other, and a draw from N(0, I) is no code of any picture; 0 turns it off. The epsilons and chainStep are
// ours, for codes of that scale; the paper's feature loss also takes an earlier layer, and its weights are
// not public. The paper finds its noiseless form best; here walks then end in loose strokes, and noise on the
// codes, as in the paper's joint form before it, is the default: G learns to lead what lies between codes of
// pictures back to pictures (measured in tests/benchmarks/RESULTS.md).
//
// Batch norm: every network normalises by the batch at hand in every sub-step and moves its running
// statistics only in the sub-step that trains it: K's with x, G's with h, D's once with x and once with
// x_hat.

#include "models/methods/basic_method.h"
#include "models/networks/feature_classifier.h"
#include "models/networks/generator.h"
#include "models/networks/image_discriminator.h"
#include "models/objectives/adversarial.h"
#include "models/objectives/classification.h"
#include "models/objectives/likelihood.h"

namespace alphascope::models {
namespace {

using torch::Tensor;

class Ppgn final : public BasicMethod {
public:
    explicit Ppgn(MethodSettings settings);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override;
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override;

    Tensor generate(const Tensor& z) override { return generator_(z, mode()); }
    Posterior encode(const Tensor& x) override { return {classifier_->codes(x, mode()), {}}; }
    Tensor criticise(const Tensor& x) override { return discriminator_(x, mode()); }
    Tensor criticFeatures(const Tensor& x) override { return discriminator_->features(x, mode()); }
    ConditionalStep stepTowards(std::int64_t label, const Tensor& z, RandomStreams& random) override;

    void visitState(StateVisitor& visitor) override {
        classifier_.visit(visitor);
        generator_.visit(visitor);
        discriminator_.visit(visitor);
    }

private:
    /// `train` = false only looks, for the report.
    void updateClassifier(const Batch& batch, bool train, UpdateReport& report);
    /// `code`: of x, as codesOf() gives it; G is given `noisy`.
    void updateGenerator(const Tensor& x, const Tensor& code, const Tensor& noisy, UpdateReport& report);
    void updateDiscriminator(const Tensor& x, const Tensor& noisy, UpdateReport& report);

    Tensor codesOf(const Tensor& x); ///< detached, normalised by the batch
    Tensor noisyCodes(const Tensor& code, RandomStreams& random);

    Learner<FeatureClassifier> classifier_;
    Learner<Generator> generator_;
    Learner<ImageDiscriminator> discriminator_;
};

Ppgn::Ppgn(MethodSettings settings)
    : BasicMethod(std::move(settings)),
      classifier_(
          std::make_shared<FeatureClassifier>(image(), integer("filters"), latentSize(), integer("classes")),
          learner("classifier", true)),
      generator_(std::make_shared<Generator>(image(), integer("filters"), latentSize()),
                 learner("generator", true)),
      discriminator_(std::make_shared<ImageDiscriminator>(image(), integer("filters")),
                     learner("discriminator", false)) {}

UpdateReport Ppgn::update(BatchSource& batches, RandomStreams& random) {
    UpdateReport report;
    const Batch batch = nextBatch(batches);
    const std::int64_t limit = integer("classifierUpdates");
    updateClassifier(batch, limit == 0 || classifier_.updates() < limit, report);
    betweenSubSteps();
    const Tensor code = codesOf(batch.pictures); // K does not move again: G and D share them
    const Tensor noisy = noisyCodes(code, random);
    updateGenerator(batch.pictures, code, noisy, report);
    betweenSubSteps();
    updateDiscriminator(batch.pictures, noisy, report);
    classifier_.average();
    generator_.average();
    return report;
}

UpdateReport Ppgn::updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) {
    checkPart(findMethod(spec().method), part);
    UpdateReport report;
    const Batch batch = nextBatch(batches);
    if (part == "K") {
        updateClassifier(batch, true, report);
        classifier_.average();
    } else if (part == "G") {
        const Tensor code = codesOf(batch.pictures);
        updateGenerator(batch.pictures, code, noisyCodes(code, random), report);
        generator_.average();
    } else {
        updateDiscriminator(batch.pictures, noisyCodes(codesOf(batch.pictures), random), report);
    }
    return report;
}

void Ppgn::updateClassifier(const Batch& batch, bool train, UpdateReport& report) {
    std::optional<LearnerBase::Training> training;
    if (train) {
        training.emplace(classifier_);
    }
    Tensor logits, loss;
    {
        const torch::AutoGradMode gradients(train);
        const ReducedPrecision precision = reducedPrecision();
        const Tensor code = classifier_->codes(batch.pictures, modeIn(train));
        logits = classifier_->logits(code).to(torch::kFloat32);
        loss = objectives::labelledCrossEntropy(logits, batch.labels) +
               real("decorrelation") * objectives::meanSquareCovariance(code);
    }
    if (train) {
        loss.backward();
        classifier_.step(real("rateClassifier"));
    }
    report.add("loss/K", loss);
    const torch::NoGradGuard noGrad;
    report.add("metric/k_accuracy", objectives::labelledAccuracy(logits.detach(), batch.labels));
}

void Ppgn::updateGenerator(const Tensor& x, const Tensor& code, const Tensor& noisy, UpdateReport& report) {
    const LearnerBase::Training training(generator_);
    Tensor loss, rebuilt, imageError, featureError, adversarial;
    {
        const ReducedPrecision precision = reducedPrecision();
        rebuilt = generator_(noisy, NormMode::MoveStatistics);
        const Tensor logit = discriminator_(rebuilt, NormMode::BatchStatistics).to(torch::kFloat32);
        imageError = at::mse_loss(rebuilt.to(torch::kFloat32), x);
        featureError = at::mse_loss(classifier_->codes(rebuilt, NormMode::BatchStatistics), code);
        adversarial = objectives::realLoss(logit);
        loss = real("lambdaImage") * imageError + real("lambdaFeature") * featureError +
               real("lambdaAdversarial") * adversarial;
    }
    loss.backward();
    generator_.step(real("rateGenerator"));
    report.add("loss/G", loss);
    report.add("loss/image", imageError);
    report.add("loss/feature", featureError);
    report.add("loss/adversarial", adversarial);
    const torch::NoGradGuard noGrad;
    report.add("metric/train_l1", objectives::meanL1(rebuilt.detach().to(torch::kFloat32), x));
}

void Ppgn::updateDiscriminator(const Tensor& x, const Tensor& noisy, UpdateReport& report) {
    teachDiscriminator(
        discriminator_, x, [&] { return generator_(noisy, NormMode::BatchStatistics); }, report);
}

Tensor Ppgn::codesOf(const Tensor& x) {
    const torch::NoGradGuard noGrad;
    const ReducedPrecision precision = reducedPrecision();
    return classifier_->codes(x, NormMode::BatchStatistics);
}

Tensor Ppgn::noisyCodes(const Tensor& code, RandomStreams& random) {
    const double noise = real("codeNoise");
    return noise > 0.0 ? code + noise * random.normal("codeNoise", code.sizes(), device()) : code;
}

Method::ConditionalStep Ppgn::stepTowards(std::int64_t label, const Tensor& z, RandomStreams& random) {
    if (label < 0 || label >= integer("classes")) {
        throw SchemaError("There is no class " + std::to_string(label) + ": this model has " +
                          std::to_string(integer("classes")) + ", counted from 0");
    }
    const c10::InferenceMode outside(false);
    const torch::AutoGradMode gradients(true);
    const Tensor code = z.clone().detach().set_requires_grad(true);
    const Tensor own = classifier_->codes(generator_(code, mode()), mode());
    const Tensor logits = classifier_->logits(own).to(torch::kFloat32);
    const Tensor probability = logits.detach().softmax(1).select(1, label);
    const Tensor objective = ((1.0 - probability) * logits.select(1, label)).sum();
    const Tensor towardsClass = torch::autograd::grad({objective}, {code}).front();

    const torch::NoGradGuard noGrad;
    const Tensor direction = real("epsilon1") * (own - code) + real("epsilon2") * towardsClass +
                             real("epsilon3") * random.normal("chain", code.sizes(), device());
    constexpr double smallest = 1e-30; // at a standstill there is no direction
    const Tensor length = direction.abs().mean(1, /*keepdim=*/true).clamp_min(smallest);
    const double limit = real("codeLimit");
    const Tensor next = (code + real("chainStep") * direction / length).clamp(-limit, limit);
    return {next.detach(), probability};
}

ParameterSpec chainSpec(const std::string& name, const std::string& title, const std::string& meaning,
                        double defaultValue) {
    ParameterSpec spec = weightSpec(name, title, meaning, defaultValue);
    spec.group = "Class sampling";
    return spec;
}

Schema ppgnSchema() {
    return {
        weightSpec("lambdaImage", "λ image",
                   "Weight of the mean squared error between picture and reconstruction in the generator's "
                   "loss.",
                   20.0),
        weightSpec("lambdaFeature", "λ feature",
                   "Weight of the mean squared error between the code and the reconstruction's own code.",
                   2.0),
        weightSpec("lambdaAdversarial", "λ adversarial",
                   "Weight of the discriminator's verdict on reconstructions.", 1.0),
        weightSpec(
            "decorrelation", "Decorrelation",
            "Weight in the classifier's loss of how much the numbers of a code depend on each other; 0 is "
            "the plain classifier.",
            10.0),
        {.name = "codeNoise",
         .title = "Code noise",
         .meaning =
             "Deviation of the noise on the codes that the generator learns to invert, so that it leads "
             "codes between pictures back to pictures; 0 is the paper's noiseless form.",
         .group = "Objective",
         .defaultValue = 0.5,
         .minimum = 0.0,
         .maximum = 10.0,
         .live = true,
         .pointsDefault = 0.0}, // two numbers leave no room for it
        chainSpec("epsilon1", "ε₁ realism", "Pull of a class walk towards codes of pictures.", 0.1),
        chainSpec("epsilon2", "ε₂ class", "Pull of a class walk towards the class.", 1.0),
        chainSpec("epsilon3", "ε₃ noise", "Noise of a class walk.", 1e-3),
        chainSpec("chainStep", "Step", "Mean change of a code's numbers in one step of a class walk.", 0.05),
        {.name = "codeLimit",
         .title = "Code limit",
         .meaning = "Largest absolute value that a number of a code takes in a class walk.",
         .group = "Class sampling",
         .defaultValue = 3.0,
         .minimum = 0.5,
         .maximum = 100.0,
         .live = true},
        {.name = "classes",
         .title = "Classes",
         .meaning = "Labels that the classifier tells apart; taken from the data.",
         .group = "Networks",
         .type = ParameterType::Integer,
         .defaultValue = std::int64_t{10},
         .minimum = 2,
         .maximum = 100000,
         .structural = true},
        latentSizeSpec(),
        filtersSpec(),
        forPoints(rateSpec("rateClassifier", "classifier", 1e-3), 3e-3),
        forPoints(rateSpec("rateGenerator", "generator", 5e-4), 2e-3),
        rateSpec("rateDiscriminator", "discriminator", 3e-4),
        adamBeta1Spec(0.5),
        adamBeta2Spec(0.9),
        batchSizeSpec(),
        {.name = "classifierUpdates",
         .title = "Classifier updates",
         .meaning = "Iterations after which the classifier stays as it is and only the generator goes on "
                    "learning; 0 never stops it.",
         .group = "Training",
         .type = ParameterType::Integer,
         .defaultValue = std::int64_t{3000},
         .minimum = 0,
         .maximum = 10'000'000,
         .logarithmic = true},
        emaDecaySpec(),
        precisionSpec()};
}

MethodTraits ppgnTraits() {
    return {
        .name = "ppgn",
        .title = "PPGN",
        .paper = "Nguyen, Clune, Bengio, Dosovitskiy, Yosinski: Plug & Play Generative Networks: Conditional "
                 "Iterative Generation of Images in Latent Space",
        .year = 2017,
        .family = MethodFamily::AutoEncodingGan,
        .explanation =
            "A classifier learns the labels of the data, and a generator learns to turn one of the "
            "classifier's layers back into pictures. A picture of a chosen class is found step by step: the "
            "code moves to where the classifier is surer of the class and the picture stays plausible.",
        .diagram = {.nodes = {{"x", Diagram::Kind::Data, 0, 0},
                              {"K", Diagram::Kind::Network, 1, 0},
                              {"h", Diagram::Kind::Code, 2, 0},
                              {"class", Diagram::Kind::Loss, 2, 1},
                              {"G", Diagram::Kind::Network, 3, 0},
                              {"x̂", Diagram::Kind::Data, 4, 0},
                              {"L2", Diagram::Kind::Loss, 5, 0},
                              {"D", Diagram::Kind::Network, 5, 1},
                              {"L2 of h", Diagram::Kind::Loss, 4, 1}},
                    .arrows = {{"x", "K"},
                               {"K", "h"},
                               {"h", "class"},
                               {"h", "G"},
                               {"G", "x̂"},
                               {"x̂", "L2"},
                               {"x̂", "D"},
                               {"x̂", "L2 of h"}}},
        .capabilities = capabilities({Capability::Generate, Capability::Encode, Capability::Reconstruct,
                                      Capability::Criticise, Capability::Conditional}),
        .needsLabels = true,
        .parts = {{"K", "Classifier", {"classifier"}},
                  {"G", "Generator", {"generator"}},
                  {"D", "Discriminator", {"discriminator"}}},
        .curves = {{"loss/K", "K", "nats", "Cross entropy of the labels plus the decorrelation of codes"},
                   {"loss/G", "G", "weighted sum", "Image, feature and adversarial terms, weighted"},
                   {"loss/D", "D", "nats", "Cross entropy of the discriminator; 1.39 when it cannot tell"},
                   {"loss/image", "image", "squared pixel", "Mean squared error of reconstructions"},
                   {"loss/feature", "feature", "squared code",
                    "Mean squared error of the reconstructions' codes; 2 for unrelated ones"},
                   {"loss/adversarial", "adversarial", "nats",
                    "Cross entropy of reconstructions as real pictures, before its weight"},
                   trainErrorCurve(),
                   {"metric/k_accuracy", "K accuracy", "share",
                    "Labelled pictures that the classifier gets right"},
                   pictureAccuracyCurve()},
        .health = "metric/k_accuracy",
        .schema = ppgnSchema(),
        .presets = {
            {"quick", "Quick", {{"filters", std::int64_t{16}}, {"batchSize", std::int64_t{32}}}},
            {"standard", "Standard", {}},
            {"paper",
             "Plain classifier, as its authors",
             {{"filters", std::int64_t{64}}, {"decorrelation", 0.0}, {"codeNoise", 0.0}}},
            comparisonPreset(),
        }};
}

} // namespace

extern const MethodEntry ppgn{ppgnTraits, make<Ppgn>};

} // namespace alphascope::models
