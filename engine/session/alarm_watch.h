#pragma once
// Looks at the scalars of a training and tells when they usually mean trouble: samples that have become
// alike, a discriminator that is always right or always wrong. Pure: no clock, no files; one thread.
//
// An alarm begins an episode; nothing more is said of its kind until the figure is well again, which ends it.
// Between the two lies a gap, so that a figure at the limit does not ring twice. A start is not judged:
// samples begin alike, and a discriminator begins by being right.
//
// Why the limits are what they are, measured on MNIST. Spread: after ten minutes of `standard` AAE 0.91,
// VAE-GAN 0.95, ALI, AGE, DCGAN, WGAN-GP and alpha-GAN 1.02 to 1.05; DCGAN passes 0.65 by step 300, alpha-GAN
// by step 100, a VAE of 8 filters at step 1,500 after a steady rise. BEGAN, whose samples have all become
// ones, 0.56, and in small networks at most 0.57, reached at step 700; a DCGAN whose generator hardly learns
// 0.11 to 0.28. Accuracy (mean over 100 steps): at most 0.981 in DCGAN, 0.976 in ALI, for some hundred steps
// of their beginning, and 0.96 later (AAE's codes, of 16,000 steps); 1.00 for good in that frozen DCGAN.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/session.h"

namespace alphascope::engine {

/// The mean distance between fixed samples over that between held-out pictures: 1 when they differ as much.
inline constexpr const char* sampleSpreadTag = "metric/sample_spread";

struct AlarmLimits {
    double spreadGood = 0.8; ///< once reached, samples may no longer fall together
    double spreadBad = 0.65; ///< below this they have
    int spreadReadings = 2;  ///< in a row, before it counts
    std::int64_t spreadPatience =
        2000; ///< steps after which samples that never differed are an alarm as well, unless they begin to
    double spreadRise = 0.02;        ///< by so much more than ever before
    std::int64_t spreadStall = 1000; ///< within so many steps is a beginning
    double accuracyBad = 0.99;       ///< of a running mean over about `accuracyMemory` steps; or 1 minus this
    double accuracyGood = 0.95;
    double accuracyMemory = 100.0;
    std::int64_t accuracyPatience = 1000; ///< steps for which it must stay there
};

class AlarmWatch {
public:
    explicit AlarmWatch(const AlarmLimits& limits = {}) : limits_(limits) {}

    /// What the scalars of one step begin or end. Steps only grow.
    std::vector<Alarm> look(const MetricPoint& point);
    /// Since when a figure has been bad that has not rung yet, or that rings; nothing while all is well. What
    /// was saved before then may be wanted back.
    std::optional<std::int64_t> suspectSince() const;

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
    std::int64_t lastStep_ = 0;
    bool spreadWasGood_ = false;
    double spreadRecord_ = 0.0; ///< the highest so far, give or take spreadRise
    std::int64_t spreadRecordStep_ = 0;
    int badReadings_ = 0;
    std::int64_t spreadLastWell_ = 0; ///< step of the last reading that was not bad
    bool collapsed_ = false;
    Accuracy pictures_;
    Accuracy codes_;
};

} // namespace alphascope::engine
