#include "models/methods/alpha_gan.h"

#include "models/methods/common_parameters.h"
#include "models/methods/learner.h"
#include "models/methods/precision.h"
#include "models/networks/code_discriminator.h"
#include "models/networks/encoder.h"
#include "models/networks/generator.h"
#include "models/networks/image_discriminator.h"
#include "models/objectives/adversarial.h"
#include "models/objectives/likelihood.h"

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

    void add(const std::string& tag, const Tensor& value) {
        report.scalars.emplace_back(tag, value.detach());
    }
};

/// D's logits for several batches of pictures.
struct Verdicts {
    Tensor real, reconstructed, sampled;
};

class AlphaGan final : public Method {
public:
    AlphaGan(const ModelSpec& spec, std::uint64_t seed, const torch::Device& device, Purpose purpose);

    UpdateReport update(BatchSource& batches, RandomStreams& random) override;
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override;

    Tensor generate(const Tensor& z) override { return generator_(z, mode_); }
    Posterior encode(const Tensor& x) override { return {encoder_(x, mode_), {}}; }
    Tensor criticise(const Tensor& x) override { return discriminator_(x, mode_); }
    Tensor codeLogit(const Tensor& z) override { return codeDiscriminator_(z); }

    void setTraining(bool training) override {
        mode_ = training ? NormMode::BatchStatistics : NormMode::RunningStatistics;
    }
    void setParameter(const std::string& name, const ParameterValue& value) override {
        setLiveParameter(spec_, name, value);
    }
    void visitState(StateVisitor& visitor) override;
    const ModelSpec& spec() const override { return spec_; }

private:
    void updateEncoder(Iteration& iteration, bool report);
    void updateGenerator(Iteration& iteration, bool report);
    void updateDiscriminator(Iteration& iteration);
    void updateCodeDiscriminator(Iteration& iteration);

    void takePictures(Iteration& iteration) const;
    const Tensor& codes(Iteration& iteration);
    Tensor prior(Iteration& iteration, const Tensor& like) const;
    /// `pictures` may be undefined: then only the made ones are judged.
    Verdicts judge(const Tensor& pictures, const Tensor& reconstructed, const Tensor& sampled, NormMode mode);

    double real(const char* name) const { return spec_.parameters.real(name); }

    ModelSpec spec_;
    torch::Device device_;
    NormMode mode_ = NormMode::BatchStatistics;
    bool fresh_, joint_, reduced_;
    Learner<Encoder> encoder_;
    Learner<Generator> generator_;
    Learner<ImageDiscriminator> discriminator_;
    Learner<CodeDiscriminator> codeDiscriminator_;
};

AlphaGan::AlphaGan(const ModelSpec& spec, std::uint64_t seed, const torch::Device& device, Purpose purpose)
    : spec_(spec), device_(device), fresh_(spec.parameters.boolean("freshBatchPerSubstep")),
      joint_(spec.parameters.choice("discriminatorBatching") == "joint"),
      reduced_(spec.parameters.choice("precision") == "bfloat16"),
      encoder_(std::make_shared<Encoder>(spec.image, spec.parameters.integer("filters"),
                                         spec.parameters.integer("latentSize")),
               learnerOptions("encoder", true, spec, seed, device, purpose)),
      generator_(std::make_shared<Generator>(spec.image, spec.parameters.integer("filters"),
                                             spec.parameters.integer("latentSize")),
                 learnerOptions("generator", true, spec, seed, device, purpose)),
      discriminator_(std::make_shared<ImageDiscriminator>(spec.image, spec.parameters.integer("filters")),
                     learnerOptions("discriminator", false, spec, seed, device, purpose)),
      codeDiscriminator_(std::make_shared<CodeDiscriminator>(spec.parameters.integer("latentSize"),
                                                             spec.parameters.integer("codeWidth")),
                         learnerOptions("codeDiscriminator", false, spec, seed, device, purpose)) {}

UpdateReport AlphaGan::update(BatchSource& batches, RandomStreams& random) {
    Iteration iteration{batches, random, {}, {}, {}};
    const std::int64_t repeats = spec_.parameters.integer("generatorUpdates");
    for (std::int64_t i = 1; i <= repeats; ++i) {
        updateEncoder(iteration, i == repeats);
        betweenSubSteps();
        updateGenerator(iteration, i == repeats);
        betweenSubSteps();
    }
    updateDiscriminator(iteration);
    betweenSubSteps();
    updateCodeDiscriminator(iteration);
    encoder_.average();
    generator_.average();
    return std::move(iteration.report);
}

UpdateReport AlphaGan::updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) {
    checkPart(findMethod(spec_.method), part);
    Iteration iteration{batches, random, {}, {}, {}};
    if (part == "E") {
        updateEncoder(iteration, true);
        encoder_.average();
    } else if (part == "G") {
        updateGenerator(iteration, true);
        generator_.average();
    } else if (part == "D") {
        updateDiscriminator(iteration);
    } else {
        updateCodeDiscriminator(iteration);
    }
    return std::move(iteration.report);
}

void AlphaGan::updateEncoder(Iteration& iteration, bool report) {
    takePictures(iteration);
    const LearnerBase::Training training(encoder_);
    Tensor loss, l1;
    {
        const ReducedPrecision precision(reduced_, device_);
        const Tensor code = encoder_(iteration.pictures, NormMode::MoveStatistics);
        const Tensor rebuilt = generator_(code, NormMode::BatchStatistics);
        l1 = objectives::meanL1(rebuilt, iteration.pictures);
        loss = real("lambdaEncoder") * l1 + objectives::ratioLoss(codeDiscriminator_(code));
    }
    loss.backward();
    encoder_.step(real("rateEncoder"));
    iteration.codes.reset();
    if (report) {
        iteration.add("loss/E", loss);
        iteration.add("metric/train_l1", l1);
    }
}

void AlphaGan::updateGenerator(Iteration& iteration, bool report) {
    takePictures(iteration);
    const Tensor code = codes(iteration);
    const Tensor noise = prior(iteration, code);
    const LearnerBase::Training training(generator_);
    Tensor loss;
    {
        const ReducedPrecision precision(reduced_, device_);
        const Tensor rebuilt = generator_(code, NormMode::MoveStatistics);
        const Tensor sampled = generator_(noise, NormMode::MoveStatistics);
        const Verdicts verdicts = judge({}, rebuilt, sampled, NormMode::BatchStatistics);
        loss = real("lambdaGenerator") * objectives::meanL1(rebuilt, iteration.pictures) +
               objectives::ratioLoss(verdicts.reconstructed) + objectives::ratioLoss(verdicts.sampled);
    }
    loss.backward();
    generator_.step(real("rateGenerator"));
    if (report) {
        iteration.add("loss/G", loss);
    }
}

void AlphaGan::updateDiscriminator(Iteration& iteration) {
    takePictures(iteration);
    const Tensor code = codes(iteration);
    const Tensor noise = prior(iteration, code);
    const LearnerBase::Training training(discriminator_);
    Tensor loss;
    Verdicts verdicts;
    {
        const ReducedPrecision precision(reduced_, device_);
        Tensor rebuilt, sampled;
        {
            const torch::NoGradGuard noGrad;
            rebuilt = generator_(code, NormMode::BatchStatistics);
            sampled = generator_(noise, NormMode::BatchStatistics);
        }
        verdicts = judge(iteration.pictures, rebuilt, sampled, NormMode::MoveStatistics);
        loss = real("realWeight") * objectives::realLoss(verdicts.real) +
               objectives::fakeLoss(verdicts.reconstructed) + objectives::fakeLoss(verdicts.sampled);
    }
    loss.backward();
    discriminator_.step(real("rateDiscriminator"));
    iteration.add("loss/D", loss);
    const torch::NoGradGuard noGrad;
    iteration.add("metric/d_accuracy", 0.5 * objectives::realAccuracy(verdicts.real) +
                                           0.25 * (objectives::fakeAccuracy(verdicts.reconstructed) +
                                                   objectives::fakeAccuracy(verdicts.sampled)));
}

void AlphaGan::updateCodeDiscriminator(Iteration& iteration) {
    takePictures(iteration);
    const Tensor code = codes(iteration);
    const Tensor noise = prior(iteration, code);
    const LearnerBase::Training training(codeDiscriminator_);
    Tensor loss, priorLogit, codeLogit;
    {
        const ReducedPrecision precision(reduced_, device_);
        priorLogit = codeDiscriminator_(noise).to(torch::kFloat32);
        codeLogit = codeDiscriminator_(code).to(torch::kFloat32);
        loss = objectives::realLoss(priorLogit) + objectives::fakeLoss(codeLogit);
    }
    loss.backward();
    codeDiscriminator_.step(real("rateCodeDiscriminator"));
    iteration.add("loss/C", loss);
    const torch::NoGradGuard noGrad;
    iteration.add("metric/c_accuracy",
                  0.5 * (objectives::realAccuracy(priorLogit) + objectives::fakeAccuracy(codeLogit)));
    iteration.add("metric/code_mean", code.mean());
    iteration.add("metric/code_std", code.std(/*dim=*/0).mean());
}

void AlphaGan::takePictures(Iteration& iteration) const {
    if (fresh_ || !iteration.pictures.defined()) {
        iteration.pictures = iteration.batches.next().contiguous(at::MemoryFormat::ChannelsLast);
        iteration.codes.reset();
    }
}

const Tensor& AlphaGan::codes(Iteration& iteration) {
    // E moves only in its own sub-step, so the sub-steps after it may share one forward pass.
    if (!iteration.codes.defined()) {
        const torch::NoGradGuard noGrad;
        const ReducedPrecision precision(reduced_, device_);
        iteration.codes = encoder_(iteration.pictures, NormMode::BatchStatistics).to(torch::kFloat32);
    }
    return iteration.codes;
}

Tensor AlphaGan::prior(Iteration& iteration, const Tensor& like) const {
    return iteration.random.normal("prior", like.sizes(), device_);
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
    return {.name = name,
            .title = "λ " + network,
            .meaning = "Weight of the mean L1 between picture and reconstruction in the " + network +
                       "'s loss; more gives closer reconstructions and freer codes.",
            .group = "Objective",
            .defaultValue = 20.0,
            .minimum = 0.0,
            .maximum = 1000.0,
            .live = true,
            .logarithmic = true};
}

Schema alphaGanSchema() {
    return {lambdaSpec("lambdaEncoder", "encoder"),
            lambdaSpec("lambdaGenerator", "generator"),
            {.name = "realWeight",
             .title = "Real weight",
             .meaning =
                 "Weight of the real class in the discriminator's loss; 2 balances it with the two made "
                 "classes.",
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
            latentSizeSpec(),
            filtersSpec(),
            {.name = "codeWidth",
             .title = "Width of C",
             .meaning = "Width of both hidden layers of the code discriminator.",
             .group = "Networks",
             .type = ParameterType::Integer,
             .defaultValue = std::int64_t{750},
             .minimum = 8,
             .maximum = 4096,
             .logarithmic = true},
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
            {.name = "freshBatchPerSubstep",
             .title = "Fresh batches",
             .meaning = "Takes new pictures for every sub-step instead of one batch for the whole iteration.",
             .group = "Training",
             .type = ParameterType::Boolean,
             .defaultValue = false},
            emaDecaySpec(),
            precisionSpec()};
}

} // namespace

MethodTraits alphaGanTraits() {
    const auto capability = [](Capability one) { return static_cast<unsigned>(one); };
    return {
        .name = "alpha-gan",
        .title = "α-GAN",
        .paper = "Rosca, Lakshminarayanan, Warde-Farley, Mohamed: Variational Approaches for Auto-Encoding "
                 "Generative Adversarial Networks",
        .year = 2017,
        .capabilities = capability(Capability::Generate) | capability(Capability::Encode) |
                        capability(Capability::Reconstruct) | capability(Capability::Criticise) |
                        capability(Capability::CodeLogit),
        .parts = {{"E", "Encoder"}, {"G", "Generator"}, {"D", "Discriminator"}, {"C", "Code discriminator"}},
        .lossNames = {"E", "G", "D", "C"},
        .schema = alphaGanSchema(),
        .presets = {
            {"quick",
             "Quick",
             {{"filters", std::int64_t{16}},
              {"codeWidth", std::int64_t{256}},
              {"batchSize", std::int64_t{24}}}},
            {"standard", "Standard", {}},
            {"paper", "As in the paper", {{"filters", std::int64_t{64}}}},
        }};
}

std::unique_ptr<Method> makeAlphaGan(const ModelSpec& spec, std::uint64_t seed, const torch::Device& device,
                                     Purpose purpose) {
    checkImageShape(spec.image);
    return std::make_unique<AlphaGan>(spec, seed, device, purpose);
}

} // namespace alphascope::models
