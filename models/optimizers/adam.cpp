#include "models/optimizers/adam.h"

#include <ATen/ops/_fused_adam.h>

#include <optional>
#include <stdexcept>

namespace alphascope::models {

Adam::Adam(std::vector<torch::Tensor> parameters, const AdamOptions& options)
    : options_(options), parameters_(std::move(parameters)) {
    const torch::NoGradGuard noGrad;
    for (const torch::Tensor& parameter : parameters_) {
        firstMoments_.push_back(torch::zeros_like(parameter));
        secondMoments_.push_back(torch::zeros_like(parameter));
    }
    if (!parameters_.empty()) {
        stepTensor_ = torch::zeros({}, parameters_.front().options().requires_grad(false));
    }
    if (options_.skippable) {
        skipped_ = torch::zeros_like(stepTensor_);
    }
    stepTensors_.assign(parameters_.size(), stepTensor_);
}

void Adam::step(double rate) {
    move(rate, {});
}

void Adam::stepUnless(const torch::Tensor& skip, double rate) {
    if (!options_.skippable) {
        throw std::logic_error("This optimiser was not made to skip steps.");
    }
    move(rate, skip);
}

void Adam::move(double rate, const torch::Tensor& skip) {
    const torch::NoGradGuard noGrad;
    std::vector<torch::Tensor> gradients;
    gradients.reserve(parameters_.size());
    for (const torch::Tensor& parameter : parameters_) {
        const torch::Tensor& gradient = parameter.grad();
        if (!gradient.defined()) {
            throw std::logic_error("A parameter has no gradient: the loss does not reach it.");
        }
        // The fused kernel walks raw memory, so a gradient must lie exactly as its parameter does.
        gradients.push_back(
            gradient.strides() == parameter.strides() ? gradient : at::empty_like(parameter).copy_(gradient));
    }
    ++steps_;
    stepTensor_.fill_(static_cast<double>(steps_));
    std::optional<torch::Tensor> leaveAlone;
    if (skipped_.defined()) {
        stepTensor_.sub_(skipped_);
    }
    if (skip.defined()) {
        // Made for overflows of scaled gradients; the kernel then touches nothing.
        leaveAlone = skip;
        skipped_.add_(skip);
    }
    at::_fused_adam_(parameters_, gradients, firstMoments_, secondMoments_, /*max_exp_avg_sqs=*/{},
                     stepTensors_, rate, options_.beta1, options_.beta2, /*weight_decay=*/0.0,
                     options_.epsilon,
                     /*amsgrad=*/false, /*maximize=*/false, /*grad_scale=*/{}, /*found_inf=*/leaveAlone);
    forgetGradients();
}

void Adam::forgetGradients() {
    for (torch::Tensor& parameter : parameters_) {
        parameter.mutable_grad().reset();
    }
}

} // namespace alphascope::models
