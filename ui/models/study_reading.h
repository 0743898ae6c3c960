#pragma once
// A study as it was read at one moment, and all that the window shows of it: which metrics, their figures,
// the table. Pure; made on a worker thread.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/study.h"
#include "ui/models/study_table.h"

namespace alphascope::ui {

/// Two metrics are shown side by side; the first one ranks.
enum StudySlot { FirstSlot, SecondSlot };
inline constexpr std::size_t studySlots = 2;
/// What a person chose for each; "" = nothing.
using StudyMetrics = std::array<std::string, studySlots>;

struct StudyReading {
    StudyReading(const engine::Study& study, std::vector<engine::TrialRow> rows);
    /// What is shown once trials have it: the metrics that are asked for where any trial has them, else the
    /// first ones that compare methods.
    StudyMetrics metricsFor(const StudyMetrics& wanted) const;
    /// Computes figures and table. `methods`: for titles of parameters. `before`: an earlier reading, or
    /// null, whose figures are shared where no trial's result is another.
    void show(const StudyMetrics& wanted, const std::vector<models::MethodTraits>& methods,
              const StudyReading* before = nullptr);

    const engine::Study& study() const { return plan.study(); }
    /// Of the metrics that are shown, their places in the table; one that is shown twice, once.
    std::vector<std::size_t> shownColumns() const;
    std::size_t count(engine::TrialState state) const;
    std::size_t over() const; ///< trials that are done, diverged or failed
    bool sameTrials(const StudyReading& other) const;
    bool sameResults(const StudyReading& other) const; ///< the same, but for how far trials are

    engine::StudyPlan plan;
    std::vector<engine::TrialRow> trials;
    std::vector<std::string> metrics; ///< that any trial has, judged ones first
    StudyMetrics shown{};             ///< of the figures; "" before any trial has one
    /// Null where there is nothing to rank.
    std::array<std::shared_ptr<const engine::StudyFigures>, studySlots> figures{};
    StudyTable table{};
};

} // namespace alphascope::ui
