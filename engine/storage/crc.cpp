#include "engine/storage/crc.h"

#include <array>
#include <bit>
#include <cstring>

namespace alphascope::engine {
namespace {

/// Tables for eight bytes at a time ("slicing by 8"): table[k][b] is the CRC of byte b followed by k zero
/// bytes.
template <typename Word>
using Tables = std::array<std::array<Word, 256>, 8>;

template <typename Word>
constexpr Tables<Word> makeTables(Word polynomial) {
    Tables<Word> tables{};
    for (unsigned byte = 0; byte < 256; ++byte) {
        Word crc = byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1) ? polynomial : Word{0});
        }
        tables[0][byte] = crc;
    }
    for (std::size_t k = 1; k < 8; ++k) {
        for (unsigned byte = 0; byte < 256; ++byte) {
            const Word before = tables[k - 1][byte];
            tables[k][byte] = (before >> 8) ^ tables[0][before & 0xff];
        }
    }
    return tables;
}

constexpr Tables<std::uint32_t> castagnoli = makeTables<std::uint32_t>(0x82F63B78U);
constexpr Tables<std::uint32_t> ethernet = makeTables<std::uint32_t>(0xEDB88320U);
constexpr Tables<std::uint64_t> ecma = makeTables<std::uint64_t>(0xC96C5795D7870F42ULL);

template <typename Word>
Word update(const Tables<Word>& tables, Word crc, const unsigned char* data, std::size_t size) {
    static_assert(std::endian::native == std::endian::little);
    while (size >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, data, 8);
        word ^= crc;
        crc = tables[7][word & 0xff] ^ tables[6][(word >> 8) & 0xff] ^ tables[5][(word >> 16) & 0xff] ^
              tables[4][(word >> 24) & 0xff] ^ tables[3][(word >> 32) & 0xff] ^
              tables[2][(word >> 40) & 0xff] ^ tables[1][(word >> 48) & 0xff] ^ tables[0][word >> 56];
        data += 8;
        size -= 8;
    }
    for (; size > 0; --size, ++data) {
        crc = (crc >> 8) ^ tables[0][(crc ^ *data) & 0xff];
    }
    return crc;
}

std::uint32_t crcOf(const Tables<std::uint32_t>& tables, std::string_view bytes) {
    return ~update(tables, ~std::uint32_t{0}, reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size());
}

} // namespace

std::uint32_t crc32c(std::string_view bytes) {
    return crcOf(castagnoli, bytes);
}

std::uint32_t crc32(std::string_view bytes) {
    return crcOf(ethernet, bytes);
}

std::uint32_t maskedCrc32c(std::string_view bytes) {
    return std::rotr(crc32c(bytes), 15) + 0xa282ead8U;
}

void Crc64::add(std::span<const std::byte> bytes) {
    state_ = update(ecma, state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

} // namespace alphascope::engine
