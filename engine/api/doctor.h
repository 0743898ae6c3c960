#pragma once
// What this machine offers the program. Standard library only; reads files, so not for a GUI thread.

#include <string>
#include <vector>

namespace alphascope::engine {

struct Finding {
    std::string name;  ///< "LibTorch"
    std::string value; ///< "2.11.0"
    bool ok = true;
    std::string advice; ///< what to do about what is missing; "" when nothing is
};

/// Cores this process may use: the affinity mask, one per physical core, within the control group's quota; at
/// least 1.
int usableCores();

/// LibTorch version, MKL/oneDNN, threads, CPU features, CUDA device or why none, OpenCV, cache folder.
std::vector<Finding> examineMachine();

} // namespace alphascope::engine
