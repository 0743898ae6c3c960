#pragma once
// The sets that the program draws itself, by name.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/data/data_set.h"

namespace alphascope::engine {

struct BuiltInSet {
    DataSetInfo info;
    std::shared_ptr<const DataSet> (*make)(int size, std::uint64_t seed);
};

/// In the order in which choosers list them. Built once.
const std::vector<BuiltInSet>& builtInSets();

/// Null when there is none of that name.
const BuiltInSet* findBuiltInSet(const std::string& name);

} // namespace alphascope::engine
