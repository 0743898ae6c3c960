#include "engine/exploring/preparation.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/celeba_files.h"
#include "engine/data/folder_scan.h"
#include "engine/imaging/crop.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

std::size_t elements(const ModelInfo& model) {
    return std::size_t(model.channels) * model.size * model.size;
}

class Collector {
public:
    Collector(const ModelInfo& model, std::size_t count, std::size_t skip)
        : model_(model), count_(count), skip_(skip) {}

    bool full() const { return count_ != 0 && result.images.size() >= count_; }

    void addFile(const std::string& path, const std::string& name) {
        if (passed_ < skip_) {
            ++passed_;
            return;
        }
        result.images.push_back(prepareOne(model_, readImage(path), passed_ + result.images.size()));
        result.names.push_back(name);
        result.labels.push_back(-1);
    }

    /// A bad file in a folder is left out and listed; one that was named is an error.
    void addFolder(const std::string& folder, const FolderListing& listing) {
        result.skipped.insert(result.skipped.end(), listing.skipped.begin(), listing.skipped.end());
        for (const FolderPicture& picture : listing.pictures) {
            if (full()) {
                return;
            }
            try {
                addFile((fs::path(folder) / picture.path).string(), picture.path);
            } catch (const Error& error) {
                result.skipped.push_back(fmt::format("{}: {}", picture.path, error.what()));
            }
        }
    }

    void addDataSet(const std::string& data, const std::string& splitName) {
        const Split split = splitNamed(splitName);
        const auto set = openSetFor(model_, data);
        const std::uint64_t available = set->count(split);
        if (available == 0 && count_ == 0) {
            throw Error(ErrorKind::Usage, fmt::format("The set {} is endless.", data),
                        "Say how many pictures to take with --count.");
        }
        const std::uint64_t wanted = count_ == 0 ? available : skip_ + count_;
        const std::uint64_t end = available == 0 ? wanted : std::min(available, wanted);
        std::vector<float> pixels(std::size_t(set->channels()) * set->size() * set->size());
        for (std::uint64_t i = skip_; i < end; ++i) {
            addFromSet(*set, split, splitName, i, pixels);
        }
    }

    PreparedImages result;

private:
    void addFromSet(const DataSet& set, Split split, const std::string& splitName, std::uint64_t index,
                    std::vector<float>& pixels) {
        const std::string name = fmt::format("{} #{}", splitName, index);
        try {
            const int label = set.get(split, index, 0, pixels);
            const Image image = toImage(pixels, set.channels(), set.size());
            result.images.push_back(fitSquare(image, model_.size, model_.channels));
            result.names.push_back(name);
            result.labels.push_back(label);
        } catch (const Error& error) {
            result.skipped.push_back(fmt::format("{}: {}", name, error.what()));
        }
    }

    const ModelInfo& model_;
    std::size_t count_;
    std::size_t skip_;
    std::size_t passed_ = 0; ///< files of those to skip
};

} // namespace

std::shared_ptr<const DataSet> openSetFor(const ModelInfo& model, const std::string& data) {
    // A set that has colours of its own is not coloured again.
    const DataSetInfo info = inspectDataSet(data);
    return openDataSet(data, info.channels == 1 ? model.transform : std::string{}, model.size, model.seed,
                       info.canCrop ? model.crop : std::string{});
}

Image prepareOne(const ModelInfo& model, const Image& picture, std::uint64_t index) {
    std::vector<float> pixels(elements(model));
    // The cut goes first: with one, all that prepareImage() finds to do is the channels and the transform.
    const Image cut =
        model.crop.empty() ? picture : cutPicture(picture, model.crop, model.size, picture.channels);
    prepareImage(cut, model.transform, model.channels, model.size, model.seed, index, pixels);
    return toImage(pixels, model.channels, model.size);
}

PreparedImages prepareImages(const ModelInfo& model, const std::vector<std::string>& paths,
                             const std::string& split, std::size_t count, std::size_t skip) {
    if (model.isPoints()) {
        throw Error(ErrorKind::Usage, "This model is of points in the plane: it takes no pictures.",
                    "Use a model of pictures.");
    }
    Collector collector(model, count, skip);
    for (const std::string& path : paths) {
        if (collector.full()) {
            break;
        }
        std::error_code ignored;
        const bool isFolder = fs::is_directory(path, ignored);
        if (looksLikeImage(path) && !isFolder) {
            collector.addFile(path, fs::path(path).filename().string());
            continue;
        }
        // CelebA's lists say which of its pictures are held out, so it is a set and no folder of pictures.
        const bool celebA = isFolder && !findCelebAFiles(path).pictures.empty();
        const FolderListing listing = isFolder && !celebA ? scanFolder(path) : FolderListing{};
        if (!listing.pictures.empty()) {
            collector.addFolder(path, listing);
        } else if (paths.size() == 1) {
            collector.addDataSet(path, split);
        } else {
            throw Error(ErrorKind::BadInput,
                        fmt::format("{} is no picture file and no folder of them.", path),
                        "A data set can be given only alone.");
        }
    }
    if (collector.result.images.empty() && skip > 0 && collector.result.skipped.empty()) {
        throw Error(ErrorKind::Usage, fmt::format("{} has no more than {} pictures.", paths.front(), skip),
                    "Begin with an earlier one.");
    }
    if (collector.result.images.empty()) {
        const auto& skipped = collector.result.skipped;
        throw Error(ErrorKind::BadInput,
                    paths.empty() ? std::string("No pictures were given.")
                                  : fmt::format("No usable picture was found in {}.", paths.front()),
                    skipped.empty() ? "Give picture files, a folder of them, or a data set."
                                    : "The first problem is " + skipped.front());
    }
    return std::move(collector.result);
}

} // namespace alphascope::engine
