#include "engine/training/cpu_threads.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <string>
#include <utility>

namespace alphascope::engine {

namespace {

int readInt(const std::string& path, int fallback) {
    int value = fallback;
    std::ifstream file(path);
    return file >> value ? value : fallback;
}

/// Two hardware threads of one core share its arithmetic units: convolutions gain nothing from the second.
int affinityCores() {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    if (sched_getaffinity(0, sizeof(mask), &mask) != 0) {
        return 1;
    }
    std::set<std::pair<int, int>> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (CPU_ISSET(cpu, &mask)) {
            const std::string topology = "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/";
            cores.emplace(readInt(topology + "physical_package_id", 0), readInt(topology + "core_id", cpu));
        }
    }
    return static_cast<int>(cores.size());
}

/// Containers limit time, not cores: "max 100000" or "150000 100000" (quota and period in microseconds).
int quotaCores() {
    std::ifstream file("/sys/fs/cgroup/cpu.max");
    double quota = 0.0;
    double period = 0.0;
    if (file >> quota >> period && quota > 0.0 && period > 0.0) {
        return static_cast<int>(std::ceil(quota / period));
    }
    return CPU_SETSIZE;
}

template <typename Function>
Function findSymbol(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

} // namespace

int usableCores() {
    return std::max(1, std::min(affinityCores(), quotaCores()));
}

int useThreadsForTraining(int count) {
    const int threads = count > 0 ? count : usableCores();
    at::set_num_threads(threads);
    at::globalContext().setFlushDenormal(true);
    return threads;
}

void useThreadsHere(int count) {
    // The first parallel kernel on a thread sets that thread's OpenMP count to the process-wide one; asking
    // for the count makes it happen now, so that it cannot undo what follows.
    at::get_num_threads();
    using SetCount = void (*)(int);
    static const auto setOpenMp = findSymbol<SetCount>("omp_set_num_threads");
    if (setOpenMp != nullptr) {
        setOpenMp(count);
    }
    using SetMkl = int (*)(int);
    static const auto setMkl = findSymbol<SetMkl>("MKL_Set_Num_Threads_Local");
    if (setMkl != nullptr) {
        setMkl(count);
    }
    at::globalContext().setFlushDenormal(true);
}

} // namespace alphascope::engine
