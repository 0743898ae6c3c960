#include "models/networks/ema.h"

#include <algorithm>

namespace alphascope::models {

Ema::Ema(const torch::nn::Module& source, double decay) : decay_(decay) {
    const torch::NoGradGuard noGrad;
    const auto add = [this](const std::string& name, const torch::Tensor& tensor) {
        sources_.push_back(tensor.detach());
        shadows_.emplace_back(name, tensor.detach().clone());
    };
    for (const auto& item : source.named_parameters()) {
        add(item.key(), item.value());
    }
    for (const auto& item : source.named_buffers()) {
        add(item.key(), item.value());
    }
}

void Ema::update() {
    const torch::NoGradGuard noGrad;
    const auto count = static_cast<double>(updates_);
    const double decay = std::min(decay_, (1.0 + count) / (10.0 + count));
    std::vector<torch::Tensor> shadows;
    std::vector<torch::Tensor> sources;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        if (sources_[i].is_floating_point()) {
            shadows.push_back(shadows_[i].second);
            sources.push_back(sources_[i]);
        } else {
            shadows_[i].second.copy_(sources_[i]);
        }
    }
    at::_foreach_lerp_(shadows, sources, 1.0 - decay);
    ++updates_;
}

} // namespace alphascope::models
