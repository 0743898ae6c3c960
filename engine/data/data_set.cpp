#include "engine/data/data_set.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/api/error.h"
#include "engine/data/built_in_sets.h"
#include "engine/data/celeba_set.h"
#include "engine/data/cifar_set.h"
#include "engine/data/color_transform.h"
#include "engine/data/folder_set.h"
#include "engine/data/idx_set.h"
#include "engine/data/known_sets.h"
#include "engine/data/sizes.h"
#include "engine/data/stacked_transform.h"
#include "engine/imaging/crop.h"
#include "engine/imaging/images.h"
#include "models/schema/parameter.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void failUnknown(const std::string& data) {
    std::vector<std::string> names;
    for (const BuiltInSet& set : builtInSets()) {
        names.push_back(set.info.name);
    }
    for (const PublishedSet& set : publishedSets()) {
        names.push_back(set.name);
    }
    const std::string nearest = models::nearestName(data, names);
    throw Error(ErrorKind::Usage,
                fmt::format("There is no data set '{}': no such path, and the sets known by name are {}.",
                            data, fmt::join(names, ", ")),
                nearest.empty() ? std::string() : fmt::format("Did you mean '{}'?", nearest));
}

void refuseCrop(const std::string& data, const std::string& crop) {
    if (!crop.empty()) {
        throw Error(ErrorKind::Usage, fmt::format("The pictures of '{}' are not cropped.", data),
                    "Leave the crop out.");
    }
}

std::shared_ptr<const DataSet> openPath(const std::string& data, int size, const std::string& crop) {
    std::error_code error;
    const fs::file_status status = fs::status(data, error);
    if (!fs::exists(status)) {
        if (error && error != std::errc::no_such_file_or_directory) {
            const bool denied = error == std::errc::permission_denied;
            throw Error(denied ? ErrorKind::InputOutput : ErrorKind::BadInput,
                        fmt::format("The data set '{}' cannot be read: {}.", data, error.message()));
        }
        failUnknown(data);
    }
    if (!fs::is_directory(status) && looksLikeImage(data)) {
        throw Error(ErrorKind::BadInput, fmt::format("'{}' is a single picture and no data set.", data),
                    "Give the folder of pictures.");
    }
    if (const CelebAFiles files = findCelebAFiles(data); !files.pictures.empty()) {
        return openCelebASet(data, files, size, crop);
    }
    if (const CifarFiles files = findCifarFiles(data); !files.train.empty()) {
        refuseCrop(data, crop);
        return openCifarSet(data, files, size);
    }
    if (const IdxFiles files = findIdxFiles(data); !files.pictures.empty()) {
        refuseCrop(data, crop);
        return openIdxSet(data, files, size);
    }
    return openFolderSet(data, size, crop);
}

void checkTransform(const std::string& transform) {
    const std::vector<std::string> names = transformNames();
    if (!transform.empty() && std::find(names.begin(), names.end(), transform) == names.end()) {
        throw Error(ErrorKind::Usage, fmt::format("There is no transform '{}'; there are {}.", transform,
                                                  fmt::join(names, " and ")));
    }
}

void checkSize(int size) {
    if (size != 0 && std::find(trainingSizes.begin(), trainingSizes.end(), size) == trainingSizes.end()) {
        throw Error(ErrorKind::Usage,
                    fmt::format("Pictures of {} pixels cannot be trained on; choose a size of {}.", size,
                                fmt::join(trainingSizes, ", ")));
    }
}

/// A path, or the folder of a published set that is named. What lies under that very path comes first.
std::string locate(const std::string& data) {
    std::error_code ignored;
    const PublishedSet* published = findPublishedSet(data);
    if (published == nullptr || fs::exists(data, ignored)) {
        return data;
    }
    std::string folder = dataFolder(data);
    if (!holdsPublishedSet(data, folder)) {
        throw Error(ErrorKind::Usage, fmt::format("The data set '{}' is not here yet.", data),
                    published->fetchable ? fmt::format("Get it with: alphascope-cli fetch {}", data)
                                         : howByHand(*published, folder));
    }
    return folder;
}

/// Without a transform.
std::shared_ptr<const DataSet> openPlain(const std::string& data, int size, std::uint64_t seed,
                                         const std::string& crop) {
    if (const BuiltInSet* builtIn = findBuiltInSet(data)) {
        if (!builtIn->info.isPoints()) {
            checkSize(size);
        }
        refuseCrop(data, crop);
        return builtIn->make(size != 0 ? size : builtIn->info.size, seed);
    }
    checkSize(size);
    return openPath(locate(data), size, crop);
}

} // namespace

std::vector<std::string> transformNames() {
    return {"color", "stacked"};
}

std::vector<std::string> cropNames() {
    return cropPresets();
}

std::shared_ptr<const DataSet> openDataSet(const std::string& data, const std::string& transform, int size,
                                           std::uint64_t seed, const std::string& crop) {
    checkTransform(transform);
    auto set = openPlain(data, size, seed, crop);
    if (transform.empty()) {
        return set;
    }
    if (set->channels() != 1) {
        throw Error(ErrorKind::Usage,
                    fmt::format("The transform '{}' is for grey pictures, and '{}' has {}.", transform, data,
                                set->info().isPoints() ? "points" : "coloured ones"),
                    "Leave the transform out.");
    }
    if (transform == "stacked") {
        return makeStacked(set, seed, stackedInfo(set->info()));
    }
    DataSetInfo info = set->info();
    info.channels = 3;
    return makeColored(set, seed, std::move(info));
}

Split splitNamed(const std::string& name) {
    if (name != "train" && name != "test") {
        throw Error(ErrorKind::Usage, fmt::format("There is no split \"{}\".", name),
                    "Choose train or test.");
    }
    return name == "train" ? Split::Train : Split::Test;
}

DataSetInfo inspectDataSet(const std::string& data) {
    return openDataSet(data, "", 0, 0)->info();
}

LabelledPictures dataSetPictures(const DataSetSlice& slice) {
    const auto set = openDataSet(slice.data, slice.transform, slice.size, slice.seed, slice.crop);
    const Split split = splitNamed(slice.split);
    const std::uint64_t available = set->count(split);
    std::vector<float> values(std::size_t(set->channels()) * set->size() * set->size());
    LabelledPictures found;
    for (std::uint64_t i = 0; found.labels.size() < slice.count && (available == 0 || i < available); ++i) {
        try {
            found.labels.push_back(set->get(split, i, 0, values));
        } catch (const Error& e) {
            if (e.kind() == ErrorKind::Internal) {
                throw;
            }
            continue;
        }
        found.pictures.push_back(toImage(values, set->channels(), set->size()));
        if (set->info().isPoints()) {
            found.points.insert(found.points.end(), values.begin(), values.end());
        }
    }
    return found;
}

void prepareImage(const Image& image, const std::string& transform, int channels, int size,
                  std::uint64_t seed, std::uint64_t index, std::span<float> out) {
    checkTransform(transform);
    if (channels == 2) {
        throw Error(ErrorKind::Usage, "This model is of points in the plane, and a picture is no point.",
                    "Use a model of pictures.");
    }
    const bool colored = transform == "color" && channels == 3 && isGrey(image);
    if (!colored) {
        toFloats(fitSquare(image, size, channels), out);
        return;
    }
    std::vector<float> grey(std::size_t(size) * size);
    toFloats(fitSquare(image, size, 1), grey);
    CounterRandom random(RandomPurpose::PreparedColor, {seed, index});
    colorize(grey, random, out);
}

} // namespace alphascope::engine
