#pragma once
// What torch.save wrote of a state_dict, in either of its two layouts: a zip archive whose entries are stored
// as they are (since PyTorch 1.6), or pickles followed by raw numbers (before). No LibTorch. Pure.

#include <string_view>

#include "engine/storage/model_state.h"

namespace alphascope::engine {

/// Throws Error(BadInput) with the reason alone for a file that holds anything but one dictionary of tensors,
/// or that is damaged.
ModelState readTorchFile(std::string_view bytes);

} // namespace alphascope::engine
