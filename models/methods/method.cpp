#include "models/methods/method.h"

#include <stdexcept>

namespace alphascope::models {
namespace {

[[noreturn]] void cannot(const Method& method, const std::string& what) {
    throw std::logic_error(method.spec().method + " cannot " + what + ".");
}

} // namespace

torch::Tensor Method::generate(const torch::Tensor&) {
    cannot(*this, "generate pictures");
}

Posterior Method::encode(const torch::Tensor&) {
    cannot(*this, "encode pictures");
}

torch::Tensor Method::encodeWithNoise(const torch::Tensor& x, const torch::Tensor& noise) {
    const Posterior posterior = encode(x);
    return posterior.deviation.defined() ? posterior.mean + posterior.deviation * noise : torch::Tensor();
}

torch::Tensor Method::criticise(const torch::Tensor&) {
    cannot(*this, "criticise pictures");
}

torch::Tensor Method::criticFeatures(const torch::Tensor&) {
    cannot(*this, "describe pictures as a discriminator sees them");
}

torch::Tensor Method::codeLogit(const torch::Tensor&) {
    cannot(*this, "judge codes");
}

Method::ConditionalStep Method::stepTowards(std::int64_t, const torch::Tensor&, RandomStreams&) {
    cannot(*this, "sample a class");
}

} // namespace alphascope::models
