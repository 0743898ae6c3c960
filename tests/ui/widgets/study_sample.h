#pragma once
// A study's figures as trainings could have made them: four methods with forty settings each on one set.

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/api/study.h"

namespace alphascope::tests {

/// Columns' numbers from their points, whose values must be sorted best (highest) first.
inline void summarise(engine::StudyColumn& column) {
    const auto value = [&](double share) {
        return column.points[std::size_t((1 - share) * double(column.points.size() - 1))].value;
    };
    column.best = column.points.front().value;
    column.low = value(0);
    column.firstQuartile = value(0.25);
    column.median = value(0.5);
    column.thirdQuartile = value(0.75);
    column.high = value(1);
}

/// "ranked" of method m and place p among its settings is 40 m + p. Sensitivity: per method a parameter in
/// factors, one with choices, and the training time.
inline engine::StudyFigures sampleFigures(int settings = 40) {
    engine::StudyFigures figures;
    figures.metric = "critic";
    figures.metricTitle = "Independent Wasserstein critic";
    figures.aim = engine::FigureAim::Higher;
    engine::StudyPanel panel;
    panel.title = "ColorMNIST";
    panel.reference = -0.12;
    std::mt19937 random(3);
    std::normal_distribution<double> normal;
    const std::vector<std::pair<std::string, double>> methods{
        {"DCGAN", -1.25}, {"WGAN-GP", -0.8}, {"AGE", -1.1}, {"α-GAN", -0.45}};
    for (std::size_t m = 0; m < methods.size(); ++m) {
        std::vector<std::pair<double, double>> drawn; // value and learning rate
        for (int i = 0; i < settings; ++i) {
            const double rate = std::pow(10.0, -4.0 + 1.3 * double(i) / std::max(1, settings - 1));
            const double off = std::log10(rate / 3e-4);
            drawn.emplace_back(methods[m].second + 0.13 * normal(random) - 0.5 * off * off, rate);
        }
        std::sort(drawn.rbegin(), drawn.rend());
        engine::StudyColumn column{.method = m, .title = methods[m].first};
        engine::SensitivityPanel rates{
            .method = m, .title = column.title, .parameter = "Rate, generator", .logarithmic = true};
        engine::SensitivityPanel choices{.method = m,
                                         .title = column.title,
                                         .parameter = "Prior",
                                         .choices = {"normal", "uniform", "sphere"}};
        engine::SensitivityPanel cost{.method = m, .title = column.title, .parameter = "Training time in s"};
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            engine::StudyPoint point{.value = drawn[i].first,
                                     .ranked = m * std::size_t(settings) + i,
                                     .amongBest = i < engine::bestShown};
            column.points.push_back(point);
            point.x = drawn[i].second;
            rates.points.push_back(point);
            point.x = double(i % 3);
            choices.points.push_back(point);
            point.x = 600 + 250 * double(m) + 80 * normal(random);
            cost.points.push_back(point);
        }
        summarise(column);
        column.failed = m == 0 ? 3 : 0;
        panel.columns.push_back(column);
        figures.sensitivity.insert(figures.sensitivity.end(), {rates, choices, cost});
    }
    figures.panels.push_back(panel);
    return figures;
}

} // namespace alphascope::tests
