#pragma once
// From ranges to settings. Pure; any thread.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/api/study.h"
#include "models/schema/parameter.h"

namespace alphascope::engine {

/// How many values a range has; 0 = any number of them. `spec` is the parameter's.
std::uint64_t valuesIn(const StudyRange& range, const models::ParameterSpec& spec);

/// The value at `share` in [0,1) of the range, as --set takes it. Reals between the ends are rounded to four
/// digits, so that tables stay legible.
std::string valueAt(const StudyRange& range, const models::ParameterSpec& spec, double share);

/// All settings of a method in order. Setting n depends on the study's seed, search and number of settings
/// only where an earlier one would come twice, and on nothing of the other methods. Throws Error(BadInput)
/// when the ranges cannot give so many.
std::vector<std::map<std::string, std::string>> drawSettings(const Study& study, const StudyMethod& method);

} // namespace alphascope::engine
