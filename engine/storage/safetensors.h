#pragma once
// The safetensors format (huggingface/safetensors, README "Format"): reading what nobody trusts, writing what
// Python's `safetensors` opens. Our files carry a checksum of all tensor bytes in "__metadata__". No LibTorch.
// Any thread; no shared state.

#include <cstdint>
#include <string>

#include "engine/storage/model_state.h"

namespace alphascope::engine {

/// Metadata key that holds the checksum of the data section (hex); written by us, checked when present.
inline constexpr const char* checksumKey = "alphascope.checksum";

/// Header, data and checksum as bytes in memory.
std::string encodeSafetensors(const ModelState& state);

/// Reads and validates a whole file: header length and limits, JSON without duplicate keys, dtypes, shapes
/// without overflow, offsets without holes, overlaps or trailing bytes, checksum. Throws Error(BadInput) or
/// Error(InputOutput), one sentence that names the file. Directories, FIFOs and devices are refused.
ModelState readSafetensors(const std::string& path);

/// Header only (metadata, names, shapes; array bytes stay empty), with the same checks but the checksum.
ModelState readSafetensorsHeader(const std::string& path);

/// The checksum of a state's data section, as written into files.
std::string dataChecksum(const ModelState& state);

} // namespace alphascope::engine
