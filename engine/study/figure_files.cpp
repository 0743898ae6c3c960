// A study's figures and tables as files.

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/imaging/images.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/csv.h"
#include "engine/study/figure_drawing.h"
#include "engine/study/figure_words.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

std::string csvLine(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells) {
        line += (line.empty() ? "" : ",") + csvField(cell);
    }
    return line + "\n";
}

std::string numberCell(const std::optional<double>& number) {
    return number ? fmt::format("{}", *number) : "";
}

/// Parameters that any method varies, each once.
std::vector<std::string> variedParameters(const StudyPlan& plan) {
    std::set<std::string> names;
    for (const StudyMethod& method : plan.study().methods) {
        for (const StudyRange& range : method.ranges) {
            names.insert(range.parameter);
            names.insert(range.also.begin(), range.also.end());
        }
    }
    return {names.begin(), names.end()};
}

void appendSettings(std::vector<std::string>& cells, const std::vector<std::string>& parameters,
                    const std::map<std::string, std::string>& settings) {
    for (const std::string& name : parameters) {
        const auto found = settings.find(name);
        cells.push_back(found == settings.end() ? "" : found->second);
    }
}

std::string trialsCsv(const StudyPlan& plan, const std::vector<TrialRow>& rows) {
    const std::vector<std::string> parameters = variedParameters(plan);
    const std::vector<std::string> figures = rankableFigures(rows);
    std::vector<std::string> head{"trial", "data",   "method", "setting", "seed",
                                  "state", "reason", "step",   "seconds"};
    head.insert(head.end(), parameters.begin(), parameters.end());
    for (const std::string& name : figures) {
        for (const char* part : {"", "_low", "_high"}) {
            head.push_back(name + part);
        }
    }
    std::string text = csvLine(head);
    for (const TrialRow& row : rows) {
        const Trial& trial = row.trial;
        std::vector<std::string> cells{fmt::to_string(trial.index),
                                       plan.study().data[trial.data].title,
                                       plan.study().methods[trial.method].title,
                                       fmt::to_string(trial.setting),
                                       fmt::to_string(trial.config.seed),
                                       toText(row.state),
                                       row.result.reason,
                                       fmt::to_string(row.step),
                                       fmt::format("{:.1f}", row.result.seconds)};
        appendSettings(cells, parameters, trial.settings);
        for (const std::string& name : figures) {
            const TrialFigure* figure = row.result.find(name);
            cells.push_back(figure ? numberCell(figure->value) : "");
            cells.push_back(figure ? numberCell(figure->low) : "");
            cells.push_back(figure ? numberCell(figure->high) : "");
        }
        text += csvLine(cells);
    }
    return text;
}

std::string settingsCsv(const StudyPlan& plan, const std::vector<StudyFigures>& all) {
    const std::vector<std::string> parameters = variedParameters(plan);
    std::vector<std::string> head{"metric", "data", "rank", "method", "setting"};
    head.insert(head.end(), parameters.begin(), parameters.end());
    head.insert(head.end(), {"mean", "spread", "seeds"});
    std::string text = csvLine(head);
    for (const StudyFigures& figures : all) {
        for (const RankedSetting& setting : figures.ranking.settings) {
            std::vector<std::string> cells{
                figures.metric, plan.study().data[setting.data].title, fmt::to_string(setting.rank),
                plan.study().methods[setting.method].title, fmt::to_string(setting.setting)};
            appendSettings(cells, parameters, setting.settings);
            cells.push_back(numberCell(setting.mean));
            cells.push_back(numberCell(setting.spread));
            cells.push_back(fmt::to_string(setting.values.size()));
            text += csvLine(cells);
        }
    }
    return text;
}

std::string numbersOrNone(const std::optional<double>& number) {
    return number ? shortNumber(*number) : "none";
}

std::string panelMarkdown(const StudyPlan& plan, const StudyFigures& figures, const StudyPanel& panel) {
    std::string text = fmt::format("\n**{}**: the data itself {}, floor {}.\n\n", panel.title,
                                   numbersOrNone(panel.reference), numbersOrNone(panel.floor));
    text +=
        "| model | best setting | best (mean ± std over seeds) | median of settings | quartiles | settings "
        "| failed trials |\n|---|---|---|---|---|---|---|\n";
    for (const StudyColumn& column : panel.columns) {
        const RankedSetting& best = figures.ranking.settings[column.points.front().ranked];
        text +=
            fmt::format("| {} | {} | {} | {} | {} to {} | {} | {} |\n", column.title, settingText(plan, best),
                        meanText(best), shortNumber(column.median), shortNumber(column.firstQuartile),
                        shortNumber(column.thirdQuartile), column.points.size(), column.failed);
    }
    return text;
}

std::string studyMarkdown(const StudyPlan& plan, const std::vector<TrialRow>& rows,
                          const std::vector<StudyFigures>& all, const std::vector<std::string>& pictures) {
    const Study& study = plan.study();
    const auto done = std::count_if(rows.begin(), rows.end(),
                                    [](const TrialRow& row) { return row.state == TrialState::Done; });
    std::string text =
        fmt::format("# {}\n\n{}\n\n{} of {} trials done; {} steps; seeds from {} on, {} of each "
                    "setting; search: {}.\n",
                    study.name, study.description, done, rows.size(), study.steps, study.seed, study.seeds,
                    toText(study.search));
    for (const StudyFigures& figures : all) {
        text += fmt::format("\n## {} ({})\n", figures.metricTitle, aimText(figures.aim));
        for (const std::string& picture : pictures) {
            if (picture.find("-" + fileWord(figures.metric) + ".") != std::string::npos ||
                picture.find("-" + fileWord(figures.metric) + "-on-") != std::string::npos) {
                text += fmt::format("\n![{}]({})\n", figures.metricTitle, picture);
            }
        }
        for (const StudyPanel& panel : figures.panels) {
            text += panelMarkdown(plan, figures, panel);
        }
        text += fmt::format("\n{}\n", figures.convention);
    }
    return text;
}

/// Collects what is written.
class FigureFolder {
public:
    explicit FigureFolder(std::string folder) : folder_(std::move(folder)) {
        std::error_code failed;
        fs::create_directories(folder_, failed);
        if (failed) {
            throw Error(ErrorKind::InputOutput,
                        fmt::format("The folder '{}' cannot be made: {}.", folder_, failed.message()),
                        "Choose another place.");
        }
    }

    void text(const std::string& name, const std::string& bytes) {
        paths_.push_back((fs::path(folder_) / name).string());
        writeFileAtomically(paths_.back(), bytes);
    }

    void drawing(const std::string& name, const VectorDrawing& drawing) {
        if (drawing.shapes.empty()) {
            return;
        }
        text(name + ".png", encodePng(drawVector(drawing)));
        text(name + ".pdf", vectorAsPdf(drawing));
        text(name + ".svg", vectorAsSvg(drawing));
        pictures_.push_back(name + ".png");
    }

    const std::vector<std::string>& pictures() const { return pictures_; }
    const std::vector<std::string>& paths() const { return paths_; }

private:
    std::string folder_;
    std::vector<std::string> pictures_; ///< names
    std::vector<std::string> paths_;
};

} // namespace

std::string fileWord(const std::string& words) {
    std::string name;
    for (const char c : words) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_';
        name += plain ? c : '-';
    }
    return name;
}

std::vector<std::string> writeStudyFigures(const std::string& folder, const StudyPlan& plan,
                                           const std::vector<TrialRow>& rows,
                                           const std::vector<std::string>& metrics) {
    std::vector<StudyFigures> all;
    for (const std::string& metric : metrics) {
        all.push_back(studyFigures(plan, rows, metric));
    }
    FigureFolder files(folder);
    for (const StudyFigures& figures : all) {
        files.drawing("best-" + fileWord(figures.metric), drawBestValues(figures));
        for (const StudyPanel& panel : figures.panels) {
            files.drawing(
                fmt::format("sensitivity-{}-on-{}", fileWord(figures.metric), fileWord(panel.title)),
                drawSensitivity(figures, panel.data));
        }
    }
    files.text("trials.csv", trialsCsv(plan, rows));
    files.text("settings.csv", settingsCsv(plan, all));
    files.text("study.md", studyMarkdown(plan, rows, all, files.pictures()));
    return files.paths();
}

} // namespace alphascope::engine
