#include "engine/data/folder_set.h"

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/folder_scan.h"
#include "engine/data/part_split.h"
#include "engine/data/picture_files.h"
#include "engine/data/sizes.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

class FolderSet : public DataSet {
public:
    FolderSet(const std::string& folder, int size, const std::string& crop) : folder_(folder) {
        FolderListing listing = scanFolder(folder);
        for (std::string& line : listing.skipped) {
            noteSkipped(info_, std::move(line));
        }
        info_.labels = std::move(listing.labels);
        if (listing.pictures.empty()) {
            throw Error(
                ErrorKind::BadInput,
                fmt::format("The folder '{}' holds no pictures (PNG, JPEG, WebP, BMP or TIFF).", folder),
                skippedNote(info_));
        }
        files_.emplace(folder, std::move(listing.pictures), size, crop, info_);
        splitByName(files_->pictures(), train_, test_);
        describe();
    }

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return files_->channels(); }
    int size() const override { return files_->size(); }
    std::uint64_t count(Split split) const override { return chosen(split).size(); }

    int get(Split split, std::uint64_t index, std::uint64_t, std::span<float> out) const override {
        checkIndex(folder_, index, count(split));
        const std::size_t at = chosen(split)[index];
        files_->read(at, out);
        return files_->pictures()[at].label;
    }

    std::string fingerprint() const override {
        return fmt::format("folder {}+{} {}", train_.size(), test_.size(), files_->fingerprint());
    }

private:
    const std::vector<std::size_t>& chosen(Split split) const {
        return split == Split::Train ? train_ : test_;
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
        info_.canCrop = true;
    }

    std::string folder_;
    DataSetInfo info_;
    std::optional<PictureFiles> files_;
    std::vector<std::size_t> train_; ///< into the files
    std::vector<std::size_t> test_;
};

} // namespace

std::shared_ptr<const DataSet> openFolderSet(const std::string& folder, int size, const std::string& crop) {
    return std::make_shared<FolderSet>(folder, size, crop);
}

} // namespace alphascope::engine
