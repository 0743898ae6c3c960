#include "engine/training/device.h"

#include <dlfcn.h>

#include <array>
#include <filesystem>
#include <system_error>

#include <torch/cuda.h>

#include <fmt/format.h>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

/// The folder that libtorch_cpu was loaded from; its CUDA half must be of the same build.
std::filesystem::path libraryFolder() {
    Dl_info info{};
    if (dladdr(reinterpret_cast<const void*>(&at::get_num_threads), &info) == 0 ||
        info.dli_fname == nullptr) {
        return {};
    }
    std::error_code failed;
    const auto path = std::filesystem::canonical(info.dli_fname, failed);
    return failed ? std::filesystem::path{} : path.parent_path();
}

CudaSupport unavailable(std::string reason, std::string advice = {}) {
    return {false, {}, std::move(reason), std::move(advice)};
}

/// The driver's own functions: their names and types are stable, and no CUDA header is needed.
std::string nameOfFirstDevice(void* driver) {
    const auto init = reinterpret_cast<int (*)(unsigned)>(dlsym(driver, "cuInit"));
    const auto get = reinterpret_cast<int (*)(int*, int)>(dlsym(driver, "cuDeviceGet"));
    const auto getName = reinterpret_cast<int (*)(char*, int, int)>(dlsym(driver, "cuDeviceGetName"));
    std::array<char, 256> name{};
    int device = 0;
    if (init == nullptr || get == nullptr || getName == nullptr || init(0) != 0 || get(&device, 0) != 0 ||
        getName(name.data(), static_cast<int>(name.size()), device) != 0) {
        return "NVIDIA GPU";
    }
    return name.data();
}

CudaSupport loadCuda() {
    void* driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
    if (driver == nullptr) {
        return unavailable("No NVIDIA driver (libcuda.so.1) was found on this machine.");
    }
    const auto folder = libraryFolder();
    for (const char* library : {"libc10_cuda.so", "libtorch_cuda.so"}) {
        const auto path = folder / library;
        if (dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr) {
            const char* why = dlerror();
            return unavailable(fmt::format("An NVIDIA driver is present, but {} cannot be loaded ({}).",
                                           path.string(), why != nullptr ? why : "unknown reason"),
                               "Run scripts/setup again: it installs LibTorch with its CUDA libraries where "
                               "it finds a driver.");
        }
    }
    if (!torch::cuda::is_available()) {
        return unavailable("An NVIDIA driver is present, but no usable GPU was found.",
                           "Check nvidia-smi and CUDA_VISIBLE_DEVICES, and that the driver is new enough.");
    }
    return {true, nameOfFirstDevice(driver), {}, {}};
}

} // namespace

const CudaSupport& cudaSupport() {
    static const CudaSupport support = loadCuda();
    return support;
}

torch::Device chooseDevice(const std::string& wish) {
    const CudaSupport& cuda = cudaSupport();
    if (wish == "cpu") {
        return torch::kCPU;
    }
    if (wish.empty() || wish == "auto") {
        return cuda.available ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
    }
    if (wish != "cuda") {
        throw Error(ErrorKind::Usage, fmt::format("There is no device \"{}\".", wish),
                    "Choose auto, cpu or cuda.");
    }
    if (!cuda.available) {
        throw Error(ErrorKind::Usage, "The device cuda cannot be used: " + cuda.reason,
                    cuda.advice.empty() ? "Choose cpu or auto." : cuda.advice + " Or choose cpu or auto.");
    }
    return {torch::kCUDA, 0};
}

std::string deviceTitle(const torch::Device& device, int threads) {
    return device.is_cuda() ? "CUDA: " + cudaSupport().deviceName : fmt::format("CPU x {}", threads);
}

void waitForDevice(const torch::Device& device) {
    if (device.is_cuda()) {
        torch::cuda::synchronize(device.index());
    }
}

} // namespace alphascope::engine
