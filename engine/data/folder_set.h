#pragma once
// A data set from a folder of picture files.

#include <memory>
#include <string>

#include "engine/data/data_set.h"

namespace alphascope::engine {

/// Every picture is cropped to its centred square and resized. About a tenth is held out, chosen by the hash
/// of the relative path, so that adding pictures moves none. Grey when all pictures looked at are. Small sets
/// are checked whole on opening, of large ones a sample; what cannot be decoded is left out and listed in
/// info(). `size` 0: 64 for pictures of 64 pixels or more, else the nearest of 28, 32 and 64. Throws
/// Error(BadInput | InputOutput) when no picture is left.
std::shared_ptr<const DataSet> openFolderSet(const std::string& folder, int size);

} // namespace alphascope::engine
