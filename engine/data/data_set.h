#pragma once
// Sets of pictures, whatever they come from. No LibTorch.
//
// A DataSet is immutable after opening: get() may be called from many threads at once.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/api/data_sets.h"

namespace alphascope::engine {

enum class Split { Train, Test };

/// "train" or "test". Throws Error(Usage) for anything else.
Split splitNamed(const std::string& name);

/// One picture: float [C,H,W] in [-1,1]. A point in the plane is one of two channels and one pixel.
class DataSet {
public:
    virtual ~DataSet() = default;
    virtual const DataSetInfo& info() const = 0;
    virtual int channels() const = 0;
    virtual int size() const = 0;                       ///< side in pixels of what get() gives
    virtual std::uint64_t count(Split split) const = 0; ///< 0 = endless (drawn by the program)
    /// Writes picture `index` into `out` (channels * size * size floats) and gives its label, -1 if none.
    /// `draw` counts how often the picture was used before: random transforms (colour, noise) depend on
    /// (seed, split, index, draw) alone, so that training sees fresh colours and a held-out picture is the
    /// same each time with draw 0. Throws Error(BadInput) for a picture that cannot be decoded.
    virtual int get(Split split, std::uint64_t index, std::uint64_t draw, std::span<float> out) const = 0;
    /// Changes when the pictures change: names, sizes, counts, content samples, transform. Not the seed.
    virtual std::string fingerprint() const = 0;
    /// Labelled factors of drawn sets ("shape", "hue", ...), one name per number of factors().
    virtual std::vector<std::string> factorNames() const { return {}; }
    virtual std::vector<float> factors(Split, std::uint64_t) const { return {}; }
};

/// `data`: built-in name, IDX file or folder, picture folder. `transform`: "" or one of transformNames().
/// `size`: 0 = native. `crop`: "" or one of cropNames(). Throws Error (BadInput, Usage) with one sentence.
std::shared_ptr<const DataSet> openDataSet(const std::string& data, const std::string& transform, int size,
                                           std::uint64_t seed, const std::string& crop = {});

/// A single picture or a list of pictures made like the set's own: centred square crop, resized, channels
/// matched, and, when `transform` is "color" and the picture is grey, coloured by counter (seed, index).
/// Where `transform` is "stacked", a grey picture fills all three channels. `out`: channels * size * size
/// floats. Throws Error(Usage) for points, which no picture is one of.
void prepareImage(const Image& image, const std::string& transform, int channels, int size,
                  std::uint64_t seed, std::uint64_t index, std::span<float> out);

} // namespace alphascope::engine
