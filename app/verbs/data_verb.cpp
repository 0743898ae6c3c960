// alphascope-cli data: which data sets there are, what one holds, and its pictures as the networks see them.

#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/describe.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/standard_output.h"
#include "app/text_table.h"
#include "app/verb.h"
#include "engine/api/codes.h"
#include "engine/api/data_sets.h"
#include "engine/api/output.h"

namespace alphascope::app {

namespace {

struct DataArguments {
    engine::DataSetSlice slice;
    int columns = 0;
    std::string output;
    std::string labels;
    bool json = false;
    std::vector<CLI::Option*> ofExport; ///< have no effect without --output
};

std::string countText(std::uint64_t count) {
    return count == 0 ? "endless" : fmt::to_string(count);
}

std::string shapeText(int size, int channels) {
    return size == 1 ? "points" : fmt::format("{} x {}, {}", size, size, channels == 1 ? "grey" : "colour");
}

nlohmann::ordered_json setJson(const engine::KnownDataSet& set) {
    return {{"name", set.name},         {"title", set.title},        {"description", set.description},
            {"ready", set.ready},       {"folder", set.folder},      {"bytes", set.bytes},
            {"channels", set.channels}, {"size", set.size},          {"train", set.trainCount},
            {"test", set.testCount},    {"fetchable", set.fetchable}};
}

void listSets(bool json) {
    std::vector<std::vector<std::string>> rows{{"NAME", "HERE", "PICTURES", "TRAIN", "TEST", "WHAT"}};
    for (const engine::KnownDataSet& set : engine::knownDataSets()) {
        if (json) {
            printLine(toLine(setJson(set)));
            continue;
        }
        const std::string here = set.ready       ? "yes"
                                 : set.fetchable ? fmt::format("fetch ({})", bytesText(set.bytes))
                                                 : "by hand";
        rows.push_back({set.name, here, shapeText(set.size, set.channels), countText(set.trainCount),
                        countText(set.testCount), set.description});
    }
    if (!json) {
        printLine(textTable(rows));
    }
}

void describeSet(const std::string& data, bool json) {
    const engine::DataSetInfo info = engine::inspectDataSet(data);
    if (json) {
        printLine(toLine({{"name", info.name},
                          {"title", info.title},
                          {"description", info.description},
                          {"channels", info.channels},
                          {"size", info.size},
                          {"sizes", info.sizes},
                          {"train", info.trainCount},
                          {"test", info.testCount},
                          {"labels", info.labels},
                          {"skipped", info.skippedCount}}));
        return;
    }
    std::vector<std::vector<std::string>> rows{{"what", info.description},
                                               {"pictures", shapeText(info.size, info.channels)},
                                               {"train", countText(info.trainCount)},
                                               {"held out", countText(info.testCount)}};
    if (!info.labels.empty()) {
        rows.push_back({"labels", fmt::format("{}", fmt::join(info.labels, ", "))});
    }
    for (const std::string& skipped : info.skipped) {
        rows.push_back({"skipped", skipped});
    }
    printLine(info.title + '\n' + textTable(rows, "  "));
}

void exportPictures(const DataArguments& arguments) {
    const OutputKind kind = outputKind(
        arguments.output,
        {{OutputKind::Sheet, "FILE.png"}, {OutputKind::Array, "FILE.npy"}, {OutputKind::Folder, "FOLDER/"}});
    if (!arguments.labels.empty()) {
        outputKind(arguments.labels, {{OutputKind::Array, "FILE.npy"}}, "--labels");
    }
    const engine::LabelledPictures found = engine::dataSetPictures(arguments.slice);
    if (kind == OutputKind::Array && !found.points.empty()) {
        engine::Codes points(found.labels.size(), 2);
        points.values = found.points;
        engine::writeNpy(arguments.output, points);
    } else {
        writePictures(arguments.output, kind, found.pictures, found.pictures, arguments.columns);
    }
    if (!arguments.labels.empty()) {
        engine::writeNpy(arguments.labels, found.labels);
    }
    if (arguments.json) {
        printLine(toLine({{"done", {{"count", found.labels.size()}, {"output", arguments.output}}}}));
    }
    fmt::print(stderr, "{} pictures of {} ({}) in {}\n", found.labels.size(), arguments.slice.data,
               arguments.slice.split, arguments.output);
}

void runData(const DataArguments& arguments) {
    if (!arguments.output.empty()) {
        if (arguments.slice.data.empty()) {
            throw engine::Error(engine::ErrorKind::Usage, "--output needs a data set.",
                                "Name one: alphascope-cli data NAME --output FILE.png.");
        }
        exportPictures(arguments);
        return;
    }
    for (const CLI::Option* option : arguments.ofExport) {
        if (option->count() > 0) {
            throw engine::Error(engine::ErrorKind::Usage,
                                fmt::format("{} needs --output.", option->get_name()),
                                "Say where the pictures go.");
        }
    }
    if (arguments.slice.data.empty()) {
        listSets(arguments.json);
    } else {
        describeSet(arguments.slice.data, arguments.json);
    }
}

} // namespace

Verb addDataVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("data", "List data sets, or show and export the pictures of one");
    const auto arguments = std::make_shared<DataArguments>();
    engine::DataSetSlice& slice = arguments->slice;
    verb->add_option("DATA", slice.data, "Known set or path (default: list the known ones)")
        ->type_name("NAME|PATH");
    std::vector<CLI::Option*>& ofExport = arguments->ofExport;
    ofExport = addShapingOptions(*verb, slice.transform, slice.crop, slice.size);
    ofExport.push_back(addChoice(*verb, "--split", slice.split, {"train", "test"}, "Which part of the set"));
    ofExport.push_back(addWholeNumber<std::size_t>(*verb, "--count", slice.count, 1, 10'000'000,
                                                   "At most so many pictures"));
    ofExport.push_back(addWholeNumber<std::uint64_t>(*verb, "--seed", slice.seed, 0, UINT64_MAX,
                                                     "Of drawn sets and of transforms"));
    ofExport.push_back(addWholeNumber(*verb, "--columns", arguments->columns, 0, 1000,
                                      "Of the sheet; 0 = as square as possible"));
    verb->add_option("--output", arguments->output,
                     "Sheet, array [N,H,W,C] (of points float32 [N,2]), or folder of pictures")
        ->type_name("FILE.png|FILE.npy|FOLDER/");
    ofExport.push_back(
        verb->add_option("--labels", arguments->labels, "And their labels, int32 [N], -1 where there is none")
            ->type_name("FILE.npy"));
    verb->add_flag("--json", arguments->json,
                   "What is listed or written, as JSON objects on standard output");
    return {verb, [arguments] { runData(*arguments); }};
}

} // namespace alphascope::app
