#include "engine/data/celeba_set.h"

#include <filesystem>
#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
#include "engine/data/part_split.h"
#include "engine/data/picture_files.h"
#include "engine/data/sizes.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

std::string stemOf(const std::string& file) {
    return file.substr(0, file.rfind('.'));
}

class CelebASet : public DataSet {
public:
    CelebASet(const std::string& name, const CelebAFiles& files, int size, const std::string& crop) {
        info_.name = name;
        if (!files.attributes.empty()) {
            readAttributes(files.attributes);
        }
        std::vector<FolderPicture> pictures = findPictures(files);
        if (pictures.empty()) {
            throw Error(
                ErrorKind::BadInput,
                fmt::format("None of the pictures that CelebA's lists name lie in '{}'.", files.pictures),
                "Unpack img_align_celeba.zip there.");
        }
        files_.emplace(files.pictures, std::move(pictures), size, crop, info_);
        split(!files.partition.empty());
        describe();
    }

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return files_->channels(); }
    int size() const override { return files_->size(); }
    std::uint64_t count(Split split) const override { return chosen(split).size(); }

    int get(Split split, std::uint64_t index, std::uint64_t, std::span<float> out) const override {
        files_->read(indexOf(split, index), out);
        return -1;
    }

    std::vector<std::string> factorNames() const override { return attributeNames_; }
    std::vector<float> factors(Split split, std::uint64_t index) const override {
        std::vector<float> values(attributeNames_.size());
        const auto row = rows_.find(stemOf(files_->pictures()[indexOf(split, index)].path));
        if (row != rows_.end()) {
            for (std::size_t i = 0; i < values.size(); ++i) {
                values[i] = attributes_[row->second * values.size() + i];
            }
        }
        return values;
    }

    std::string fingerprint() const override {
        Fingerprint print;
        for (const std::size_t at : test_) {
            print.add(std::uint64_t(at));
        }
        return fmt::format("celeba {}+{} {:016x} {}", train_.size(), test_.size(), print.value(),
                           files_->fingerprint());
    }

private:
    const std::vector<std::size_t>& chosen(Split split) const {
        return split == Split::Train ? train_ : test_;
    }

    std::size_t indexOf(Split split, std::uint64_t index) const {
        checkIndex(info_.name, index, count(split));
        return chosen(split)[index];
    }

    void readAttributes(const std::string& path) {
        CelebAAttributes list = readCelebAAttributes(path);
        attributeNames_ = std::move(list.names);
        attributes_ = std::move(list.values);
        listed_ = std::move(list.files);
        for (std::size_t row = 0; row < listed_.size(); ++row) {
            rows_[stemOf(listed_[row])] = row;
        }
    }

    /// What is listed and there; FolderPicture::label holds the part for a moment.
    std::vector<FolderPicture> findPictures(const CelebAFiles& files) {
        std::vector<int> parts(listed_.size(), 0);
        if (!files.partition.empty()) {
            CelebAPartition partition = readCelebAPartition(files.partition);
            listed_ = std::move(partition.files);
            parts = std::move(partition.parts);
        }
        std::unordered_map<std::string, FolderPicture> there;
        for (FolderPicture& picture : scanFolder(files.pictures).pictures) {
            std::string stem = stemOf(picture.path);
            there.emplace(std::move(stem), std::move(picture));
        }
        std::vector<FolderPicture> pictures;
        for (std::size_t i = 0; i < listed_.size(); ++i) {
            const auto found = there.find(stemOf(listed_[i]));
            if (found == there.end()) {
                noteSkipped(info_, fmt::format("{}: it is listed and not there", listed_[i]));
                continue;
            }
            pictures.push_back({found->second.path, found->second.bytes, parts[i]});
        }
        listed_.clear();
        return pictures;
    }

    void split(bool byList) {
        constexpr int trainPart = 0, testPart = 2;
        if (!byList) {
            splitByName(files_->pictures(), train_, test_);
            return;
        }
        for (std::size_t i = 0; i < files_->pictures().size(); ++i) {
            const int part = files_->pictures()[i].label;
            if (part == trainPart || part == testPart) {
                (part == trainPart ? train_ : test_).push_back(i);
            }
        }
        if (train_.empty() || test_.empty()) {
            throw Error(ErrorKind::BadInput,
                        fmt::format("The pictures of '{}' are all of one part: there are none to {}.",
                                    info_.name, train_.empty() ? "train on" : "hold out"),
                        "Add pictures of the other parts, or take the partition list away.");
        }
    }

    void describe() {
        info_.title = "CelebA";
        info_.description = fmt::format("Aligned faces: {} to train on and {} held out, with {} attributes.",
                                        train_.size(), test_.size(), attributeNames_.size());
        info_.sizes.assign(trainingSizes.begin(), trainingSizes.end());
        info_.trainCount = train_.size();
        info_.testCount = test_.size();
        info_.canCrop = true;
    }

    DataSetInfo info_;
    std::vector<std::string> attributeNames_;
    std::vector<std::int8_t> attributes_;               ///< rows * names
    std::unordered_map<std::string, std::size_t> rows_; ///< file name without ending -> row
    std::vector<std::string> listed_;                   ///< only while opening
    std::optional<PictureFiles> files_;
    std::vector<std::size_t> train_; ///< into the files
    std::vector<std::size_t> test_;
};

} // namespace

std::shared_ptr<const DataSet> openCelebASet(const std::string& name, const CelebAFiles& files, int size,
                                             const std::string& crop) {
    return std::make_shared<CelebASet>(name, files, size, crop);
}

} // namespace alphascope::engine
