#include "engine/session/alarm_watch.h"

#include <algorithm>
#include <cmath>

namespace alphascope::engine {

namespace {

constexpr std::int64_t suspicionAfter = 100; ///< steps; saturated for fewer is nothing to keep a file for

std::string percent(double share) {
    return std::to_string(std::lround(100.0 * share)) + " %";
}

} // namespace

std::vector<Alarm> AlarmWatch::look(const MetricPoint& point) {
    std::vector<Alarm> alarms;
    if (!firstStep_) {
        firstStep_ = point.step;
    }
    lastStep_ = std::max(lastStep_, point.step); // figures of the samples come some steps late
    for (const auto& [tag, value] : point.values) {
        if (!std::isfinite(value)) {
            continue; // ends the training as a failure
        }
        if (tag == sampleSpreadTag) {
            lookAtSpread(point.step, value, alarms);
        } else if (tag == "metric/d_accuracy") {
            lookAtAccuracy(point.step, value, false, alarms);
        } else if (tag == "metric/c_accuracy") {
            lookAtAccuracy(point.step, value, true, alarms);
        }
    }
    return alarms;
}

void AlarmWatch::lookAtSpread(std::int64_t step, double spread, std::vector<Alarm>& alarms) {
    badReadings_ = spread < limits_.spreadBad ? badReadings_ + 1 : 0;
    if (badReadings_ == 0) {
        spreadLastWell_ = step;
    }
    spreadWasGood_ = spreadWasGood_ || spread >= limits_.spreadGood;
    if (spread >= spreadRecord_ + limits_.spreadRise) {
        spreadRecord_ = spread;
        spreadRecordStep_ = step;
    }
    const bool stuck =
        step - *firstStep_ >= limits_.spreadPatience && step - spreadRecordStep_ >= limits_.spreadStall;
    const bool judged = spreadWasGood_ || stuck;
    if (!collapsed_ && judged && badReadings_ >= limits_.spreadReadings) {
        collapsed_ = true;
        alarms.push_back({"collapse", false,
                          "The samples resemble each other: they differ by " + percent(spread) +
                              " of what held-out pictures do.",
                          "Go back to an earlier checkpoint, lower the rates, or give the codes more weight.",
                          step, std::max(spreadLastWell_, *firstStep_)});
    } else if (collapsed_ && spread >= limits_.spreadGood) {
        collapsed_ = false;
        alarms.push_back(
            {"collapse",
             true,
             "The samples differ again, by " + percent(spread) + " of what held-out pictures do.",
             {},
             step,
             step});
    }
}

void AlarmWatch::lookAtAccuracy(std::int64_t step, double accuracy, bool ofCodes,
                                std::vector<Alarm>& alarms) {
    Accuracy& state = ofCodes ? codes_ : pictures_;
    const std::string kind = ofCodes ? "c_saturated" : "d_saturated";
    const std::string who = ofCodes ? "The code discriminator" : "The discriminator";
    const double mean =
        state.mean ? *state.mean + (accuracy - *state.mean) / limits_.accuracyMemory : accuracy;
    state.mean = mean;
    const double off = std::abs(mean - 0.5); // always wrong is as little use as always right
    if (off < limits_.accuracyBad - 0.5) {
        state.saturatedSince.reset();
    } else if (!state.saturatedSince) {
        state.saturatedSince = step;
    }
    if (!state.alarm && state.saturatedSince && step - *state.saturatedSince >= limits_.accuracyPatience) {
        state.alarm = true;
        alarms.push_back(
            {kind, false,
             who + (mean > 0.5 ? " is right" : " is wrong") + " nearly every time (accuracy " +
                 percent(mean) + ") for " + std::to_string(step - *state.saturatedSince) + " steps.",
             mean > 0.5 ? "What it judges learns little from it: lower its rate." : "Raise its rate.", step,
             *state.saturatedSince});
    } else if (state.alarm && off < limits_.accuracyGood - 0.5) {
        state.alarm = false;
        alarms.push_back(
            {kind, true, who + " errs again now and then (accuracy " + percent(mean) + ").", {}, step, step});
    }
}

std::optional<std::int64_t> AlarmWatch::suspectSince() const {
    std::optional<std::int64_t> since;
    const auto consider = [&since](std::int64_t step) { since = std::min(since.value_or(step), step); };
    if (badReadings_ > 0 && spreadWasGood_) { // of a start there is no better before
        consider(std::max(spreadLastWell_, *firstStep_));
    }
    for (const Accuracy* state : {&pictures_, &codes_}) {
        if (state->saturatedSince && lastStep_ - *state->saturatedSince >= suspicionAfter) {
            consider(*state->saturatedSince);
        }
    }
    return since;
}

} // namespace alphascope::engine
