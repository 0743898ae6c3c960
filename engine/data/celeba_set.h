#pragma once
// CelebA as a data set.

#include <memory>
#include <string>

#include "engine/data/celeba_files.h"
#include "engine/data/data_set.h"

namespace alphascope::engine {

/// Trained on is part 0 of the partition list and held out part 2; part 1, for validation, is left out.
/// Without that list a tenth is held out by the hash of its name. A picture that is listed and not there is
/// left out and listed; JPEGs and PNGs are taken for each other. No labels; the attributes are named factors,
/// 1 or -1 (0 where the attribute list leaves a picture out). Throws Error(BadInput | InputOutput | Usage).
std::shared_ptr<const DataSet> openCelebASet(const std::string& name, const CelebAFiles& files, int size,
                                             const std::string& crop);

} // namespace alphascope::engine
