#pragma once
// The header of a .npy file: a Python dictionary of three known keys. For this room only. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace alphascope::engine {

struct NpyHeader {
    std::string dtype; ///< "<f4"; single bytes without a byte order: "u1"
    bool fortranOrder = false;
    std::vector<std::uint64_t> shape;
};

/// False for anything but one dictionary with exactly 'descr' (a text), 'fortran_order' and 'shape'.
bool parseNpyHeader(std::string_view text, NpyHeader* header);

} // namespace alphascope::engine
