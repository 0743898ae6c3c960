#pragma once
// What a checkpoint says about itself, between typed form and safetensors' flat text metadata. No LibTorch.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/api/run_config.h"

namespace alphascope::engine {

inline constexpr int checkpointFormatVersion = 1;

struct CheckpointMeta {
    int formatVersion = checkpointFormatVersion;
    std::string program; ///< "Alphascope 0.1.0"
    std::string method;
    int channels = 1;
    int size = 28;
    std::map<std::string, std::string> parameters; ///< every parameter of the schema -> text
    std::int64_t step = 0;
    std::int64_t partUpdates = 0;  ///< single-part updates so far (single stepping)
    std::int64_t batchesDrawn = 0; ///< training batches taken so far: the loader's position
    std::uint64_t seed = 0;
    int threads = 0;
    std::string device;
    std::string data;
    std::string transform;
    std::string crop; ///< "" too in files from before there were crops
    std::string dataFingerprint;
    std::string libtorch; ///< version it was written with
    bool hasEma = true;
    std::vector<std::string> labels; ///< what class 0, 1, ... was called, for methods that train with labels
};

std::map<std::string, std::string> toMetadata(const CheckpointMeta& meta);

/// Throws Error(BadInput) naming `path` for a missing key, a wrong type, or a future format version.
CheckpointMeta parseMetadata(const std::map<std::string, std::string>& metadata, const std::string& path);

} // namespace alphascope::engine
