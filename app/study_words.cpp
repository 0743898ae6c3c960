#include "app/study_words.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/text_table.h"

namespace alphascope::app {

namespace {

using engine::RankedSetting;
using engine::TrialRow;
using engine::TrialState;
using nlohmann::ordered_json;

ordered_json orNull(const std::optional<double>& number) {
    return number ? ordered_json(*number) : ordered_json();
}

ordered_json figureJson(const engine::TrialFigure& figure) {
    return {{"value", figure.value},          {"low", orNull(figure.low)},
            {"high", orNull(figure.high)},    {"reference", orNull(figure.reference)},
            {"floor", orNull(figure.floor)},  {"count", figure.count},
            {"convention", figure.convention}};
}

const std::string& methodTitle(const engine::StudyPlan& plan, std::size_t method) {
    return plan.study().methods[method].title;
}

const std::string& dataTitle(const engine::StudyPlan& plan, std::size_t data) {
    return plan.study().data[data].title;
}

/// What a row shows of its figures: the first judged one, or the held-out error.
std::string firstFigure(const TrialRow& row) {
    return row.result.figures.empty()
               ? std::string()
               : fmt::format("{} {:.4g}", row.result.figures.front().name, row.result.figures.front().value);
}

} // namespace

std::string settingsText(const std::map<std::string, std::string>& settings) {
    std::string text;
    for (const auto& [name, value] : settings) {
        text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, value);
    }
    return text.empty() ? "-" : text;
}

std::string trialLine(const engine::StudyPlan& plan, const TrialRow& row) {
    const engine::Trial& trial = row.trial;
    const std::string outcome = row.result.reason.empty() ? firstFigure(row) : row.result.reason;
    return fmt::format("trial {}, {} on {}, seed {}: {}{}{}", trial.index, methodTitle(plan, trial.method),
                       dataTitle(plan, trial.data), trial.config.seed, engine::toText(row.state),
                       outcome.empty() ? "" : ", ", outcome);
}

ordered_json trialJson(const engine::StudyPlan& plan, const TrialRow& row) {
    const engine::Trial& trial = row.trial;
    ordered_json figures = ordered_json::object();
    for (const engine::TrialFigure& figure : row.result.figures) {
        figures[figure.name] = figureJson(figure);
    }
    return {{"trial", trial.index},
            {"method", trial.config.method},
            {"title", methodTitle(plan, trial.method)},
            {"data", dataTitle(plan, trial.data)},
            {"setting", trial.setting},
            {"settings", trial.settings},
            {"seed", trial.config.seed},
            {"state", engine::toText(row.state)},
            {"reason", row.result.reason},
            {"step", row.step},
            {"steps", trial.config.steps},
            {"seconds", row.result.seconds},
            {"judging_seconds", row.result.judgingSeconds},
            {"warnings", row.result.warnings},
            {"figures", figures}};
}

ordered_json rankedJson(const engine::StudyPlan& plan, const engine::Ranking& ranking,
                        const RankedSetting& setting) {
    return {{"metric", ranking.metric},
            {"data", dataTitle(plan, setting.data)},
            {"rank", setting.rank},
            {"title", methodTitle(plan, setting.method)},
            {"method", plan.study().methods[setting.method].method},
            {"setting", setting.setting},
            {"settings", setting.settings},
            {"mean", setting.mean},
            {"spread", setting.values.size() > 1 ? ordered_json(setting.spread) : ordered_json()},
            {"values", setting.values},
            {"trials", setting.trials},
            {"seeds_wanted", setting.wanted},
            {"reference", orNull(ranking.references[setting.data])},
            {"floor", orNull(ranking.floors[setting.data])}};
}

std::string countsText(const std::vector<TrialRow>& rows) {
    std::string text;
    for (const TrialState state : {TrialState::Done, TrialState::Running, TrialState::Interrupted,
                                   TrialState::Diverged, TrialState::Failed, TrialState::Waiting}) {
        const auto count =
            std::count_if(rows.begin(), rows.end(), [&](const TrialRow& row) { return row.state == state; });
        if (count > 0) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, engine::toText(state));
        }
    }
    return text;
}

std::string statusTable(const engine::StudyPlan& plan, const std::vector<TrialRow>& rows) {
    std::vector<std::vector<std::string>> table{
        {"TRIAL", "METHOD", "DATA", "SEED", "STATE", "STEP", "OUTCOME", "SETTINGS"}};
    for (const TrialRow& row : rows) {
        const engine::Trial& trial = row.trial;
        table.push_back({fmt::to_string(trial.index), methodTitle(plan, trial.method),
                         dataTitle(plan, trial.data), fmt::to_string(trial.config.seed),
                         engine::toText(row.state), fmt::format("{}/{}", row.step, trial.config.steps),
                         row.result.reason.empty() ? firstFigure(row) : row.result.reason,
                         settingsText(trial.settings)});
    }
    return textTable(table);
}

std::string rankTable(const engine::StudyPlan& plan, const engine::Ranking& ranking, std::size_t top) {
    std::vector<std::vector<std::string>> table{
        {"DATA", "RANK", "METHOD", ranking.metric, "SEEDS", "TRIALS", "SETTINGS"}};
    for (const RankedSetting& setting : ranking.settings) {
        if (top != 0 && setting.rank > top) {
            continue;
        }
        const std::string value = setting.values.size() > 1
                                      ? fmt::format("{:.5g} ± {:.2g}", setting.mean, setting.spread)
                                      : fmt::format("{:.5g}", setting.mean);
        table.push_back({dataTitle(plan, setting.data), fmt::to_string(setting.rank),
                         methodTitle(plan, setting.method), value,
                         fmt::format("{} of {}", setting.values.size(), setting.wanted),
                         fmt::format("{}", fmt::join(setting.trials, " ")), settingsText(setting.settings)});
    }
    return textTable(table);
}

} // namespace alphascope::app
