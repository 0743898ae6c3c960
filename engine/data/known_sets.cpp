#include "engine/data/known_sets.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "engine/api/data_sets.h"
#include "engine/api/error.h"
#include "engine/data/built_in_sets.h"
#include "engine/data/celeba_files.h"
#include "engine/data/cifar_set.h"
#include "engine/data/fetch/sources.h"
#include "engine/data/idx_file.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

PublishedSet idxSet(const std::string& name, const std::string& title, const std::string& description,
                    const std::string& address) {
    return {name,   title, description,
            1,      28,    60'000,
            10'000, true,  "Get the four files ending in -ubyte.gz from " + address + "."};
}

PublishedSet cifarSet(int labels) {
    const std::string archive = fmt::format("cifar-{}-binary.tar.gz", labels);
    return {fmt::format("cifar{}", labels),
            fmt::format("CIFAR-{}", labels),
            fmt::format("Photographs of {} kinds of things, in colour (Krizhevsky 2009).", labels),
            3,
            32,
            50'000,
            10'000,
            true,
            fmt::format("Get {} from https://www.cs.toronto.edu/~kriz/cifar.html and unpack it.", archive)};
}

std::uint64_t publishedBytes(const std::string& name) {
    std::uint64_t bytes = 0;
    for (const SourceFile& file : sourcesOf(name)) {
        bytes += file.bytes;
    }
    return bytes;
}

} // namespace

const std::vector<PublishedSet>& publishedSets() {
    static const std::vector<PublishedSet> sets{
        idxSet("mnist", "MNIST", "Handwritten digits, grey (LeCun et al. 1998).",
               "https://ossci-datasets.s3.amazonaws.com/mnist/"),
        idxSet("fashion-mnist", "Fashion-MNIST", "Pieces of clothing of ten kinds, grey (Xiao et al. 2017).",
               "https://github.com/zalandoresearch/fashion-mnist"),
        cifarSet(10),
        cifarSet(100),
        {"celeba", "CelebA", "Aligned faces in colour with forty attributes each (Liu et al. 2015).", 3, 178,
         162'770, 19'962, false,
         "Its pictures lie on Google Drive, which programs cannot fetch from: get img_align_celeba.zip, "
         "list_attr_celeba.txt and list_eval_partition.txt from "
         "https://mmlab.ie.cuhk.edu.hk/projects/CelebA.html and unpack the pictures."}};
    return sets;
}

const PublishedSet* findPublishedSet(const std::string& name) {
    const auto& sets = publishedSets();
    const auto found =
        std::find_if(sets.begin(), sets.end(), [&](const PublishedSet& set) { return set.name == name; });
    return found == sets.end() ? nullptr : &*found;
}

bool holdsPublishedSet(const std::string& name, const std::string& folder) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        return false;
    }
    if (name == "celeba") {
        return !findCelebAFiles(folder).pictures.empty();
    }
    if (name.starts_with("cifar")) {
        const CifarFiles files = findCifarFiles(folder);
        return !files.train.empty() && name == fmt::format("cifar{}", files.labels);
    }
    try {
        return !findIdxFiles(folder).pictures.empty();
    } catch (const Error&) {
        return true; // several sets: opening it says what to do
    }
}

std::string howByHand(const PublishedSet& set, const std::string& folder) {
    return fmt::format("{} Put them into {}.", set.byHand, folder);
}

std::string dataFolder(const std::string& name) {
    const char* data = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    const fs::path base = data != nullptr && *data == '/' ? fs::path(data)
                          : home != nullptr               ? fs::path(home) / ".local" / "share"
                                                          : fs::current_path();
    return (base / "alphascope" / "data" / name).string();
}

std::vector<KnownDataSet> knownDataSets() {
    std::vector<KnownDataSet> known;
    for (const DataSetInfo& info : builtInDataSets()) {
        known.push_back({.name = info.name,
                         .title = info.title,
                         .description = info.description,
                         .builtIn = true,
                         .ready = true,
                         .folder = {},
                         .bytes = 0,
                         .channels = info.channels,
                         .size = info.size,
                         .trainCount = info.trainCount,
                         .testCount = info.testCount,
                         .fetchable = false,
                         .byHand = {}});
    }
    for (const PublishedSet& set : publishedSets()) {
        const std::string folder = dataFolder(set.name);
        known.push_back({.name = set.name,
                         .title = set.title,
                         .description = set.description,
                         .builtIn = false,
                         .ready = holdsPublishedSet(set.name, folder),
                         .folder = folder,
                         .bytes = publishedBytes(set.name),
                         .channels = set.channels,
                         .size = set.size,
                         .trainCount = set.trainCount,
                         .testCount = set.testCount,
                         .fetchable = set.fetchable,
                         .byHand = howByHand(set, folder)});
    }
    return known;
}

} // namespace alphascope::engine
