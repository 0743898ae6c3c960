// alphascope-cli project: a map of the codes of a data set.

#include <memory>

#include <fmt/format.h>

#include "app/atlas_run.h"
#include "app/describe.h"
#include "app/map_picture.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/standard_output.h"
#include "app/verb.h"
#include "engine/api/output.h"

namespace alphascope::app {

namespace {

struct ProjectArguments {
    int threads = 0;
    engine::AtlasSource source;
    std::string codes = "encoder";
    std::string kind = "components";
    engine::MapOrder order;
    std::string output;
    bool json = false;
};

engine::MapKind mapKindNamed(const std::string& name) {
    return name == "tsne"   ? engine::MapKind::TSne
           : name == "umap" ? engine::MapKind::Umap
                            : engine::MapKind::Components;
}

engine::AtlasCodes atlasCodesNamed(const std::string& name) {
    return name == "search"  ? engine::AtlasCodes::Search
           : name == "prior" ? engine::AtlasCodes::Prior
                             : engine::AtlasCodes::Encoder;
}

std::string tableOf(const engine::CodeMap& map, const engine::CodeSet& codes) {
    std::string table = "number,label,name,x,y\n";
    for (std::size_t i = 0; i < map.rows->size(); ++i) {
        const std::uint32_t row = (*map.rows)[i];
        table += fmt::format("{},{},{},{},{}\n", codes.numbers[row],
                             codes.labels[row] < 0 ? std::string() : fmt::to_string(codes.labels[row]),
                             engine::csvField(codes.labelName(row)), map.positions[2 * i],
                             map.positions[2 * i + 1]);
    }
    return table;
}

void writeMap(const ProjectArguments& arguments, OutputKind kind, const engine::CodeMap& map,
              const engine::CodeSet& codes) {
    if (kind == OutputKind::Array) {
        engine::Codes points(map.rows->size(), 2);
        points.values = map.positions;
        engine::writeNpy(arguments.output, points);
    } else if (kind == OutputKind::Table) {
        engine::writeFileAtomically(arguments.output, tableOf(map, codes));
    } else {
        engine::writeImage(
            arguments.output,
            drawMap(fmt::format("{} of {} codes, {}, step {}", arguments.kind, map.rows->size(),
                                codes.source == engine::AtlasCodes::Prior ? std::string("from the prior")
                                                                          : codes.data + " " + codes.split,
                                codes.model.step),
                    map, codes));
    }
}

void runProject(ProjectArguments& arguments) {
    const OutputKind kind = outputKind(
        arguments.output,
        {{OutputKind::Sheet, "FILE.png"}, {OutputKind::Table, "FILE.csv"}, {OutputKind::Array, "FILE.npy"}});
    arguments.order.kind = mapKindNamed(arguments.kind);
    arguments.source.codes = atlasCodesNamed(arguments.codes);
    AtlasRun run(arguments.threads, arguments.json);
    const AtlasRun::Mapped mapped = run.loadAndMap(arguments.source, arguments.order);
    const engine::CodeSet& codes = *mapped.loaded.codes;
    writeMap(arguments, kind, *mapped.map, codes);
    if (arguments.json) {
        printLine(toLine({{"kind", arguments.kind},
                          {"codes", arguments.codes},
                          {"output", arguments.output},
                          {"data", codes.data},
                          {"split", codes.split},
                          {"count", mapped.map->rows->size()},
                          {"unreadable", codes.unreadable},
                          {"latent_size", codes.codes.size},
                          {"step", codes.model.step},
                          {"iterations", mapped.map->iterations},
                          {"trustworthiness", mapped.map->judgedRows > 0
                                                  ? nlohmann::ordered_json(mapped.map->trustworthiness)
                                                  : nlohmann::ordered_json()},
                          {"judged", mapped.map->judgedRows},
                          {"encode_seconds", mapped.loaded.seconds},
                          {"map_seconds", mapped.mapSeconds}}));
    }
    fmt::print(stderr, "Map of {} codes ({}, trustworthiness {:.3f}) in {}\n", mapped.map->rows->size(),
               arguments.kind, mapped.map->trustworthiness, arguments.output);
}

} // namespace

Verb addProjectVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("project", "Map the codes of a data set in the plane");
    const auto arguments = std::make_shared<ProjectArguments>();
    engine::MapOrder& order = arguments->order;
    addCheckpointOption(*verb, arguments->source.checkpoint);
    addThreadsOption(*verb, arguments->threads);
    addSourceOptions(*verb, arguments->source);
    addChoice(
        *verb, "--codes", arguments->codes, {"encoder", "search", "prior"},
        "The encoder's, searched for (minutes; 500 pictures unless --count says), or drawn from the prior");
    addChoice(*verb, "--kind", arguments->kind, {"components", "tsne", "umap"},
              "The two strongest components, t-SNE, or UMAP");
    CLI::Option* const perplexity = addRealNumber(*verb, "--perplexity", order.perplexity, 2.0, 1000.0,
                                                  "Of t-SNE: neighbours that a code counts, roughly");
    CLI::Option* const neighbours =
        addWholeNumber(*verb, "--neighbours", order.neighbours, 2, 1000, "Of UMAP: neighbours of each code");
    addWholeNumber<std::uint64_t>(*verb, "--seed", order.seed, 0, UINT64_MAX, "Of t-SNE and UMAP");
    verb->add_option("--output", arguments->output, "Picture coloured by label, table, or array [N,2]")
        ->required()
        ->type_name("FILE.png|FILE.csv|FILE.npy");
    verb->add_flag("--json", arguments->json, "One JSON object on standard output");
    return {verb, [arguments, perplexity, neighbours] {
                const auto needs = [&](const CLI::Option* option, const char* kind) {
                    if (option->count() > 0 && arguments->kind != kind) {
                        throw engine::Error(engine::ErrorKind::Usage,
                                            fmt::format("{} belongs to --kind {}.", option->get_name(), kind),
                                            "Leave it out, or choose that kind.");
                    }
                };
                needs(perplexity, "tsne");
                needs(neighbours, "umap");
                runProject(*arguments);
            }};
}

} // namespace alphascope::app
