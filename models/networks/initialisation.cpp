#include "models/networks/initialisation.h"

#include <cmath>

#include "models/random_streams.h"

namespace alphascope::models {

namespace {

/// Glorot and Bengio 2010, normal form; weights [a,b] or [a,b,k,k].
double glorotDeviation(const torch::Tensor& weight) {
    const std::int64_t window = weight.numel() / (weight.size(0) * weight.size(1));
    return std::sqrt(2.0 / static_cast<double>((weight.size(0) + weight.size(1)) * window));
}

} // namespace

void initialise(torch::nn::Module& network, const std::string& prefix, std::uint64_t seed,
                ConvolutionStart start) {
    constexpr double convolutionDeviation = 0.02;
    constexpr double scaleDeviation = 0.02;
    const torch::NoGradGuard noGrad;
    RandomStreams random(seed);
    for (auto& item : network.named_parameters()) {
        torch::Tensor& parameter = item.value();
        const bool isScale = parameter.dim() == 1 && item.key().ends_with("norm.weight");
        if (parameter.dim() == 1 && !isScale) {
            parameter.zero_();
            continue;
        }
        double mean = 0.0;
        double deviation = convolutionDeviation;
        if (isScale) {
            mean = 1.0;
            deviation = scaleDeviation;
        } else if (parameter.dim() == 2 || start == ConvolutionStart::Glorot) {
            deviation = glorotDeviation(parameter);
        }
        const torch::Tensor draw =
            random.normal("initialise." + prefix + "." + item.key(), parameter.sizes(), torch::kCPU);
        parameter.copy_(draw * deviation + mean);
    }
}

} // namespace alphascope::models
