// Which trials a study has, and what each of them is.

#include <algorithm>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/api/study.h"
#include "engine/study/settings_draw.h"

namespace alphascope::engine {

StudyPlan::StudyPlan(const Study& study) : study_(study) {
    std::size_t most = 0;
    std::size_t all = 0; // of one set and one seed
    for (const StudyMethod& method : study_.methods) {
        if (!method.ranges.empty() && method.search.value_or(study_.search) != StudySearch::Grid &&
            study_.settings < 1) {
            throw Error(ErrorKind::BadInput,
                        fmt::format("The study '{}' does not say how many settings of {} to take.",
                                    study_.name, method.method),
                        "Give 'settings', or search by grid.");
        }
        drawn_.push_back(drawSettings(study_, method));
        most = std::max(most, drawn_.back().size());
        all += drawn_.back().size();
    }
    const auto seeds = static_cast<std::size_t>(study_.seeds);
    if (all * study_.data.size() > mostTrials / seeds) { // the factors are at most 10^7, 100 and 1000
        throw Error(ErrorKind::BadInput,
                    fmt::format("The study '{}' would have more than {} trials.", study_.name, mostTrials),
                    "Take fewer settings, seeds or sets.");
    }
    places_.reserve(all * study_.data.size() * seeds);
    for (std::uint32_t repeat = 0; repeat < seeds; ++repeat) {
        for (std::uint32_t setting = 0; setting < most; ++setting) {
            for (std::uint32_t data = 0; data < study_.data.size(); ++data) {
                for (std::uint32_t method = 0; method < study_.methods.size(); ++method) {
                    if (setting < drawn_[method].size()) {
                        places_.push_back({data, method, setting, repeat});
                    }
                }
            }
        }
    }
}

Trial StudyPlan::trial(std::size_t index) const {
    if (index >= places_.size()) {
        throw Error(ErrorKind::Usage, fmt::format("The study '{}' has no trial {}.", study_.name, index),
                    fmt::format("Its trials are 0 to {}.", places_.size() - 1));
    }
    const Place& place = places_[index];
    const StudyData& data = study_.data[place.data];
    const StudyMethod& method = study_.methods[place.method];
    Trial trial{.index = index,
                .data = place.data,
                .method = place.method,
                .setting = place.setting,
                .repeat = static_cast<int>(place.repeat),
                .settings = drawn_[place.method][place.setting]};
    RunConfig& config = trial.config;
    config.method = method.method;
    config.data = data.data;
    config.transform = data.transform;
    config.crop = data.crop;
    config.size = data.size;
    config.preset = method.preset;
    config.overrides = data.fixed;
    for (const auto& [name, text] : method.fixed) {
        config.overrides[name] = text;
    }
    for (const auto& [name, text] : trial.settings) {
        config.overrides[name] = text;
    }
    config.steps = data.steps > 0 ? data.steps : study_.steps;
    config.seed = study_.seed + place.repeat;
    config.threads = study_.threads;
    config.device = study_.device;
    config.checkpointEvery = study_.checkpointEvery;
    config.keepNewest = 2; // one to judge, one in case it is damaged
    config.keepEvery = 0;
    return trial;
}

StudyJudging StudyPlan::judging(const Trial& trial) const {
    StudyJudging judging = study_.judging;
    if (const StudyData& data = study_.data[trial.data]; !data.metrics.empty()) {
        judging.metrics = data.metrics;
    }
    return judging;
}

} // namespace alphascope::engine
