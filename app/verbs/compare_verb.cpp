// alphascope-cli compare: the same codes and the same pictures through several models.

#include <memory>
#include <sstream>

#include <fmt/format.h>

#include "app/code_finding.h"
#include "app/describe.h"
#include "app/options.h"
#include "app/progress_line.h"
#include "app/standard_output.h"
#include "app/verb.h"
#include "engine/api/compare.h"

namespace alphascope::app {

namespace {

constexpr std::size_t mostPictures = 10'000;

struct CompareArguments {
    std::vector<std::string> checkpoints;
    std::string names;
    std::string data;
    std::vector<std::string> images;
    engine::CompareQuestion question;
    ModelArguments model; ///< without its checkpoint
    bool skipSearch = false;
    std::string layout = "rows";
    engine::CompareSheet sheet;
    std::string output;
    bool json = false;
};

std::vector<std::string> splitNames(const CompareArguments& arguments) {
    std::vector<std::string> names;
    std::istringstream stream(arguments.names);
    for (std::string name; std::getline(stream, name, ',');) {
        names.push_back(name);
    }
    if (!arguments.names.empty() && arguments.names.back() == ',') {
        names.emplace_back();
    }
    if (!names.empty() && names.size() != arguments.checkpoints.size()) {
        throw engine::Error(
            engine::ErrorKind::Usage,
            fmt::format("--names has {} names for {} models.", names.size(), arguments.checkpoints.size()),
            "Give one for each, separated by commas; an empty one stands for the method's.");
    }
    return names;
}

void checkArguments(const CompareArguments& arguments) {
    using engine::ErrorKind;
    if (!arguments.data.empty() && !arguments.images.empty()) {
        throw engine::Error(ErrorKind::Usage, "--data and --images both say what is rebuilt.",
                            "Give one of them.");
    }
    if (arguments.question.samples == 0 && arguments.question.inputs == 0) {
        throw engine::Error(ErrorKind::Usage, "With no samples and no inputs there is nothing to compare.",
                            "Let --samples or --inputs be 1 or more.");
    }
    if (arguments.output.empty() && !arguments.json) {
        throw engine::Error(ErrorKind::Usage, "Nothing says where the comparison shall go.",
                            "Give --output for a sheet, --json for the figures, or both.");
    }
    if (arguments.sheet.across > 0 && arguments.layout != "blocks") {
        throw engine::Error(ErrorKind::Usage, "--columns is for --layout blocks.",
                            "In rows, each model is one column.");
    }
}

engine::CompareQuestion questionOf(const CompareArguments& arguments) {
    engine::CompareQuestion question = arguments.question;
    question.pictures = arguments.images;
    if (!arguments.data.empty()) {
        question.pictures = {arguments.data};
    }
    question.search = !arguments.skipSearch;
    question.model = arguments.model.options;
    question.model.encoding = arguments.model.encoding();
    return question;
}

engine::CompareListener showOn(ProgressLine& line) {
    return [&line](const engine::CompareProgress& progress) {
        line.show({.step = static_cast<std::int64_t>(progress.model),
                   .target = static_cast<std::int64_t>(progress.models),
                   .unit = "model",
                   .fraction = progress.fraction,
                   .state = progress.searching ? "searching codes" : "comparing",
                   .losses = {}});
        return true;
    };
}

nlohmann::ordered_json columnJson(const engine::ComparedModel& model, const CompareArguments& arguments) {
    using nlohmann::ordered_json;
    const engine::ModelInfo& info = model.info;
    const std::optional<double> mean = model.meanL1();
    ordered_json line{{"name", model.name},
                      {"method", info.method},
                      {"step", info.step},
                      {"path", info.path},
                      {"checksum", info.checksum},
                      {"data", info.data},
                      {"transform", info.transform},
                      {"size", info.size},
                      {"channels", info.channels},
                      {"latent_size", info.latentSize},
                      {"samples", model.samples.size()},
                      {"inputs", model.reconstructions.size()},
                      {"mean_l1", mean ? ordered_json(*mean) : ordered_json()},
                      {"l1", model.l1}};
    if (mean) {
        line["codes"] = model.searched ? searchJson(info, arguments.model) : ordered_json{{"by", "encoder"}};
    } else if (!model.whyEmpty.empty()) {
        line["reason"] = model.whyEmpty;
    }
    return line;
}

void printFigures(const engine::Comparison& comparison, const CompareArguments& arguments) {
    for (const engine::ComparedModel& model : comparison.models) {
        printLine(toLine(columnJson(model, arguments)));
    }
    printLine(toLine({{"done",
                       {{"models", comparison.models.size()},
                        {"seed", comparison.question.seed},
                        {"pictures", comparison.question.pictures},
                        {"input_names", comparison.models.front().inputNames},
                        {"notes", comparison.notes},
                        {"output", arguments.output}}}}));
}

void report(const engine::Comparison& comparison, const CompareArguments& arguments) {
    for (const engine::ComparedModel& model : comparison.models) {
        const std::optional<double> mean = model.meanL1();
        fmt::print(stderr, "{}, step {}: {}\n", model.name, model.info.step,
                   mean ? fmt::format("mean L1 {:.4f} of a range of 2, codes {}", *mean,
                                      model.searched ? "by search" : "by the encoder")
                        : (model.whyEmpty.empty() ? "samples only" : model.whyEmpty));
    }
    for (const std::string& note : comparison.notes) {
        fmt::print(stderr, "{}\n", note);
    }
    if (!arguments.output.empty()) {
        fmt::print(stderr, "{} models side by side in {}\n", comparison.models.size(), arguments.output);
    }
}

void runCompare(const CompareArguments& arguments) {
    checkArguments(arguments);
    const std::vector<std::string> names = splitNames(arguments);
    const engine::Comparison comparison = [&] {
        ProgressLine line(ProgressLine::isQuiet(arguments.json));
        engine::Comparison found =
            engine::compareModels(arguments.checkpoints, questionOf(arguments), names, showOn(line));
        line.close();
        return found;
    }();
    if (!arguments.output.empty()) {
        engine::CompareSheet sheet = arguments.sheet;
        sheet.layout =
            arguments.layout == "blocks" ? engine::CompareLayout::Blocks : engine::CompareLayout::Rows;
        engine::writeComparison(arguments.output, comparison, sheet);
    }
    if (arguments.json) {
        printFigures(comparison, arguments);
    }
    report(comparison, arguments);
}

} // namespace

Verb addCompareVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("compare", "Put 2 to 12 models side by side");
    const auto arguments = std::make_shared<CompareArguments>();
    engine::CompareQuestion& question = arguments->question;
    verb->add_option("models", arguments->checkpoints, "Checkpoints or run folders (their newest checkpoint)")
        ->required()
        ->type_name("CHECKPOINT|RUN ...");
    verb->add_option("--names", arguments->names, "Over the columns, instead of the methods' names")
        ->type_name("A,B,...");
    verb->add_option("--data", arguments->data,
                     "Set whose held-out pictures are rebuilt, instead of the first model's")
        ->type_name("SET");
    verb->add_option("--images", arguments->images, "Picture files, or folders of them, to rebuild instead")
        ->type_name("PATH ...");
    addWholeNumber<std::size_t>(*verb, "--samples", question.samples, 0, mostPictures,
                                "Codes that every model decodes");
    addWholeNumber<std::size_t>(*verb, "--inputs", question.inputs, 0, mostPictures,
                                "Pictures that every model rebuilds");
    addWholeNumber<std::size_t>(*verb, "--first", question.firstInput, 0, 1'000'000'000,
                                "Number of the first of these pictures");
    addWholeNumber<std::uint64_t>(*verb, "--seed", question.seed, 0, UINT64_MAX, "Of the codes");
    addEncodingOptions(*verb, arguments->model);
    verb->add_flag("--skip-search", arguments->skipSearch,
                   "Leave the reconstructions of models without an encoder empty");
    verb->add_flag("--raw-weights", arguments->model.options.rawWeights,
                   "The weights as trained, not their moving average");
    addComputeOptions(*verb, arguments->model.options.threads, arguments->model.options.device);
    addChoice(*verb, "--layout", arguments->layout, {"rows", "blocks"},
              "A row for each code and picture, or a block of pictures for each model");
    addWholeNumber(*verb, "--columns", arguments->sheet.across, 0, 1000,
                   "Pictures (or pairs) across a block; 0 = as square as possible");
    verb->add_option("--output", arguments->output, "Labelled sheet, as a picture or as a PDF")
        ->type_name("FILE.png|FILE.pdf");
    verb->add_flag("--json", arguments->json,
                   "One JSON object per model on standard output, and one for all");
    return {verb, [arguments] { runCompare(*arguments); }};
}

} // namespace alphascope::app
