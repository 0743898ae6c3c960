#pragma once
// Trials and rankings of a study as words and as JSON.

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/api/study.h"

namespace alphascope::app {

/// "lambdaEncoder=5 rateGenerator=0.0002"; "-" for none.
std::string settingsText(const std::map<std::string, std::string>& settings);

/// "trial 7, α-GAN on ColorMNIST, seed 1: done, heldout_l1 0.0521"
std::string trialLine(const engine::StudyPlan& plan, const engine::TrialRow& row);

nlohmann::ordered_json trialJson(const engine::StudyPlan& plan, const engine::TrialRow& row);
/// `setting`: one of the ranking's.
nlohmann::ordered_json rankedJson(const engine::StudyPlan& plan, const engine::Ranking& ranking,
                                  const engine::RankedSetting& setting);

/// How many trials are in each state: "38 done, 2 running, 1 diverged, 7 waiting".
std::string countsText(const std::vector<engine::TrialRow>& rows);

/// A line per trial under a heading.
std::string statusTable(const engine::StudyPlan& plan, const std::vector<engine::TrialRow>& rows);
/// The best `top` settings of each set (0 = all), under a heading.
std::string rankTable(const engine::StudyPlan& plan, const engine::Ranking& ranking, std::size_t top);

} // namespace alphascope::app
