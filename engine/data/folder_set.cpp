#include "engine/data/folder_set.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
#include "engine/data/folder_scan.h"
#include "engine/data/picture_cache.h"
#include "engine/data/sizes.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t cacheLimit = std::size_t(512) << 20;
constexpr std::size_t listedSkips = 100;

std::uint64_t hashOf(const std::string& path) {
    Fingerprint print;
    print.add(path);
    // The low bits of FNV-1a alone are too regular for a share of one in ten.
    return print.value() ^ print.value() >> 29 ^ print.value() >> 47;
}

/// Which pictures are decoded when the set is opened: all when that is quick, else a spread of them.
std::vector<std::size_t> toCheck(const std::vector<FolderPicture>& pictures) {
    constexpr std::size_t most = 5000;
    constexpr std::uint64_t mostBytes = std::uint64_t(48) << 20;
    constexpr std::size_t sample = 64;
    std::uint64_t bytes = 0;
    for (const FolderPicture& picture : pictures) {
        bytes += picture.bytes;
    }
    const bool all = pictures.size() <= sample || (pictures.size() <= most && bytes <= mostBytes);
    const std::size_t count = all ? pictures.size() : sample;
    std::vector<std::size_t> indices(count);
    for (std::size_t i = 0; i < count; ++i) {
        indices[i] = i * pictures.size() / count;
    }
    return indices;
}

class FolderSet : public DataSet {
public:
    FolderSet(const std::string& folder, int size) : folder_(folder) {
        FolderListing listing = scanFolder(folder);
        pictures_ = std::move(listing.pictures);
        for (std::string& line : listing.skipped) {
            skip(std::move(line));
        }
        info_.labels = std::move(listing.labels);
        if (pictures_.empty()) {
            throw Error(
                ErrorKind::BadInput,
                fmt::format("The folder '{}' holds no pictures (PNG, JPEG, WebP, BMP or TIFF).", folder),
                skippedNote());
        }
        check(size);
        split();
        describe();
    }

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return info_.channels; }
    int size() const override { return size_; }
    std::uint64_t count(Split split) const override { return chosen(split).size(); }

    int get(Split split, std::uint64_t index, std::uint64_t, std::span<float> out) const override {
        if (index >= count(split)) {
            throw Error(ErrorKind::Usage,
                        fmt::format("'{}' has no picture {}: it has {}.", folder_, index, count(split)));
        }
        const std::size_t at = chosen(split)[index];
        Image image(size_, size_, channels());
        if (const auto cached = cache_->find(at); !cached.empty()) {
            std::copy(cached.begin(), cached.end(), image.pixels.begin());
        } else {
            image =
                fitSquare(readImage((fs::path(folder_) / pictures_[at].path).string()), size_, channels());
            cache_->store(at, image.pixels);
        }
        toFloats(image, out);
        return pictures_[at].label;
    }

    std::string fingerprint() const override {
        Fingerprint print;
        for (const FolderPicture& picture : pictures_) {
            print.add(picture.path);
            print.add(picture.bytes);
        }
        return fmt::format("folder {}+{} {:016x} {:016x} at {}x{}", train_.size(), test_.size(),
                           print.value(), contentSample_, size_, channels());
    }

private:
    const std::vector<std::size_t>& chosen(Split split) const {
        return split == Split::Train ? train_ : test_;
    }

    void skip(std::string line) {
        ++info_.skippedCount;
        if (info_.skipped.size() < listedSkips) {
            info_.skipped.push_back(std::move(line));
        }
    }

    std::string skippedNote() const {
        return info_.skipped.empty() ? std::string()
                                     : fmt::format("{} could not be read; the first: {}", info_.skippedCount,
                                                   info_.skipped.front());
    }

    /// Decodes pictures, decides size and channels, and takes out those that are damaged.
    void check(int size) {
        std::vector<std::pair<std::size_t, Image>> good;
        std::vector<bool> bad(pictures_.size());
        Fingerprint content;
        bool grey = true;
        for (const std::size_t index : toCheck(pictures_)) {
            try {
                const Image image = readImage((fs::path(folder_) / pictures_[index].path).string());
                if (good.empty()) {
                    info_.size = std::min(image.width, image.height);
                    const int largest = trainingSizes.back();
                    size_ = size > 0                ? size
                            : info_.size >= largest ? largest
                                                    : nearestTrainingSize(info_.size);
                }
                good.emplace_back(index, fitSquare(image, size_, image.channels));
                grey = grey && isGrey(good.back().second);
                content.add(good.back().second.pixels);
            } catch (const Error& e) {
                bad[index] = true;
                skip(fmt::format("{}: {}", pictures_[index].path, e.what()));
            }
        }
        if (good.empty()) {
            throw Error(ErrorKind::BadInput,
                        fmt::format("None of the pictures in '{}' can be decoded.", folder_), skippedNote());
        }
        info_.channels = grey ? 1 : 3;
        contentSample_ = content.value();
        std::vector<std::size_t> moved(pictures_.size());
        std::size_t kept = 0;
        for (std::size_t i = 0; i < pictures_.size(); ++i) {
            moved[i] = kept;
            if (!bad[i]) {
                if (kept != i) {
                    pictures_[kept] = std::move(pictures_[i]);
                }
                ++kept;
            }
        }
        pictures_.resize(kept);
        cache_.emplace(kept, std::size_t(size_) * size_ * info_.channels, cacheLimit);
        for (const auto& [index, image] : good) {
            cache_->store(moved[index], fitSquare(image, size_, info_.channels).pixels);
        }
    }

    void split() {
        constexpr std::uint64_t oneIn = 10;
        for (std::size_t i = 0; i < pictures_.size(); ++i) {
            (hashOf(pictures_[i].path) % oneIn == 0 ? test_ : train_).push_back(i);
        }
        // A set of one picture is its own held-out split; any other has at least one picture on either side.
        auto& poor = test_.empty() ? test_ : train_;
        auto& rich = test_.empty() ? train_ : test_;
        if (poor.empty()) {
            const auto lowest =
                std::min_element(rich.begin(), rich.end(), [this](std::size_t a, std::size_t b) {
                    return hashOf(pictures_[a].path) < hashOf(pictures_[b].path);
                });
            poor.push_back(*lowest);
            if (rich.size() > 1) {
                rich.erase(lowest);
            }
        }
    }

    void describe() {
        info_.name = folder_;
        fs::path path(folder_);
        info_.title = (path.has_filename() ? path : path.parent_path()).filename().string();
        info_.description = fmt::format("Folder: {} {} pictures to train on and {} held out.", train_.size(),
                                        info_.channels == 1 ? "grey" : "colour", test_.size());
        info_.sizes.assign(trainingSizes.begin(), trainingSizes.end());
        info_.trainCount = train_.size();
        info_.testCount = test_.size();
    }

    std::string folder_;
    std::vector<FolderPicture> pictures_;
    std::vector<std::size_t> train_; ///< into pictures_
    std::vector<std::size_t> test_;
    int size_ = 0;
    std::uint64_t contentSample_ = 0;
    DataSetInfo info_;
    mutable std::optional<PictureCache> cache_; ///< speeds up, changes no result
};

} // namespace

std::shared_ptr<const DataSet> openFolderSet(const std::string& folder, int size) {
    return std::make_shared<FolderSet>(folder, size);
}

} // namespace alphascope::engine
