// alphascope-cli evaluate: figures of a model's samples, or of any pictures, against data.

#include <memory>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/describe.h"
#include "app/options.h"
#include "app/progress_line.h"
#include "app/standard_output.h"
#include "app/stop_signals.h"
#include "app/text_table.h"
#include "app/verb.h"
#include "app/wake_pipe.h"
#include "engine/api/metrics.h"

namespace alphascope::app {

namespace {

struct EvaluateArguments {
    engine::EvaluationRequest request;
    std::string metrics;
    bool json = false;
};

std::vector<std::string> splitNames(const std::string& text) {
    std::vector<std::string> names;
    std::stringstream stream(text);
    for (std::string name; std::getline(stream, name, ',');) {
        names.push_back(name);
    }
    return names;
}

std::string numberText(const std::optional<double>& value) {
    return value ? fmt::format("{:.5g}", *value) : std::string("-");
}

const char* betterText(engine::Better better) {
    return better == engine::Better::Higher ? "higher" : better == engine::Better::Lower ? "lower" : "closer";
}

/// Conventions are many and long: each once, below the table.
std::string tableText(const engine::Evaluation& evaluation) {
    std::vector<std::vector<std::string>> rows{
        {"figure", "value", "interval", "data itself", "better", "samples", "data"}};
    std::string notes;
    for (const engine::Figure& figure : evaluation.figures) {
        const std::string interval =
            figure.low && figure.high ? fmt::format("{:.5g} to {:.5g}", *figure.low, *figure.high) : "-";
        rows.push_back({figure.name, fmt::format("{:.5g}", figure.value), interval,
                        numberText(figure.reference), betterText(figure.better), fmt::to_string(figure.count),
                        fmt::to_string(figure.dataCount)});
        notes += fmt::format("  {}: {}{}.\n", figure.name, figure.convention,
                             figure.interval.empty() ? "" : "; interval: " + figure.interval);
    }
    std::string nets;
    for (const engine::Figure& figure : evaluation.figures) {
        if (!figure.net.empty() && nets.find(figure.net) == std::string::npos) {
            nets += fmt::format("Features: {}.\n", figure.net);
        }
    }
    return textTable(rows) + "\n" + nets + notes;
}

std::string headText(const engine::Evaluation& evaluation) {
    const std::string model =
        evaluation.method.empty()
            ? std::string()
            : fmt::format(" ({}, step {}, {} weights, checksum {})", evaluation.method, evaluation.step,
                          evaluation.weights == "ema" ? "averaged" : "raw", evaluation.checksum);
    return fmt::format("{}{}\nagainst {}\n\n", evaluation.source, model, evaluation.data);
}

void runEvaluate(EvaluateArguments& arguments) {
    arguments.request.metrics = splitNames(arguments.metrics);
    const WakePipe wake;
    const StopSignals signals(wake);
    ProgressLine line(ProgressLine::isQuiet(arguments.json));
    const auto listener = [&](const std::string& what, double share) {
        line.show({.step = static_cast<std::int64_t>(share * 100.0),
                   .target = 100,
                   .unit = "percent",
                   .fraction = share,
                   .state = what});
        return !signals.requested();
    };
    const engine::Evaluation evaluation = engine::evaluate(arguments.request, listener);
    line.close();
    if (arguments.json) {
        printLine(engine::toJson(evaluation));
    } else {
        std::string text = headText(evaluation) + tableText(evaluation);
        text.erase(text.find_last_not_of('\n') + 1);
        printLine(text);
    }
    for (const std::string& warning : evaluation.warnings) {
        fmt::print(stderr, "alphascope-cli: {}\n", warning);
    }
}

void addWhatIsJudged(CLI::App& verb, engine::EvaluationRequest& request) {
    verb.add_option("--checkpoint", request.checkpoint,
                    "Checkpoint file, or run folder (its newest good checkpoint)")
        ->type_name("PATH");
    verb.add_option("--images", request.images,
                    "Pictures to judge instead: a folder, an array, or a data set")
        ->type_name("FOLDER|FILE.npy|SET");
    verb.add_option("--data", request.data, "What to judge against; the checkpoint's own data unless given")
        ->type_name("SET|FOLDER|FILE.npy");
    addChoice(verb, "--split", request.split, {"train", "test"}, "Part of the data, where it has parts");
    addChoice(verb, "--images-split", request.imagesSplit, {"train", "test"},
              "Part of a data set that is judged");
    verb.add_option("--transform", request.transform, "Of the data, without a checkpoint: color or stacked")
        ->type_name("NAME");
    verb.add_option("--crop", request.crop, "Of the data, without a checkpoint")->type_name("NAME");
    verb.add_flag("--raw-weights", request.rawWeights,
                  "The weights as trained instead of their moving average");
}

} // namespace

Verb addEvaluateVerb(CLI::App& root) {
    CLI::App* verb =
        root.add_subcommand("evaluate", "Judge a model's samples, or any pictures, against data");
    const auto arguments = std::make_shared<EvaluateArguments>();
    engine::EvaluationRequest& request = arguments->request;
    addWhatIsJudged(*verb, request);
    std::vector<std::string> names;
    for (const engine::MetricInfo& metric : engine::metricList()) {
        names.push_back(metric.name);
    }
    verb->add_option("--metrics", arguments->metrics, fmt::format("{}", fmt::join(names, ", ")))
        ->required()
        ->type_name("NAME,NAME...");
    verb->add_option("--features", request.features,
                     "Weights of the Inception net, or 'own': a classifier trained on the data's labels")
        ->type_name("FILE.safetensors|own")
        ->default_str(request.features);
    addWholeNumber<std::size_t>(*verb, "--count", request.count, 2, 10'000'000,
                                "Samples, and pictures of the data");
    addWholeNumber<std::uint64_t>(*verb, "--seed", request.seed, 0, UINT64_MAX,
                                  "Of samples, pairs and critics");
    addWholeNumber<std::size_t>(*verb, "--kid-subsets", request.kidSubsets, 1, 100'000, "Subsets of KID");
    addWholeNumber<std::size_t>(*verb, "--kid-subset-size", request.kidSubsetSize, 2, 1'000'000,
                                "Pictures of each");
    addWholeNumber(*verb, "--critic-seeds", request.criticSeeds, 1, 100, "Independent critics");
    addWholeNumber(*verb, "--critic-steps", request.criticSteps, 1, 1'000'000, "Updates of each");
    addWholeNumber<std::size_t>(*verb, "--pairs", request.pairs, 1, 1'000'000, "Pairs of MS-SSIM");
    addComputeOptions(*verb, request.threads, request.device);
    verb->add_flag("--json", arguments->json, "One JSON object on standard output");
    return {verb, [arguments] { runEvaluate(*arguments); }};
}

} // namespace alphascope::app
