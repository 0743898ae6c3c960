#include "models/networks/leaky_relu.h"

namespace alphascope::models {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;

struct PiecewiseLeakyRelu : torch::autograd::Function<PiecewiseLeakyRelu> {
    static Tensor forward(AutogradContext* context, const Tensor& x, double leak) {
        Tensor y = at::leaky_relu(x, leak);
        context->save_for_backward({y});
        context->saved_data["leak"] = leak;
        context->set_materialize_grads(false);
        return y;
    }
    static torch::autograd::variable_list backward(AutogradContext* context,
                                                   const torch::autograd::variable_list& gradients) {
        if (!gradients[0].defined()) {
            return {Tensor(), Tensor()};
        }
        // Detached: on which side of 0 a unit lies is taken as fixed.
        const Tensor y = context->get_saved_variables()[0].detach();
        return {at::leaky_relu_backward(gradients[0], y, context->saved_data["leak"].toDouble(),
                                        /*self_is_result=*/true),
                Tensor()};
    }
};

} // namespace

Tensor piecewiseLeakyRelu(const Tensor& x, double leak) {
    return PiecewiseLeakyRelu::apply(x, leak);
}

} // namespace alphascope::models
