#pragma once
// One iteration with all that goes in and comes out of it, as a safetensors file: the Python peers replay it
// and must compute the same losses before anybody compares their speed.

#include <string>

namespace alphascope::benchmarks {

/// Names in the file: every tensor of the state before the iteration; "input.pictures", "input.z0", ...;
/// "output.<tag>" for every loss.
void exportAlphaGan(const std::string& preset, const std::string& path);
void exportDcgan(const std::string& path);

} // namespace alphascope::benchmarks
