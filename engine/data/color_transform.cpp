#include "engine/data/color_transform.h"

#include <utility>

namespace alphascope::engine {

namespace {

class ColoredSet : public DataSet {
public:
    ColoredSet(std::shared_ptr<const DataSet> grey, std::uint64_t seed, DataSetInfo info)
        : grey_(std::move(grey)), info_(std::move(info)), seed_(seed) {}

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return 3; }
    int size() const override { return grey_->size(); }
    std::uint64_t count(Split split) const override { return grey_->count(split); }
    std::string fingerprint() const override { return grey_->fingerprint() + "+color"; }
    std::vector<std::string> factorNames() const override { return grey_->factorNames(); }
    std::vector<float> factors(Split split, std::uint64_t index) const override {
        return grey_->factors(split, index);
    }

    int get(Split split, std::uint64_t index, std::uint64_t draw, std::span<float> out) const override {
        const std::size_t plane = std::size_t(size()) * size();
        std::vector<float> grey(plane);
        const int label = grey_->get(split, index, draw, grey);
        CounterRandom random(RandomPurpose::Color, {seed_, static_cast<std::uint64_t>(split), index, draw});
        colorize(grey, random, out);
        return label;
    }

private:
    std::shared_ptr<const DataSet> grey_;
    DataSetInfo info_;
    std::uint64_t seed_;
};

} // namespace

void colorize(std::span<const float> grey, CounterRandom& random, std::span<float> out) {
    constexpr float colorSpread = 0.5F;
    constexpr float noiseSpread = 0.2F;
    const float color[3] = {colorSpread * random.normal(), colorSpread * random.normal(),
                            colorSpread * random.normal()};
    for (std::size_t c = 0; c < 3; ++c) {
        const std::span<float> plane = out.subspan(c * grey.size(), grey.size());
        for (float& value : plane) {
            value = noiseSpread * random.normal();
        }
        // A loop of its own, without branches: half of the ground is clipped, which no processor foresees.
        for (std::size_t i = 0; i < grey.size(); ++i) {
            const float intensity = (grey[i] + 1.0F) * 0.5F;
            const float value = intensity * color[c] + (intensity - 1.0F) + plane[i];
            const float raised = value > -1.0F ? value : -1.0F;
            plane[i] = raised < 1.0F ? raised : 1.0F;
        }
    }
}

std::shared_ptr<const DataSet> makeColored(std::shared_ptr<const DataSet> grey, std::uint64_t seed,
                                           DataSetInfo info) {
    return std::make_shared<ColoredSet>(std::move(grey), seed, std::move(info));
}

} // namespace alphascope::engine
