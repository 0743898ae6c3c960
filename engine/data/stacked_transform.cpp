#include "engine/data/stacked_transform.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/data/counter_random.h"
#include "engine/data/glyph_set.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t digits = 10;

class StackedSet : public DataSet {
public:
    StackedSet(std::shared_ptr<const DataSet> grey, std::uint64_t seed, DataSetInfo info)
        : grey_(std::move(grey)), info_(std::move(info)), seed_(seed),
          labelled_(grey_->info().labels.size() == digits) {}

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return 3; }
    int size() const override { return grey_->size(); }
    std::uint64_t count(Split split) const override { return grey_->count(split); }
    std::string fingerprint() const override { return grey_->fingerprint() + "+stacked"; }
    std::vector<std::string> factorNames() const override {
        return labelled_ ? std::vector<std::string>{"red", "green", "blue"} : std::vector<std::string>{};
    }
    /// With draw 0: what the held-out pictures show.
    std::vector<float> factors(Split split, std::uint64_t index) const override {
        if (!labelled_) {
            return {};
        }
        std::vector<float> picture(3 * plane());
        const int label = get(split, index, 0, picture);
        const int red = label / 100, green = label / 10 % 10, blue = label % 10;
        return {static_cast<float>(red), static_cast<float>(green), static_cast<float>(blue)};
    }

    int get(Split split, std::uint64_t index, std::uint64_t draw, std::span<float> out) const override {
        const std::array<std::uint64_t, 3> chosen = choose(split, index, draw);
        int label = 0;
        for (std::size_t c = 0; c < 3; ++c) {
            const int digit = grey_->get(split, chosen[c], draw, out.subspan(c * plane(), plane()));
            label = label * static_cast<int>(digits) + digit;
        }
        return labelled_ ? label : -1;
    }

private:
    std::size_t plane() const { return std::size_t(size()) * size(); }

    std::array<std::uint64_t, 3> choose(Split split, std::uint64_t index, std::uint64_t draw) const {
        const std::uint64_t total = grey_->count(split);
        if (total == 0) {
            return {3 * index, 3 * index + 1, 3 * index + 2};
        }
        CounterRandom random(RandomPurpose::Stack, {seed_, static_cast<std::uint64_t>(split), index, draw});
        const std::uint64_t green = random.bits() % total;
        return {index, green, random.bits() % total};
    }

    std::shared_ptr<const DataSet> grey_;
    DataSetInfo info_;
    std::uint64_t seed_;
    bool labelled_;
};

} // namespace

DataSetInfo stackedInfo(DataSetInfo info) {
    info.channels = 3;
    const bool labelled = info.labels.size() == digits;
    info.labels.clear();
    for (int label = 0; labelled && label < 1000; ++label) {
        info.labels.push_back(fmt::format("{:03}", label));
    }
    return info;
}

DataSetInfo stackedGlyphSetInfo() {
    DataSetInfo info = stackedInfo(glyphSetInfo());
    info.name = "stacked-glyphs";
    info.title = "Stacked glyphs";
    info.description = "Three digits of glyphs in the three colour channels: a thousand modes to be found.";
    return info;
}

std::shared_ptr<const DataSet> makeStacked(std::shared_ptr<const DataSet> grey, std::uint64_t seed,
                                           DataSetInfo info) {
    return std::make_shared<StackedSet>(std::move(grey), seed, std::move(info));
}

} // namespace alphascope::engine
