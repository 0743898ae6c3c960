// alphascope-cli reconstruct: pictures through the model and back.

#include <memory>

#include <fmt/format.h>

#include "app/code_finding.h"
#include "app/describe.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/standard_output.h"
#include "app/verb.h"

namespace alphascope::app {

namespace {

struct ReconstructArguments {
    ModelArguments model;
    ImageArguments images;
    int columns = 0;
    std::string output;
    bool json = false;
};

std::vector<engine::Image> pairsOf(const std::vector<engine::Image>& originals,
                                   const std::vector<engine::Image>& rebuilt) {
    std::vector<engine::Image> pairs;
    pairs.reserve(originals.size());
    for (std::size_t i = 0; i < originals.size(); ++i) {
        pairs.push_back(sideBySide(originals[i], rebuilt[i]));
    }
    return pairs;
}

double meanOf(const std::vector<float>& values) {
    double sum = 0.0;
    for (const float value : values) {
        sum += value;
    }
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

void printFigures(const engine::PreparedImages& prepared, const std::vector<float>& l1, double mean,
                  const nlohmann::ordered_json& codes, const std::string& output) {
    using nlohmann::ordered_json;
    for (std::size_t i = 0; i < l1.size(); ++i) {
        ordered_json line{{"name", prepared.names[i]}, {"l1", l1[i]}};
        line["label"] = prepared.labels[i] < 0 ? ordered_json() : ordered_json(prepared.labels[i]);
        printLine(toLine(line));
    }
    printLine(
        toLine({{"done", {{"count", l1.size()}, {"mean_l1", mean}, {"codes", codes}, {"output", output}}}}));
}

void runReconstruct(const ReconstructArguments& arguments) {
    const OutputKind kind = outputKind(
        arguments.output,
        {{OutputKind::Sheet, "FILE.png"}, {OutputKind::Array, "FILE.npy"}, {OutputKind::Folder, "FOLDER/"}});
    engine::Model model = arguments.model.open();
    const engine::PreparedImages prepared = arguments.images.prepare(model);
    std::vector<float> l1;
    const std::vector<engine::Image> rebuilt = [&] {
        SearchLine line(arguments.json);
        return model.reconstruct(prepared.images, &l1, line.listener());
    }();
    const std::vector<engine::Image> cells =
        kind == OutputKind::Sheet ? pairsOf(prepared.images, rebuilt) : std::vector<engine::Image>();
    writePictures(arguments.output, kind, rebuilt, cells, arguments.columns);
    const double mean = meanOf(l1);
    if (arguments.json) {
        printFigures(prepared, l1, mean, codesJson(model, arguments.model), arguments.output);
    }
    fmt::print(stderr, "{} reconstructions in {}; mean L1 {:.4f} of a range of 2, codes {}\n", rebuilt.size(),
               arguments.output, mean, codesText(model, arguments.model));
}

} // namespace

Verb addReconstructVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("reconstruct", "Encode pictures and decode them again");
    const auto arguments = std::make_shared<ReconstructArguments>();
    addModelOptions(*verb, arguments->model);
    addImageOptions(*verb, arguments->images);
    addEncodingOptions(*verb, arguments->model);
    addWholeNumber(*verb, "--columns", arguments->columns, 0, 1000,
                   "Pairs in a row; 0 = as square as possible");
    verb->add_option(
            "--output", arguments->output,
            "Sheet of pairs (original, rebuilt), or the reconstructions in order as an array [N,H,W,C] or "
            "a folder of pictures")
        ->required()
        ->type_name("FILE.png|FILE.npy|FOLDER/");
    verb->add_flag("--json", arguments->json,
                   "One JSON object per picture on standard output, and one for all");
    return {verb, [arguments] { runReconstruct(*arguments); }};
}

} // namespace alphascope::app
