#include "engine/storage/model_state.h"

#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace alphascope::engine {
namespace {

constexpr std::array<std::pair<std::string_view, std::size_t>, 16> elementSizes{{
    {"BOOL", 1},
    {"U8", 1},
    {"I8", 1},
    {"F8_E4M3", 1},
    {"F8_E5M2", 1},
    {"F8_E8M0", 1},
    {"I16", 2},
    {"U16", 2},
    {"F16", 2},
    {"BF16", 2},
    {"I32", 4},
    {"U32", 4},
    {"F32", 4},
    {"I64", 8},
    {"U64", 8},
    {"F64", 8},
}};

/// IEEE numbers are NaN or infinite exactly when all exponent bits are set.
template <typename Word>
std::size_t countNonFinite(const std::vector<std::byte>& bytes, Word exponentMask) {
    std::size_t count = 0;
    for (std::size_t offset = 0; offset + sizeof(Word) <= bytes.size(); offset += sizeof(Word)) {
        Word word;
        std::memcpy(&word, bytes.data() + offset, sizeof(Word));
        count += (word & exponentMask) == exponentMask ? 1U : 0U;
    }
    return count;
}

std::size_t countNonFinite(const NamedArray& array) {
    if (array.dtype == "F32") {
        return countNonFinite<std::uint32_t>(array.bytes, 0x7F800000U);
    }
    if (array.dtype == "F64") {
        return countNonFinite<std::uint64_t>(array.bytes, 0x7FF0000000000000ULL);
    }
    if (array.dtype == "F16") {
        return countNonFinite<std::uint16_t>(array.bytes, 0x7C00U);
    }
    if (array.dtype == "BF16") {
        return countNonFinite<std::uint16_t>(array.bytes, 0x7F80U);
    }
    return 0;
}

} // namespace

std::size_t elementSize(const std::string& dtype) {
    for (const auto& [name, size] : elementSizes) {
        if (name == dtype) {
            return size;
        }
    }
    return 0;
}

std::optional<NonFinite> findNonFinite(const ModelState& state) {
    for (const NamedArray& array : state.arrays) {
        if (const std::size_t count = countNonFinite(array)) {
            return NonFinite{array.name, count, array.bytes.size() / elementSize(array.dtype)};
        }
    }
    return std::nullopt;
}

} // namespace alphascope::engine
