#include "engine/data/fetch/md5.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include <fmt/format.h>

namespace alphascope::engine {

namespace {

constexpr int rounds = 64;
constexpr std::size_t blockBytes = 64;

/// Round i adds the whole part of 2^32 |sin(i + 1)|.
std::array<std::uint32_t, rounds> makeAddends() {
    std::array<std::uint32_t, rounds> addends{};
    for (int i = 0; i < rounds; ++i) {
        addends[i] = static_cast<std::uint32_t>(std::floor(0x1p32 * std::abs(std::sin(double(i) + 1.0))));
    }
    return addends;
}

const std::array<std::uint32_t, rounds> addends = makeAddends();
constexpr int turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

} // namespace

void Md5::add(std::span<const std::uint8_t> bytes) {
    std::size_t filled = length_ % blockBytes;
    length_ += bytes.size();
    while (!bytes.empty()) {
        if (filled == 0 && bytes.size() >= blockBytes) {
            addBlock(bytes.data());
            bytes = bytes.subspan(blockBytes);
            continue;
        }
        const std::size_t taken = std::min(blockBytes - filled, bytes.size());
        std::copy_n(bytes.begin(), taken, pending_.begin() + static_cast<std::ptrdiff_t>(filled));
        bytes = bytes.subspan(taken);
        filled += taken;
        if (filled == blockBytes) {
            addBlock(pending_.data());
            filled = 0;
        }
    }
}

void Md5::addBlock(const std::uint8_t* block) {
    std::array<std::uint32_t, 16> words{};
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i] = std::uint32_t(block[4 * i]) | std::uint32_t(block[4 * i + 1]) << 8 |
                   std::uint32_t(block[4 * i + 2]) << 16 | std::uint32_t(block[4 * i + 3]) << 24;
    }
    auto [a, b, c, d] = state_;
    for (int i = 0; i < rounds; ++i) {
        std::uint32_t mixed = 0;
        int word = i;
        switch (i / 16) {
        case 0:
            mixed = (b & c) | (~b & d);
            break;
        case 1:
            mixed = (d & b) | (~d & c);
            word = 5 * i + 1;
            break;
        case 2:
            mixed = b ^ c ^ d;
            word = 3 * i + 5;
            break;
        default:
            mixed = c ^ (b | ~d);
            word = 7 * i;
        }
        const std::uint32_t sum = a + mixed + addends[i] + words[word % 16];
        a = d;
        d = c;
        c = b;
        b += std::rotl(sum, turns[i / 16][i % 4]);
    }
    state_[0] += a;
    state_[1] += b;
    state_[2] += c;
    state_[3] += d;
}

std::string Md5::finish() {
    const std::uint64_t bits = 8 * length_;
    std::array<std::uint8_t, 2 * blockBytes> padding{0x80};
    const std::size_t filled = length_ % blockBytes;
    const std::size_t zeros = (filled < 56 ? 56 : 120) - filled; // the first of them is the mark
    for (std::size_t i = 0; i < 8; ++i) {
        padding[zeros + i] = static_cast<std::uint8_t>(bits >> (8 * i));
    }
    add({padding.data(), zeros + 8});
    std::string text;
    for (const std::uint32_t word : state_) {
        for (int shift = 0; shift < 32; shift += 8) {
            text += fmt::format("{:02x}", word >> shift & 0xFF);
        }
    }
    return text;
}

} // namespace alphascope::engine
