#include "app/study_judge.h"

#include <string_view>

#include "app/options.h"
#include "engine/api/metrics.h"

namespace alphascope::app {

namespace {

constexpr std::string_view floorEnding = "_floor";
constexpr std::string_view noiseEnding = "_noise";

engine::FigureAim aimOf(engine::Better better) {
    switch (better) {
    case engine::Better::Higher:
        return engine::FigureAim::Higher;
    case engine::Better::Closer:
        return engine::FigureAim::Closer;
    case engine::Better::Lower:
        break;
    }
    return engine::FigureAim::Lower;
}

engine::TrialFigure trialFigure(const engine::Evaluation& evaluation, const engine::Figure& figure) {
    const engine::Figure* floor = evaluation.find(figure.name + std::string(floorEnding));
    return {.name = figure.name,
            .value = figure.value,
            .low = figure.low,
            .high = figure.high,
            .reference = floor != nullptr ? std::nullopt : figure.reference, // they are the same number
            .floor = floor != nullptr ? std::optional(floor->value) : std::nullopt,
            .aim = aimOf(figure.better),
            .convention = figure.net.empty() ? figure.convention : figure.convention + "; " + figure.net,
            .count = figure.count};
}

} // namespace

void checkMetrics(const engine::Study& study) {
    std::vector<std::string> known;
    for (const engine::MetricInfo& metric : engine::metricList()) {
        known.push_back(metric.name);
    }
    std::vector<std::string> asked = study.judging.metrics;
    for (const engine::StudyData& data : study.data) {
        asked.insert(asked.end(), data.metrics.begin(), data.metrics.end());
    }
    for (const std::string& name : asked) {
        requireKnown("The study's metric", name, known);
    }
}

TrialVerdict judgeTrial(const std::string& runFolder, const engine::StudyJudging& judging, int threads,
                        const std::function<bool()>& goOn) {
    const engine::EvaluationRequest request{.checkpoint = runFolder,
                                            .metrics = judging.metrics,
                                            .features = judging.features,
                                            .count = judging.count,
                                            .seed = judging.seed,
                                            .kidSubsets = judging.kidSubsets,
                                            .kidSubsetSize = judging.kidSubsetSize,
                                            .criticSeeds = judging.criticSeeds,
                                            .criticSteps = judging.criticSteps,
                                            .pairs = judging.pairs,
                                            .threads = threads};
    const engine::Evaluation evaluation =
        engine::evaluate(request, [&](const std::string&, double) { return goOn(); });
    TrialVerdict verdict{.figures = {}, .warnings = evaluation.warnings};
    for (const engine::Figure& figure : evaluation.figures) {
        // What is the same for every trial is drawn as a line and not ranked.
        if (!figure.name.ends_with(floorEnding) && !figure.name.ends_with(noiseEnding)) {
            verdict.figures.push_back(trialFigure(evaluation, figure));
        }
    }
    return verdict;
}

} // namespace alphascope::app
