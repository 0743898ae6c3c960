#pragma once
// Between a tensor and the array that files hold. Any thread.

#include "models/libtorch.h"

#include <string>

#include "engine/storage/model_state.h"

namespace alphascope::engine {

/// A copy on the host. Throws Error(Internal) for a type that no file of ours has.
NamedArray toArray(const std::string& name, const torch::Tensor& tensor);

/// A view of the array's bytes: valid as long as the array, and not to be written to. Throws
/// std::invalid_argument for a type that LibTorch lacks.
torch::Tensor viewOf(const NamedArray& array);

} // namespace alphascope::engine
