#pragma once
// MD5 (RFC 1321), by which the publishers of data sets name their files. It tells damage, not malice.

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace alphascope::engine {

class Md5 {
public:
    void add(std::span<const std::uint8_t> bytes);
    /// 32 lower-case hexadecimal digits. Call it once, at the end.
    std::string finish();

private:
    void addBlock(const std::uint8_t* block);

    std::array<std::uint32_t, 4> state_{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
    std::array<std::uint8_t, 64> pending_{};
    std::uint64_t length_ = 0; ///< bytes so far
};

} // namespace alphascope::engine
