#include "engine/data/counter_random.h"

#include <array>
#include <cmath>

namespace alphascope::engine {

namespace {

/// The ziggurat of 128 layers for the normal density (Marsaglia and Tsang 2000, in the form of Doornik 2005).
struct Ziggurat {
    static constexpr int layers = 128;
    static constexpr double tail = 3.442619855899;      ///< where the lowest layer ends
    static constexpr double area = 9.91256303526217e-3; ///< of each layer
    std::array<double, layers + 1> edge{};
    std::array<double, layers> inside{}; ///< below this share of its width a layer needs no further test

    Ziggurat() {
        double density = std::exp(-0.5 * tail * tail);
        edge[0] = area / density;
        edge[1] = tail;
        for (int i = 2; i < layers; ++i) {
            edge[i] = std::sqrt(-2.0 * std::log(area / edge[i - 1] + density));
            density = std::exp(-0.5 * edge[i] * edge[i]);
        }
        edge[layers] = 0.0;
        for (int i = 0; i < layers; ++i) {
            inside[i] = edge[i + 1] / edge[i];
        }
    }
};

const Ziggurat ziggurat;

double openUniform(CounterRandom& random) {
    return (static_cast<double>(random.bits() >> 11) + 0.5) * 0x1p-53;
}

double tailSample(CounterRandom& random, bool negative) {
    double x = 0.0;
    double y = 0.0;
    do {
        x = std::log(openUniform(random)) / Ziggurat::tail;
        y = std::log(openUniform(random));
    } while (-2.0 * y < x * x);
    return negative ? x - Ziggurat::tail : Ziggurat::tail - x;
}

} // namespace

CounterRandom::CounterRandom(RandomPurpose purpose, std::initializer_list<std::uint64_t> key)
    : state_(mixBits(static_cast<std::uint64_t>(purpose))) {
    for (const std::uint64_t word : key) {
        state_ = mixBits(state_ ^ mixBits(word + 0x9E3779B97F4A7C15ULL)) + 0xD1B54A32D192ED03ULL;
    }
}

float CounterRandom::normal() {
    for (;;) {
        const std::uint64_t word = bits();
        const int layer = static_cast<int>(word & (Ziggurat::layers - 1));
        const double share = static_cast<double>(word >> 11) * 0x1p-52 - 1.0; // [-1,1)
        const double x = share * ziggurat.edge[layer];
        if (std::abs(share) < ziggurat.inside[layer]) {
            return static_cast<float>(x);
        }
        if (layer == 0) {
            return static_cast<float>(tailSample(*this, share < 0.0));
        }
        const double outer = std::exp(-0.5 * (ziggurat.edge[layer] * ziggurat.edge[layer] - x * x));
        const double inner = std::exp(-0.5 * (ziggurat.edge[layer + 1] * ziggurat.edge[layer + 1] - x * x));
        if (inner + openUniform(*this) * (outer - inner) < 1.0) {
            return static_cast<float>(x);
        }
    }
}

} // namespace alphascope::engine
