#include "engine/data/point_set.h"

#include <cmath>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/counter_random.h"
#include "engine/data/glyph_set.h"

namespace alphascope::engine {

namespace {

constexpr float spread = 0.8F; ///< of the outermost centres

class PointSet : public DataSet {
public:
    PointSet(DataSetInfo info, std::vector<std::array<float, 2>> modes, int size, std::uint64_t seed)
        : info_(std::move(info)), modes_(std::move(modes)), seed_(seed) {
        if (size != 1) {
            throw Error(ErrorKind::Usage,
                        fmt::format("'{}' is made of points, which have no size in pixels.", info_.name),
                        "Leave the size out.");
        }
    }

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return 2; }
    int size() const override { return 1; }
    std::uint64_t count(Split split) const override { return split == Split::Train ? 0 : drawnTestCount; }
    std::string fingerprint() const override { return info_.name + "-1"; }
    std::vector<std::string> factorNames() const override { return {"mode"}; }
    std::vector<float> factors(Split split, std::uint64_t index) const override {
        CounterRandom random = randomOf(split, index);
        return {static_cast<float>(chooseMode(random))};
    }

    int get(Split split, std::uint64_t index, std::uint64_t, std::span<float> out) const override {
        CounterRandom random = randomOf(split, index);
        const int mode = chooseMode(random);
        out[0] = modes_[mode][0] + modeDeviation * random.normal();
        out[1] = modes_[mode][1] + modeDeviation * random.normal();
        return mode;
    }

private:
    CounterRandom randomOf(Split split, std::uint64_t index) const {
        return {RandomPurpose::Point, {seed_, static_cast<std::uint64_t>(split), index}};
    }
    int chooseMode(CounterRandom& random) const { return random.below(static_cast<int>(modes_.size())); }

    DataSetInfo info_;
    std::vector<std::array<float, 2>> modes_;
    std::uint64_t seed_;
};

DataSetInfo pointSetInfo(const std::string& name, const std::string& title, const std::string& description,
                         std::size_t modes) {
    DataSetInfo info;
    info.name = name;
    info.title = title;
    info.description = description;
    info.builtIn = true;
    info.channels = 2;
    info.size = 1;
    info.sizes = {1};
    info.testCount = drawnTestCount;
    for (std::size_t mode = 0; mode < modes; ++mode) {
        info.labels.push_back(fmt::format("mode {}", mode));
    }
    return info;
}

} // namespace

std::vector<std::array<float, 2>> ringModes() {
    constexpr int count = 8;
    std::vector<std::array<float, 2>> modes;
    for (int k = 0; k < count; ++k) {
        const float angle = 2.0F * std::numbers::pi_v<float> * static_cast<float>(k) / count;
        modes.push_back({spread * std::cos(angle), spread * std::sin(angle)});
    }
    return modes;
}

std::vector<std::array<float, 2>> gridModes() {
    constexpr int side = 5;
    const auto at = [](int k) { return spread * (2.0F * static_cast<float>(k) / (side - 1) - 1.0F); };
    std::vector<std::array<float, 2>> modes;
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            modes.push_back({at(column), at(row)});
        }
    }
    return modes;
}

std::vector<std::array<float, 2>> modesOf(const DataSetInfo& set) {
    return set.name == gridSetInfo().name ? gridModes() : ringModes();
}

DataSetInfo ringSetInfo() {
    return pointSetInfo("ring", "Ring of points",
                        "Points in the plane: eight narrow Gaussians on a circle, drawn without end.",
                        ringModes().size());
}

DataSetInfo gridSetInfo() {
    return pointSetInfo(
        "grid", "Grid of points",
        "Points in the plane: twenty-five narrow Gaussians on a square grid, drawn without end.",
        gridModes().size());
}

std::shared_ptr<const DataSet> makeRingSet(int size, std::uint64_t seed) {
    return std::make_shared<PointSet>(ringSetInfo(), ringModes(), size, seed);
}

std::shared_ptr<const DataSet> makeGridSet(int size, std::uint64_t seed) {
    return std::make_shared<PointSet>(gridSetInfo(), gridModes(), size, seed);
}

} // namespace alphascope::engine
