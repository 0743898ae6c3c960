#pragma once
// A data set from a folder of picture files.

#include <memory>
#include <string>

#include "engine/data/data_set.h"

namespace alphascope::engine {

/// Every picture is cut (see PictureFiles) and resized. About a tenth is held out, chosen by the hash of the
/// relative path, so that adding pictures moves none. Throws Error(BadInput | InputOutput) when no picture is
/// left.
std::shared_ptr<const DataSet> openFolderSet(const std::string& folder, int size,
                                             const std::string& crop = {});

} // namespace alphascope::engine
