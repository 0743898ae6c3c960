#pragma once
// Loops over several numbers at once, in one object for every processor: a function marked so is compiled
// once for each width of vectors, and the loader picks. Sanitizers cannot run the code that picks.

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) &&                            \
    !defined(__SANITIZE_THREAD__)
#define ALPHASCOPE_VECTORISED __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ALPHASCOPE_VECTORISED
#endif

namespace alphascope::engine {

inline constexpr int lanes = 8;

/// Eight numbers that are computed with as one (GCC's and clang's vector extension); narrower registers take
/// several instructions each.
using Lanes = float __attribute__((vector_size(lanes * sizeof(float)), aligned(4)));

} // namespace alphascope::engine
