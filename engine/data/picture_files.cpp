#include "engine/data/picture_files.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
#include "engine/data/sizes.h"
#include "engine/imaging/crop.h"
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

} // namespace

PictureFiles::PictureFiles(std::string folder, std::vector<FolderPicture> pictures, int size,
                           std::string crop, DataSetInfo& info)
    : folder_(std::move(folder)), pictures_(std::move(pictures)), crop_(std::move(crop)) {
    check(size, info);
}

std::string PictureFiles::path(const FolderPicture& picture) const {
    return (fs::path(folder_) / picture.path).string();
}

void PictureFiles::read(std::size_t at, std::span<float> out) const {
    Image image(size_, size_, channels_);
    if (const auto cached = cache_->find(at); !cached.empty()) {
        std::copy(cached.begin(), cached.end(), image.pixels.begin());
    } else {
        image = cutPicture(readImage(path(pictures_[at])), crop_, size_, channels_);
        cache_->store(at, image.pixels);
    }
    toFloats(image, out);
}

std::string PictureFiles::fingerprint() const {
    Fingerprint print;
    for (const FolderPicture& picture : pictures_) {
        print.add(picture.path);
        print.add(picture.bytes);
    }
    return fmt::format("{:016x} {:016x} at {}x{}{}{}", print.value(), contentSample_, size_, channels_,
                       crop_.empty() ? "" : " cut ", crop_);
}

/// Decodes pictures, decides size and channels, and takes out those that are damaged.
void PictureFiles::check(int size, DataSetInfo& info) {
    std::vector<std::pair<std::size_t, Image>> good;
    std::vector<bool> bad(pictures_.size());
    Fingerprint content;
    bool grey = true;
    for (const std::size_t index : toCheck(pictures_)) {
        try {
            const Image image = readImage(path(pictures_[index]));
            if (good.empty()) {
                info.size = std::min(image.width, image.height);
                const int largest = trainingSizes.back();
                size_ = size > 0 ? size : info.size >= largest ? largest : nearestTrainingSize(info.size);
            }
            good.emplace_back(index, cutPicture(image, crop_, size_, image.channels));
            grey = grey && isGrey(good.back().second);
            content.add(good.back().second.pixels);
        } catch (const Error& e) {
            if (e.kind() == ErrorKind::Usage) { // the crop, not the picture
                throw;
            }
            bad[index] = true;
            noteSkipped(info, fmt::format("{}: {}", pictures_[index].path, e.what()));
        }
    }
    if (good.empty()) {
        throw Error(ErrorKind::BadInput, fmt::format("None of the pictures in '{}' can be decoded.", folder_),
                    skippedNote(info));
    }
    info.channels = channels_ = grey ? 1 : 3;
    contentSample_ = content.value();
    std::vector<std::size_t> moved;
    keep(bad, moved);
    cache_.emplace(pictures_.size(), std::size_t(size_) * size_ * channels_, cacheLimit);
    for (const auto& [index, image] : good) {
        cache_->store(moved[index], fitSquare(image, size_, channels_).pixels);
    }
}

void PictureFiles::keep(const std::vector<bool>& bad, std::vector<std::size_t>& moved) {
    moved.resize(pictures_.size());
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
}

void noteSkipped(DataSetInfo& info, std::string line) {
    ++info.skippedCount;
    if (info.skipped.size() < listedSkips) {
        info.skipped.push_back(std::move(line));
    }
}

std::string skippedNote(const DataSetInfo& info) {
    return info.skipped.empty()
               ? std::string()
               : fmt::format("{} could not be read; the first: {}", info.skippedCount, info.skipped.front());
}

bool heldOutByName(const std::string& path) {
    constexpr std::uint64_t oneIn = 10;
    return hashOf(path) % oneIn == 0;
}

void splitByName(const std::vector<FolderPicture>& pictures, std::vector<std::size_t>& train,
                 std::vector<std::size_t>& test) {
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        (heldOutByName(pictures[i].path) ? test : train).push_back(i);
    }
    // A set of one picture is its own held-out split; any other has at least one picture on either side.
    auto& poor = test.empty() ? test : train;
    auto& rich = test.empty() ? train : test;
    if (poor.empty()) {
        const auto lowest = std::min_element(rich.begin(), rich.end(), [&](std::size_t a, std::size_t b) {
            return hashOf(pictures[a].path) < hashOf(pictures[b].path);
        });
        poor.push_back(*lowest);
        if (rich.size() > 1) {
            rich.erase(lowest);
        }
    }
}

} // namespace alphascope::engine
