#pragma once
// What is timed, in one place: the sizes that C++ and the Python peers agree on.

#include <cstdint>
#include <map>
#include <string>

#include "models/methods/method.h"

namespace alphascope::benchmarks {

inline constexpr std::int64_t batchSize = 64;
inline constexpr std::uint64_t workloadSeed = 1;

/// Settings of alpha-GAN that the peers have as constants; the rates matter, since the second pass of E and G
/// already sees what the first one changed.
inline std::map<std::string, std::string> peerSettings() {
    return {{"lambdaEncoder", "20"},   {"lambdaGenerator", "20"},         {"realWeight", "2"},
            {"rateEncoder", "2e-4"},   {"rateGenerator", "2e-4"},         {"rateDiscriminator", "2e-4"},
            {"generatorUpdates", "2"}, {"rateCodeDiscriminator", "2e-4"}, {"batchSize", "64"}};
}

inline models::ModelSpec workload(const std::string& method, std::int64_t size, const std::string& preset,
                                  std::map<std::string, std::string> settings, const std::string& precision) {
    settings["precision"] = precision;
    return {method, {3, size}, models::resolveParameters(models::findMethod(method), preset, settings)};
}

/// 28x28x3, as colour MNIST is trained.
inline models::ModelSpec alphaGanSpec(const std::string& preset, const std::string& precision = "float32") {
    return workload("alpha-gan", 28, preset, peerSettings(), precision);
}

/// 32x32x3, 64 filters: what every adversarial method is made of.
inline models::ModelSpec dcganSpec(const std::string& precision = "float32") {
    return workload("dcgan", 32, "standard",
                    {{"filters", "64"},
                     {"latentSize", "100"},
                     {"batchSize", "64"},
                     {"rateGenerator", "2e-4"},
                     {"rateDiscriminator", "2e-4"},
                     {"adamBeta1", "0.5"},
                     {"adamBeta2", "0.999"}},
                    precision);
}

} // namespace alphascope::benchmarks
