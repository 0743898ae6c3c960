#pragma once
// A method's whole state as named tensors: what checkpoints, snapshots and replicas are made from and of.
// Call on the thread that owns the method, between updates.

#include <map>
#include <string>
#include <vector>

#include "models/methods/method.h"

namespace alphascope::models {

/// One entry of a state: a copy, on the CPU and contiguous (row-major). Counters are int64 scalars.
struct NamedTensor {
    std::string name;
    StateKind kind = StateKind::Parameter;
    torch::Tensor tensor;
};

/// Copies everything that visitState() shows, in its order.
std::vector<NamedTensor> collectState(Method& method);

using TensorMap = std::map<std::string, torch::Tensor>;

/// Puts a complete state back, so that training goes on bit for bit as if never interrupted. Throws
/// std::invalid_argument naming the tensor for one that is missing, unknown, or of another shape or type; the
/// method is then unchanged.
void loadState(Method& method, const TensorMap& tensors);

/// Which of two sets of weights a replica shows.
enum class Weights {
    Average, ///< the moving average where the state has one, else the raw value
    Raw,     ///< as trained
};

/// Puts only the networks' weights and statistics into a method, usually one for inference. `tensors` may
/// also hold averages and optimiser slots. Throws std::invalid_argument as above, also for a tensor of a
/// network that the method does not have.
void loadWeights(Method& method, const TensorMap& tensors, Weights weights);

} // namespace alphascope::models
