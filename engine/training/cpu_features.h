#pragma once
// What the processor can do, as the kernel lists it. No LibTorch. Any thread.

#include <set>
#include <string>

namespace alphascope::engine {

/// The names in /proc/cpuinfo ("avx2", "amx_bf16"); empty where there is no such file.
std::set<std::string> cpuFlags();

/// How bfloat16 compares with float32 in training. Measured in tests/benchmarks/RESULTS.md, but for Matrices.
enum class Bfloat16 {
    Emulated, ///< many times slower
    Vectors,  ///< AVX-512 BF16 without AMX: somewhat slower
    Matrices, ///< AMX or Arm's BF16: has units made for it
};

/// What a processor with those flags does.
Bfloat16 bfloat16Of(const std::set<std::string>& flags);

} // namespace alphascope::engine
