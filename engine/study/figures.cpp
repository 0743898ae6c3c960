// The figures of a study as numbers, for whoever draws them.

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/api/study.h"
#include "engine/study/figure_words.h"
#include "models/schema/method_traits.h"

namespace alphascope::engine {

namespace {

/// Linear between neighbours (type 7 of Hyndman and Fan 1996, "Sample quantiles in statistical packages").
double quantile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::size_t failedTrials(const std::vector<TrialRow>& rows, std::size_t data, std::size_t method) {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const TrialRow& row) {
        return row.trial.data == data && row.trial.method == method &&
               (row.state == TrialState::Diverged || row.state == TrialState::Failed);
    }));
}

StudyColumn columnOf(const StudyPlan& plan, const std::vector<TrialRow>& rows, const Ranking& ranking,
                     std::size_t data, std::size_t method) {
    StudyColumn column{.method = method, .title = plan.study().methods[method].title};
    std::vector<double> values;
    for (std::size_t i = 0; i < ranking.settings.size(); ++i) {
        const RankedSetting& setting = ranking.settings[i];
        if (setting.data == data && setting.method == method) {
            column.points.push_back(
                {.value = setting.mean, .ranked = i, .amongBest = column.points.size() < bestShown});
            values.push_back(setting.mean);
        }
    }
    column.failed = failedTrials(rows, data, method);
    if (values.empty()) {
        return column;
    }
    column.best = values.front(); // the ranking begins with it
    std::sort(values.begin(), values.end());
    column.low = values.front();
    column.firstQuartile = quantile(values, 0.25);
    column.median = quantile(values, 0.5);
    column.thirdQuartile = quantile(values, 0.75);
    column.high = values.back();
    return column;
}

/// "generator" of "Rate, generator".
std::string lastWords(const std::string& title) {
    const std::size_t comma = title.find(", ");
    return comma == std::string::npos ? title : title.substr(comma + 2);
}

SensitivityPanel sensitivityOf(const StudyPlan& plan, const StudyColumn& column, const Ranking& ranking,
                               std::size_t data, const StudyRange& range) {
    const StudyMethod& method = plan.study().methods[column.method];
    const models::Schema& schema = models::findMethod(method.method).schema;
    const models::ParameterSpec& spec = models::findSpec(schema, range.parameter);
    SensitivityPanel panel{.data = data,
                           .method = column.method,
                           .title = column.title,
                           .parameter = spec.title,
                           .logarithmic = range.logarithmic || (!range.values.empty() && spec.logarithmic)};
    for (const std::string& other : range.also) {
        panel.parameter += " = " + lastWords(models::findSpec(schema, other).title);
    }
    const bool number =
        spec.type == models::ParameterType::Integer || spec.type == models::ParameterType::Real;
    panel.choices = number ? std::vector<std::string>{} : range.values;
    for (StudyPoint point : column.points) {
        const std::string& text = ranking.settings[point.ranked].settings.at(range.parameter);
        if (number) {
            point.x = std::stod(text);
            panel.logarithmic = panel.logarithmic && point.x > 0.0;
        } else {
            const auto choice = std::find(panel.choices.begin(), panel.choices.end(), text);
            point.x = static_cast<double>(choice - panel.choices.begin());
        }
        panel.points.push_back(point);
    }
    return panel;
}

/// What quality costs: the figure over the time that training took, in the mean over the seeds.
SensitivityPanel costOf(const StudyColumn& column, const Ranking& ranking, const std::vector<TrialRow>& rows,
                        std::size_t data) {
    std::map<std::size_t, double> seconds;
    for (const TrialRow& row : rows) {
        seconds[row.trial.index] = row.result.seconds;
    }
    SensitivityPanel panel{
        .data = data, .method = column.method, .title = column.title, .parameter = "Training time in s"};
    panel.overTime = true;
    for (StudyPoint point : column.points) {
        const std::vector<std::size_t>& trials = ranking.settings[point.ranked].trials;
        for (const std::size_t trial : trials) {
            point.x += seconds[trial] / static_cast<double>(trials.size());
        }
        panel.points.push_back(point);
    }
    return panel;
}

/// As the first trial that has the figure computed it.
std::string conventionOf(const std::vector<TrialRow>& rows, const std::string& metric) {
    for (const TrialRow& row : rows) {
        if (const TrialFigure* figure = row.result.find(metric)) {
            return figure->convention;
        }
    }
    return {};
}

} // namespace

std::string figureTitle(const std::string& metric) {
    static constexpr std::array<std::pair<const char*, const char*>, 12> titles{{
        {"heldout_l1", "Held-out reconstruction error"},
        {"train_l1", "Training reconstruction error"},
        {"kid_random", "Kernel distance over random features"},
        {"energy_distance", "Energy distance of points"},
        {"critic", "Independent Wasserstein critic"},
        {"critic_gap", "Over-fitting gap of the critic"},
        {"is", "Inception score"},
        {"fid", "Fréchet inception distance"},
        {"kid", "Kernel inception distance"},
        {"precision", "Precision"},
        {"recall", "Recall"},
        {"msssim_diversity", "Sample diversity (1 - MS-SSIM)"},
    }};
    for (const auto& [name, title] : titles) {
        if (metric == name) {
            return title;
        }
    }
    return metric;
}

StudyFigures studyFigures(const StudyPlan& plan, const std::vector<TrialRow>& rows,
                          const std::string& metric) {
    StudyFigures figures{.study = plan.study().name,
                         .metric = metric,
                         .metricTitle = figureTitle(metric),
                         .convention = conventionOf(rows, metric),
                         .ranking = rankStudy(plan, rows, metric)};
    figures.aim = figures.ranking.aim;
    for (std::size_t data = 0; data < plan.study().data.size(); ++data) {
        StudyPanel panel{.title = plan.study().data[data].title,
                         .data = data,
                         .reference = figures.ranking.references[data],
                         .floor = figures.ranking.floors[data]};
        for (std::size_t method = 0; method < plan.study().methods.size(); ++method) {
            StudyColumn column = columnOf(plan, rows, figures.ranking, data, method);
            if (column.points.empty()) {
                continue;
            }
            for (const StudyRange& range : plan.study().methods[method].ranges) {
                figures.sensitivity.push_back(sensitivityOf(plan, column, figures.ranking, data, range));
            }
            figures.sensitivity.push_back(costOf(column, figures.ranking, rows, data));
            panel.columns.push_back(std::move(column));
        }
        if (!panel.columns.empty()) {
            figures.panels.push_back(std::move(panel));
        }
    }
    return figures;
}

} // namespace alphascope::engine
