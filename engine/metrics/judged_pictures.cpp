#include "engine/metrics/judged_pictures.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "engine/api/codes.h"
#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
#include "engine/imaging/images.h"
#include "engine/storage/npy.h"

namespace alphascope::engine {

namespace {

PictureShape shapeOf(const Image& image) {
    return {image.channels, image.height, image.width};
}

class SetSource : public JudgedPictures {
public:
    SetSource(std::shared_ptr<const DataSet> set, Split split, std::uint64_t seed)
        : set_(std::move(set)), split_(split), seed_(seed) {}

    PictureShape shape() const override { return {set_->channels(), set_->size(), set_->size()}; }
    std::uint64_t count() const override { return set_->count(split_); }
    std::string name() const override {
        return fmt::format("{} ({})", set_->info().name, split_ == Split::Train ? "train" : "test");
    }
    std::string fingerprint() const override {
        return fmt::format("{} {} pixels, {}, seed {}", set_->fingerprint(), set_->size(),
                           split_ == Split::Train ? "train" : "test", seed_);
    }

    torch::Tensor read(std::span<const std::uint64_t> indices, std::vector<std::int64_t>* labels) override {
        const bool points = set_->info().isPoints();
        std::vector<float> pixels(std::size_t(set_->channels()) * set_->size() * set_->size());
        std::vector<Image> images;
        std::vector<float> places;
        for (const std::uint64_t index : indices) {
            try {
                const int label = set_->get(split_, index, 0, pixels);
                if (labels != nullptr) {
                    labels->push_back(label);
                }
            } catch (const Error& error) {
                if (error.kind() != ErrorKind::BadInput) {
                    throw;
                }
                continue;
            }
            if (points) {
                places.insert(places.end(), pixels.begin(), pixels.end());
            } else {
                images.push_back(toImage(pixels, set_->channels(), set_->size()));
            }
        }
        return points ? torch::tensor(places).view({-1, 2, 1, 1}) : toBytes(images);
    }

private:
    std::shared_ptr<const DataSet> set_;
    Split split_;
    std::uint64_t seed_;
};

class FolderSource : public JudgedPictures {
public:
    FolderSource(std::string folder, FolderListing listing)
        : folder_(std::move(folder)), listing_(std::move(listing)), shape_(shapeOf(open(0))) {}

    PictureShape shape() const override { return shape_; }
    std::uint64_t count() const override { return listing_.pictures.size(); }
    std::string name() const override { return folder_; }
    std::string fingerprint() const override {
        Fingerprint content;
        for (const FolderPicture& picture : listing_.pictures) {
            content.add(picture.path);
            content.add(picture.bytes);
        }
        return fmt::format("folder {} {:016x}", listing_.pictures.size(), content.value());
    }

    torch::Tensor read(std::span<const std::uint64_t> indices, std::vector<std::int64_t>* labels) override {
        std::vector<Image> images;
        for (const std::uint64_t index : indices) {
            images.push_back(open(index));
            checkLike(images.back(), index);
            if (labels != nullptr) {
                labels->push_back(listing_.pictures[index].label);
            }
        }
        return toBytes(images);
    }

private:
    Image open(std::uint64_t index) const {
        return readImage((std::filesystem::path(folder_) / listing_.pictures[index].path).string());
    }
    void checkLike(const Image& image, std::uint64_t index) const {
        if (shapeOf(image) != shape_) {
            throw Error(ErrorKind::BadInput,
                        fmt::format("The pictures of '{}' differ in size: '{}' is {} x {} with {} channels, "
                                    "'{}' {} x {} with {}.",
                                    folder_, listing_.pictures[0].path, shape_.width, shape_.height,
                                    shape_.channels, listing_.pictures[index].path, image.width, image.height,
                                    image.channels),
                        "Judge pictures of one size.");
        }
    }

    std::string folder_;
    FolderListing listing_;
    PictureShape shape_;
};

class ArraySource : public JudgedPictures {
public:
    explicit ArraySource(std::string path) : path_(std::move(path)), pictures_(path_) {
        if (pictures_.count() == 0) {
            throw Error(ErrorKind::BadInput, fmt::format("The array '{}' holds no pictures.", path_),
                        "Save a uint8 array of shape (N, height, width, 1 or 3).");
        }
        shape_ = shapeOf(pictures_.read(0));
    }

    PictureShape shape() const override { return shape_; }
    std::uint64_t count() const override { return pictures_.count(); }
    std::string name() const override { return path_; }
    /// Of all pixels: arrays of samples are of one size, and often written over.
    std::string fingerprint() const override {
        Fingerprint content;
        for (std::size_t i = 0; i < pictures_.count(); ++i) {
            content.add(pictures_.read(i).pixels);
        }
        return fmt::format("array {}x{}x{}x{} {:016x}", pictures_.count(), shape_.height, shape_.width,
                           shape_.channels, content.value());
    }

    torch::Tensor read(std::span<const std::uint64_t> indices, std::vector<std::int64_t>* labels) override {
        std::vector<Image> images;
        for (const std::uint64_t index : indices) {
            images.push_back(pictures_.read(index));
        }
        if (labels != nullptr) {
            labels->insert(labels->end(), indices.size(), -1);
        }
        return toBytes(images);
    }

private:
    std::string path_;
    NpyPictures pictures_;
    PictureShape shape_;
};

class ModelSource : public JudgedPictures {
public:
    ModelSource(Model& model, std::uint64_t seed, std::size_t count)
        : model_(model), codes_(priorCodes(seed, count, model.info().latentSize)) {}

    PictureShape shape() const override {
        const ModelInfo& info = model_.info();
        return {info.channels, info.size, info.size};
    }
    std::uint64_t count() const override { return codes_.count; }
    std::string name() const override { return model_.info().path; }
    std::string fingerprint() const override { return model_.info().checksum; }

    torch::Tensor read(std::span<const std::uint64_t> indices, std::vector<std::int64_t>* labels) override {
        Codes rows(indices.size(), codes_.size);
        for (std::size_t i = 0; i < indices.size(); ++i) {
            const auto row = codes_.row(indices[i]);
            std::copy(row.begin(), row.end(), rows.row(i).begin());
        }
        if (labels != nullptr) {
            labels->insert(labels->end(), indices.size(), -1);
        }
        if (!model_.info().isPoints()) {
            return toBytes(model_.decode(rows));
        }
        return torch::tensor(model_.decodePoints(rows).values).view({-1, 2, 1, 1});
    }

private:
    Model& model_;
    Codes codes_;
};

class PartSource : public JudgedPictures {
public:
    PartSource(std::shared_ptr<JudgedPictures> whole, std::vector<std::uint64_t> rows)
        : whole_(std::move(whole)), rows_(std::move(rows)) {}

    PictureShape shape() const override { return whole_->shape(); }
    std::uint64_t count() const override { return rows_.size(); }
    std::string name() const override { return whole_->name(); }
    std::string fingerprint() const override {
        Fingerprint content;
        for (const std::uint64_t row : rows_) {
            content.add(row);
        }
        return fmt::format("{} part {:016x}", whole_->fingerprint(), content.value());
    }
    torch::Tensor read(std::span<const std::uint64_t> indices, std::vector<std::int64_t>* labels) override {
        std::vector<std::uint64_t> there;
        for (const std::uint64_t index : indices) {
            there.push_back(rows_[index]);
        }
        return whole_->read(there, labels);
    }

private:
    std::shared_ptr<JudgedPictures> whole_;
    std::vector<std::uint64_t> rows_;
};

} // namespace

std::unique_ptr<JudgedPictures> sourceOfSet(std::shared_ptr<const DataSet> set, Split split,
                                            std::uint64_t seed) {
    return std::make_unique<SetSource>(std::move(set), split, seed);
}

std::unique_ptr<JudgedPictures> sourceOfFolder(const std::string& folder, FolderListing listing) {
    return std::make_unique<FolderSource>(folder, std::move(listing));
}

std::unique_ptr<JudgedPictures> sourceOfArray(const std::string& path) {
    return std::make_unique<ArraySource>(path);
}

std::unique_ptr<JudgedPictures> sourceOfModel(Model& model, std::uint64_t seed, std::size_t count) {
    return std::make_unique<ModelSource>(model, seed, count);
}

std::unique_ptr<JudgedPictures> partOf(std::shared_ptr<JudgedPictures> whole,
                                       std::vector<std::uint64_t> rows) {
    return std::make_unique<PartSource>(std::move(whole), std::move(rows));
}

torch::Tensor toBytes(const std::vector<Image>& images) {
    if (images.empty()) {
        return torch::empty({0, 1, 1, 1}, torch::kUInt8);
    }
    const Image& first = images.front();
    torch::Tensor bytes = torch::empty(
        {static_cast<std::int64_t>(images.size()), first.height, first.width, first.channels}, torch::kUInt8);
    auto* target = bytes.mutable_data_ptr<std::uint8_t>();
    for (const Image& image : images) {
        std::memcpy(target, image.pixels.data(), image.pixels.size());
        target += first.pixels.size();
    }
    return bytes.permute({0, 3, 1, 2}).contiguous();
}

torch::Tensor toUnitRange(const torch::Tensor& pictures) {
    return pictures.scalar_type() == torch::kUInt8 ? pictures.to(torch::kFloat) / 127.5 - 1.0 : pictures;
}

torch::Tensor withChannels(const torch::Tensor& pictures, std::int64_t channels) {
    return pictures.size(1) == channels
               ? pictures
               : pictures.expand({pictures.size(0), channels, pictures.size(2), pictures.size(3)});
}

} // namespace alphascope::engine
