#include "models/methods/learner.h"

namespace alphascope::models {

LearnerBase::LearnerBase(std::shared_ptr<torch::nn::Module> network, const LearnerOptions& options)
    : name_(options.name), module_(std::move(network)), furtherOptimizers_(options.furtherOptimizers) {
    initialise(*module_, name_, options.seed, options.start);
    module_->to(options.device);
    for (torch::Tensor& parameter : module_->parameters()) {
        parameter.set_requires_grad(false);
    }
    if (options.purpose == Purpose::Inference) {
        return;
    }
    for (std::size_t i = 0; i < 1 + furtherOptimizers_.size(); ++i) {
        adams_.emplace_back(module_->parameters(), options.adam);
    }
    if (options.emaDecay) {
        ema_.emplace(*module_, *options.emaDecay);
    }
}

LearnerBase::Training::Training(LearnerBase& learner) : learner_(learner) {
    for (torch::Tensor& parameter : learner_.module_->parameters()) {
        parameter.set_requires_grad(true);
    }
}

LearnerBase::Training::~Training() {
    for (torch::Tensor& parameter : learner_.module_->parameters()) {
        parameter.mutable_grad().reset();
        parameter.set_requires_grad(false);
    }
}

void LearnerBase::scaleGradients(double factor) {
    const torch::NoGradGuard noGrad;
    for (const torch::Tensor& parameter : module_->parameters()) {
        parameter.grad().mul_(factor);
    }
}

void LearnerBase::step(double rate, std::size_t optimizer) {
    adams_.at(optimizer).step(rate);
}

void LearnerBase::stepUnless(const torch::Tensor& skip, double rate) {
    adams_.at(0).stepUnless(skip, rate);
}

void LearnerBase::average() {
    if (ema_) {
        ema_->update();
    }
}

void LearnerBase::visit(StateVisitor& visitor) {
    for (auto& item : module_->named_parameters()) {
        visitor.tensor(name_ + "." + item.key(), StateKind::Parameter, item.value());
    }
    for (auto& item : module_->named_buffers()) {
        visitor.tensor(name_ + "." + item.key(), StateKind::Buffer, item.value());
    }
    if (ema_) {
        for (auto& [key, shadow] : ema_->shadows()) {
            visitor.tensor("ema." + name_ + "." + key, StateKind::Ema, shadow);
        }
        visitor.counter("ema." + name_ + ".updates", ema_->updates());
    }
    for (std::size_t i = 0; i < adams_.size(); ++i) {
        visitOptimizer(visitor, name_ + (i == 0 ? "" : "." + furtherOptimizers_[i - 1]), adams_[i]);
    }
}

void LearnerBase::visitOptimizer(StateVisitor& visitor, const std::string& name, Adam& adam) {
    const auto parameters = module_->named_parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const std::string slot = "adam." + name + "." + parameters[i].key();
        visitor.tensor(slot + ".m", StateKind::Optimizer, adam.firstMoments()[i]);
        visitor.tensor(slot + ".v", StateKind::Optimizer, adam.secondMoments()[i]);
    }
    visitor.counter("adam." + name + ".steps", adam.steps());
    if (adam.skipped().defined()) {
        visitor.tensor("adam." + name + ".skipped", StateKind::Optimizer, adam.skipped());
    }
}

} // namespace alphascope::models
