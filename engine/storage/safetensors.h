#pragma once
// The safetensors format (huggingface/safetensors, README "Format"): reading what nobody trusts, writing what
// Python's `safetensors` opens. Our files carry a checksum of all tensor bytes in "__metadata__". No
// LibTorch. Any thread; no shared state.

#include <cstdint>
#include <string>

#include "engine/storage/model_state.h"

namespace alphascope::engine {

/// Metadata keys of the checksums (16 hexadecimal digits, CRC-64/XZ): of all tensor bytes, and of everything
/// that the header says. Written by us, checked when present, not part of ModelState::metadata after reading.
/// Both go through the tensors by name, so that another program may store them in another order.
inline constexpr const char* checksumKey = "alphascope.checksum";
inline constexpr const char* headerChecksumKey = "alphascope.header_checksum";

/// Header, data and checksums as bytes in memory. Throws Error(Internal) for a state that is none: bytes that
/// do not fit the shape, unknown dtype, a name twice, text that is not UTF-8.
std::string encodeSafetensors(const ModelState& state);

/// The same, straight into a file, atomically and without a second copy of the data. Throws
/// Error(InputOutput).
void writeSafetensors(const std::string& path, const ModelState& state);

/// Reads and validates a whole file: header length and limits, JSON without duplicate keys, dtypes, shapes
/// without overflow, offsets without holes, overlaps or trailing bytes, checksums. Throws Error(BadInput) or
/// Error(InputOutput), one sentence that names the file. Directories, FIFOs and devices are refused,
/// PyTorch's pickles and zip files called by their name. Arrays come in the order of the file.
ModelState readSafetensors(const std::string& path);

/// Header only (metadata, names, shapes; array bytes stay empty), with the same checks but the data's
/// checksum.
ModelState readSafetensorsHeader(const std::string& path);

/// The checksum of a state's data section, as written into files.
std::string dataChecksum(const ModelState& state);

} // namespace alphascope::engine
