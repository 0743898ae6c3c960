#pragma once
// A map of codes as a picture.

#include <string>

#include "engine/api/atlas.h"

namespace alphascope::app {

/// A dot for each row, coloured by its label, with a legend of the labels (at most 20 of them).
engine::Image drawMap(const std::string& heading, const engine::CodeMap& map, const engine::CodeSet& codes);

} // namespace alphascope::app
