#pragma once
// Models, runs and methods as JSON and as words.

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/api/model.h"
#include "engine/api/runs.h"
#include "models/schema/method_traits.h"

namespace alphascope::app {

/// "generate", "encode", ...
std::vector<std::string> capabilityNames(unsigned capabilities);

nlohmann::ordered_json toJson(const engine::ModelInfo& info);
nlohmann::ordered_json toJson(const engine::RunEntry& run);
nlohmann::ordered_json toJson(const models::MethodTraits& traits);

/// One line; text that is no UTF-8 (a file name, for instance) is made so.
std::string toLine(const nlohmann::ordered_json& value);

/// "from 0 to 1", "true or false", "a, b or c"
std::string allowedText(const models::ParameterSpec& spec);

/// "1.2 MB"
std::string bytesText(std::uint64_t bytes);

} // namespace alphascope::app
