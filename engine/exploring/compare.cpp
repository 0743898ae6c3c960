#include "engine/api/compare.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/preparation.h"
#include "engine/imaging/images.h"
#include "models/schema/method_traits.h"

namespace alphascope::engine {

namespace {

/// Faults of a model name it, once.
template <typename Work>
auto naming(const std::string& path, const Work& work) {
    try {
        return work();
    } catch (const Error& error) {
        const std::string message = error.what();
        const bool named = error.kind() == ErrorKind::Interrupted || message.find(path) != std::string::npos;
        throw Error(error.kind(), named ? message : fmt::format("{}: {}", path, message), error.hint());
    }
}

void tell(const CompareListener& listener, const CompareProgress& progress) {
    if (listener && !listener(progress)) {
        throw Error(ErrorKind::Interrupted, "The comparison was cancelled.");
    }
}

/// Why `model` is to be shown without reconstructions; "" when it is to rebuild pictures.
std::string reasonForNone(const Model& model, const CompareQuestion& question) {
    if (model.info().isPoints()) {
        return "A model of points in the plane takes no pictures.";
    }
    if (model.searchesCodes() && !question.search) {
        return fmt::format("{} has no encoder, and no codes were searched for.", model.info().methodTitle);
    }
    return {};
}

PreparedImages inputsFor(const ModelInfo& info, const CompareQuestion& question) {
    // As the model's own training pictures were made, but of the set and seed that all share.
    ModelInfo shared = info;
    shared.seed = question.pictureSeed.value_or(info.seed);
    const std::vector<std::string> pictures =
        question.pictures.empty() ? std::vector<std::string>{info.data} : question.pictures;
    return prepareImages(shared, pictures, "test", question.inputs, question.firstInput);
}

void rebuild(Model& model, const CompareQuestion& question, ComparedModel& column,
             const CompareListener& listener) {
    column.whyEmpty = reasonForNone(model, question);
    if (model.info().isPoints()) {
        return;
    }
    PreparedImages prepared = inputsFor(model.info(), question);
    column.originals = std::move(prepared.images);
    column.inputNames = std::move(prepared.names);
    if (!column.whyEmpty.empty()) {
        return;
    }
    column.searched = model.searchesCodes();
    column.reconstructions = model.reconstruct(
        column.originals, &column.l1,
        [&](const CodeSearchProgress& progress) {
            tell(listener, {.path = column.path, .searching = true, .fraction = progress.fraction});
        },
        &column.inputCodes);
}

Image withChannels(const Image& image, int channels) {
    if (image.channels == channels) {
        return image;
    }
    Image result(image.width, image.height, channels);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        std::fill_n(result.pixels.begin() + std::ptrdiff_t(i) * channels, channels, image.pixels[i]);
    }
    return result;
}

Image nearestTo(const Image& image, int size) {
    if (size % image.width == 0) {
        return enlarge(image, size / image.width);
    }
    Image result(size, size, image.channels);
    auto* out = result.pixels.data();
    for (int y = 0; y < size; ++y) {
        const int fromY = y * image.height / size;
        for (int x = 0; x < size; ++x) {
            const int fromX = x * image.width / size;
            const std::size_t from = (std::size_t(fromY) * image.width + fromX) * image.channels;
            out = std::copy_n(image.pixels.data() + from, image.channels, out);
        }
    }
    return result;
}

void requireCount(std::size_t models) {
    if (models < fewestCompared || models > mostCompared) {
        throw Error(ErrorKind::Usage,
                    fmt::format("From {} to {} models can be compared, not {}.", fewestCompared, mostCompared,
                                models),
                    "Name checkpoints or run folders.");
    }
}

void requireComparable(const std::vector<ComparedModel>& models) {
    requireCount(models.size());
    const auto points = std::find_if(models.begin(), models.end(),
                                     [](const ComparedModel& model) { return model.info.isPoints(); });
    const auto pictures = std::find_if(models.begin(), models.end(),
                                       [](const ComparedModel& model) { return !model.info.isPoints(); });
    if (points != models.end() && pictures != models.end()) {
        throw Error(
            ErrorKind::Usage,
            fmt::format("{} makes points in the plane and {} makes pictures: they cannot be compared.",
                        points->path, pictures->path),
            "Compare points with points and pictures with pictures.");
    }
}

void alignPictures(Comparison& comparison) {
    const auto align = [&](std::vector<Image>& images) {
        for (Image& image : images) {
            if (image.width != comparison.size || image.channels != comparison.channels) {
                image = withChannels(nearestTo(image, comparison.size), comparison.channels);
            }
        }
    };
    for (ComparedModel& model : comparison.models) {
        align(model.samples);
        align(model.originals);
        align(model.reconstructions);
    }
}

/// Where the models differ in `get`, a sentence about it.
template <typename Get, typename Say>
void noteDifference(Comparison& comparison, const Get& get, const Say& say) {
    const auto& models = comparison.models;
    const bool differs = std::any_of(models.begin(), models.end(), [&](const ComparedModel& model) {
        return get(model) != get(models.front());
    });
    if (!differs) {
        return;
    }
    std::string list;
    for (const ComparedModel& model : models) {
        list += fmt::format("{}{} {}", list.empty() ? "" : ", ", model.name, get(model));
    }
    comparison.notes.push_back(say(list));
}

void noteDifferences(Comparison& comparison) {
    if (comparison.question.samples > 0) {
        noteDifference(
            comparison, [](const ComparedModel& model) { return model.info.latentSize; },
            [](const std::string& list) {
                return fmt::format("Codes differ in size ({}): each model has codes of its own size from the "
                                   "same seed.",
                                   list);
            });
    }
    noteDifference(
        comparison, [](const ComparedModel& model) { return model.info.size; },
        [&](const std::string& list) {
            return fmt::format("Pictures differ in size ({}): smaller ones are shown at {} pixels, and mean "
                               "L1 is taken at each model's own size.",
                               list, comparison.size);
        });
    noteDifference(
        comparison,
        [](const ComparedModel& model) { return model.info.isPoints() ? 1 : model.info.channels; },
        [](const std::string& list) {
            return fmt::format("Pictures differ in channels ({}): each model was given as many as it takes.",
                               list);
        });
}

std::string nameOf(const std::vector<std::string>& names, std::size_t index, const ComparedModel& model) {
    return index < names.size() && !names[index].empty() ? names[index] : model.name;
}

} // namespace

ComparedModel compareModel(const std::string& path, const CompareQuestion& question,
                           const CompareListener& listener) {
    tell(listener, {.path = path});
    return naming(path, [&] {
        Model model = Model::open(path, question.model);
        ComparedModel column;
        column.path = path;
        column.info = model.info();
        column.name = column.info.methodTitle;
        if (question.samples > 0) {
            column.sampleCodes = priorCodes(question.seed, question.samples, column.info.latentSize);
            column.samples = model.decode(column.sampleCodes);
        }
        if (question.inputs > 0) {
            rebuild(model, question, column, listener);
        }
        tell(listener, {.path = path, .fraction = 1.0});
        return column;
    });
}

Comparison gatherComparison(std::vector<ComparedModel> models, const CompareQuestion& question) {
    requireComparable(models);
    Comparison comparison;
    comparison.question = questionAfter(models.front(), question);
    comparison.models = std::move(models);
    for (const ComparedModel& model : comparison.models) {
        // A point is drawn as a picture of its own size.
        const bool drawn = model.info.isPoints() && !model.samples.empty();
        comparison.size = std::max(comparison.size, drawn ? model.samples.front().width : model.info.size);
        comparison.channels =
            std::max(comparison.channels, drawn ? model.samples.front().channels
                                                : (model.info.isPoints() ? 1 : model.info.channels));
    }
    alignPictures(comparison);
    noteDifferences(comparison);
    return comparison;
}

Comparison compareModels(const std::vector<std::string>& paths, const CompareQuestion& question,
                         const std::vector<std::string>& names, const CompareListener& listener) {
    requireCount(paths.size()); // before minutes are spent on searches
    CompareQuestion shared = question;
    std::vector<ComparedModel> models;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const CompareListener placed = [&](const CompareProgress& own) {
            CompareProgress all = own;
            all.model = i;
            all.models = paths.size();
            all.fraction = (double(i) + own.fraction) / double(paths.size());
            return !listener || listener(all);
        };
        models.push_back(compareModel(paths[i], shared, placed));
        models.back().name = nameOf(names, i, models.back());
        shared = questionAfter(models.front(), shared);
    }
    return gatherComparison(std::move(models), shared);
}

} // namespace alphascope::engine
