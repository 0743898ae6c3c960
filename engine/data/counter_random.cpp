#include "engine/data/counter_random.h"

#include <cmath>

namespace alphascope::engine {

const Ziggurat ziggurat;

Ziggurat::Ziggurat() {
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

namespace {

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

float CounterRandom::normalFromEdge(int layer, double share) {
    if (layer == 0) {
        return static_cast<float>(tailSample(*this, share < 0.0));
    }
    const double x = share * ziggurat.edge[layer];
    const double outer = std::exp(-0.5 * (ziggurat.edge[layer] * ziggurat.edge[layer] - x * x));
    const double inner = std::exp(-0.5 * (ziggurat.edge[layer + 1] * ziggurat.edge[layer + 1] - x * x));
    return inner + openUniform(*this) * (outer - inner) < 1.0 ? static_cast<float>(x) : normal();
}

} // namespace alphascope::engine
