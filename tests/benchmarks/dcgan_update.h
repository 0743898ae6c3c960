#pragma once
// One DCGAN-shaped update, to time what every adversarial method is made of: 32x32x3 pictures, non-saturating
// losses, one D step and one G step (Radford, Metz, Chintala 2015).

#include "models/libtorch.h"

#include <cstdint>

#include "models/methods/learner.h"
#include "models/networks/generator.h"
#include "models/networks/image_discriminator.h"

namespace alphascope::benchmarks {

class DcganUpdate {
public:
    DcganUpdate(std::int64_t filters, std::int64_t latentSize, torch::Device device, bool reducedPrecision);

    struct Losses {
        torch::Tensor discriminator, generator;
    };
    /// `pictures` [B,3,32,32]; `discriminatorCodes` and `generatorCodes` [B,Z].
    Losses operator()(const torch::Tensor& pictures, const torch::Tensor& discriminatorCodes,
                      const torch::Tensor& generatorCodes);

    void visit(models::StateVisitor& visitor);

private:
    torch::Device device_;
    bool reducedPrecision_;
    models::Learner<models::Generator> generator_;
    models::Learner<models::ImageDiscriminator> discriminator_;
};

} // namespace alphascope::benchmarks
