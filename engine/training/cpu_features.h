#pragma once
// What the processor can do, as the kernel lists it. No LibTorch. Any thread.

#include <set>
#include <string>

namespace alphascope::engine {

/// The names in /proc/cpuinfo ("avx2", "amx_bf16"); empty where there is no such file.
std::set<std::string> cpuFlags();

/// Whether bfloat16 multiplies faster than float32 here, instead of being emulated many times slower.
bool bfloat16IsFast();

} // namespace alphascope::engine
