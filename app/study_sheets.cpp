#include "app/study_sheets.h"

#include <filesystem>

#include <fmt/format.h>

#include "engine/api/compare.h"

namespace alphascope::app {

namespace {

constexpr std::size_t sheetSamples = 36;
constexpr std::size_t sheetInputs = 12;

} // namespace

std::vector<std::string> writeStudySheets(const std::string& studyFolder, const std::string& output,
                                          const engine::StudyPlan& plan,
                                          const std::vector<engine::TrialRow>& rows,
                                          const std::string& metric) {
    const engine::StudyFigures figures = engine::studyFigures(plan, rows, metric);
    std::vector<std::string> written;
    for (const engine::StudyPanel& panel : figures.panels) {
        std::vector<std::string> names;
        std::vector<std::string> runs;
        for (const engine::StudyColumn& column : panel.columns) {
            const std::size_t best = figures.ranking.settings[column.points.front().ranked].trials.front();
            names.push_back(fmt::format("{}, trial {}", column.title, best));
            runs.push_back(engine::trialFolder(studyFolder, best));
        }
        if (runs.size() < engine::fewestCompared || runs.size() > engine::mostCompared) {
            continue;
        }
        engine::CompareQuestion question;
        question.samples = sheetSamples;
        question.inputs = sheetInputs;
        question.search = false;
        written.push_back(
            (std::filesystem::path(output) / fmt::format("samples-{}.png", engine::fileWord(panel.title)))
                .string());
        engine::writeComparison(written.back(), engine::compareModels(runs, question, names),
                                {.layout = engine::CompareLayout::Blocks});
    }
    return written;
}

} // namespace alphascope::app
