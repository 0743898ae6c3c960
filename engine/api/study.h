#pragma once
// Studies: many trainings over ranges of settings, judged alike, ranked and drawn. Standard library only.
//
// A study is a folder: study.json, and a run folder per trial (trial-0007) with the trial's trial.json beside
// the run's own files. Trial i is a pure function of study.json and i, so that any number of processes and
// machines may share the trials with nothing between them but the folder.
// Threads: everything here may be called from any thread; what reads or writes files is not for a GUI thread.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/image.h"
#include "engine/api/run_config.h"

namespace alphascope::engine {

// ---- the plan --------------------------------------------------------------------------------------------

/// What one parameter of a method may be: a list of values, or all from `low` to `high`.
struct StudyRange {
    std::string parameter;
    std::vector<std::string> also{};   ///< parameters that take the same value
    std::vector<std::string> values{}; ///< a list, as --set takes them; empty = from low to high
    double low = 0.0;
    double high = 0.0;
    bool logarithmic = false; ///< even in factors instead of in steps
    int points = 0;           ///< so many even ones from low to high, ends included; 0 = any
};

/// How settings are taken out of the ranges. Grid: every combination, once. Random: independent draws. Sobol:
/// points that fill the ranges evenly (Joe and Kuo's sequence, shifted by the seed). Random and Sobol skip
/// settings that they gave before.
enum class StudySearch { Grid, Random, Sobol };
const char* toText(StudySearch search); ///< "sobol"

struct StudyMethod {
    std::string method;
    std::string title{}; ///< over its column; unique within a study
    std::string preset = "comparison";
    std::map<std::string, std::string> fixed{}; ///< parameters of every trial
    std::vector<StudyRange> ranges{};
    std::optional<StudySearch> search{}; ///< instead of the study's
};

struct StudyData {
    std::string title; ///< "ColorMNIST"; unique within a study
    std::string data;  ///< as RunConfig has them
    std::string transform{};
    std::string crop{};
    int size = 0;
    std::int64_t steps = 0;                     ///< instead of the study's; 0 = the study's
    std::map<std::string, std::string> fixed{}; ///< parameters of every method on this set
    std::vector<std::string> metrics{};         ///< instead of StudyJudging's; empty = those
};

/// How trials are judged: see engine/api/metrics.h for the names and what the numbers mean.
struct StudyJudging {
    std::vector<std::string> metrics{}; ///< none: only what the run itself reports
    std::string features = "own";
    std::size_t count = 10'000;
    std::uint64_t seed = 1;
    int criticSeeds = 3;
    int criticSteps = 400;
    std::size_t pairs = 1000;
    std::size_t kidSubsets = 100;
    std::size_t kidSubsetSize = 1000;
};

struct Study {
    std::string name;
    std::string description{};
    std::uint64_t seed = 1; ///< of the settings; trainings have seed, seed + 1, ...
    StudySearch search = StudySearch::Sobol;
    int settings = 0; ///< per method, for Random and Sobol
    int seeds = 1;    ///< trainings of each setting
    std::int64_t steps = 1000;
    std::int64_t checkpointEvery = 1000;
    int threads = 1; ///< CPU threads of a trial; 0 = a fair share of the machine's
    std::string device = "auto";
    std::vector<StudyData> data{};
    std::vector<StudyMethod> methods{};
    StudyJudging judging{};
};

inline constexpr std::size_t mostTrials = 100'000;

/// Throws Error(BadInput), one sentence that names `source`: no JSON, an unknown entry, a wrong type, another
/// version, an unknown method or parameter, an empty range, more than mostTrials.
Study studyFromJson(const std::string& text, const std::string& source);
std::string toJson(const Study& study);

/// `folder`/study.json. Throws Error (BadInput, InputOutput).
Study readStudy(const std::string& folder);
/// Makes the folder with its study.json. Throws Error: Usage when a study is there already, InputOutput.
void createStudy(const std::string& folder, const Study& study);
/// Opens each set of data once, so that one that moved is told of before anything is trained. Throws Error.
void checkStudyData(const Study& study);

/// Studies that come with the program.
std::vector<std::string> studyPresetNames();
Study studyPreset(const std::string& name); ///< throws Error(Usage) that names the nearest

/// One training.
struct Trial {
    std::size_t index = 0;
    std::size_t data = 0;                          ///< into Study::data
    std::size_t method = 0;                        ///< into Study::methods
    std::size_t setting = 0;                       ///< among the method's
    int repeat = 0;                                ///< among the setting's seeds
    std::map<std::string, std::string> settings{}; ///< what the ranges gave
    RunConfig config{};                            ///< complete but for runFolder
};

/// All trials of a study, in the order in which they are run: first one seed of the first setting of every
/// method on every set, so that an unfinished study compares like with like. Immutable.
class StudyPlan {
public:
    /// Draws the settings. Throws Error(BadInput) when the ranges cannot give so many.
    explicit StudyPlan(const Study& study);

    const Study& study() const { return study_; }
    std::size_t size() const { return places_.size(); }
    Trial trial(std::size_t index) const; ///< throws Error(Usage) beyond the last
    StudyJudging judging(const Trial& trial) const;
    std::size_t settingsOf(std::size_t method) const { return drawn_[method].size(); }

private:
    struct Place {
        std::uint32_t data;
        std::uint32_t method;
        std::uint32_t setting;
        std::uint32_t repeat;
    };
    Study study_;
    std::vector<std::vector<std::map<std::string, std::string>>> drawn_; ///< by method and setting
    std::vector<Place> places_;
};

// ---- trials on disk --------------------------------------------------------------------------------------

enum class TrialState { Waiting, Running, Interrupted, Done, Diverged, Failed };
const char* toText(TrialState state); ///< "done"

enum class FigureAim { Higher, Lower, Closer }; ///< Closer: to the reference

/// One number about a trial.
struct TrialFigure {
    std::string name; ///< "critic", "heldout_l1", "loss_E"
    double value = 0.0;
    std::optional<double> low{}; ///< its own interval, where there is one
    std::optional<double> high{};
    std::optional<double> reference{}; ///< of the data itself
    std::optional<double> floor{};     ///< of data against data, where values are compared with it
    FigureAim aim = FigureAim::Lower;
    std::string convention{};
    std::size_t count = 0;

    bool operator==(const TrialFigure&) const = default;
};

/// What trial.json holds: written once a trial is over.
struct TrialResult {
    TrialState state = TrialState::Done; ///< Done, Diverged or Failed
    std::string reason{};                ///< one sentence, unless Done
    std::int64_t step = 0;
    double seconds = 0.0; ///< of training, over all its starts; judging is apart
    double judgingSeconds = 0.0;
    std::vector<TrialFigure> figures{};
    std::vector<std::string> warnings{}; ///< what limits the figures

    const TrialFigure* find(const std::string& name) const;
    bool operator==(const TrialResult&) const = default;
};

std::string trialFolder(const std::string& studyFolder, std::size_t index);

/// The right to run a trial, as long as this lives and not beyond this process.
class TrialClaim {
public:
    /// None when another process has it. Makes the trial's folder. Throws Error(InputOutput).
    static std::optional<TrialClaim> take(const std::string& studyFolder, std::size_t index);
    ~TrialClaim();
    TrialClaim(TrialClaim&&) noexcept;
    TrialClaim& operator=(TrialClaim&&) noexcept;

private:
    struct Impl;
    explicit TrialClaim(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// The trial's training as it stands on the disk: begun anew, or gone on with when there is a checkpoint. A
/// run that was killed before its first checkpoint begins again. Throws Error(BadInput) when another
/// configuration lies there than the trial's.
RunConfig prepareTrialRun(const std::string& studyFolder, const Trial& trial);

/// Atomic. Throws Error(InputOutput).
void saveTrialResult(const std::string& studyFolder, const Trial& trial, const TrialResult& result);
/// Nothing when the trial is not over. Throws Error (BadInput for a file that is none of ours).
std::optional<TrialResult> readTrialResult(const std::string& studyFolder, std::size_t index);

/// What the run itself has written, without judges: the last value of its held-out error, and its last
/// losses.
struct RecordedRun {
    std::int64_t step = 0;
    double seconds = 0.0;  ///< of training; pauses between its starts left out
    bool diverged = false; ///< its numbers were no longer finite in the end
    std::vector<TrialFigure> figures{};
};
/// Never throws for what it finds; empty without a run.
RecordedRun readRecordedRun(const std::string& runFolder);

/// A trial and how far it is.
struct TrialRow {
    Trial trial;
    TrialState state = TrialState::Waiting;
    std::int64_t step = 0; ///< while it is not over, of the newest checkpoint
    TrialResult result{};  ///< of one that is over
};

/// One trial, or all, as they stand. A trial.json that cannot be read is a Failed row with that reason.
TrialRow readTrial(const std::string& studyFolder, const StudyPlan& plan, std::size_t index);
std::vector<TrialRow> readTrials(const std::string& studyFolder, const StudyPlan& plan);

// ---- ranking ---------------------------------------------------------------------------------------------

/// All trainings of one setting of one method on one set.
struct RankedSetting {
    std::size_t data = 0;
    std::size_t method = 0;
    std::size_t setting = 0;
    std::map<std::string, std::string> settings{};
    std::vector<std::size_t> trials{}; ///< that have the figure
    std::vector<double> values{};      ///< one a trial
    std::size_t wanted = 0;            ///< trials in all
    double mean = 0.0;
    double spread = 0.0;  ///< sample standard deviation over the seeds; 0 with one
    std::size_t rank = 0; ///< among the settings of its set, from 1
};

struct Ranking {
    std::string metric;
    FigureAim aim = FigureAim::Lower;
    std::vector<std::optional<double>> references{}; ///< of the data itself, by set
    std::vector<std::optional<double>> floors{};
    std::vector<RankedSetting> settings{}; ///< by set, then the best first
};

/// Names of the figures that any trial has, judged ones first.
std::vector<std::string> rankableFigures(const std::vector<TrialRow>& rows);
/// Those of them by which methods can be compared: all but losses.
std::vector<std::string> comparableFigures(const std::vector<TrialRow>& rows);

/// "Held-out reconstruction error" for "heldout_l1"; the name itself for what is not known.
std::string figureTitle(const std::string& metric);

/// Figures that are no finite numbers are left out. Throws Error(Usage) for a metric that no trial has: names
/// the nearest.
Ranking rankStudy(const StudyPlan& plan, const std::vector<TrialRow>& rows, const std::string& metric);

// ---- figures: what is drawn, as numbers ------------------------------------------------------------------

inline constexpr std::size_t bestShown = 10; ///< settings that are drawn as circles

struct StudyPoint {
    double x = 0.0;         ///< of a sensitivity panel; 0 elsewhere
    double value = 0.0;     ///< mean over the seeds
    std::size_t ranked = 0; ///< index into Ranking::settings
    bool amongBest = false;
};

/// A method's settings on one set.
struct StudyColumn {
    std::size_t method = 0;
    std::string title;
    double best = 0.0;
    double low = 0.0; ///< of all settings: extremes and quartiles
    double firstQuartile = 0.0;
    double median = 0.0;
    double thirdQuartile = 0.0;
    double high = 0.0;
    std::vector<StudyPoint> points{}; ///< best first
    std::size_t failed = 0;           ///< trials that diverged or failed
};

/// Figures 1 and 2 of the paper: a set, one column per method.
struct StudyPanel {
    std::string title; ///< "ColorMNIST"
    std::size_t data = 0;
    std::optional<double> reference{};
    std::optional<double> floor{};
    std::vector<StudyColumn> columns{}; ///< of methods with figures, in the study's order
};

/// The figure over one parameter of one method on one set, or over the time that training took.
struct SensitivityPanel {
    std::size_t data = 0;
    std::size_t method = 0;
    std::string title;     ///< "α-GAN"
    std::string parameter; ///< "λ encoder"
    bool logarithmic = false;
    std::vector<std::string> choices{}; ///< at x = 0, 1, ...: for what is no number
    std::vector<StudyPoint> points{};
    bool overTime = false; ///< x is the time that training took
};

struct StudyFigures {
    std::string study;
    std::string metric;
    std::string metricTitle;
    FigureAim aim = FigureAim::Lower;
    std::string convention;
    Ranking ranking;
    std::vector<StudyPanel> panels{};
    std::vector<SensitivityPanel> sensitivity{};
};

StudyFigures studyFigures(const StudyPlan& plan, const std::vector<TrialRow>& rows,
                          const std::string& metric);

/// A title as part of a file's name: letters, digits, "-" and "_"; all else becomes "-".
std::string fileWord(const std::string& words);

/// Best values and sensitivity as PNG, SVG and PDF, all trials and settings as CSV, and a page of Markdown
/// that shows them. Gives the paths. Throws Error(InputOutput), and Error(Usage) in a program without cairo.
std::vector<std::string> writeStudyFigures(const std::string& folder, const StudyPlan& plan,
                                           const std::vector<TrialRow>& rows,
                                           const std::vector<std::string>& metrics);

} // namespace alphascope::engine
