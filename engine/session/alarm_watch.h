#pragma once
// Looks at the scalars of a training and tells when they usually mean trouble: samples that have become
// alike, a discriminator that is always right or always wrong. Pure: no clock, no files; one thread.
//
// An alarm begins an episode; nothing more is said of its kind until the figure is well again, which ends it.
// Between the two lies a gap, so that a figure at the limit does not ring twice. A start is not judged:
// samples begin alike, and a discriminator begins by being right.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/session.h"

namespace alphascope::engine {

/// The mean distance between fixed samples over that between held-out pictures: 1 when they differ as much.
inline constexpr const char* sampleSpreadTag = "metric/sample_spread";

struct AlarmLimits {
    double spreadGood = 0.5; ///< once reached, samples may no longer fall together
    double spreadBad = 0.3;  ///< below this they have
    int spreadReadings = 2;  ///< in a row, before it counts
    std::int64_t spreadPatience =
        3000;                  ///< steps after which samples that never differed are an alarm as well
    double accuracyBad = 0.99; ///< of a running mean over about `accuracyMemory` steps; or 1 minus this
    double accuracyGood = 0.95;
    double accuracyMemory = 100.0;
    std::int64_t accuracyPatience = 1000; ///< steps for which it must stay there
};

class AlarmWatch {
public:
    explicit AlarmWatch(const AlarmLimits& limits = {}) : limits_(limits) {}

    /// What the scalars of one step begin or end. Steps only grow.
    std::vector<Alarm> look(const MetricPoint& point);

private:
    struct Accuracy {
        std::optional<double> mean;
        std::optional<std::int64_t> saturatedSince;
        bool alarm = false;
    };
    void lookAtSpread(std::int64_t step, double spread, std::vector<Alarm>& alarms);
    void lookAtAccuracy(std::int64_t step, double accuracy, bool ofCodes, std::vector<Alarm>& alarms);

    AlarmLimits limits_;
    std::optional<std::int64_t> firstStep_;
    bool spreadWasGood_ = false;
    int badReadings_ = 0;
    bool collapsed_ = false;
    Accuracy pictures_;
    Accuracy codes_;
};

} // namespace alphascope::engine
