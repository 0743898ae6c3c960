#pragma once
// Features of pictures by a convolutional net whose weights were drawn once and never trained. They need no
// labels, no file and no training, are the same in every run, and a distance of their distributions still
// orders samples as one looks at them: blur, noise, missing classes and collapse all move it, the worse the
// further. They know nothing of classes, so that a figure computed of them is not the published one of its
// name, which is computed of a trained net's features.

#include "models/libtorch.h"

#include <cstdint>
#include <vector>

namespace alphascope::engine {

/// Immutable; any thread.
class RandomFeatures {
public:
    RandomFeatures(std::int64_t channels, const torch::Device& device);

    /// float32 [N,C,H,W] in [-1,1], sides of 8 and more, on the device -> float32 [N,F] on the CPU: means of
    /// three layers' answers over the quarters of the picture.
    torch::Tensor of(const torch::Tensor& pictures) const;

private:
    std::vector<torch::Tensor> weights_;
};

} // namespace alphascope::engine
