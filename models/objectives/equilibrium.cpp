#include "models/objectives/equilibrium.h"

namespace alphascope::models::objectives {

EquilibriumGate equilibriumGate(const torch::Tensor& realCost, const torch::Tensor& madeCost,
                                double equilibrium, double margin) {
    const torch::NoGradGuard noGrad;
    const torch::Tensor least = at::minimum(realCost, madeCost), most = at::maximum(realCost, madeCost);
    const torch::Tensor winning = least.lt(equilibrium - margin), losing = most.gt(equilibrium + margin);
    return {winning.logical_and(losing.logical_not()).to(torch::kFloat32),
            losing.logical_and(winning.logical_not()).to(torch::kFloat32)};
}

} // namespace alphascope::models::objectives
