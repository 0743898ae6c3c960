#include "engine/api/doctor.h"

#include <sys/utsname.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "models/libtorch.h"
#include <ATen/Version.h>
#include <torch/cuda.h>

#include <fmt/format.h>

#include "engine/imaging/images.h"
#include "engine/imaging/version.h"
#include "engine/training/cpu_features.h"
#include "engine/training/cpu_threads.h"
#include "engine/training/device.h"

namespace alphascope::engine {

namespace {

constexpr const char* reinstall = "Run scripts/setup again: it installs a LibTorch that has it.";

std::string cpuName() {
    std::ifstream file("/proc/cpuinfo");
    std::string line;
    while (std::getline(file, line)) {
        const auto colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    utsname machine{};
    return uname(&machine) == 0 ? machine.machine : "unknown";
}

/// The instruction sets that decide how fast training is, and what multiplies bfloat16.
Finding cpuFeatures() {
    static const std::pair<const char*, const char*> known[] = {
        {"avx2", "AVX2"},    {"avx512f", "AVX-512"},   {"avx512_bf16", "AVX-512 BF16"},
        {"amx_tile", "AMX"}, {"amx_bf16", "AMX BF16"}, {"asimd", "NEON"},
        {"sve", "SVE"},      {"bf16", "BF16"}};
    const auto flags = cpuFlags();
    std::string found;
    for (const auto& [flag, name] : known) {
        if (flags.contains(flag)) {
            found += found.empty() ? name : fmt::format(", {}", name);
        }
    }
    const bool vectors = flags.contains("avx2") || flags.contains("asimd");
    return {"CPU features", found.empty() ? "none of those that help" : found, vectors,
            vectors ? "" : "Training works, slowly; a processor with AVX2 is several times faster."};
}

Finding bfloat16() {
    switch (bfloat16Of(cpuFlags())) {
    case Bfloat16::Matrices:
        return {"bfloat16", "this CPU has units for it: try --set precision=bfloat16", true, ""};
    case Bfloat16::Vectors:
        return {"bfloat16", "slower than float32 on this CPU, which lacks AMX: keep float32", true, ""};
    case Bfloat16::Emulated:
        break;
    }
    return {"bfloat16", "emulated on this CPU, many times slower: keep float32", true, ""};
}

Finding library(const char* name, bool present, const std::string& version) {
    return {name, present ? version : "not in this LibTorch", present, present ? "" : reinstall};
}

/// "Intel(R) oneAPI Math Kernel Library Version 2024.2 ..." without the rest of the line.
std::string firstClause(const std::string& text, const std::string& end) {
    const auto line = text.substr(0, text.find('\n'));
    return line.substr(0, line.find(end));
}

Finding cuda() {
    const CudaSupport& support = cudaSupport();
    if (support.available) {
        return {"CUDA", fmt::format("{} ({} device(s))", support.deviceName, torch::cuda::device_count()),
                true, ""};
    }
    // A machine without a GPU is no fault; a driver that LibTorch cannot use is one.
    return {"CUDA", support.reason, support.advice.empty(), support.advice};
}

Finding cacheFolder() {
    namespace fs = std::filesystem;
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    const fs::path base = cache != nullptr && *cache != '\0' ? fs::path(cache)
                          : home != nullptr                  ? fs::path(home) / ".cache"
                                                             : fs::path();
    if (base.empty()) {
        return {"Cache folder", "none: neither HOME nor XDG_CACHE_HOME is set", false, "Set HOME."};
    }
    const fs::path folder = base / "alphascope";
    std::error_code failed;
    const bool there = fs::is_directory(folder, failed);
    return {"Cache folder", folder.string() + (there ? "" : " (not there yet)"), true, ""};
}

} // namespace

std::vector<Finding> examineMachine() {
    const Finding cudaFinding = cuda(); // first: see cudaSupport()
    return {
        {"Alphascope", ALPHASCOPE_VERSION, true, ""},
        {"LibTorch", TORCH_VERSION, true, ""},
        library("MKL", at::globalContext().hasMKL(), firstClause(at::get_mkl_version(), " for ")),
        library("oneDNN", at::globalContext().hasMKLDNN(), firstClause(at::get_mkldnn_version(), " (Git")),
        {"CPU", cpuName(), true, ""},
        {"Cores", fmt::format("{} usable of {}", usableCores(), std::thread::hardware_concurrency()), true,
         ""},
        {"Threads", fmt::format("{} for training unless --threads says otherwise", usableCores()), true, ""},
        cpuFeatures(),
        bfloat16(),
        cudaFinding,
        {"OpenCV", openCvVersion(), hasPictureFiles(),
         hasPictureFiles() ? "" : "Build with ALPHASCOPE_IMAGING=ON to read and write picture files."},
        cacheFolder(),
    };
}

} // namespace alphascope::engine
