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

Bfloat16 bfloat16Of(const std::set<std::string>& flags) {
    if (flags.contains("amx_bf16") || flags.contains("bf16")) {
        return Bfloat16::Matrices;
    }
    return flags.contains("avx512_bf16") ? Bfloat16::Vectors : Bfloat16::Emulated;
}

} // namespace alphascope::engine
