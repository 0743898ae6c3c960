#pragma once
// Thread counts of LibTorch's CPU kernels, set on each thread that computes. No LibTorch in this header.

#include "engine/api/doctor.h" // IWYU pragma: export  usableCores

namespace alphascope::engine {

/// For the one training thread: LibTorch's process-wide count and the calling thread's own; 0 =
/// usableCores(). Gives the count in use. Also flushes denormal numbers to zero on the calling thread: they
/// cost a factor of a hundred in the tails of a saturated network.
int useThreadsForTraining(int count);

/// For every other computing thread: limits the calling thread alone. The process-wide count stays, since a
/// training thread depends on it.
void useThreadsHere(int count);

} // namespace alphascope::engine
