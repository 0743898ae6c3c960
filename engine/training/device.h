#pragma once
// Which device the networks run on. Only libtorch_cpu and libc10 are linked; LibTorch's CUDA half is loaded
// at run time, and only where an NVIDIA driver is present, so that one program serves both kinds of machine
// and starts fast. Any thread.

#include "models/libtorch.h"

#include <string>

namespace alphascope::engine {

struct CudaSupport {
    bool available = false;
    std::string deviceName; ///< "NVIDIA H100 80GB HBM3"; "" when not available
    std::string reason;     ///< one sentence why not; "" when available
    std::string advice;     ///< what to do about it; "" when nothing can be done
};

/// Looks once per process and loads the CUDA half on the way (half a second where there is a driver). Call it
/// before the first tensor work of a thread: LibTorch remembers for good whether CUDA was there when it first
/// asked.
const CudaSupport& cudaSupport();

/// `wish`: "auto", "cpu" or "cuda". Throws Error(Usage) for another word, or for "cuda" where there is none.
torch::Device chooseDevice(const std::string& wish);

/// "CPU x 2", "CUDA: NVIDIA H100 80GB HBM3".
std::string deviceTitle(const torch::Device& device, int threads);

/// Until all work that was given to the device is done; at once for a CPU, which does it right away.
void waitForDevice(const torch::Device& device);

} // namespace alphascope::engine
