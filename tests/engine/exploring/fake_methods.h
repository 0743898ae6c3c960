#pragma once
// Methods that are one formula: what a search or a walk finds in them can be said beforehand.

#include <stdexcept>
#include <utility>

#include "models/methods/common_parameters.h"
#include "models/methods/method.h"

namespace alphascope::tests {

/// G(z) = tanh(z W), grey pictures of 4 x 4, with a fixed random W. Not to be trained.
class LinearMethod : public models::Method {
public:
    explicit LinearMethod(std::int64_t latentSize) {
        spec_.method = "linear";
        spec_.image = {1, side};
        spec_.parameters = models::ParameterSet(models::Schema{models::latentSizeSpec()});
        spec_.parameters.set("latentSize", latentSize);
        models::RandomStreams random(5);
        weights_ = 0.3 * random.normal("weights", {latentSize, side * side}, torch::kCPU);
    }

    torch::Tensor generate(const torch::Tensor& z) override {
        return torch::matmul(z, weights_).tanh().view({-1, 1, side, side});
    }

    models::UpdateReport update(models::BatchSource&, models::RandomStreams&) override { cannotTrain(); }
    models::UpdateReport updatePart(const std::string&, models::BatchSource&,
                                    models::RandomStreams&) override {
        cannotTrain();
    }
    void setTraining(bool) override {}
    void setParameter(const std::string&, const models::ParameterValue&) override { cannotTrain(); }
    void visitState(models::StateVisitor&) override {}
    const models::ModelSpec& spec() const override { return spec_; }

protected:
    static constexpr std::int64_t side = 4;
    const torch::Tensor& weights() const { return weights_; } ///< [Z,16]

private:
    [[noreturn]] static void cannotTrain() { throw std::logic_error("This method is not to be trained."); }

    models::ModelSpec spec_;
    torch::Tensor weights_;
};

/// G(z) = z W: in pictures, too, the straight line is the shortest way.
class StraightMethod : public LinearMethod {
public:
    using LinearMethod::LinearMethod;
    torch::Tensor generate(const torch::Tensor& z) override {
        return torch::matmul(z, weights()).view({-1, 1, side, side});
    }
};

/// Of two dimensions: the plane with a steep hill on the origin. The way from one side of the hill to the
/// other is shorter around it than over it.
class HillMethod : public LinearMethod {
public:
    HillMethod() : LinearMethod(2) {}
    torch::Tensor generate(const torch::Tensor& z) override {
        const torch::Tensor height = 3.0 * (-4.0 * z.square().sum(1, true)).exp();
        const torch::Tensor rest = torch::zeros({z.size(0), side * side - 3}, z.options());
        return torch::cat({z, height, rest}, 1).view({-1, 1, side, side});
    }
};

/// Class c is the code full of c. A step goes a tenth of the way there plus a little noise, and the
/// probability of the class is exp(-|z - c|^2).
class TowardsConstants : public LinearMethod {
public:
    using LinearMethod::LinearMethod;

    ConditionalStep stepTowards(std::int64_t label, const torch::Tensor& z,
                                models::RandomStreams& random) override {
        const torch::Tensor way = static_cast<double>(label) - z;
        const torch::Tensor noise = random.normal("walk", z.sizes(), z.device());
        return {z + 0.1 * way + 1e-4 * noise, (-way.square().sum(1)).exp()};
    }
};

} // namespace alphascope::tests
