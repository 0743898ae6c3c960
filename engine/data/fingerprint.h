#pragma once
// A short name for content, to notice that a data set has changed. Not cryptographic.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace alphascope::engine {

/// FNV-1a, 64 bits.
class Fingerprint {
public:
    void add(std::span<const std::uint8_t> bytes) {
        for (const std::uint8_t byte : bytes) {
            state_ = (state_ ^ byte) * 0x100000001B3ULL;
        }
    }
    void add(std::string_view text) {
        add(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
        add(std::uint64_t(text.size()));
    }
    void add(std::uint64_t number) {
        for (int shift = 0; shift < 64; shift += 8) {
            state_ = (state_ ^ (number >> shift & 0xFF)) * 0x100000001B3ULL;
        }
    }
    std::uint64_t value() const { return state_; }

private:
    std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

} // namespace alphascope::engine
