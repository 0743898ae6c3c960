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
    bool skippable = false; ///< whether stepUnless() may be called
};

/// Owns the moments; shares the parameters. The same update as torch::optim::Adam without weight decay, in
/// one pass over memory. With beta1 = 0 it is RMSProp (Tieleman and Hinton 2012) but for the correction of
/// the first steps, while the mean square still fills up. Belongs to one thread at a time.
class Adam {
public:
    Adam(std::vector<torch::Tensor> parameters, const AdamOptions& options);

    /// Moves every parameter by its .grad and forgets the gradients. All gradients must be there.
    void step(double rate);
    /// The same where `skip`, a float32 scalar on the parameters' device, is 0. Where it is 1, neither the
    /// parameters nor the moments nor the count of the bias correction move. The host does not wait for it.
    void stepUnless(const torch::Tensor& skip, double rate);
    /// Sets all gradients to undefined.
    void forgetGradients();

    std::vector<torch::Tensor>& firstMoments() { return firstMoments_; }
    std::vector<torch::Tensor>& secondMoments() { return secondMoments_; }
    std::int64_t& steps() { return steps_; } ///< asked for, skipped ones included
    /// How many of them were skipped, float32 scalar on the device; undefined unless skippable.
    torch::Tensor& skipped() { return skipped_; }

private:
    /// `skip` may be undefined: then nothing is skipped.
    void move(double rate, const torch::Tensor& skip);

    AdamOptions options_;
    std::vector<torch::Tensor> parameters_, firstMoments_, secondMoments_;
    std::int64_t steps_ = 0;
    torch::Tensor skipped_;
    torch::Tensor stepTensor_; ///< steps made, as the fused call wants it: float, on the device
    std::vector<torch::Tensor> stepTensors_;
};

} // namespace alphascope::models
