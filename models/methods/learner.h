#pragma once
// A network together with what trains it: its optimiser, its moving average, and its place in the state.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/methods/method.h"
#include "models/networks/ema.h"
#include "models/networks/initialisation.h"
#include "models/optimizers/adam.h"

namespace alphascope::models {

struct LearnerOptions {
    std::string name;       ///< prefix in the state: "encoder"
    std::uint64_t seed = 1; ///< of the first weights
    torch::Device device = torch::kCPU;
    Purpose purpose = Purpose::Training;
    AdamOptions adam;
    /// Names of optimisers besides the first, for a network that several losses move in turn: each loss has
    /// moments of its own.
    std::vector<std::string> furtherOptimizers;
    std::optional<double> emaDecay; ///< none: no average is kept
    ConvolutionStart start = ConvolutionStart::Dcgan;
};

/// The parts of a Learner that do not depend on the network's type.
class LearnerBase {
public:
    /// Initialises `network` and moves it to the device. For Purpose::Inference there is neither optimiser
    /// nor average. The parameters are frozen (requires_grad off) outside a Training scope.
    LearnerBase(std::shared_ptr<torch::nn::Module> network, const LearnerOptions& options);

    /// While it lives, this network's parameters take part in autograd. One scope around every sub-step that
    /// trains it: the other networks of that sub-step then cost no weight gradients.
    class Training {
    public:
        explicit Training(LearnerBase& learner);
        ~Training();
        Training(const Training&) = delete;
        Training& operator=(const Training&) = delete;

    private:
        LearnerBase& learner_;
    };

    /// The `inputs` of a backward pass that is to reach this network alone, where several losses share one
    /// forward pass. Within a Training scope.
    std::vector<torch::Tensor> parameters() const { return module_->parameters(); }
    /// Multiplies the gradients so far.
    void scaleGradients(double factor);

    /// Moves the parameters by their gradients, within a Training scope and after a backward pass.
    /// `optimizer`: 0 for the first, 1 for the first of the further ones, ...
    void step(double rate, std::size_t optimizer = 0);
    /// With the first optimiser, and only where `skip` is 0 (Adam::stepUnless()).
    void stepUnless(const torch::Tensor& skip, double rate);
    /// Steps of the first optimiser so far.
    std::int64_t updates() { return adams_.at(0).steps(); }

    /// How often step() has moved the parameters, in this run and before it.
    std::int64_t steps();

    /// One update of the moving average.
    void average();

    void visit(StateVisitor& visitor);

private:
    void visitOptimizer(StateVisitor& visitor, const std::string& name, Adam& adam);

    std::string name_;
    std::shared_ptr<torch::nn::Module> module_;
    std::vector<Adam> adams_; ///< the first, then the further ones; empty for inference
    std::vector<std::string> furtherOptimizers_;
    std::optional<Ema> ema_;
};

template <typename Network>
class Learner : public LearnerBase {
public:
    Learner(std::shared_ptr<Network> network, const LearnerOptions& options)
        : LearnerBase(network, options), network_(std::move(network)) {}

    template <typename... Arguments>
    torch::Tensor operator()(Arguments&&... arguments) {
        return network_->forward(std::forward<Arguments>(arguments)...);
    }
    Network* operator->() const { return network_.get(); }

private:
    std::shared_ptr<Network> network_;
};

} // namespace alphascope::models
