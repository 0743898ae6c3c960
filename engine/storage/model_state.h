#pragma once
// A model's state as plain bytes: what a weights snapshot is, and what a checkpoint file holds. No LibTorch.
// Immutable once shared (shared_ptr<const ModelState>); may then be read from any thread.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace alphascope::engine {

/// One tensor, little-endian, row-major, contiguous. `dtype` is the safetensors name: "F32", "F64", "I64",
/// "U8".
struct NamedArray {
    std::string name;
    std::string dtype = "F32";
    std::vector<std::int64_t> shape; ///< empty: a scalar
    std::vector<std::byte> bytes;
};

struct ModelState {
    /// Flat text metadata, as safetensors' "__metadata__". Keys are listed in
    /// engine/storage/checkpoint_meta.h.
    std::map<std::string, std::string> metadata;
    std::vector<NamedArray> arrays;
};

/// Bytes of one element; 0 for an unknown dtype.
std::size_t elementSize(const std::string& dtype);

/// A tensor that holds NaN or infinity.
struct NonFinite {
    std::string name;
    std::size_t count = 0; ///< how many of its numbers
    std::size_t total = 0;
};

/// The first array with a number that is none (F16, BF16, F32, F64; integers always are). For use before
/// saving and after loading: a broken model must not replace a good one.
std::optional<NonFinite> findNonFinite(const ModelState& state);

} // namespace alphascope::engine
