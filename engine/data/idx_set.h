#pragma once
// A data set from IDX files, whole in memory.

#include <memory>
#include <string>

#include "engine/data/data_set.h"
#include "engine/data/idx_file.h"

namespace alphascope::engine {

/// Held-out pictures are the t10k file's, or else the last sixth. `size` 0: the nearest of 28, 32 and 64;
/// pictures of other sizes are resized. `name` is what the user gave. Throws Error(BadInput | InputOutput).
std::shared_ptr<const DataSet> openIdxSet(const std::string& name, const IdxFiles& files, int size);

} // namespace alphascope::engine
