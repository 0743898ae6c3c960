// Settings by what their trainings came to.

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/api/error.h"
#include "engine/api/study.h"
#include "models/schema/parameter.h"

namespace alphascope::engine {

namespace {

/// Smaller is better.
double badness(double value, FigureAim aim, const std::optional<double>& reference) {
    switch (aim) {
    case FigureAim::Higher:
        return -value;
    case FigureAim::Closer:
        return std::abs(value - reference.value_or(0.0));
    case FigureAim::Lower:
        break;
    }
    return value;
}

void summarise(RankedSetting& setting) {
    const auto count = static_cast<double>(setting.values.size());
    for (const double value : setting.values) {
        setting.mean += value / count;
    }
    if (setting.values.size() > 1) {
        double squares = 0.0;
        for (const double value : setting.values) {
            squares += (value - setting.mean) * (value - setting.mean);
        }
        setting.spread = std::sqrt(squares / (count - 1.0));
    }
}

/// The settings of a study, in their own order, with the trials that have the figure.
std::vector<RankedSetting> collectSettings(const StudyPlan& plan, const std::vector<TrialRow>& rows,
                                           const std::string& metric, Ranking& ranking) {
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, RankedSetting> found;
    for (const TrialRow& row : rows) {
        const Trial& trial = row.trial;
        const TrialFigure* figure = row.state == TrialState::Done ? row.result.find(metric) : nullptr;
        if (figure == nullptr || !std::isfinite(figure->value)) {
            continue;
        }
        RankedSetting& setting = found[{trial.data, trial.method, trial.setting}];
        setting.data = trial.data;
        setting.method = trial.method;
        setting.setting = trial.setting;
        setting.settings = trial.settings;
        setting.wanted = static_cast<std::size_t>(plan.study().seeds);
        setting.trials.push_back(trial.index);
        setting.values.push_back(figure->value);
        ranking.aim = figure->aim;
        const auto take = [](std::optional<double>& into, const std::optional<double>& from) {
            into = into ? into : from;
        };
        take(ranking.references[trial.data], figure->reference);
        take(ranking.floors[trial.data], figure->floor);
    }
    std::vector<RankedSetting> settings;
    for (auto& [place, setting] : found) {
        summarise(setting);
        settings.push_back(std::move(setting));
    }
    return settings;
}

/// Whether a run says it of itself.
bool isRecorded(const std::string& figure) {
    static const std::set<std::string> names{"heldout_l1", "train_l1", "kid_random", "energy_distance"};
    return names.contains(figure) || figure.starts_with("loss_");
}

} // namespace

std::vector<std::string> rankableFigures(const std::vector<TrialRow>& rows) {
    std::vector<std::string> judged;
    std::vector<std::string> recorded;
    for (const TrialRow& row : rows) {
        for (const TrialFigure& figure : row.result.figures) {
            std::vector<std::string>& names = isRecorded(figure.name) ? recorded : judged;
            if (std::find(names.begin(), names.end(), figure.name) == names.end()) {
                names.push_back(figure.name);
            }
        }
    }
    judged.insert(judged.end(), recorded.begin(), recorded.end());
    return judged;
}

std::vector<std::string> comparableFigures(const std::vector<TrialRow>& rows) {
    std::vector<std::string> names = rankableFigures(rows);
    std::erase_if(names, [](const std::string& name) { return name.starts_with("loss_"); });
    return names;
}

Ranking rankStudy(const StudyPlan& plan, const std::vector<TrialRow>& rows, const std::string& metric) {
    Ranking ranking{.metric = metric};
    ranking.references.resize(plan.study().data.size());
    ranking.floors.resize(plan.study().data.size());
    ranking.settings = collectSettings(plan, rows, metric, ranking);
    if (ranking.settings.empty()) {
        const std::vector<std::string> known = rankableFigures(rows);
        const std::string near = models::nearestName(metric, known);
        throw Error(ErrorKind::Usage,
                    fmt::format("No trial of the study '{}' has a figure '{}'.", plan.study().name, metric),
                    known.empty()  ? "Run it first."
                    : near.empty() ? fmt::format("There are {}.", fmt::join(known, ", "))
                                   : fmt::format("Did you mean '{}' (of {})?", near, fmt::join(known, ", ")));
    }
    std::stable_sort(ranking.settings.begin(), ranking.settings.end(),
                     [&](const RankedSetting& a, const RankedSetting& b) {
                         const auto key = [&](const RankedSetting& one) {
                             return std::tuple(one.data,
                                               badness(one.mean, ranking.aim, ranking.references[one.data]));
                         };
                         return key(a) < key(b);
                     });
    const RankedSetting* before = nullptr;
    for (RankedSetting& setting : ranking.settings) {
        setting.rank = before != nullptr && before->data == setting.data ? before->rank + 1 : 1;
        before = &setting;
    }
    return ranking;
}

} // namespace alphascope::engine
