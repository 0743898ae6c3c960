#include "models/random_streams.h"

#include <ATen/core/PhiloxRNGEngine.h>

#include <cmath>
#include <numbers>

namespace alphascope::models {
namespace {

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every input bit reaches every output bit.
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

/// FNV-1a: a stable number for a stream's name on every platform, which std::hash does not promise.
std::uint64_t nameHash(const std::string& name) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char letter : name) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    }
    return hash;
}

/// 24 bits, so that the float is exact and below 1.
float unitFloat(std::uint32_t bits) {
    return static_cast<float>(bits >> 8) * 0x1p-24F;
}

torch::Tensor emptyOnCpu(torch::IntArrayRef sizes) {
    return torch::empty(sizes, torch::dtype(torch::kFloat32));
}

} // namespace

void RandomStreams::beginUpdate(std::int64_t step, std::int64_t partUpdates) {
    step_ = step;
    partUpdates_ = partUpdates;
    draws_.clear();
}

std::uint64_t RandomStreams::nextKey(const std::string& stream) {
    const std::uint64_t draw = draws_[stream]++;
    std::uint64_t key = mixed(seed_);
    for (const std::uint64_t part : {nameHash(stream), static_cast<std::uint64_t>(step_),
                                     static_cast<std::uint64_t>(partUpdates_), draw}) {
        key = mixed(key ^ part);
    }
    return key;
}

torch::Tensor RandomStreams::normal(const std::string& stream, torch::IntArrayRef sizes,
                                    const torch::Device& device) {
    torch::Tensor result = emptyOnCpu(sizes);
    at::Philox4_32 bits(nextKey(stream));
    float* const numbers = result.data_ptr<float>();
    const std::int64_t count = result.numel();
    // Box and Muller 1958: two uniform numbers become two independent normal ones.
    for (std::int64_t i = 0; i < count; i += 2) {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - unitFloat(bits())));
        const double angle = 2.0 * std::numbers::pi * unitFloat(bits());
        numbers[i] = static_cast<float>(radius * std::cos(angle));
        if (i + 1 < count) {
            numbers[i + 1] = static_cast<float>(radius * std::sin(angle));
        }
    }
    return result.to(device);
}

torch::Tensor RandomStreams::uniform(const std::string& stream, torch::IntArrayRef sizes,
                                     const torch::Device& device) {
    torch::Tensor result = emptyOnCpu(sizes);
    at::Philox4_32 bits(nextKey(stream));
    float* const numbers = result.data_ptr<float>();
    for (std::int64_t i = 0; i < result.numel(); ++i) {
        numbers[i] = unitFloat(bits());
    }
    return result.to(device);
}

} // namespace alphascope::models
