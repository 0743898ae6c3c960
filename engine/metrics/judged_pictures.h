#pragma once
// Where judged pictures come from: a model, a set, a folder, an array. One by one, so that however many there
// are, only a batch is in memory.

#include "models/libtorch.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/api/model.h"
#include "engine/data/data_set.h"
#include "engine/data/folder_scan.h"
#include "engine/data/permutation.h" // IWYU pragma: export  chosenRows

namespace alphascope::engine {

struct PictureShape {
    int channels = 1;
    int height = 28;
    int width = 28;
    bool isPoints() const { return channels == 2 && height == 1 && width == 1; }
    bool operator==(const PictureShape&) const = default;
};

/// One thread at a time.
class JudgedPictures {
public:
    virtual ~JudgedPictures() = default;
    virtual PictureShape shape() const = 0;
    virtual std::uint64_t count() const = 0; ///< 0 = endless
    /// uint8 [n,C,H,W]; of points float32 [n,2,1,1]. Pictures of a set that cannot be read are left out.
    /// `labels`: gets one each, -1 if none. Throws Error(BadInput) for pictures of different sizes.
    virtual torch::Tensor read(std::span<const std::uint64_t> indices,
                               std::vector<std::int64_t>* labels = nullptr) = 0;
    virtual std::string name() const = 0;
    virtual std::string fingerprint() const = 0; ///< changes when the pictures do
};

std::unique_ptr<JudgedPictures> sourceOfSet(std::shared_ptr<const DataSet> set, Split split,
                                            std::uint64_t seed);
/// As they are: nothing is cut or resized. `listing`: what scanFolder() found in the folder, one picture at
/// least.
std::unique_ptr<JudgedPictures> sourceOfFolder(const std::string& folder, FolderListing listing);
/// Throws Error(BadInput) when there are none.
std::unique_ptr<JudgedPictures> sourceOfArray(const std::string& path);
/// Picture i is decoded from row i of the prior codes of `seed`; at most `count` of them. `model` must
/// outlive it.
std::unique_ptr<JudgedPictures> sourceOfModel(Model& model, std::uint64_t seed, std::size_t count);
/// The pictures `rows` of another one.
std::unique_ptr<JudgedPictures> partOf(std::shared_ptr<JudgedPictures> whole,
                                       std::vector<std::uint64_t> rows);

/// Images of one shape -> uint8 [N,C,H,W].
torch::Tensor toBytes(const std::vector<Image>& images);
/// uint8 -> float32 in [-1,1]; points stay.
torch::Tensor toUnitRange(const torch::Tensor& pictures);
/// Grey repeated in three channels, or as it is.
torch::Tensor withChannels(const torch::Tensor& pictures, std::int64_t channels);

} // namespace alphascope::engine
