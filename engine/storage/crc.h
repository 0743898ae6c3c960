#pragma once
// Check sums of bytes. Pure, any thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace alphascope::engine {

/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), as in TFRecord files. "123456789" -> 0xE3069283.
std::uint32_t crc32c(std::string_view bytes);

/// TFRecord's mask, which keeps a CRC of data that holds CRCs well spread.
std::uint32_t maskedCrc32c(std::string_view bytes);

/// CRC-32 (reflected polynomial 0xEDB88320), as in PNG chunks. "123456789" -> 0xCBF43926.
std::uint32_t crc32(std::string_view bytes);

/// CRC-64/XZ (reflected ECMA-182 polynomial 0xC96C5795D7870F42). "123456789" -> 0x995DC9BBDF1939FA. Finds
/// every single flipped bit and every burst of up to 64 bits.
class Crc64 {
public:
    void add(std::span<const std::byte> bytes);
    void add(std::string_view bytes) { add(std::as_bytes(std::span(bytes.data(), bytes.size()))); }
    std::uint64_t value() const { return ~state_; }

private:
    std::uint64_t state_ = ~std::uint64_t{0};
};

} // namespace alphascope::engine
