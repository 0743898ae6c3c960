#pragma once
// Counter-based randomness: a draw depends only on (seed, stream name, step, part updates, how many draws of
// that stream came before within the step). Nothing but the counters needs saving for a bit-exact resume.
// One object per training thread.
//
// The five counters are hashed into the 64-bit key of a Philox4x32-10 generator (Salmon et al. 2011,
// "Parallel random numbers: as easy as 1, 2, 3"), so two draws share numbers only if their 64-bit hashes
// collide. LibTorch's own CPU generator would keep 32 bits of the key.

#include "models/libtorch.h"

#include <cstdint>
#include <map>
#include <string>

namespace alphascope::models {

class RandomStreams {
public:
    explicit RandomStreams(std::uint64_t seed) : seed_(seed) {}
    virtual ~RandomStreams() = default;

    /// Starts the draws of one update. `step`: full iterations so far; `partUpdates`: single-part updates so
    /// far.
    void beginUpdate(std::int64_t step, std::int64_t partUpdates);

    /// Standard normal float32 tensor on `device`. Drawn on the CPU, so that every device sees the same
    /// numbers. Virtual, so that a test can give those of an independent computation.
    virtual torch::Tensor normal(const std::string& stream, torch::IntArrayRef sizes,
                                 const torch::Device& device);

    /// Uniform [0,1) float32 tensor.
    virtual torch::Tensor uniform(const std::string& stream, torch::IntArrayRef sizes,
                                  const torch::Device& device);

    std::uint64_t seed() const { return seed_; }

private:
    /// The key of the next draw of `stream`; counts it.
    std::uint64_t nextKey(const std::string& stream);

    std::uint64_t seed_;
    std::int64_t step_ = 0;
    std::int64_t partUpdates_ = 0;
    std::map<std::string, std::uint64_t> draws_;
};

} // namespace alphascope::models
