#pragma once
// Encoders that give one code, or a Gaussian cloud of them, by option.

#include "models/methods/method.h"

namespace alphascope::models {

/// How many numbers the encoder's network has to give for codes of `latentSize`.
constexpr std::int64_t encoderOutputs(std::int64_t latentSize, bool gaussian) {
    return gaussian ? 2 * latentSize : latentSize;
}

/// Of such a network's answer, in float32: [B,Z] as it is, or [B,2Z] with means and log-variances side by
/// side.
Posterior posteriorOf(const torch::Tensor& answer, bool gaussian);

/// mean + deviation * epsilon with epsilon from the stream "posterior" (Kingma and Welling 2013), with
/// gradients for both; the mean where there is no deviation.
torch::Tensor drawCode(const Posterior& posterior, RandomStreams& random);

} // namespace alphascope::models
