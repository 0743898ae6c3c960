#include "engine/metrics/judged_sides.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/celeba_files.h"
#include "engine/data/sizes.h"
#include "engine/exploring/preparation.h"
#include "models/schema/method_traits.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

bool isArrayFile(const std::string& path) {
    return fs::path(path).extension() == ".npy";
}

/// What is in a folder of pictures that is no published set with lists of its own; else nothing.
FolderListing plainFolder(const std::string& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored) && findCelebAFiles(path).pictures.empty() ? scanFolder(path)
                                                                                     : FolderListing{};
}

/// The two halves of a shuffled order, where there are no splits.
void halve(JudgedSides& sides) {
    const std::uint64_t count = sides.data->count();
    const std::vector<std::uint64_t> order =
        chosenRows(count, count - 1, 1); // one fewer, so that they are shuffled
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
    sides.training = partOf(sides.data, {order.begin(), middle});
    sides.heldOut = partOf(sides.data, {middle, order.end()});
}

void takeSet(JudgedSides& sides, std::shared_ptr<const DataSet> set, std::uint64_t seed,
             const std::string& split) {
    sides.set = std::move(set);
    sides.training = sourceOfSet(sides.set, Split::Train, seed);
    sides.heldOut = sourceOfSet(sides.set, Split::Test, seed);
    sides.data = splitNamed(split) == Split::Train ? sides.training : sides.heldOut;
}

/// Of a set that stacks three grey pictures, those.
void takeGrey(JudgedSides& sides, const std::string& transform, std::uint64_t seed) {
    const bool drawn = sides.set->info().name == "stacked-glyphs";
    if (drawn || transform == "stacked") {
        sides.grey = openDataSet(drawn ? "glyphs" : sides.dataName, "", sides.set->size(), seed);
    }
}

/// As the checkpoint's own pictures were made, but drawn from the evaluation's seed: all models of a study
/// are judged against the same pictures, whose features need computing once.
void openModelData(JudgedSides& sides, const EvaluationRequest& request) {
    ModelInfo info = sides.model->info();
    info.seed = request.seed;
    sides.dataName = request.data.empty() ? info.data : request.data;
    if (isArrayFile(sides.dataName)) {
        sides.data = sourceOfArray(sides.dataName);
        halve(sides);
        return;
    }
    takeSet(sides, openSetFor(info, sides.dataName), info.seed, request.split);
    takeGrey(sides, info.transform, info.seed);
}

void openPictureData(JudgedSides& sides, const EvaluationRequest& request) {
    sides.dataName = request.data;
    const PictureShape shape = sides.samples->shape();
    const bool trainable =
        shape.height == shape.width &&
        std::find(trainingSizes.begin(), trainingSizes.end(), shape.height) != trainingSizes.end();
    if (isArrayFile(request.data)) {
        sides.data = sourceOfArray(request.data);
        halve(sides);
    } else if (FolderListing listing = plainFolder(request.data); !listing.pictures.empty()) {
        sides.data = sourceOfFolder(request.data, std::move(listing));
        halve(sides);
        if (sides.data->count() >= 2) {
            sides.set = openDataSet(request.data, "", 0, 1);
        }
    } else {
        takeSet(sides,
                openDataSet(request.data, request.transform, trainable ? shape.height : 0, request.seed,
                            request.crop),
                request.seed, request.split);
        takeGrey(sides, request.transform, request.seed);
    }
}

std::shared_ptr<JudgedPictures> openImages(const EvaluationRequest& request) {
    if (isArrayFile(request.images)) {
        return sourceOfArray(request.images);
    }
    if (FolderListing listing = plainFolder(request.images); !listing.pictures.empty()) {
        return sourceOfFolder(request.images, std::move(listing));
    }
    return sourceOfSet(openDataSet(request.images, request.transform, 0, request.seed, request.crop),
                       splitNamed(request.imagesSplit), request.seed);
}

void checkSidesFit(const JudgedSides& sides) {
    const PictureShape made = sides.samples->shape();
    const PictureShape real = sides.data->shape();
    if (made.height != real.height || made.width != real.width || made.isPoints() != real.isPoints()) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("The pictures judged are {} x {} pixels and those of '{}' {} x {}.",
                                made.width, made.height, sides.dataName, real.width, real.height),
                    "Judge against pictures of the same size.");
    }
}

} // namespace

JudgedSides openSides(const EvaluationRequest& request) {
    if (request.checkpoint.empty() == request.images.empty()) {
        throw Error(ErrorKind::Usage, "An evaluation takes a checkpoint or pictures, one of the two.",
                    "Give --checkpoint or --images.");
    }
    if (request.checkpoint.empty() && request.data.empty()) {
        throw Error(ErrorKind::Usage, "Pictures can only be judged against data.", "Give --data.");
    }
    JudgedSides sides;
    if (!request.checkpoint.empty()) {
        sides.model =
            std::make_unique<Model>(Model::open(request.checkpoint, {.rawWeights = request.rawWeights,
                                                                     .threads = request.threads,
                                                                     .device = request.device,
                                                                     .encoding = {}}));
        if ((sides.model->info().capabilities & static_cast<unsigned>(models::Capability::Generate)) == 0) {
            throw Error(
                ErrorKind::Usage,
                fmt::format("{} makes no samples that could be judged.", sides.model->info().methodTitle),
                "Judge a model that generates.");
        }
        sides.samples = sourceOfModel(*sides.model, request.seed, request.count);
        openModelData(sides, request);
    } else {
        sides.samples = openImages(request);
        openPictureData(sides, request);
    }
    checkSidesFit(sides);
    return sides;
}

} // namespace alphascope::engine
