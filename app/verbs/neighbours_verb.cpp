// alphascope-cli neighbours: the training pictures nearest to samples or to given pictures, and what that
// says about memory and variety.

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "app/describe.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/standard_output.h"
#include "app/verb.h"
#include "engine/api/codes.h"
#include "engine/api/neighbours.h"

namespace alphascope::app {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t mostGivenPictures = 1000;

struct NeighboursArguments {
    ModelArguments model;
    engine::AuditOptions audit;
    std::vector<std::string> images;
    std::size_t samples = 64;
    std::uint64_t seed = 1;
    std::string space = "pixel";
    std::string output;
    bool noCache = false;
    bool json = false;
};

constexpr std::array spaces{engine::NeighbourSpace::Pixel, engine::NeighbourSpace::Code,
                            engine::NeighbourSpace::Feature};

engine::NeighbourSpace spaceNamed(const std::string& name) {
    return *std::find_if(spaces.begin(), spaces.end(),
                         [&](engine::NeighbourSpace space) { return engine::toText(space) == name; });
}

struct Asked {
    std::vector<engine::Image> pictures;
    std::vector<std::string> names;
};

Asked askedAbout(engine::Model& model, const NeighboursArguments& arguments) {
    Asked asked;
    if (!arguments.images.empty()) {
        engine::PreparedImages prepared = model.prepare(arguments.images, "test", mostGivenPictures);
        return {std::move(prepared.images), std::move(prepared.names)};
    }
    asked.pictures =
        model.decode(engine::priorCodes(arguments.seed, arguments.samples, model.info().latentSize));
    for (std::size_t i = 0; i < asked.pictures.size(); ++i) {
        asked.names.push_back(fmt::format("seed {} #{}", arguments.seed, i));
    }
    return asked;
}

/// A row for each picture: itself, then its neighbours.
std::vector<engine::Image> sheetCells(const Asked& asked, const engine::Audit& audit, std::size_t columns) {
    std::vector<engine::Image> cells;
    for (std::size_t i = 0; i < asked.pictures.size(); ++i) {
        cells.push_back(asked.pictures[i]);
        for (const engine::NearPicture& near : audit.pictures[i].nearest) {
            cells.push_back(near.image);
        }
        const engine::Image& last = cells.back();
        cells.resize((i + 1) * columns, engine::Image(last.width, last.height, last.channels));
    }
    return cells;
}

/// What is infinite or unknown has no place in JSON.
ordered_json numberOrNull(double value) {
    return std::isfinite(value) ? ordered_json(value) : ordered_json();
}
ordered_json positiveOrNull(double value) {
    return value > 0.0 ? numberOrNull(value) : ordered_json();
}

ordered_json pictureJson(const std::string& name, const engine::PictureAudit& picture) {
    ordered_json nearest = ordered_json::array();
    for (const engine::NearPicture& near : picture.nearest) {
        nearest.push_back({{"name", near.name},
                           {"label", near.label < 0 ? ordered_json() : ordered_json(near.label)},
                           {"distance", near.distance}});
    }
    return {{"name", name},
            {"neighbours", nearest},
            {"held_out_distance", picture.heldOutDistance},
            {"ratio", numberOrNull(picture.memory.ratio)},
            {"p_value", picture.memory.pValue}};
}

ordered_json memoryJson(const engine::Memorisation& memory) {
    return {{"verdict", engine::toText(memory.verdict)},
            {"median_ratio", numberOrNull(memory.medianRatio)},
            {"copying_z", memory.copying.z},
            {"copying_p", memory.copying.pLess},
            {"nearest_in_training", memory.nearestInTraining},
            {"expected_share", memory.expectedShare},
            {"nearest_p", memory.pNearest}};
}

ordered_json duplicatesJson(const engine::DuplicateEstimate& found) {
    return {{"threshold", found.threshold},
            {"pairs", found.pairs},
            {"near_duplicates", found.duplicates},
            {"support", positiveOrNull(found.support)},
            {"support_at_least", found.supportBounds.lower},
            {"support_at_most", positiveOrNull(found.supportBounds.upper)},
            {"data_support", found.heldOutSupport}};
}

ordered_json codesJson(const engine::CodeStatistics& codes) {
    ordered_json means = ordered_json::array();
    ordered_json deviations = ordered_json::array();
    ordered_json divergences = ordered_json::array();
    for (const engine::CodeDimension& dimension : codes.dimensions) {
        means.push_back(dimension.mean);
        deviations.push_back(dimension.deviation);
        divergences.push_back(numberOrNull(dimension.kl));
    }
    return {{"codes", codes.codes},
            {"dead", codes.dead},
            {"kl_per_dimension", numberOrNull(codes.klPerDimension)},
            {"mean", means},
            {"deviation", deviations},
            {"kl", divergences}};
}

void printJson(const NeighboursArguments& arguments, const engine::Model& model, const Asked& asked,
               const engine::Audit& audit) {
    for (std::size_t i = 0; i < asked.names.size(); ++i) {
        printLine(toLine(pictureJson(asked.names[i], audit.pictures[i])));
    }
    ordered_json done{{"count", asked.names.size()},
                      {"space", arguments.space},
                      {"step", model.info().step},
                      {"ema", model.info().ema},
                      {"reference", audit.reference},
                      {"held_out", audit.heldOut},
                      {"memorisation", memoryJson(audit.memorisation)}};
    done["duplicates"] = audit.duplicates ? duplicatesJson(*audit.duplicates) : ordered_json();
    done["codes"] = audit.codes ? codesJson(*audit.codes) : ordered_json();
    done["notes"] = audit.notes;
    done["output"] = arguments.output;
    printLine(toLine({{"done", done}}));
}

void printText(const NeighboursArguments& arguments, const Asked& asked, const engine::Audit& audit) {
    fmt::print(stderr, "{} pictures with their {} nearest of {} ({}) in {}\n", asked.names.size(),
               arguments.audit.k, audit.reference, arguments.space, arguments.output);
    fmt::print(stderr, "  memory      {}\n", engine::describe(audit.memorisation));
    fmt::print(
        stderr,
        "  ratio       {:.3f}, median of the distances to as many training as held-out pictures ({})\n",
        audit.memorisation.medianRatio, audit.heldOut);
    if (audit.duplicates) {
        fmt::print(stderr, "  variety     {}\n", engine::describe(*audit.duplicates));
    }
    if (audit.codes) {
        fmt::print(stderr, "  codes       {} of {} numbers are dead, mean KL to the prior {:.3f} nats\n",
                   audit.codes->dead, audit.codes->dimensions.size(), audit.codes->klPerDimension);
    }
    for (const std::string& note : audit.notes) {
        fmt::print(stderr, "  note        {}\n", note);
    }
}

void runNeighbours(NeighboursArguments& arguments) {
    const OutputKind kind = outputKind(arguments.output, {{OutputKind::Sheet, "FILE.png"}});
    arguments.audit.space = spaceNamed(arguments.space);
    arguments.audit.cache = !arguments.noCache;
    arguments.audit.threads = arguments.model.options.threads;
    engine::Model model = arguments.model.open();
    const Asked asked = askedAbout(model, arguments);
    const engine::Audit audit = engine::auditPictures(model, asked.pictures, arguments.audit);
    const std::size_t columns = arguments.audit.k + 1;
    writePictures(arguments.output, kind, asked.pictures, sheetCells(asked, audit, columns), int(columns));
    if (arguments.json) {
        printJson(arguments, model, asked, audit);
    }
    printText(arguments, asked, audit);
}

} // namespace

Verb addNeighboursVerb(CLI::App& root) {
    CLI::App* verb =
        root.add_subcommand("neighbours", "Find the training pictures nearest to samples or pictures");
    const auto arguments = std::make_shared<NeighboursArguments>();
    engine::AuditOptions& audit = arguments->audit;
    addModelOptions(*verb, arguments->model);
    CLI::Option* const images = verb->add_option("--images", arguments->images,
                                                 "Pictures to ask about, at most 1000, instead of samples")
                                    ->type_name("FILE_OR_FOLDER...");
    CLI::Option* const samples = addWholeNumber<std::size_t>(*verb, "--samples", arguments->samples, 1,
                                                             100'000, "Samples of the model to ask about");
    CLI::Option* const seed =
        addWholeNumber<std::uint64_t>(*verb, "--seed", arguments->seed, 0, UINT64_MAX, "Of the samples");
    verb->add_option("--data", audit.data, "Set to search in; the model's own unless given")
        ->type_name("NAME|PATH");
    addChoice(*verb, "--split", audit.split, {"train", "test"}, "Part of the set to search in");
    addWholeNumber<std::size_t>(*verb, "--count", audit.count, 0, 10'000'000,
                                "Search in the first so many; 0 = all (10000 of a drawn set)");
    addWholeNumber<std::size_t>(*verb, "--held-out", audit.heldOut, 1, 1'000'000,
                                "Compare with so many held-out pictures");
    addWholeNumber<std::size_t>(*verb, "--k", audit.k, 1, 100, "Neighbours of each picture");
    addChoice(*verb, "--space", arguments->space, {"pixel", "code", "feature"},
              "Where distances are measured; feature: what the discriminator judges by");
    verb->add_flag("--no-cache", arguments->noCache,
                   "Neither use nor keep what is known of the set in the run folder's neighbours/");
    verb->add_option("--output", arguments->output, "Sheet; in each row a picture and its neighbours")
        ->required()
        ->type_name("FILE.png");
    verb->add_flag("--json", arguments->json,
                   "One JSON object per picture on standard output, and one for all");
    return {verb, [arguments, images, samples, seed] {
                if (images->count() > 0 && samples->count() + seed->count() > 0) {
                    throw engine::Error(engine::ErrorKind::Usage,
                                        "--images cannot be given together with --samples or --seed.",
                                        "Ask about the one or the other.");
                }
                runNeighbours(*arguments);
            }};
}

} // namespace alphascope::app
