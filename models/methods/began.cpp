// BEGAN: Berthelot, Schumm, Metz 2017, "BEGAN: Boundary Equilibrium Generative Adversarial Networks". A
// generator G, and a discriminator D that is an auto-encoder; a controller holds the errors with which D
// rebuilds made and real pictures at a fixed ratio.
//
// With L(v) = mean |v - D(v)| over all elements of the batch, z uniform in [-1,1]^Z, x_tilde = G(z), to be
// minimised:
//
//   D  L(x) - k L(x_tilde); x_tilde detached
//
//   G  L(x_tilde); D frozen; the gradient goes through x_tilde on both sides of the difference
//
//   k  becomes clip(k + balanceGain * (diversity * L(x) - L(x_tilde)), 0, 1) afterwards; it starts at 0
//
// M = L(x) + |diversity * L(x) - L(x_tilde)| says how far training has come. G and D move by the same forward
// pass: L(x_tilde) is differentiated once by both, and D's share is then multiplied by -k. A D step alone
// moves k too; a G step alone knows no L(x), and leaves k.
//
// Both rates are halved every halveRatesEvery updates of their network down to rateFloor (without a floor,
// training is known to collapse at 64 pixels).
//
// Where we chose: a public program passes beta 0.9 and 0.999 to Adam in spite of its own setting of 0.5, and
// those are the defaults here. The paper lowers the rate when M stalls; the program does it by count, as
// here. The paper's skip connections are left out, as in the program. Codes outside are normal, and mapped to
// the cube.
//
// networks = elu: the authors' (models/networks/elu_pyramid.h), without batch norm. G's output is linear and
// not limited in training; what is shown is cut to [-1,1]. On MNIST they end in ones alone, the digits that D
// rebuilds best (tests/benchmarks/RESULTS.md). networks = dcgan: those of the other methods here, which make
// all ten.
//
// Batch norm, with dcgan: real and made pictures go through D apart, each normalised by its own batch;
// running statistics move only in networks that are being trained.

#include "models/methods/basic_method.h"
#include "models/networks/auto_encoder.h"
#include "models/networks/elu_pyramid.h"
#include "models/networks/priors.h"
#include "models/objectives/energy.h"
#include "models/optimizers/rate_schedule.h"

namespace alphascope::models {
namespace {

using torch::Tensor;
using Values = std::vector<std::pair<std::string, ParameterValue>>;

template <typename Maker, typename Judge, ConvolutionStart start>
class Began final : public BasicMethod {
public:
    explicit Began(MethodSettings settings)
        : BasicMethod(std::move(settings)),
          generator_(std::make_shared<Maker>(image(), integer("filters"), latentSize()),
                     learner("generator", true, start)),
          discriminator_(std::make_shared<Judge>(image(), integer("filters"), latentSize()),
                         learner("discriminator", false, start)),
          balance_(torch::zeros({}, torch::dtype(torch::kFloat32).device(device()))) {}

    UpdateReport update(BatchSource& batches, RandomStreams& random) override {
        return descend(&batches, random, /*moveGenerator=*/true);
    }
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) override {
        checkPart(findMethod(spec().method), part);
        return part == "D" ? descend(&batches, random, /*moveGenerator=*/false)
                           : descend(nullptr, random, /*moveGenerator=*/true);
    }

    Tensor generate(const Tensor& z) override {
        const Tensor made = generator_(toCube(z), mode());
        return image().isPoints() ? made : made.clamp(-1.0, 1.0);
    }
    Tensor criticise(const Tensor& x) override { return errors(x, mode()); }
    Tensor criticFeatures(const Tensor& x) override { return discriminator_->encode(x, mode()); }

    void visitState(StateVisitor& visitor) override {
        generator_.visit(visitor);
        discriminator_.visit(visitor);
        visitor.tensor("balance.k", StateKind::Buffer, balance_);
    }

private:
    UpdateReport descend(BatchSource* batches, RandomStreams& random, bool moveGenerator);
    /// L(G(z)), with its gradient left in the networks that are in training.
    Tensor descendOnMade(const Tensor& codes, bool moveGenerator, bool moveDiscriminator);
    /// L(x), with its gradient added to D's.
    Tensor descendOnReal(const Tensor& x);
    void step(LearnerBase& learner, const char* rate);
    /// With which D rebuilds each of [B,C,S,S], in float32: [B].
    Tensor errors(const Tensor& x, NormMode mode) {
        const Tensor rebuilt = discriminator_->decode(discriminator_->encode(x, mode), mode);
        return objectives::meanAbsoluteEnergy(rebuilt.to(torch::kFloat32), x);
    }

    Learner<Maker> generator_;
    Learner<Judge> discriminator_;
    Tensor balance_; ///< k, 0-dimensional, on the device
};

/// Without `batches` D does not move.
template <typename Maker, typename Judge, ConvolutionStart start>
UpdateReport Began<Maker, Judge, start>::descend(BatchSource* batches, RandomStreams& random,
                                                 bool moveGenerator) {
    const Tensor x = batches != nullptr ? nextPictures(*batches) : Tensor();
    const Tensor codes = toCube(drawCodes(random, x.defined() ? x.size(0) : integer("batchSize")));
    std::optional<LearnerBase::Training> generatorTraining, discriminatorTraining;
    if (moveGenerator) {
        generatorTraining.emplace(generator_);
    }
    if (x.defined()) {
        discriminatorTraining.emplace(discriminator_);
    }

    UpdateReport report;
    const Tensor ofMade = descendOnMade(codes, moveGenerator, x.defined());
    if (x.defined()) {
        for (Tensor& parameter : discriminator_->parameters()) {
            parameter.mutable_grad().mul_(balance_.neg());
        }
        betweenSubSteps();
        const Tensor ofReal = descendOnReal(x);
        step(discriminator_, "rateDiscriminator");
        const double diversity = real("diversity");
        report.add("loss/D", ofReal - balance_ * ofMade);
        report.add("metric/real_l1", ofReal);
        report.add("metric/convergence", objectives::convergence(diversity, ofReal, ofMade));
        balance_.copy_(objectives::nextBalance(balance_, real("balanceGain"), diversity, ofReal, ofMade));
        report.add("metric/balance_k", balance_.clone());
    }
    if (moveGenerator) {
        step(generator_, "rateGenerator");
        generator_.average();
        report.add("loss/G", ofMade);
    }
    return report;
}

template <typename Maker, typename Judge, ConvolutionStart start>
Tensor Began<Maker, Judge, start>::descendOnMade(const Tensor& codes, bool moveGenerator,
                                                 bool moveDiscriminator) {
    Tensor loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        Tensor made;
        {
            const torch::AutoGradMode recorded(moveGenerator);
            made = generator_(codes, modeIn(moveGenerator)).to(torch::kFloat32);
        }
        loss = errors(made, modeIn(moveDiscriminator)).mean();
    }
    loss.backward();
    return loss.detach();
}

template <typename Maker, typename Judge, ConvolutionStart start>
Tensor Began<Maker, Judge, start>::descendOnReal(const Tensor& x) {
    Tensor loss;
    {
        const ReducedPrecision precision = reducedPrecision();
        loss = errors(x, NormMode::MoveStatistics).mean();
    }
    loss.backward();
    return loss.detach();
}

template <typename Maker, typename Judge, ConvolutionStart start>
void Began<Maker, Judge, start>::step(LearnerBase& learner, const char* rate) {
    learner.step(halvedRate(real(rate), learner.updates(), integer("halveRatesEvery"), real("rateFloor")));
}

using BeganOfElu = Began<EluDecoder, EluAutoEncoder, ConvolutionStart::Glorot>;
using BeganOfDcgan = Began<Generator, AutoEncoder, ConvolutionStart::Dcgan>;

std::unique_ptr<Method> makeBegan(MethodSettings settings) {
    return settings.spec.parameters.choice("networks") == "elu" ? make<BeganOfElu>(std::move(settings))
                                                                : make<BeganOfDcgan>(std::move(settings));
}

Schema beganSchema() {
    return {{.name = "diversity",
             .title = "γ diversity",
             .meaning =
                 "Ratio of the errors with which D rebuilds made and real pictures; less gives clearer "
                 "pictures, more gives more different ones.",
             .group = "Objective",
             .defaultValue = 0.5,
             .minimum = 0.0,
             .maximum = 1.0,
             .live = true},
            {.name = "balanceGain",
             .title = "λ of k",
             .meaning = "How far the controller of that ratio moves k in one update.",
             .group = "Objective",
             .defaultValue = 0.001,
             .minimum = 0.0,
             .maximum = 1.0,
             .live = true,
             .logarithmic = true},
            {.name = "networks",
             .title = "Networks",
             .meaning = "The authors' (elu), without batch norm, which make ones alone of MNIST, or those of "
                        "the other methods (dcgan), which make all ten digits.",
             .group = "Networks",
             .type = ParameterType::Choice,
             .defaultValue = std::string("elu"),
             .choices = {"elu", "dcgan"},
             .structural = true},
            latentSizeSpec(),
            filtersSpec(),
            rateSpec("rateGenerator", "generator", 1e-4),
            rateSpec("rateDiscriminator", "discriminator", 1e-4),
            halveRatesEverySpec(100'000),
            rateFloorSpec(2e-5),
            adamBeta1Spec(0.9),
            adamBeta2Spec(0.999),
            batchSizeSpec(),
            emaDecaySpec(),
            precisionSpec()};
}

/// The authors train for half a million updates, of which k takes thousands to leave 0; until then a picture
/// without any digit is rebuilt best, and all samples become it. With a faster controller, more diversity,
/// larger rates and networks with batch norm 3,000 updates of `quick` make all of MNIST's digits.
Values inThousandsOfSteps(Values values) {
    const Values hurried{{"networks", std::string("dcgan")},
                         {"diversity", 0.9},
                         {"balanceGain", 0.05},
                         {"rateGenerator", 5e-4},
                         {"rateDiscriminator", 5e-4},
                         {"adamBeta1", 0.5}};
    values.insert(values.end(), hurried.begin(), hurried.end());
    return values;
}

MethodTraits beganTraits() {
    return {
        .name = "began",
        .title = "BEGAN",
        .paper = "Berthelot, Schumm, Metz: BEGAN: Boundary Equilibrium Generative Adversarial Networks",
        .year = 2017,
        .family = MethodFamily::AutoEncoderAsDiscriminator,
        .explanation =
            "The discriminator is an auto-encoder, and the generator looks for pictures that it rebuilds as "
            "well as real ones; a controller k decides how hard the discriminator works against that. Its "
            "one knob γ trades clear pictures for different ones, and its measure M tells when training is "
            "done.",
        .diagram = {.nodes = {{"z", Diagram::Kind::Code, 0, 1},
                              {"G", Diagram::Kind::Network, 1, 1},
                              {"x̃", Diagram::Kind::Data, 2, 1},
                              {"x", Diagram::Kind::Data, 2, 0},
                              {"D: Enc", Diagram::Kind::Network, 3, 0.5},
                              {"D: Dec", Diagram::Kind::Network, 4, 0.5},
                              {"L(x)", Diagram::Kind::Loss, 5, 0},
                              {"L(x̃)", Diagram::Kind::Loss, 5, 1},
                              {"k", Diagram::Kind::Code, 6, 0.5}},
                    .arrows = {{"z", "G"},
                               {"G", "x̃"},
                               {"x", "D: Enc"},
                               {"x̃", "D: Enc"},
                               {"D: Enc", "D: Dec"},
                               {"D: Dec", "L(x)"},
                               {"D: Dec", "L(x̃)"},
                               {"L(x)", "k"},
                               {"L(x̃)", "k"}}},
        .capabilities = capabilities({Capability::Generate, Capability::Criticise, Capability::Energy}),
        .parts = {{"D", "Discriminator", {"discriminator", "balance"}}, {"G", "Generator", {"generator"}}},
        .curves =
            {{"loss/D", "D", "of range 2", "L1 of real pictures minus k times that of made ones"},
             {"loss/G", "G", "of range 2", "L1 with which D rebuilds made pictures"},
             {"metric/real_l1", "L1, real", "of range 2", "L1 with which D rebuilds real pictures"},
             {"metric/convergence", "M", "of range 2",
              "Measure of convergence: L1 of real pictures plus the distance from the balance; falls as "
              "samples improve"},
             {"metric/balance_k", "k", "",
              "Weight of made pictures in D's loss, from 0 to 1, as the controller sets it"}},
        .health = "metric/convergence",
        .schema = beganSchema(),
        .presets = {
            {"quick", "Quick", inThousandsOfSteps({{"filters", std::int64_t{16}}})},
            {"standard", "Standard", inThousandsOfSteps({})},
            // A public program's: 128 filters, 64 latent numbers, batches of 16, 8e-5 halved every 100,000.
            {"paper",
             "As its authors",
             {{"filters", std::int64_t{128}},
              {"latentSize", std::int64_t{64}},
              {"batchSize", std::int64_t{16}},
              {"rateGenerator", 8e-5},
              {"rateDiscriminator", 8e-5}}},
            comparisonPreset({{"networks", std::string("dcgan")}, {"diversity", 0.9}, {"balanceGain", 0.05}}),
        }};
}

} // namespace

extern const MethodEntry began{beganTraits, makeBegan};

} // namespace alphascope::models
