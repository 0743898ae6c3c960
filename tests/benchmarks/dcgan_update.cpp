#include "tests/benchmarks/dcgan_update.h"

#include "models/methods/precision.h"
#include "models/objectives/adversarial.h"

namespace alphascope::benchmarks {
namespace {

constexpr double rate = 2e-4;

models::LearnerOptions options(const std::string& name, const torch::Device& device) {
    models::LearnerOptions result;
    result.name = name;
    result.device = device;
    result.adam = {.beta1 = 0.5, .beta2 = 0.999};
    return result;
}

} // namespace

DcganUpdate::DcganUpdate(std::int64_t filters, std::int64_t latentSize, torch::Device device,
                         bool reducedPrecision)
    : device_(device), reducedPrecision_(reducedPrecision),
      generator_(std::make_shared<models::Generator>(models::ImageShape{3, 32}, filters, latentSize),
                 options("generator", device)),
      discriminator_(std::make_shared<models::ImageDiscriminator>(models::ImageShape{3, 32}, filters),
                     options("discriminator", device)) {}

DcganUpdate::Losses DcganUpdate::operator()(const torch::Tensor& pictures,
                                            const torch::Tensor& discriminatorCodes,
                                            const torch::Tensor& generatorCodes) {
    using models::NormMode;
    namespace objectives = models::objectives;
    Losses losses;
    {
        const models::LearnerBase::Training training(discriminator_);
        {
            const models::ReducedPrecision precision(reducedPrecision_, device_);
            torch::Tensor made;
            {
                const torch::NoGradGuard noGrad;
                made = generator_(discriminatorCodes, NormMode::BatchStatistics);
            }
            losses.discriminator =
                objectives::realLoss(discriminator_(pictures, NormMode::MoveStatistics).to(torch::kFloat32)) +
                objectives::fakeLoss(discriminator_(made, NormMode::MoveStatistics).to(torch::kFloat32));
        }
        losses.discriminator.backward();
        discriminator_.step(rate);
    }
    {
        const models::LearnerBase::Training training(generator_);
        {
            const models::ReducedPrecision precision(reducedPrecision_, device_);
            const torch::Tensor made = generator_(generatorCodes, NormMode::MoveStatistics);
            losses.generator =
                objectives::realLoss(discriminator_(made, NormMode::BatchStatistics).to(torch::kFloat32));
        }
        losses.generator.backward();
        generator_.step(rate);
    }
    return losses;
}

void DcganUpdate::visit(models::StateVisitor& visitor) {
    generator_.visit(visitor);
    discriminator_.visit(visitor);
}

} // namespace alphascope::benchmarks
