#pragma once
// What a search for neighbours had to compute about a set, kept in the run's folder neighbours/: where
// pictures lie in a model's codes or features, and how far held-out pictures are from training ones. A
// safetensors file
// ("rows", "held_out", "numbers", "held_out_numbers", "held_out_to_training"), and beside it the graph
// (NeighbourIndex::save). Nobody trusts a file: what does not fit is told in a sentence and made anew.
//
// Threads: any; an object belongs to one at a time.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/codes.h"
#include "engine/api/neighbours.h"

namespace alphascope::engine {

/// All that the numbers depend on.
struct NeighbourKey {
    NeighbourSpace space = NeighbourSpace::Pixel;
    std::string data;   ///< its fingerprint
    std::string model;  ///< check sum of the checkpoint; "" in pixel space, which depends on no weights
    std::string choice; ///< how the pictures were made and how many were taken
};

/// Of one set of training pictures and one of held-out pictures.
struct KnownNeighbours {
    Codes rows;    ///< empty where they were not kept: in pixel space, and where there are very many numbers
    Codes heldOut; ///< likewise
    std::vector<std::uint64_t> numbers; ///< which picture of its split each row is
    std::vector<std::uint64_t> heldOutNumbers;
    std::vector<float> heldOutToTraining; ///< of each held-out picture, to the nearest training picture
    std::uint64_t checksum = 0;           ///< of the rows (checksumOf())
};

class NeighbourCache {
public:
    /// `runFolder`: "" for a cache that keeps nothing.
    NeighbourCache(const std::string& runFolder, const NeighbourKey& key);

    bool usable() const { return !folder_.empty(); }
    std::string path() const;      ///< of the numbers; "" when it is not usable
    std::string graphPath() const; ///< likewise

    /// What was kept, with rows of `rowSize` numbers, at most `count` training and `heldOut` held-out
    /// pictures. Nothing where there is no file, or one that does not fit: then `remark` gets one sentence.
    /// Never throws.
    std::optional<KnownNeighbours> load(std::size_t rowSize, std::size_t count, std::size_t heldOut,
                                        std::string& remark) const;
    /// Atomically; leaves the rows out where they are very many. Then removes all but the newest few of the
    /// same space. A failure is told in `remark`. Never throws.
    void save(const KnownNeighbours& known, std::string& remark) const;

private:
    void removeOld() const;

    std::string folder_;
    std::string prefix_; ///< of all files of the space
    std::string name_;
    std::string key_; ///< in full, to tell two keys of one name apart
};

} // namespace alphascope::engine
