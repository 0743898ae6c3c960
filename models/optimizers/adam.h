#pragma once
// Adam (Kingma and Ba 2014) over all of a network's parameters in one fused call.

#include "models/libtorch.h"

#include <cstdint>
#include <vector>

namespace alphascope::models {

struct AdamOptions {
    double beta1 = 0.5;
    double beta2 = 0.9;
    double epsilon = 1e-8;
};

/// Owns the moments; shares the parameters. The same update as torch::optim::Adam without weight decay, in
/// one pass over memory. Belongs to one thread at a time.
class Adam {
public:
    Adam(std::vector<torch::Tensor> parameters, const AdamOptions& options);

    /// Moves every parameter by its .grad and forgets the gradients. All gradients must be there.
    void step(double rate);
    /// Sets all gradients to undefined.
    void forgetGradients();

    std::vector<torch::Tensor>& firstMoments() { return firstMoments_; }
    std::vector<torch::Tensor>& secondMoments() { return secondMoments_; }
    std::int64_t& steps() { return steps_; }

private:
    AdamOptions options_;
    std::vector<torch::Tensor> parameters_, firstMoments_, secondMoments_;
    std::int64_t steps_ = 0;
    torch::Tensor stepTensor_; ///< steps_ as the fused call wants it: float, on the device
    std::vector<torch::Tensor> stepTensors_;
};

} // namespace alphascope::models
