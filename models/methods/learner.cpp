#include "models/methods/learner.h"

namespace alphascope::models {

LearnerBase::LearnerBase(std::shared_ptr<torch::nn::Module> network, const LearnerOptions& options)
    : name_(options.name), module_(std::move(network)) {
    initialise(*module_, name_, options.seed, options.start);
    module_->to(options.device);
    for (torch::Tensor& parameter : module_->parameters()) {
        parameter.set_requires_grad(false);
    }
    if (options.purpose == Purpose::Inference) {
        return;
    }
    adam_.emplace(module_->parameters(), options.adam);
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

void LearnerBase::step(double rate) {
    adam_.value().step(rate);
}

std::int64_t LearnerBase::steps() {
    return adam_.value().steps();
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
    if (adam_) {
        const auto parameters = module_->named_parameters();
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const std::string slot = "adam." + name_ + "." + parameters[i].key();
            visitor.tensor(slot + ".m", StateKind::Optimizer, adam_->firstMoments()[i]);
            visitor.tensor(slot + ".v", StateKind::Optimizer, adam_->secondMoments()[i]);
        }
        visitor.counter("adam." + name_ + ".steps", adam_->steps());
    }
}

} // namespace alphascope::models
