// What a run says of itself, without judges.

#include <algorithm>
#include <map>

#include "engine/api/run_history.h"
#include "engine/api/study.h"

namespace alphascope::engine {

namespace {

constexpr std::string_view lossTag = "loss/";

struct RecordedTag {
    const char* tag;
    const char* name;
    const char* convention;
};
/// Curves beside the losses for which lower is better.
constexpr RecordedTag recordedTags[] = {
    {"metric/heldout_l1", "heldout_l1",
     "Mean absolute error of held-out pictures' reconstructions in [-1,1], last of the run"},
    {"metric/train_l1", "train_l1",
     "Mean absolute error of training pictures' reconstructions in [-1,1], mean of the last tenth"},
    {"metric/kid_random", "kid_random",
     "KID's formula over features of an untrained net, 512 samples and as many held-out pictures, mean of "
     "the "
     "last tenth; not comparable with published KID"},
    {"metric/energy_distance", "energy_distance",
     "Energy distance of 1024 sampled and as many held-out points, mean of the last tenth"},
};

/// Of the last tenth of what was written, at least the last one.
double meanOfTail(const std::vector<double>& values) {
    const std::size_t count = std::max<std::size_t>(1, values.size() / 10);
    double sum = 0.0;
    for (auto value = values.end() - static_cast<std::ptrdiff_t>(count); value != values.end(); ++value) {
        sum += *value;
    }
    return sum / static_cast<double>(count);
}

} // namespace

RecordedRun readRecordedRun(const std::string& runFolder) {
    RecordedRun run;
    std::map<std::string, std::vector<double>> curves;
    std::vector<double> gaps;
    double before = 0.0;
    EventReader reader(runFolder);
    for (const MetricPoint& point : reader.poll()) {
        run.step = std::max(run.step, point.step);
        if (before > 0.0 && point.wallTime > before) {
            gaps.push_back(point.wallTime - before);
        }
        before = point.wallTime;
        for (const auto& [tag, value] : point.values) {
            curves[tag].push_back(value);
        }
    }
    for (const SessionEvent& event : reader.takeEvents()) {
        const auto* const alarm = std::get_if<Alarm>(&event);
        run.diverged = run.diverged || (alarm != nullptr && alarm->kind == "not_finite");
    }
    if (!gaps.empty()) {
        std::vector<double> sorted = gaps;
        std::nth_element(sorted.begin(), sorted.begin() + std::ptrdiff_t(sorted.size() / 2), sorted.end());
        const double usual = sorted[sorted.size() / 2];
        for (const double gap : gaps) {
            run.seconds += gap > 10.0 * usual + 1.0 ? usual : gap; // a longer one is a pause between starts
        }
    }
    for (const RecordedTag& known : recordedTags) {
        if (const auto curve = curves.find(known.tag); curve != curves.end()) {
            const bool last = std::string_view(known.name) == "heldout_l1";
            run.figures.push_back({.name = known.name,
                                   .value = last ? curve->second.back() : meanOfTail(curve->second),
                                   .convention = known.convention});
        }
    }
    for (const auto& [tag, values] : curves) {
        if (tag.starts_with(lossTag)) {
            run.figures.push_back({.name = "loss_" + tag.substr(lossTag.size()),
                                   .value = meanOfTail(values),
                                   .convention = "Training loss, mean of the last tenth; not comparable "
                                                 "between methods"});
        }
    }
    return run;
}

} // namespace alphascope::engine
