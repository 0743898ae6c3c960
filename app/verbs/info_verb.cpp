// alphascope-cli info: what a checkpoint, a run, or a folder of runs holds.

#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/describe.h"
#include "app/run_verb.h"
#include "app/standard_output.h"
#include "app/text_table.h"
#include "app/verb.h"
#include "engine/api/error.h"

namespace alphascope::app {

namespace {

namespace fs = std::filesystem;
using engine::Error;
using engine::ErrorKind;
using nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

struct InfoArguments {
    std::string path;
    bool json = false;
};

std::string dataText(const std::string& data, const std::string& transform) {
    return transform.empty() ? data : fmt::format("{} + {}", data, transform);
}

std::string describe(const engine::ModelInfo& info) {
    const Rows facts{{"checkpoint", info.path},
                     {"method", fmt::format("{} ({})", info.method, info.methodTitle)},
                     {"can", fmt::format("{}", fmt::join(capabilityNames(info.capabilities), ", "))},
                     {"step", fmt::to_string(info.step)},
                     {"pictures", info.isPoints() ? "none: points in the plane"
                                                  : fmt::format("{0}x{0}x{1}", info.size, info.channels)},
                     {"code", fmt::format("{} numbers", info.latentSize)},
                     {"networks", fmt::format("{} parameters{}", info.parameterCount,
                                              info.ema ? ", with their moving average" : "")},
                     {"data", dataText(info.data, info.transform)},
                     {"crop", info.crop.empty() ? "centred square" : info.crop},
                     {"seed", fmt::to_string(info.seed)},
                     {"checksum", info.checksum}};
    Rows settings;
    for (const auto& [name, text] : info.parameters) {
        settings.push_back({name, text});
    }
    return textTable(facts) + "settings\n" + textTable(settings, "  ");
}

/// Why a checkpoint is not rotated away.
std::string standing(const engine::CheckpointEntry& entry) {
    return entry.pinned && entry.best ? "pinned, best" : entry.pinned ? "pinned" : entry.best ? "best" : "";
}

std::string describe(const engine::RunEntry& run) {
    Rows facts{{"run", run.folder},
               {"state", run.active ? "being written" : "at rest"},
               {"method", run.method},
               {"data", dataText(run.data, run.transform)},
               {"step", fmt::to_string(run.lastStep)}};
    if (run.parent) {
        facts.push_back({"fork of", fmt::format("{} at step {} (checksum {})", run.parent->run,
                                                run.parent->step, run.parent->checksum)});
    }
    if (!run.problem.empty()) {
        facts.push_back({"problem", run.problem});
    }
    Rows checkpoints;
    for (const engine::CheckpointEntry& entry : run.checkpoints) {
        checkpoints.push_back({fmt::format("step {}", entry.step), bytesText(entry.bytes),
                               fs::path(entry.path).filename().string(), standing(entry)});
    }
    return textTable(facts) + (checkpoints.empty() ? "no checkpoints yet\n" : "checkpoints\n") +
           textTable(checkpoints, "  ");
}

/// The newest good checkpoint of a run; nothing when it has none yet, or none that can be used: `problem`
/// says so.
std::optional<engine::ModelInfo> newestModel(const engine::RunEntry& run, std::string& problem) {
    if (run.checkpoints.empty()) {
        return std::nullopt;
    }
    try {
        return engine::Model::open(run.folder).info();
    } catch (const Error& error) {
        problem = oneSentence(error.what(), error.hint());
        return std::nullopt;
    }
}

void showRun(const std::string& folder, bool json) {
    engine::RunEntry run = engine::readRun(folder);
    const std::optional<engine::ModelInfo> model = newestModel(run, run.problem);
    if (json) {
        printLine(toLine(
            {{"kind", "run"}, {"run", toJson(run)}, {"model", model ? toJson(*model) : ordered_json()}}));
        return;
    }
    printLine(describe(run) + (model ? "\n" + describe(*model) : std::string()));
}

void showCheckpoint(const std::string& path, bool json) {
    const engine::ModelInfo info = engine::Model::open(path).info();
    printLine(json ? toLine({{"kind", "checkpoint"}, {"model", toJson(info)}}) : describe(info));
}

void showRuns(const std::string& root, bool json) {
    const std::vector<engine::RunEntry> runs = engine::listRuns(root);
    if (runs.empty()) {
        throw Error(ErrorKind::BadInput, fmt::format("The folder '{}' is no run and holds none.", root),
                    "Give a checkpoint file, a run folder, or a folder of runs.");
    }
    ordered_json list = ordered_json::array();
    Rows rows{{"RUN", "METHOD", "DATA", "STEP", "CHECKPOINTS", ""}};
    for (const engine::RunEntry& run : runs) {
        list.push_back(toJson(run));
        rows.push_back({run.name, run.method, dataText(run.data, run.transform), fmt::to_string(run.lastStep),
                        fmt::to_string(run.checkpoints.size()),
                        !run.problem.empty() ? run.problem
                        : run.active         ? "being written"
                                             : ""});
    }
    printLine(json ? toLine({{"kind", "runs"}, {"runs", list}}) : textTable(rows));
}

void runInfo(const InfoArguments& arguments) {
    std::error_code ignored;
    std::string folder;
    if (!fs::is_directory(arguments.path, ignored)) {
        showCheckpoint(arguments.path, arguments.json);
    } else if (engine::findRunFolder(arguments.path, &folder)) {
        showRun(folder, arguments.json);
    } else {
        showRuns(arguments.path, arguments.json);
    }
}

} // namespace

Verb addInfoVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("info", "Show what a checkpoint, a run or a folder of runs holds");
    const auto arguments = std::make_shared<InfoArguments>();
    verb->add_option("PATH", arguments->path, "Checkpoint file, run folder, or folder of runs")->required();
    verb->add_flag("--json", arguments->json, "One JSON object on standard output");
    return {verb, [arguments] { runInfo(*arguments); }};
}

} // namespace alphascope::app
