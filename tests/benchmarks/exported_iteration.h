#pragma once
// Iterations of a method with all that goes in and comes out of them, as a safetensors file: the Python peers
// replay them and must compute the same losses before anybody compares their speed.

#include <string>

#include "models/methods/method.h"

namespace alphascope::benchmarks {

/// Two iterations on the same pictures and the same draws, on the CPU; the second one's losses tell of the
/// first one's gradients. Names in the file: every weight before them by its name in the state;
/// "input.pictures", "input.labels"; "draw.<stream>.0", "draw.<stream>.1", ... in the order in which an
/// iteration draws them; "output.0.<tag>" and "output.1.<tag>" for every scalar reported. The metadata are
/// the parameters.
void exportIterations(const models::ModelSpec& spec, const std::string& path);

} // namespace alphascope::benchmarks
