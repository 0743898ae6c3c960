#pragma once
// The JSON header of a safetensors file, taken apart without trusting a byte of it. For this room only. Pure.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace alphascope::engine {

/// As in the reference implementation, on reading and on writing.
inline constexpr std::uint64_t maxSafetensorsHeader = 100'000'000;

struct TensorEntry {
    std::string name;
    std::string dtype;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0; ///< in the data section
    std::uint64_t end = 0;
};

struct SafetensorsHeader {
    std::map<std::string, std::string> metadata;
    std::vector<TensorEntry> tensors; ///< by position in the file
};

/// Parses and checks everything that can be known without the data: JSON without duplicate keys, known
/// dtypes, shapes without overflow, and offsets that cover `dataBytes` exactly, without hole or overlap.
/// Throws Error(BadInput) that names `path`.
SafetensorsHeader parseSafetensorsHeader(std::string_view json, std::uint64_t dataBytes,
                                         const std::string& path);

/// The text of a header, padded with spaces so that the data begins at a multiple of 8. Throws
/// Error(Internal) for text that is not UTF-8.
std::string formatSafetensorsHeader(const SafetensorsHeader& header);

/// The bytes that a dtype and shape take; false on overflow, a negative side, or an unknown dtype.
bool tensorBytes(const std::string& dtype, const std::vector<std::int64_t>& shape, std::uint64_t* bytes);

} // namespace alphascope::engine
