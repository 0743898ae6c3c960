#include "ui/models/study_reading.h"

#include <algorithm>

#include "engine/api/error.h"

namespace alphascope::ui {

using engine::TrialState;

StudyReading::StudyReading(const engine::Study& study, std::vector<engine::TrialRow> rows)
    : plan(study), trials(std::move(rows)), metrics(engine::rankableFigures(trials)) {}

StudyMetrics StudyReading::metricsFor(const StudyMetrics& wanted) const {
    std::vector<std::string> candidates = engine::comparableFigures(trials);
    if (candidates.empty())
        candidates = metrics;
    const auto known = [this](const std::string& metric) {
        return std::find(metrics.begin(), metrics.end(), metric) != metrics.end();
    };
    StudyMetrics result;
    if (candidates.empty())
        return result;
    result[FirstSlot] = known(wanted[FirstSlot]) ? wanted[FirstSlot] : candidates.front();
    // Of another judge, where there is one: "critic_gap" beside "critic" would say little.
    const std::string judge = result[FirstSlot].substr(0, result[FirstSlot].find('_'));
    const auto other = std::find_if(candidates.begin(), candidates.end(), [&](const std::string& metric) {
        return metric.substr(0, metric.find('_')) != judge;
    });
    result[SecondSlot] = known(wanted[SecondSlot])   ? wanted[SecondSlot]
                         : other != candidates.end() ? *other
                                                     : candidates.back();
    return result;
}

void StudyReading::show(const StudyMetrics& wanted, const std::vector<models::MethodTraits>& methods,
                        const StudyReading* before) {
    shown = metricsFor(wanted);
    const bool share = before && sameResults(*before);
    for (std::size_t slot = 0; slot < shown.size(); ++slot) {
        if (share && before->shown[slot] == shown[slot]) {
            figures[slot] = before->figures[slot];
            continue;
        }
        figures[slot].reset();
        try {
            if (!shown[slot].empty())
                figures[slot] = std::make_shared<const engine::StudyFigures>(
                    engine::studyFigures(plan, trials, shown[slot]));
        } catch (const engine::Error&) {
            // Only trials that failed have it: there is nothing to rank, and the table says why.
        }
    }
    std::vector<std::string> columns = engine::comparableFigures(trials);
    if (const std::string& first = shown[FirstSlot]; !first.empty()) {
        std::erase(columns, first);
        columns.insert(columns.begin(), first);
    }
    table = makeStudyTable(plan, trials, columns, figures[FirstSlot] ? &figures[FirstSlot]->ranking : nullptr,
                           methods);
}

std::vector<std::size_t> StudyReading::shownColumns() const {
    std::vector<std::size_t> columns;
    for (const std::string& metric : shown) {
        const auto found = std::find(table.metrics.begin(), table.metrics.end(), metric);
        const auto place = std::size_t(found - table.metrics.begin());
        if (found != table.metrics.end() && std::find(columns.begin(), columns.end(), place) == columns.end())
            columns.push_back(place);
    }
    return columns;
}

std::size_t StudyReading::count(TrialState state) const {
    return std::size_t(std::count_if(trials.begin(), trials.end(),
                                     [&](const engine::TrialRow& row) { return row.state == state; }));
}

std::size_t StudyReading::over() const {
    return std::size_t(std::count_if(trials.begin(), trials.end(), [](const engine::TrialRow& row) {
        return row.state >= TrialState::Done;
    }));
}

bool StudyReading::sameTrials(const StudyReading& other) const {
    const auto same = [](const engine::TrialRow& a, const engine::TrialRow& b) {
        return a.state == b.state && a.step == b.step;
    };
    return sameResults(other) &&
           std::equal(trials.begin(), trials.end(), other.trials.begin(), other.trials.end(), same);
}

bool StudyReading::sameResults(const StudyReading& other) const {
    const auto same = [](const engine::TrialRow& a, const engine::TrialRow& b) {
        return (a.state >= TrialState::Done) == (b.state >= TrialState::Done) && a.result == b.result;
    };
    return std::equal(trials.begin(), trials.end(), other.trials.begin(), other.trials.end(), same) &&
           engine::toJson(study()) == engine::toJson(other.study());
}

} // namespace alphascope::ui
