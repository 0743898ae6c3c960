// alphascope-cli train: from options to a run.

#include <algorithm>
#include <cctype>
#include <ctime>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "app/options.h"
#include "app/training_run.h"
#include "app/verb.h"
#include "engine/api/data_sets.h"
#include "engine/api/fork.h"
#include "engine/api/runs.h"
#include "models/schema/method_traits.h"

namespace alphascope::app {

namespace {

namespace fs = std::filesystem;
using engine::Error;
using engine::ErrorKind;
using engine::RunConfig;

struct TrainArguments {
    CLI::App* verb = nullptr;
    RunConfig config;
    std::vector<std::string> settings; ///< "name=value"
    bool json = false;

    bool given(const std::string& option) const { return verb->count(option) > 0; }
};

std::pair<std::string, std::string> splitSetting(const std::string& text) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0) {
        throw Error(ErrorKind::Usage, fmt::format("--set cannot be '{}'.", text),
                    "Give name=value, as in --set batchSize=32.");
    }
    return {text.substr(0, sign), text.substr(sign + 1)};
}

/// runs/<method>-<data>-<date-time>, with a number when that is taken.
std::string defaultRunFolder(const RunConfig& config) {
    std::string name = fs::path(config.data).filename().string();
    for (char& c : name) {
        const auto byte = static_cast<unsigned char>(c);
        c = std::isalnum(byte) != 0 || byte >= 0x80 || c == '.' ? c : '-';
    }
    const std::string kind = config.transform.empty() ? name : config.transform + "-" + name;
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    const std::string time =
        fmt::format("{:04}{:02}{:02}-{:02}{:02}{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
                    local.tm_hour, local.tm_min, local.tm_sec);
    const fs::path wanted = fs::path("runs") / fmt::format("{}-{}-{}", config.method, kind, time);
    fs::path folder = wanted;
    for (int number = 2; fs::exists(folder); ++number) {
        folder = wanted.string() + fmt::format("-{}", number);
    }
    return folder.string();
}

/// Answers what can be answered before anything is opened.
void checkSettings(const RunConfig& config) {
    const models::MethodTraits& traits = models::findMethod(config.method);
    std::vector<std::string> presets;
    for (const models::MethodPreset& preset : traits.presets) {
        presets.push_back(preset.name);
    }
    requireKnown("--preset", config.preset, presets);
    models::resolveParameters(traits, config.preset, config.overrides);
}

TrainingOrder newRun(const TrainArguments& arguments) {
    TrainingOrder order{.config = arguments.config, .liveChanges = {}, .json = arguments.json};
    for (const std::string& text : arguments.settings) {
        const auto [name, value] = splitSetting(text);
        order.config.overrides[name] = value;
    }
    checkSettings(order.config);
    order.config.data = settledData(order.config.data);
    if (order.config.runFolder.empty()) {
        order.config.runFolder = defaultRunFolder(order.config);
    }
    return order;
}

/// An option that was given must agree with what `origin` ("the run in 'x'") was made with.
void refuseChange(const TrainArguments& arguments, const std::string& origin, const std::string& option,
                  const std::string& asked, const std::string& recorded) {
    if (arguments.given(option) && asked != recorded) {
        throw Error(
            ErrorKind::Usage,
            fmt::format("{} cannot become '{}': {} was made with '{}'.", option, asked, origin, recorded),
            fmt::format("Leave {} out or start a new run.", option));
    }
}

/// How long, how fast and how often: what may change whenever a run goes on.
void takeRunOptions(const TrainArguments& arguments, RunConfig& config) {
    const auto take = [&](const std::string& option, auto RunConfig::*field) {
        if (arguments.given(option)) {
            config.*field = arguments.config.*field;
        }
    };
    take("--steps", &RunConfig::steps);
    take("--threads", &RunConfig::threads);
    take("--device", &RunConfig::device);
    take("--checkpoint-every", &RunConfig::checkpointEvery);
    take("--metrics-every", &RunConfig::metricsEvery);
    take("--keep", &RunConfig::keepNewest);
    take("--keep-every", &RunConfig::keepEvery);
    take("--keep-best", &RunConfig::keepBest);
    config.runFolder = arguments.config.runFolder;
    config.commandLine = arguments.config.commandLine;
}

/// A new run that begins as a checkpoint of another one; the engine refuses what shapes the networks.
TrainingOrder forkedRun(const TrainArguments& arguments) {
    const RunConfig& asked = arguments.config;
    TrainingOrder order{
        .config = engine::readForkPoint(asked.forkFrom).config, .liveChanges = {}, .json = arguments.json};
    RunConfig& config = order.config;
    const std::string origin = fmt::format("'{}'", config.forkFrom);
    refuseChange(arguments, origin, "--method", asked.method, config.method);
    refuseChange(arguments, origin, "--transform", asked.transform, config.transform);
    refuseChange(arguments, origin, "--crop", asked.crop, config.crop);
    refuseChange(arguments, origin, "--size", fmt::to_string(asked.size), fmt::to_string(config.size));
    refuseChange(arguments, origin, "--preset", asked.preset, config.preset);
    refuseChange(arguments, origin, "--seed", fmt::to_string(asked.seed), fmt::to_string(config.seed));
    if (arguments.given("--data")) {
        config.data = settledData(asked.data);
    }
    takeRunOptions(arguments, config);
    const models::Schema& schema = models::findMethod(config.method).schema;
    for (const std::string& text : arguments.settings) {
        const auto [name, value] = splitSetting(text);
        models::parseValue(models::findSpec(schema, name), value);
        config.overrides[name] = value;
    }
    if (config.runFolder.empty()) {
        config.runFolder = defaultRunFolder(config);
    }
    return order;
}

/// What a run was started with stays; how long, how fast and how often may change.
TrainingOrder continuedRun(const TrainArguments& arguments) {
    const RunConfig& asked = arguments.config;
    if (asked.runFolder.empty()) {
        throw Error(ErrorKind::Usage, "--resume needs --run DIR.");
    }
    TrainingOrder order{
        .config = engine::readRunConfig(asked.runFolder), .liveChanges = {}, .json = arguments.json};
    RunConfig& config = order.config;
    const std::string origin = fmt::format("the run in '{}'", asked.runFolder);
    refuseChange(arguments, origin, "--method", asked.method, config.method);
    refuseChange(arguments, origin, "--data", settledData(asked.data), config.data);
    refuseChange(arguments, origin, "--transform", asked.transform, config.transform);
    refuseChange(arguments, origin, "--crop", asked.crop, config.crop);
    refuseChange(arguments, origin, "--size", fmt::to_string(asked.size), fmt::to_string(config.size));
    refuseChange(arguments, origin, "--preset", asked.preset, config.preset);
    refuseChange(arguments, origin, "--seed", fmt::to_string(asked.seed), fmt::to_string(config.seed));
    takeRunOptions(arguments, config);
    config.resume = true;
    config.forkFrom.clear();
    const models::Schema& schema = models::findMethod(config.method).schema;
    for (const std::string& text : arguments.settings) {
        const auto [name, value] = splitSetting(text);
        const models::ParameterSpec& spec = models::findSpec(schema, name);
        models::parseValue(spec, value);
        if (!spec.live) {
            throw Error(ErrorKind::Usage, fmt::format("--set {} cannot change in a run that goes on.", name),
                        "Start a new run for it.");
        }
        order.liveChanges.emplace_back(name, value);
    }
    return order;
}

void runTrain(TrainArguments& arguments) {
    if (arguments.config.resume && !arguments.config.forkFrom.empty()) {
        throw Error(ErrorKind::Usage, "--resume goes on with a run and --fork begins a new one.",
                    "Give one of the two.");
    }
    runTraining(arguments.config.resume             ? continuedRun(arguments)
                : arguments.config.forkFrom.empty() ? newRun(arguments)
                                                    : forkedRun(arguments));
}

void addRunOptions(CLI::App& verb, RunConfig& config) {
    addWholeNumber<std::int64_t>(verb, "--steps", config.steps, 0, INT64_MAX,
                                 "Iterations in all, those before --resume included; 0 = until stopped");
    verb.add_option("--run,--output", config.runFolder, "Folder of the run (default: runs/METHOD-DATA-TIME)")
        ->type_name("DIR");
    verb.add_flag("--resume", config.resume, "Go on from the newest good checkpoint of --run");
    verb.add_option("--fork", config.forkFrom,
                    "Begin a new run from this checkpoint (or a run's newest), with other settings by --set")
        ->type_name("PATH");
    addWholeNumber<std::int64_t>(verb, "--checkpoint-every", config.checkpointEvery, 0, INT64_MAX,
                                 "Steps between checkpoints; 0 = only at the end");
    addWholeNumber<std::int64_t>(
        verb, "--metrics-every", config.metricsEvery, 0, INT64_MAX,
        "Steps between looks at how far samples are from the data; 0 = none. They take "
        "at most a twentieth of the time");
    addWholeNumber(verb, "--keep", config.keepNewest, 1, 1'000'000, "So many of the newest checkpoints stay");
    addWholeNumber<std::int64_t>(verb, "--keep-every", config.keepEvery, 0, INT64_MAX,
                                 "And every so many steps one for good; 0 = none");
    verb.add_option("--keep-best", config.keepBest,
                    "And the one with the lowest value of this figure, as in metric/heldout_l1")
        ->type_name("METRIC");
}

} // namespace

Verb addTrainVerb(CLI::App& root, const std::string& commandLine) {
    CLI::App* verb = root.add_subcommand("train", "Train a model");
    const auto arguments = std::make_shared<TrainArguments>();
    arguments->verb = verb;
    RunConfig& config = arguments->config;
    config.commandLine = commandLine;
    verb->add_option("--method", config.method, "Training method; see 'alphascope-cli methods'")
        ->type_name("NAME")
        ->capture_default_str();
    verb->add_option(
            "--data", config.data,
            "Known set (glyphs, color-glyphs, stacked-glyphs, shapes, ring, grid, mnist, ...) or a path")
        ->type_name("NAME|PATH")
        ->capture_default_str();
    addShapingOptions(*verb, config.transform, config.crop, config.size);
    verb->add_option("--preset", config.preset, "Size of the networks: quick, standard or paper")
        ->type_name("NAME")
        ->capture_default_str();
    verb->add_option("--set", arguments->settings, "A setting of the method; may be given again")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    addWholeNumber<std::uint64_t>(*verb, "--seed", config.seed, 0, UINT64_MAX, "Of everything random");
    addComputeOptions(*verb, config.threads, config.device);
    addRunOptions(*verb, config);
    verb->add_flag("--json", arguments->json, "One JSON object per report on standard output");
    return {verb, [arguments] { runTrain(*arguments); }};
}

} // namespace alphascope::app
