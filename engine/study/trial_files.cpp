// Trials on disk: whose they are, how far they are, what came out.

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/api/runs.h"
#include "engine/api/study.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/checkpoint_files.h"
#include "engine/storage/json_reading.h"
#include "engine/storage/run_lock.h"
#include "engine/storage/run_manifest.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr const char* trialFormat = "alphascope-trial";
constexpr std::int64_t trialVersion = 1;
constexpr const char* trialLockName = "trial.lock";
constexpr std::size_t largestTrial = std::size_t{16} << 20;
constexpr std::size_t mostFigures = 10'000;
constexpr double largestNumber = 1e300;
constexpr std::array stateNames{"waiting", "running", "interrupted", "done", "diverged", "failed"};
constexpr std::array aimNames{"higher", "lower", "closer"};

std::string resultFile(const std::string& studyFolder, std::size_t index) {
    return (fs::path(trialFolder(studyFolder, index)) / "trial.json").string();
}

template <typename Enum, std::size_t N>
Enum oneOf(const JsonFields& fields, const char* key, const std::array<const char*, N>& names) {
    const std::string text = fields.text(key);
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) {
        fields.failEntry(key, fmt::format("is '{}', which it cannot be", text));
    }
    return static_cast<Enum>(found - names.begin());
}

// ---- writing

ordered_json figureJson(const TrialFigure& figure) {
    ordered_json object{{"name", figure.name}, {"value", figure.value}};
    const auto put = [&](const char* key, const std::optional<double>& number) {
        if (number && std::isfinite(*number)) {
            object[key] = *number;
        }
    };
    put("low", figure.low);
    put("high", figure.high);
    put("reference", figure.reference);
    put("floor", figure.floor);
    object["better"] = aimNames[static_cast<std::size_t>(figure.aim)];
    object["convention"] = figure.convention;
    object["count"] = figure.count;
    return object;
}

ordered_json resultJson(const Trial& trial, const TrialResult& result) {
    ordered_json root{{"format", trialFormat},       {"version", trialVersion},
                      {"trial", trial.index},        {"method", trial.config.method},
                      {"data", trial.config.data},   {"settings", trial.settings},
                      {"seed", trial.config.seed},   {"state", toText(result.state)},
                      {"reason", result.reason},     {"step", result.step},
                      {"seconds", result.seconds},   {"judging_seconds", result.judgingSeconds},
                      {"warnings", result.warnings}, {"figures", ordered_json::array()}};
    for (const TrialFigure& figure : result.figures) {
        if (std::isfinite(figure.value)) { // JSON knows no others, and nothing can be ranked by them
            root["figures"].push_back(figureJson(figure));
        }
    }
    return root;
}

// ---- reading

TrialFigure figureOf(const JsonFields& fields) {
    TrialFigure figure;
    const auto number = [&](const char* key) { return fields.number(key, -largestNumber, largestNumber); };
    const auto maybe = [&](const char* key) {
        return fields.has(key) ? std::optional<double>(number(key)) : std::nullopt;
    };
    figure.name = fields.text("name");
    figure.value = number("value");
    figure.low = maybe("low");
    figure.high = maybe("high");
    figure.reference = maybe("reference");
    figure.floor = maybe("floor");
    figure.aim = oneOf<FigureAim>(fields, "better", aimNames);
    figure.convention = fields.text("convention");
    figure.count = static_cast<std::size_t>(fields.integer("count", 0, INT64_MAX));
    return figure;
}

TrialResult resultOf(const JsonFields& fields) {
    if (fields.text("format") != trialFormat) {
        fields.failEntry("format", fmt::format("is not '{}'", trialFormat));
    }
    if (const std::int64_t version = fields.integer("version", 1, INT64_MAX); version > trialVersion) {
        fields.failEntry("version",
                         fmt::format("is {}, and this program reads up to {}", version, trialVersion));
    }
    TrialResult result;
    result.state = oneOf<TrialState>(fields, "state", stateNames);
    if (result.state < TrialState::Done) {
        fields.failEntry("state", "is that of a trial which is not over");
    }
    result.reason = fields.text("reason");
    result.step = fields.integer("step", 0, INT64_MAX);
    result.seconds = fields.number("seconds", 0.0, largestNumber);
    result.judgingSeconds = fields.number("judging_seconds", 0.0, largestNumber);
    for (const ordered_json& warning : fields.array("warnings", mostFigures)) {
        if (!warning.is_string()) {
            fields.failEntry("warnings", "holds something that is no text");
        }
        result.warnings.push_back(warning.get<std::string>());
    }
    for (const ordered_json& figure : fields.array("figures", mostFigures)) {
        result.figures.push_back(figureOf(fields.object(figure)));
    }
    return result;
}

bool hasRun(const std::string& folder) {
    std::error_code ignored;
    return fs::exists(fs::path(folder) / manifestName, ignored);
}

/// What makes two runs the same training.
bool sameTraining(const RunConfig& a, const RunConfig& b) {
    return a.method == b.method && a.data == b.data && a.transform == b.transform && a.crop == b.crop &&
           a.size == b.size && a.preset == b.preset && a.overrides == b.overrides && a.seed == b.seed;
}

} // namespace

const char* toText(TrialState state) {
    return stateNames[static_cast<std::size_t>(state)];
}

const TrialFigure* TrialResult::find(const std::string& name) const {
    const auto found = std::find_if(figures.begin(), figures.end(),
                                    [&](const TrialFigure& figure) { return figure.name == name; });
    return found == figures.end() ? nullptr : &*found;
}

std::string trialFolder(const std::string& studyFolder, std::size_t index) {
    return (fs::path(studyFolder) / fmt::format("trial-{:04}", index)).string();
}

struct TrialClaim::Impl {
    RunLock lock;
};

TrialClaim::TrialClaim(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TrialClaim::~TrialClaim() = default;
TrialClaim::TrialClaim(TrialClaim&&) noexcept = default;
TrialClaim& TrialClaim::operator=(TrialClaim&&) noexcept = default;

std::optional<TrialClaim> TrialClaim::take(const std::string& studyFolder, std::size_t index) {
    const std::string folder = trialFolder(studyFolder, index);
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) {
        throw Error(ErrorKind::InputOutput,
                    fmt::format("The folder '{}' cannot be made: {}.", folder, failed.message()),
                    "Make room, or see to its permissions.");
    }
    std::optional<RunLock> lock = RunLock::tryTake(folder, trialLockName);
    if (!lock) {
        return std::nullopt;
    }
    return TrialClaim(std::make_unique<Impl>(Impl{std::move(*lock)}));
}

RunConfig prepareTrialRun(const std::string& studyFolder, const Trial& trial) {
    RunConfig config = trial.config;
    config.runFolder = trialFolder(studyFolder, trial.index);
    if (!hasRun(config.runFolder)) {
        return config;
    }
    if (!sameTraining(readRunConfig(config.runFolder), config)) {
        throw Error(
            ErrorKind::BadInput,
            fmt::format("The run in '{}' was made with other settings than trial {} of the study has.",
                        config.runFolder, trial.index),
            "Restore study.json, or remove that folder.");
    }
    if (listCheckpoints(config.runFolder).empty()) {
        std::error_code failed;
        fs::remove(fs::path(config.runFolder) / manifestName, failed);
        if (failed) {
            throw Error(ErrorKind::InputOutput,
                        fmt::format("'{}' cannot begin again: {}.", config.runFolder, failed.message()),
                        "See to its permissions.");
        }
        return config;
    }
    config.resume = true;
    return config;
}

void saveTrialResult(const std::string& studyFolder, const Trial& trial, const TrialResult& result) {
    writeFileAtomically(
        resultFile(studyFolder, trial.index),
        resultJson(trial, result).dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
}

std::optional<TrialResult> readTrialResult(const std::string& studyFolder, std::size_t index) {
    const std::string path = resultFile(studyFolder, index);
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        return std::nullopt;
    }
    const std::optional<ordered_json> root = parseShallowJson(readFile(path, largestTrial), 8);
    if (!root) {
        throw Error(ErrorKind::BadInput, fmt::format("{} is not a trial's result: it is no JSON.", path),
                    "Remove it, and the trial is judged anew.");
    }
    return resultOf(JsonFields(*root, path, "a trial's result"));
}

TrialRow readTrial(const std::string& studyFolder, const StudyPlan& plan, std::size_t index) {
    TrialRow row{.trial = plan.trial(index)};
    const std::string folder = trialFolder(studyFolder, index);
    try {
        if (std::optional<TrialResult> result = readTrialResult(studyFolder, index)) {
            row.state = result->state;
            row.step = result->step;
            row.result = std::move(*result);
            return row;
        }
    } catch (const Error& error) {
        row.state = TrialState::Failed;
        row.result.state = TrialState::Failed;
        row.result.reason = error.sentence();
        return row;
    }
    const bool begun = hasRun(folder);
    row.state = isLocked(folder, trialLockName) ? TrialState::Running
                : begun                         ? TrialState::Interrupted
                                                : TrialState::Waiting;
    if (begun) {
        const std::vector<CheckpointFile> checkpoints = listCheckpoints(folder);
        row.step = checkpoints.empty() ? 0 : checkpoints.back().step;
    }
    return row;
}

std::vector<TrialRow> readTrials(const std::string& studyFolder, const StudyPlan& plan) {
    std::vector<TrialRow> rows;
    rows.reserve(plan.size());
    for (std::size_t i = 0; i < plan.size(); ++i) {
        rows.push_back(readTrial(studyFolder, plan, i));
    }
    return rows;
}

} // namespace alphascope::engine
