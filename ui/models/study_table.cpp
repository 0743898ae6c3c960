#include "ui/models/study_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "ui/models/figures.h"
#include "ui/models/text.h"

namespace alphascope::ui {

namespace {

using engine::TrialRow;
using engine::TrialState;

const models::ParameterSpec* specOf(const std::vector<models::MethodTraits>& methods,
                                    const std::string& method, const std::string& parameter) {
    for (const models::MethodTraits& traits : methods)
        for (const models::ParameterSpec& spec : traits.schema)
            if (traits.name == method && spec.name == parameter)
                return &spec;
    return nullptr;
}

bool isNumber(const std::string& text) {
    bool valid = false;
    QString::fromStdString(text).toDouble(&valid);
    return valid;
}

void addParameter(std::vector<StudyParameter>& parameters, const engine::StudyRange& range,
                  const models::ParameterSpec* spec) {
    auto found = std::find_if(parameters.begin(), parameters.end(),
                              [&](const StudyParameter& known) { return known.name == range.parameter; });
    if (found == parameters.end()) {
        found = parameters.insert(parameters.end(), StudyParameter{range.parameter, range.parameter});
        if (spec)
            found->title = spec->title;
        found->logarithmic = range.logarithmic || (!range.values.empty() && spec && spec->logarithmic);
    }
    for (const std::string& value : range.values) {
        found->number = found->number && isNumber(value);
        if (std::find(found->choices.begin(), found->choices.end(), value) == found->choices.end())
            found->choices.push_back(value);
    }
}

std::vector<StudyParameter> parametersOf(const engine::StudyPlan& plan,
                                         const std::vector<models::MethodTraits>& methods) {
    std::vector<StudyParameter> parameters;
    for (const engine::StudyMethod& method : plan.study().methods)
        for (const engine::StudyRange& range : method.ranges)
            addParameter(parameters, range, specOf(methods, method.method, range.parameter));
    for (StudyParameter& parameter : parameters)
        if (parameter.number)
            parameter.choices.clear();
    return parameters;
}

std::optional<SeedMean> meanOf(const std::vector<double>& values) {
    if (values.empty())
        return std::nullopt;
    SeedMean result{.seeds = values.size()};
    const double count = double(values.size());
    for (const double value : values)
        result.mean += value / count;
    double squares = 0.0;
    for (const double value : values)
        squares += (value - result.mean) * (value - result.mean);
    result.spread = values.size() > 1 ? std::sqrt(squares / (count - 1.0)) : 0.0;
    return result;
}

/// What a person wants to know of a setting whose trials are in several states: what runs, then what went
/// wrong, then what is not finished.
int concern(TrialState state) {
    constexpr std::array order{TrialState::Running,     TrialState::Failed,  TrialState::Diverged,
                               TrialState::Interrupted, TrialState::Waiting, TrialState::Done};
    return int(std::find(order.begin(), order.end(), state) - order.begin());
}

/// The trial of a setting to look at when no figure says which is the best.
bool isFarther(const TrialRow& a, const TrialRow& b) {
    const auto key = [](const TrialRow& row) { return std::pair(row.state == TrialState::Done, row.step); };
    return key(a) > key(b);
}

StudySettingRow rowOf(const std::vector<const TrialRow*>& trials, const std::vector<std::string>& metrics) {
    const TrialRow* shown = *std::min_element(
        trials.begin(), trials.end(), [](auto* a, auto* b) { return concern(a->state) < concern(b->state); });
    const TrialRow* best =
        *std::min_element(trials.begin(), trials.end(), [](auto* a, auto* b) { return isFarther(*a, *b); });
    StudySettingRow row{.key = keyOf(shown->trial), .settings = shown->trial.settings};
    row.state = shown->state;
    row.step = shown->step;
    row.steps = shown->trial.config.steps;
    row.reason = shown->result.reason;
    row.best = best->trial.index;
    std::vector<double> seconds;
    for (const TrialRow* trial : trials) {
        row.trials.push_back(trial->trial.index);
        row.over += trial->state == TrialState::Done ? 1 : 0;
        if (trial->state >= TrialState::Done)
            seconds.push_back(trial->result.seconds);
    }
    if (const auto mean = meanOf(seconds))
        row.seconds = mean->mean;
    for (const std::string& metric : metrics) {
        std::vector<double> values;
        for (const TrialRow* trial : trials) {
            const engine::TrialFigure* figure =
                trial->state == TrialState::Done ? trial->result.find(metric) : nullptr;
            if (figure && std::isfinite(figure->value))
                values.push_back(figure->value);
        }
        row.figures.push_back(meanOf(values));
    }
    return row;
}

/// Of the trials that have the figure, the one with the best value.
std::size_t bestTrial(const engine::RankedSetting& setting, engine::FigureAim aim,
                      const std::optional<double>& reference) {
    const auto badness = [&](double value) {
        return aim == engine::FigureAim::Higher  ? -value
               : aim == engine::FigureAim::Lower ? value
                                                 : std::abs(value - reference.value_or(0.0));
    };
    const auto best = std::min_element(setting.values.begin(), setting.values.end(),
                                       [&](double a, double b) { return badness(a) < badness(b); });
    return setting.trials[std::size_t(best - setting.values.begin())];
}

} // namespace

SettingKey keyOf(const engine::RankedSetting& setting) {
    return {setting.data, setting.method, setting.setting};
}

SettingKey keyOf(const engine::Trial& trial) {
    return {trial.data, trial.method, trial.setting};
}

std::size_t StudyTable::findRow(const SettingKey& key) const {
    return std::size_t(
        std::find_if(rows.begin(), rows.end(), [&](const StudySettingRow& row) { return row.key == key; }) -
        rows.begin());
}

StudyTable makeStudyTable(const engine::StudyPlan& plan, const std::vector<TrialRow>& trials,
                          const std::vector<std::string>& metrics, const engine::Ranking* ranking,
                          const std::vector<models::MethodTraits>& methods) {
    StudyTable table{.metrics = metrics};
    table.parameters = parametersOf(plan, methods);
    std::map<SettingKey, std::vector<const TrialRow*>> bySetting;
    for (const TrialRow& trial : trials)
        bySetting[keyOf(trial.trial)].push_back(&trial);
    std::map<SettingKey, const engine::RankedSetting*> ranked;
    if (ranking) {
        table.aim = ranking->aim;
        for (const engine::RankedSetting& setting : ranking->settings)
            ranked[keyOf(setting)] = &setting;
    }
    for (const auto& [key, group] : bySetting) {
        StudySettingRow row = rowOf(group, metrics);
        if (const auto found = ranked.find(key); found != ranked.end()) {
            row.rank = found->second->rank;
            row.best = bestTrial(*found->second, ranking->aim, ranking->references[key.data]);
        }
        const auto best = std::find_if(group.begin(), group.end(),
                                       [&](const TrialRow* one) { return one->trial.index == row.best; });
        row.config = (*best)->trial.config;
        table.rows.push_back(std::move(row));
    }
    std::stable_sort(
        table.rows.begin(), table.rows.end(), [](const StudySettingRow& a, const StudySettingRow& b) {
            const auto key = [](const StudySettingRow& row) {
                return std::tuple(row.key.data, row.rank == 0, row.rank, row.key.setting, row.key.method);
            };
            return key(a) < key(b);
        });
    return table;
}

QString countsText(const std::vector<TrialRow>& trials) {
    const auto count = [&](TrialState state) {
        return std::count_if(trials.begin(), trials.end(),
                             [&](const TrialRow& row) { return row.state == state; });
    };
    QString words = tr("%1 of %2 done").arg(count(TrialState::Done)).arg(trials.size());
    for (const TrialState state :
         {TrialState::Running, TrialState::Interrupted, TrialState::Diverged, TrialState::Failed})
        if (const auto many = count(state); many > 0)
            words += QStringLiteral(" · %1 %2").arg(many).arg(stateText(state));
    return words;
}

QString stateText(TrialState state) {
    switch (state) {
    case TrialState::Waiting:
        return tr("waiting");
    case TrialState::Running:
        return tr("running");
    case TrialState::Interrupted:
        return tr("paused");
    case TrialState::Done:
        return tr("done");
    case TrialState::Diverged:
        return tr("diverged");
    case TrialState::Failed:
        break;
    }
    return tr("failed");
}

QString stateText(const StudySettingRow& row) {
    const QString words = stateText(row.state);
    switch (row.state) {
    case TrialState::Running:
        if (row.step >= row.steps)
            return tr("being judged");
        [[fallthrough]];
    case TrialState::Interrupted:
        return tr("%1, %2 of %3").arg(words, stepText(row.step), stepText(row.steps));
    case TrialState::Diverged:
        return tr("%1 at %2").arg(words, stepText(row.step));
    case TrialState::Waiting:
        if (row.over > 0)
            return tr("%1 of %2 done").arg(row.over).arg(row.trials.size());
        break;
    case TrialState::Done:
    case TrialState::Failed:
        break;
    }
    return words;
}

QString meanText(const SeedMean& figure) {
    const QString mean = figureText(figure.mean, 4);
    const QString words =
        figure.seeds > 1 ? QStringLiteral("%1 ± %2").arg(mean, figureText(figure.spread, 2)) : mean;
    return QString(words).replace(QLatin1Char('-'), QChar(0x2212));
}

std::optional<double> parameterNumber(const StudyParameter& parameter, const StudySettingRow& row) {
    const auto found = row.settings.find(parameter.name);
    if (found == row.settings.end())
        return std::nullopt;
    if (parameter.number)
        return text(found->second).toDouble();
    const auto place = std::find(parameter.choices.begin(), parameter.choices.end(), found->second);
    return double(place - parameter.choices.begin());
}

QString settingArguments(const engine::RunConfig& config) {
    QStringList words;
    const auto add = [&](const char* option, const std::string& value) {
        if (value.empty())
            return;
        const QString word = text(value);
        const bool plain = !word.contains(QLatin1Char(' '));
        words << QLatin1String(option) << (plain ? word : QStringLiteral("'%1'").arg(word));
    };
    add("--method", config.method);
    add("--data", config.data);
    add("--transform", config.transform);
    add("--crop", config.crop);
    add("--preset", config.preset);
    for (const auto& [name, value] : config.overrides)
        add("--set", name + "=" + value);
    add("--steps", std::to_string(config.steps));
    add("--seed", std::to_string(config.seed));
    return words.join(QLatin1Char(' '));
}

} // namespace alphascope::ui
