#pragma once
// run.json: what a run was started with, written once. Any thread.

#include <map>
#include <optional>
#include <string>

#include "engine/api/run_config.h"
#include "engine/api/runs.h"

namespace alphascope::engine {

inline constexpr int runFormatVersion = 1;
inline constexpr const char* manifestName = "run.json";

/// Facts that are recorded beside the configuration.
struct RunFacts {
    std::string dataFingerprint;
    std::string libtorch;
    std::string device;
    int threads = 0;
    std::map<std::string, std::string> parameters; ///< resolved, every one
    int channels = 1;
    int size = 28;
    std::optional<RunParent> parent{}; ///< of a fork
};

struct RunManifest {
    RunConfig config;
    RunFacts facts;
    std::string program; ///< "Alphascope 0.1.0"
    std::string host;    ///< where it was started
    std::string started; ///< "2026-01-31T12:00:00Z"
};

/// With program, host and time filled in.
RunManifest makeManifest(const RunConfig& config, const RunFacts& facts);

std::string toJson(const RunManifest& manifest);

/// `folder`/run.json. Throws Error: BadInput for what is no manifest (missing, not JSON, wrong types, a
/// future version), InputOutput when it cannot be read. The configuration's runFolder becomes `folder`, and a
/// parent's folder is where it lies from there, since runs move.
RunManifest readManifest(const std::string& folder);

} // namespace alphascope::engine
