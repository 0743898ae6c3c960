#pragma once
// The directions that a run keeps, by their names, and codes moved along them.

#include <string>
#include <vector>

#include "engine/api/directions.h"
#include "engine/api/model.h"

namespace alphascope::app {

/// The run folder that a model's checkpoint lies in. Throws Error(Usage), saying which option needs one.
std::string runFolderOf(const engine::ModelInfo& model, const std::string& option);

/// The kept ones of these names, in order. Throws Error, Usage for an unknown name.
std::vector<engine::LatentDirection> keptDirections(const engine::ModelInfo& model, const std::string& option,
                                                    const std::vector<std::string>& names);

/// Of "NAME=2.0" texts.
struct Move {
    std::string name;
    double sigmas = 0.0;
};
/// Throws Error(Usage).
Move moveIn(const std::string& option, const std::string& text);

/// Moves every code by so many sigmas along each direction.
void moveCodes(engine::Codes& codes, const engine::ModelInfo& model, const std::string& option,
               const std::vector<std::string>& moves);

} // namespace alphascope::app
