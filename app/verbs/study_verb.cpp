// alphascope-cli study: many trainings over ranges of settings, judged, ranked and drawn.

#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "app/describe.h"
#include "app/options.h"
#include "app/standard_output.h"
#include "app/study_judge.h"
#include "app/study_runner.h"
#include "app/study_sheets.h"
#include "app/study_trial.h"
#include "app/study_words.h"
#include "app/verb.h"
#include "engine/api/output.h"
#include "engine/api/study.h"

namespace alphascope::app {

namespace {

namespace fs = std::filesystem;
using engine::Error;
using engine::ErrorKind;
using engine::Study;

constexpr std::size_t largestStudyFile = std::size_t{16} << 20;

struct StudyArguments {
    CLI::App* verb = nullptr; ///< `new`'s or `run`'s, to ask what was given
    std::string name;
    std::string folder;
    std::vector<std::string> data;
    Study changed; ///< with the numbers that options change
    RunnerOrder runner;
    std::optional<std::size_t> trial;
    std::string metric;
    std::vector<std::string> metrics;
    std::size_t top = 10;
    std::string output;
    bool sheets = false;
    std::string commandLine;
    bool json = false;
};

// ---- new

/// A preset, or the path of a study.json.
Study namedStudy(const std::string& name) {
    std::error_code ignored;
    if (name.ends_with(".json") || fs::is_regular_file(name, ignored)) {
        return engine::studyFromJson(engine::readFile(name, largestStudyFile), name);
    }
    return engine::studyPreset(name);
}

/// "TITLE=SET", or "SET" for a study of one.
void replaceData(Study& study, const std::string& text) {
    const std::size_t sign = text.find('=');
    for (engine::StudyData& data : study.data) {
        if (sign == std::string::npos ? study.data.size() == 1 : data.title == text.substr(0, sign)) {
            data.data = text.substr(sign == std::string::npos ? 0 : sign + 1);
            return;
        }
    }
    std::vector<std::string> titles;
    for (const engine::StudyData& data : study.data) {
        titles.push_back(data.title + "=SET");
    }
    throw Error(ErrorKind::Usage, fmt::format("--data cannot be '{}'.", text),
                fmt::format("Give {}.", listNames(titles)));
}

void runNew(const StudyArguments& arguments) {
    Study study = namedStudy(arguments.name);
    const auto take = [&](const std::string& option, auto Study::*field) {
        if (arguments.verb->count(option) > 0) {
            study.*field = arguments.changed.*field;
        }
    };
    take("--seed", &Study::seed);
    take("--settings", &Study::settings);
    take("--seeds", &Study::seeds);
    take("--steps", &Study::steps);
    take("--checkpoint-every", &Study::checkpointEvery);
    take("--threads", &Study::threads);
    take("--device", &Study::device);
    for (const std::string& text : arguments.data) {
        replaceData(study, text);
    }
    for (engine::StudyData& data : study.data) {
        data.data = settledData(data.data);
    }
    checkMetrics(study);
    const engine::StudyPlan plan(study); // its settings can be drawn
    engine::createStudy(arguments.folder, study);
    fmt::print(stderr, "{}: {} trials in {}\nRun them with 'alphascope-cli study run {}'\n", study.name,
               plan.size(), arguments.folder, arguments.folder);
}

// ---- run

void runRun(StudyArguments& arguments) {
    const engine::StudyPlan plan(engine::readStudy(arguments.folder));
    checkMetrics(plan.study());
    engine::checkStudyData(plan.study());
    if (arguments.trial) {
        if (arguments.runner.jobs != 0) {
            throw Error(ErrorKind::Usage, "--trial runs one trial and --jobs several.",
                        "Give one of the two.");
        }
        runTrial(plan,
                 {.study = arguments.folder,
                  .index = *arguments.trial,
                  .threads = arguments.runner.threads,
                  .retry = arguments.runner.retry,
                  .commandLine = arguments.commandLine},
                 judgeTrial);
        return;
    }
    arguments.runner.study = arguments.folder;
    runStudy(plan, arguments.runner);
}

// ---- status, rank, figures

struct OpenedStudy {
    engine::StudyPlan plan;
    std::vector<engine::TrialRow> rows;
};

OpenedStudy openStudy(const std::string& folder) {
    engine::StudyPlan plan(engine::readStudy(folder));
    std::vector<engine::TrialRow> rows = engine::readTrials(folder, plan);
    return {std::move(plan), std::move(rows)};
}

void runStatus(const StudyArguments& arguments) {
    const OpenedStudy study = openStudy(arguments.folder);
    if (arguments.json) {
        for (const engine::TrialRow& row : study.rows) {
            printLine(toLine(trialJson(study.plan, row)));
        }
        return;
    }
    printLine(statusTable(study.plan, study.rows) +
              fmt::format("{} trials: {}", study.rows.size(), countsText(study.rows)));
}

/// What is ranked when nobody says: the first that any trial has.
std::string chosenMetric(const StudyArguments& arguments, const OpenedStudy& study) {
    const std::vector<std::string> known = engine::rankableFigures(study.rows);
    return !arguments.metric.empty() ? arguments.metric : known.empty() ? "heldout_l1" : known.front();
}

void runRank(const StudyArguments& arguments) {
    const OpenedStudy study = openStudy(arguments.folder);
    const engine::Ranking ranking = engine::rankStudy(study.plan, study.rows, chosenMetric(arguments, study));
    if (!arguments.json) {
        printLine(rankTable(study.plan, ranking, arguments.top) + countsText(study.rows));
        return;
    }
    for (const engine::RankedSetting& setting : ranking.settings) {
        if (arguments.top == 0 || setting.rank <= arguments.top) {
            printLine(toLine(rankedJson(study.plan, ranking, setting)));
        }
    }
}

void runFigures(const StudyArguments& arguments) {
    const OpenedStudy study = openStudy(arguments.folder);
    std::vector<std::string> metrics =
        arguments.metrics.empty() ? engine::comparableFigures(study.rows) : arguments.metrics;
    if (metrics.empty()) {
        metrics.push_back(chosenMetric(arguments, study));
    }
    std::vector<std::string> files =
        engine::writeStudyFigures(arguments.output, study.plan, study.rows, metrics);
    if (arguments.sheets) {
        for (const std::string& sheet :
             writeStudySheets(arguments.folder, arguments.output, study.plan, study.rows, metrics.front())) {
            files.push_back(sheet);
        }
    }
    if (arguments.json) {
        printLine(toLine({{"done", {{"files", files}, {"metrics", metrics}}}}));
    }
    fmt::print(stderr, "{} files in {} ({})\n", files.size(), arguments.output, countsText(study.rows));
}

// ---- options

using SharedArguments = std::shared_ptr<StudyArguments>;

void addFolder(CLI::App& verb, StudyArguments& arguments) {
    verb.add_option("folder", arguments.folder, "Folder of the study")->required()->type_name("FOLDER");
}

CLI::App* addNew(CLI::App& study, StudyArguments& arguments) {
    CLI::App* verb = study.add_subcommand("new", "Make a study from a preset or a file");
    verb->add_option("name", arguments.name,
                     fmt::format("Preset ({}), or the path of a study.json",
                                 fmt::join(engine::studyPresetNames(), ", ")))
        ->required()
        ->type_name("PRESET|FILE");
    verb->add_option("--output", arguments.folder, "Folder to make")->required()->type_name("FOLDER");
    verb->add_option("--data", arguments.data, "Another set, for the one of this title")
        ->type_name("[TITLE=]SET")
        ->allow_extra_args(false);
    Study& changed = arguments.changed;
    addWholeNumber<std::uint64_t>(*verb, "--seed", changed.seed, 0, INT64_MAX, "Of settings and trainings")
        ->default_str("the preset's");
    addWholeNumber(*verb, "--settings", changed.settings, 1, 10'000, "Per method")
        ->default_str("the preset's");
    addWholeNumber(*verb, "--seeds", changed.seeds, 1, 1000, "Trainings of each setting")
        ->default_str("the preset's");
    addWholeNumber<std::int64_t>(*verb, "--steps", changed.steps, 1, 1'000'000'000, "Of each training")
        ->default_str("the preset's");
    addWholeNumber<std::int64_t>(*verb, "--checkpoint-every", changed.checkpointEvery, 1, 1'000'000'000,
                                 "Steps between checkpoints")
        ->default_str("the preset's");
    addWholeNumber(*verb, "--threads", changed.threads, 0, 1024, "Of each training; 0 = a fair share")
        ->default_str("the preset's");
    addChoice(*verb, "--device", changed.device, {"auto", "cpu", "cuda"}, "What trains")
        ->default_str("the preset's");
    return verb;
}

CLI::App* addRun(CLI::App& study, StudyArguments& arguments) {
    CLI::App* verb = study.add_subcommand("run", "Run the trials that are left, or go on with them");
    addFolder(*verb, arguments);
    addWholeNumber(*verb, "--jobs", arguments.runner.jobs, 1, 1024, "Trials at once")
        ->default_str("as many as fit");
    verb->add_option_function<std::size_t>(
            "--trial", [&arguments](const std::size_t& index) { arguments.trial = index; },
            "Only this one, in this process (for job arrays)")
        ->type_name("N");
    addThreadsOption(*verb, arguments.runner.threads);
    verb->add_flag("--retry", arguments.runner.retry, "Also trials that diverged or failed");
    verb->add_flag("--json", arguments.runner.json, "One JSON object per finished trial on standard output");
    return verb;
}

CLI::App* addStatus(CLI::App& study, StudyArguments& arguments) {
    CLI::App* verb = study.add_subcommand("status", "List the trials and how far they are");
    addFolder(*verb, arguments);
    verb->add_flag("--json", arguments.json, "One JSON object per trial on standard output");
    return verb;
}

CLI::App* addRank(CLI::App& study, StudyArguments& arguments) {
    CLI::App* verb = study.add_subcommand("rank", "List the best settings");
    addFolder(*verb, arguments);
    verb->add_option("--metric", arguments.metric, "Figure to rank by, as 'status --json' names them")
        ->type_name("NAME");
    addWholeNumber<std::size_t>(*verb, "--top", arguments.top, 0, engine::mostTrials,
                                "So many of each set; 0 = all");
    verb->add_flag("--json", arguments.json, "One JSON object per setting on standard output");
    return verb;
}

CLI::App* addFigures(CLI::App& study, StudyArguments& arguments) {
    CLI::App* verb = study.add_subcommand("figures", "Draw figures and write tables");
    addFolder(*verb, arguments);
    verb->add_option("--output", arguments.output, "Folder for PNG, SVG, PDF, CSV and Markdown")
        ->required()
        ->type_name("DIR");
    verb->add_option("--metric", arguments.metrics, "Figure to draw; may be given again (default: all)")
        ->type_name("NAME")
        ->allow_extra_args(false);
    verb->add_flag("--sheets", arguments.sheets,
                   "Also samples and reconstructions of each method's best trial by the first figure");
    verb->add_flag("--json", arguments.json, "The files as a JSON object on standard output");
    return verb;
}

} // namespace

Verb addStudyVerb(CLI::App& root, const std::string& commandLine) {
    CLI::App* verb = root.add_subcommand("study", "Sweep settings: train, judge, rank and draw many runs");
    verb->require_subcommand(1);
    const SharedArguments arguments = std::make_shared<StudyArguments>();
    arguments->commandLine = commandLine;
    CLI::App* const make = addNew(*verb, *arguments);
    CLI::App* const run = addRun(*verb, *arguments);
    CLI::App* const status = addStatus(*verb, *arguments);
    CLI::App* const rank = addRank(*verb, *arguments);
    addFigures(*verb, *arguments);
    arguments->verb = make;
    return {verb, [=] {
                if (make->parsed()) {
                    runNew(*arguments);
                } else if (run->parsed()) {
                    runRun(*arguments);
                } else if (status->parsed()) {
                    runStatus(*arguments);
                } else if (rank->parsed()) {
                    runRank(*arguments);
                } else {
                    runFigures(*arguments);
                }
            }};
}

} // namespace alphascope::app
