#include "engine/data/data_set.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/api/error.h"
#include "engine/data/color_transform.h"
#include "engine/data/folder_set.h"
#include "engine/data/glyph_set.h"
#include "engine/data/idx_set.h"
#include "engine/data/shape_set.h"
#include "engine/data/sizes.h"
#include "engine/imaging/images.h"
#include "models/schema/parameter.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

struct BuiltIn {
    DataSetInfo info;
    std::shared_ptr<const DataSet> (*make)(int size, std::uint64_t seed);
};

const std::vector<BuiltIn>& builtIns() {
    static const std::vector<BuiltIn> sets{
        {glyphSetInfo(), makeGlyphSet},
        {colorGlyphSetInfo(),
         [](int size, std::uint64_t seed) {
             return makeColored(makeGlyphSet(size, seed), seed, colorGlyphSetInfo());
         }},
        {shapeSetInfo(), makeShapeSet},
    };
    return sets;
}

[[noreturn]] void failUnknown(const std::string& data) {
    std::vector<std::string> names;
    for (const BuiltIn& set : builtIns()) {
        names.push_back(set.info.name);
    }
    const std::string nearest = models::nearestName(data, names);
    throw Error(ErrorKind::Usage,
                fmt::format("There is no data set '{}': no such path, and the built-in sets are {}.", data,
                            fmt::join(names, ", ")),
                nearest.empty() ? std::string() : fmt::format("Did you mean '{}'?", nearest));
}

std::shared_ptr<const DataSet> openPath(const std::string& data, int size) {
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
    if (const IdxFiles files = findIdxFiles(data); !files.pictures.empty()) {
        return openIdxSet(data, files, size);
    }
    return openFolderSet(data, size);
}

void checkOptions(const std::string& transform, int size) {
    if (!transform.empty() && transform != "color") {
        throw Error(ErrorKind::Usage,
                    fmt::format("There is no transform '{}'; the one there is is 'color'.", transform));
    }
    if (size != 0 && std::find(trainingSizes.begin(), trainingSizes.end(), size) == trainingSizes.end()) {
        throw Error(ErrorKind::Usage,
                    fmt::format("Pictures of {} pixels cannot be trained on; choose a size of {}.", size,
                                fmt::join(trainingSizes, ", ")));
    }
}

} // namespace

std::vector<DataSetInfo> builtInDataSets() {
    std::vector<DataSetInfo> infos;
    for (const BuiltIn& set : builtIns()) {
        infos.push_back(set.info);
    }
    return infos;
}

std::shared_ptr<const DataSet> openDataSet(const std::string& data, const std::string& transform, int size,
                                           std::uint64_t seed) {
    checkOptions(transform, size);
    std::shared_ptr<const DataSet> set;
    for (const BuiltIn& candidate : builtIns()) {
        if (candidate.info.name == data) {
            set = candidate.make(size > 0 ? size : candidate.info.size, seed);
        }
    }
    if (!set) {
        set = openPath(data, size);
    }
    if (transform.empty()) {
        return set;
    }
    if (set->channels() != 1) {
        throw Error(
            ErrorKind::Usage,
            fmt::format("The transform 'color' is for grey pictures, and those of '{}' are coloured.", data),
            "Leave the transform out.");
    }
    DataSetInfo info = set->info();
    info.channels = 3;
    return makeColored(set, seed, std::move(info));
}

DataSetInfo inspectDataSet(const std::string& data) {
    return openDataSet(data, "", 0, 0)->info();
}

std::vector<Image> dataSetPreview(const std::string& data, const std::string& transform, int size,
                                  std::size_t count, std::uint64_t seed) {
    const auto set = openDataSet(data, transform, size, seed);
    const std::uint64_t available = set->count(Split::Train);
    std::vector<float> pixels(std::size_t(set->channels()) * set->size() * set->size());
    std::vector<Image> pictures;
    for (std::uint64_t i = 0; pictures.size() < count && (available == 0 || i < available); ++i) {
        try {
            set->get(Split::Train, i, 0, pixels);
            pictures.push_back(toImage(pixels, set->channels(), set->size()));
        } catch (const Error& e) {
            if (e.kind() == ErrorKind::Internal) {
                throw;
            }
        }
    }
    return pictures;
}

void prepareImage(const Image& image, const std::string& transform, int channels, int size,
                  std::uint64_t seed, std::uint64_t index, std::span<float> out) {
    checkOptions(transform, 0);
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
