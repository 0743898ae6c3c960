// alphascope-cli directions: directions in a code space, found, shown and kept with the run.

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "app/atlas_run.h"
#include "app/code_finding.h"
#include "app/describe.h"
#include "app/kept_directions.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/standard_output.h"
#include "app/verb.h"
#include "engine/api/directions.h"
#include "engine/api/output.h"

namespace alphascope::app {

namespace {

using engine::DirectionKind;
using engine::LatentDirection;

constexpr std::size_t stripPictures = 9;

struct DirectionsArguments {
    ModelArguments model;
    engine::AtlasSource source;
    std::string kind;
    std::vector<std::string> with;
    std::vector<std::string> without;
    std::string label;
    std::string name;
    std::string at = "seed:1";
    int count = 8;
    std::vector<std::string> apart;
    bool keep = false;
    std::string strip;
    std::string output;
    bool json = false;
};

[[noreturn]] void refuse(const std::string& message, const std::string& hint) {
    throw engine::Error(engine::ErrorKind::Usage, message, hint);
}

// ---- what does not fit together, before any work

void checkArguments(const DirectionsArguments& arguments) {
    const bool attribute = arguments.kind == "attribute";
    const bool pictures = !arguments.with.empty() || !arguments.without.empty();
    if (attribute && pictures == !arguments.label.empty()) {
        refuse("--kind attribute needs either --with and --without, or --label.",
               "Give pictures that have it and pictures that have not, or a label of the data.");
    }
    if (attribute && pictures && (arguments.with.empty() || arguments.without.empty())) {
        refuse("--with and --without belong together.", "Give pictures for both.");
    }
    if (!attribute &&
        (pictures || !arguments.label.empty() || !arguments.apart.empty() || !arguments.name.empty())) {
        refuse("--with, --without, --label, --name and --apart belong to --kind attribute.",
               "Leave them out, or choose that kind.");
    }
    if (!arguments.strip.empty() && arguments.output.empty()) {
        refuse("--strip needs --output.", "Say which picture file to write.");
    }
    if (!arguments.strip.empty()) {
        outputKind(arguments.output, {{OutputKind::Sheet, "FILE.png"}});
    } else if (!arguments.output.empty()) {
        outputKind(arguments.output, {{OutputKind::Json, "FILE.json"}});
    }
}

// ---- finding

/// The codes whose label is called `label`, and the others.
struct Sides {
    engine::Codes with;
    engine::Codes without;
    std::string name;
};

void appendCode(engine::Codes& codes, std::span<const float> row) {
    codes.values.insert(codes.values.end(), row.begin(), row.end());
    ++codes.count;
}

Sides sidesByLabel(const engine::CodeSet& set, const std::string& label) {
    Sides sides{engine::Codes(0, set.codes.size), engine::Codes(0, set.codes.size), label};
    std::vector<std::string> known;
    for (std::size_t row = 0; row < set.count(); ++row) {
        const std::string name = set.labelName(row);
        if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end()) {
            known.push_back(name);
        }
        const bool has = name == label || (set.labels[row] >= 0 && fmt::to_string(set.labels[row]) == label);
        appendCode(has ? sides.with : sides.without, set.codes.row(row));
    }
    if (known.empty()) {
        refuse(fmt::format("--label cannot be used: {} has no labels.", set.data),
               "Give pictures by --with and --without.");
    }
    if (sides.with.count == 0) {
        std::sort(known.begin(), known.end());
        requireKnown("--label", label, known);
    }
    return sides;
}

engine::Codes encodedPictures(engine::Model& model, const std::vector<std::string>& paths) {
    const ImageArguments images{.paths = paths, .split = "test", .count = 0};
    SearchLine line;
    return model.encode(images.prepare(model).images, line.listener());
}

LatentDirection findAttribute(engine::Model& model, const DirectionsArguments& arguments) {
    Sides sides;
    if (arguments.label.empty()) {
        sides = {encodedPictures(model, arguments.with), encodedPictures(model, arguments.without),
                 "attribute"};
    } else {
        AtlasRun run(arguments.model.options.threads, arguments.json);
        sides = sidesByLabel(*run.load(arguments.source).codes, arguments.label);
    }
    engine::AttributeOptions options;
    options.name = arguments.name.empty() ? sides.name : arguments.name;
    options.against = keptDirections(model.info(), "--apart", arguments.apart);
    return engine::attributeDirection(sides.with, sides.without, options);
}

std::vector<LatentDirection> foundDirections(engine::Model& model, const DirectionsArguments& arguments) {
    switch (engine::directionKindNamed(arguments.kind)) {
    case DirectionKind::Component: {
        AtlasRun run(arguments.model.options.threads, arguments.json);
        std::vector<LatentDirection> found = run.load(arguments.source).components;
        found.resize(std::min(found.size(), static_cast<std::size_t>(arguments.count)));
        return found;
    }
    case DirectionKind::Attribute:
        return {findAttribute(model, arguments)};
    case DirectionKind::Local:
        return model.findDirections(DirectionKind::Local, namedCode(model, "--at", arguments.at),
                                    arguments.count);
    case DirectionKind::Factor:
        break;
    }
    return model.findDirections(DirectionKind::Factor, {}, arguments.count);
}

// ---- what comes of it

LatentDirection directionNamed(const engine::ModelInfo& model, const std::vector<LatentDirection>& found,
                               const std::string& name) {
    const auto same = std::find_if(found.begin(), found.end(),
                                   [&](const LatentDirection& one) { return one.name == name; });
    return same != found.end() ? *same : keptDirections(model, "--strip", {name}).front();
}

void writeOutput(engine::Model& model, const DirectionsArguments& arguments,
                 const std::vector<LatentDirection>& found) {
    if (arguments.strip.empty()) {
        engine::writeFileAtomically(arguments.output, engine::directionsToJson(found));
        return;
    }
    const LatentDirection direction = directionNamed(model.info(), found, arguments.strip);
    const std::vector<engine::Image> pictures =
        model.decode(engine::stripAlong(direction, namedCode(model, "--at", arguments.at), stripPictures));
    writePictures(arguments.output, OutputKind::Sheet, pictures, pictures, int(stripPictures));
}

void keepDirections(const engine::ModelInfo& model, const std::vector<LatentDirection>& found) {
    const std::string folder = runFolderOf(model, "--keep");
    for (const LatentDirection& direction : found) {
        engine::saveDirection(folder, direction);
    }
    fmt::print(stderr, "Kept {} with {}\n", found.size() == 1 ? found.front().name : "them", folder);
}

void printDirections(const std::vector<LatentDirection>& found, bool json) {
    if (json) {
        for (const auto& one : nlohmann::ordered_json::parse(engine::directionsToJson(found))) {
            printLine(toLine(one));
        }
        return;
    }
    for (const LatentDirection& direction : found) {
        std::string line = fmt::format("{:<16} {:<10} sigma {:<8.4g}", direction.name,
                                       engine::toText(direction.kind), direction.sigma);
        if (direction.share > 0.0) {
            line += fmt::format("  share {:.1f} %", 100.0 * direction.share);
        }
        if (direction.quality && direction.quality->auc) {
            line += fmt::format("  AUC {:.3f} ({:.3f} to {:.3f})  stability {:.3f}",
                                direction.quality->auc->value, direction.quality->auc->low,
                                direction.quality->auc->high, direction.quality->stability);
        }
        printLine(line);
    }
}

void runDirections(const DirectionsArguments& arguments) {
    checkArguments(arguments);
    engine::Model model = arguments.model.open();
    if (arguments.keep) { // before the work
        runFolderOf(model.info(), "--keep");
    }
    const std::vector<LatentDirection> found = foundDirections(model, arguments);
    if (!arguments.output.empty()) {
        writeOutput(model, arguments, found);
    }
    if (arguments.keep) {
        keepDirections(model.info(), found);
    }
    printDirections(found, arguments.json);
}

} // namespace

Verb addDirectionsVerb(CLI::App& root) {
    CLI::App* verb =
        root.add_subcommand("directions", "Find directions in the space of codes, and keep them");
    const auto arguments = std::make_shared<DirectionsArguments>();
    addCheckpointOption(*verb, arguments->model.checkpoint);
    addThreadsOption(*verb, arguments->model.options.threads);
    addEncodingOptions(*verb, arguments->model);
    addChoice(*verb, "--kind", arguments->kind, {"component", "attribute", "local", "factor"},
              "Principal components of a set's codes, from codes without something to codes with it, where "
              "pictures change most around one code, or of the generator's first layer")
        ->required();
    addSourceOptions(*verb, arguments->source);
    verb->add_option("--with", arguments->with, "Pictures that have the attribute")
        ->type_name("FILE_OR_FOLDER...");
    verb->add_option("--without", arguments->without, "Pictures that have it not")
        ->type_name("FILE_OR_FOLDER...");
    verb->add_option("--label", arguments->label, "The data's pictures of this label against all others")
        ->type_name("NAME|NUMBER");
    verb->add_option("--name", arguments->name, "What the attribute is called");
    verb->add_option("--apart", arguments->apart, "Kept directions that the attribute is to leave alone")
        ->type_name("NAME...");
    verb->add_option("--at", arguments->at, "Where local directions and the strip begin")
        ->type_name(codeTypeName)
        ->capture_default_str();
    addWholeNumber(*verb, "--count-directions", arguments->count, 1, 1000,
                   "At most so many, strongest first");
    verb->add_flag("--keep", arguments->keep,
                   "Keep them in the run folder, in place of those of their names");
    verb->add_option("--strip", arguments->strip, "Write pictures along this direction, found or kept")
        ->type_name("NAME");
    verb->add_option("--output", arguments->output, "All directions; with --strip, its pictures")
        ->type_name("FILE.json|FILE.png");
    verb->add_flag("--json", arguments->json, "One JSON object per direction on standard output");
    return {verb, [arguments] {
                arguments->source.checkpoint = arguments->model.checkpoint;
                runDirections(*arguments);
            }};
}

} // namespace alphascope::app
