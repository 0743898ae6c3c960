#pragma once
// Random numbers that are a pure function of counters: nothing to save, the same on every machine and thread.

#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>

namespace alphascope::engine {

/// A bijective mix of 64 bits (the finaliser of SplitMix64: Steele, Lea, Flood 2014).
constexpr std::uint64_t mixBits(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

/// What a stream of numbers is for; part of its key, so that streams of the same picture are independent.
enum class RandomPurpose : std::uint64_t { Glyph = 1, Shape, Color, PreparedColor, Order, Point, Stack };

/// The ziggurat for the normal density (Marsaglia and Tsang 2000, in the form of Doornik 2005): layers of
/// equal area, the lowest with the tail.
struct Ziggurat {
    static constexpr int layers = 128;
    static constexpr double tail = 3.442619855899;      ///< where the tail begins
    static constexpr double area = 9.91256303526217e-3; ///< of each layer
    std::array<double, layers + 1> edge{};
    std::array<double, layers> inside{}; ///< below this share of its width a layer needs no further test
    Ziggurat();
};
extern const Ziggurat ziggurat;

/// The numbers of one key, in order. Copyable, cheap, one thread.
class CounterRandom {
public:
    CounterRandom(RandomPurpose purpose, std::initializer_list<std::uint64_t> key);

    std::uint64_t bits() { return mixBits(state_ += 0x9E3779B97F4A7C15ULL); }
    float uniform() { return static_cast<float>(bits() >> 40) * 0x1p-24F; } ///< [0,1)
    float uniform(float low, float high) { return low + (high - low) * uniform(); }
    int below(int count) {
        return static_cast<int>((bits() >> 32) * static_cast<std::uint64_t>(count) >> 32);
    }
    /// N(0,1). Inline, since coloured pictures need thousands each; one in eighty goes the long way.
    float normal() {
        const std::uint64_t word = bits();
        const int layer = static_cast<int>(word & (Ziggurat::layers - 1));
        const double share = static_cast<double>(static_cast<std::int64_t>(word) >> 11) * 0x1p-52; // [-1,1)
        if (std::abs(share) < ziggurat.inside[layer]) {
            return static_cast<float>(share * ziggurat.edge[layer]);
        }
        return normalFromEdge(layer, share);
    }

private:
    float normalFromEdge(int layer, double share);
    std::uint64_t state_;
};

} // namespace alphascope::engine
