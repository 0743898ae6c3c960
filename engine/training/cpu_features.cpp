#include "engine/training/cpu_features.h"

#include <fstream>
#include <iterator>
#include <sstream>

namespace alphascope::engine {

std::set<std::string> cpuFlags() {
    std::ifstream file("/proc/cpuinfo");
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("flags") || line.starts_with("Features")) {
            std::istringstream words(line.substr(line.find(':') + 1));
            return {std::istream_iterator<std::string>(words), {}};
        }
    }
    return {};
}

bool bfloat16IsFast() {
    const auto flags = cpuFlags();
    return flags.contains("amx_bf16") || flags.contains("avx512_bf16") || flags.contains("bf16");
}

} // namespace alphascope::engine
