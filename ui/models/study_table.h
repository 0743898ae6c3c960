#pragma once
// A study as rows: one per setting of a method on a set, with how far its trials are and what came out. Pure;
// made on a worker thread, since a study may have many thousands of trials.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QString>

#include "engine/api/study.h"
#include "models/schema/method_traits.h"

namespace alphascope::ui {

/// A setting of a method on a set. It stays the same whatever metric ranks, unlike an index into a ranking.
struct SettingKey {
    std::size_t data = 0;
    std::size_t method = 0;
    std::size_t setting = 0;
    auto operator<=>(const SettingKey&) const = default;
};

SettingKey keyOf(const engine::RankedSetting& setting);
SettingKey keyOf(const engine::Trial& trial);

/// Mean and sample standard deviation over the seeds that have the figure.
struct SeedMean {
    double mean = 0.0;
    double spread = 0.0;
    std::size_t seeds = 0;
};

struct StudySettingRow {
    SettingKey key;
    std::map<std::string, std::string> settings{};
    std::size_t rank = 0;                                   ///< among its set's by the metric; 0 = not ranked
    std::vector<std::optional<SeedMean>> figures{};         ///< by StudyTable::metrics
    std::vector<std::size_t> trials{};                      ///< of all seeds
    std::size_t over = 0;                                   ///< of them done
    engine::TrialState state = engine::TrialState::Waiting; ///< the one that most concerns a person
    std::int64_t step = 0;                                  ///< of the trial in that state
    std::int64_t steps = 0;
    double seconds = 0.0;       ///< of training, the mean over the trials that are over
    std::string reason{};       ///< why one diverged or failed
    std::size_t best = 0;       ///< the trial to look at: the best by the metric, else the farthest
    engine::RunConfig config{}; ///< of that trial, without folder
};

/// A parameter that any method varies.
struct StudyParameter {
    std::string name;
    std::string title;
    bool number = true;
    bool logarithmic = false;
    std::vector<std::string> choices{}; ///< of what is no number
};

struct StudyTable {
    std::vector<std::string> metrics; ///< the one that ranks first
    engine::FigureAim aim = engine::FigureAim::Lower;
    std::vector<StudyParameter> parameters{};
    std::vector<StudySettingRow> rows{};              ///< by set, ranked ones first and best first
    std::size_t findRow(const SettingKey& key) const; ///< rows.size() when there is none
};

/// `ranking`: by the metric that the table is about; null before any trial has a figure. `methods`: for
/// titles.
StudyTable makeStudyTable(const engine::StudyPlan& plan, const std::vector<engine::TrialRow>& trials,
                          const std::vector<std::string>& metrics, const engine::Ranking* ranking,
                          const std::vector<models::MethodTraits>& methods);

/// "38 of 48 done · 2 running · 1 diverged"
QString countsText(const std::vector<engine::TrialRow>& trials);

/// "done", "running, 120 of 400", "1 of 2 done", "diverged at 3,120"
QString stateText(const StudySettingRow& row);
QString stateText(engine::TrialState state);

/// "−0.412 ± 0.020"; without the spread where there is one seed.
QString meanText(const SeedMean& figure);

/// The value of a parameter as a number: of a choice its place. Nothing when the setting has none.
std::optional<double> parameterNumber(const StudyParameter& parameter, const StudySettingRow& row);

/// What `alphascope-cli train` takes to train it alone: "--method alpha-gan --data mnist ... --set
/// rateEncoder=0.0002".
QString settingArguments(const engine::RunConfig& config);

} // namespace alphascope::ui
