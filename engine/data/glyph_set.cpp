#include "engine/data/glyph_set.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include <fmt/format.h>

#include "engine/data/counter_random.h"
#include "engine/data/digit_strokes.h"
#include "engine/data/stroke_raster.h"

namespace alphascope::engine {

namespace {

constexpr float twoPi = 2.0F * std::numbers::pi_v<float>;

/// A smooth displacement of the plane: a few waves of random direction. It moves touching strokes alike, so
/// that joints stay joined.
class Warp {
public:
    Warp(CounterRandom& random, float amplitude, float frequency) {
        for (Wave& wave : waves_) {
            const float angle = random.uniform(0.0F, twoPi);
            const float cycles = frequency * random.uniform(0.6F, 1.4F) * twoPi;
            wave.kx = cycles * std::cos(angle);
            wave.ky = cycles * std::sin(angle);
            wave.phase = random.uniform(0.0F, twoPi);
            wave.dx = amplitude * random.normal();
            wave.dy = amplitude * random.normal();
        }
    }
    PenPoint operator()(PenPoint p) const {
        PenPoint moved = p;
        for (const Wave& wave : waves_) {
            const float s = std::sin(wave.kx * p.x + wave.ky * p.y + wave.phase);
            moved.x += wave.dx * s;
            moved.y += wave.dy * s;
        }
        return moved;
    }

private:
    struct Wave {
        float kx, ky, phase, dx, dy;
    };
    std::array<Wave, 2> waves_;
};

/// One writer's hand for one digit.
struct Hand {
    explicit Hand(CounterRandom& random)
        : bend(random, 0.045F, 0.7F), tremor(random, 0.014F, 1.9F),
          slant(std::clamp(0.12F + 0.22F * random.normal(), -0.45F, 0.6F)), turn(0.08F * random.normal()),
          aspect(std::exp(0.16F * random.normal())), height(random.uniform(17.0F, 21.0F)),
          radius(0.85F + 1.05F * random.uniform() * random.uniform() + 0.35F * random.uniform()),
          pressure(random.uniform(0.0F, 0.25F)), pressurePhase(random.uniform(0.0F, twoPi)),
          shiftX(random.normal()), shiftY(0.8F * random.normal()), softness(random.uniform(1.0F, 1.6F)) {}

    /// Bend, tremble, slant, turn: still in glyph units.
    PenPoint write(PenPoint p) const {
        p = tremor(bend(p));
        const float x = (p.x + slant * (0.5F - p.y)) * aspect;
        return {x * std::cos(turn) - p.y * std::sin(turn), x * std::sin(turn) + p.y * std::cos(turn),
                p.corner};
    }

    Warp bend;
    Warp tremor;
    float slant;
    float turn;
    float aspect;
    float height; ///< pixels of 28
    float radius; ///< pixels of 28
    float pressure;
    float pressurePhase;
    float shiftX; ///< pixels of 28
    float shiftY;
    float softness; ///< pixels of the picture
};

/// Centripetal enough for short spans: Catmull-Rom between b and c, with the tangent zero at corners.
PenPoint between(const PenPoint& a, const PenPoint& b, const PenPoint& c, const PenPoint& d, float t) {
    const float mb = b.corner ? 0.0F : 0.5F;
    const float mc = c.corner ? 0.0F : 0.5F;
    const float t2 = t * t;
    const float t3 = t2 * t;
    const float hb = 2.0F * t3 - 3.0F * t2 + 1.0F;
    const float hc = 1.0F - hb;
    const float gb = (t3 - 2.0F * t2 + t) * mb;
    const float gc = (t3 - t2) * mc;
    return {hb * b.x + hc * c.x + gb * (c.x - a.x) + gc * (d.x - b.x),
            hb * b.y + hc * c.y + gb * (c.y - a.y) + gc * (d.y - b.y)};
}

void appendStroke(const PenStroke& stroke, const Hand& hand, std::vector<PenSample>& samples) {
    constexpr float longestStep = 0.09F; // of the glyph's height: fine enough to look round at 64 pixels
    const int last = static_cast<int>(stroke.size()) - 1;
    float travelled = 0.0F;
    const auto put = [&](PenPoint p) {
        p = hand.write(p);
        const float radius =
            hand.radius * (1.0F + hand.pressure * std::sin(5.0F * travelled + hand.pressurePhase));
        samples.push_back({p.x, p.y, radius, false});
    };
    put(stroke[0]);
    for (int i = 0; i < last; ++i) {
        const PenPoint& b = stroke[i];
        const PenPoint& c = stroke[i + 1];
        const float length = std::hypot(c.x - b.x, c.y - b.y);
        const int steps = std::max(2, static_cast<int>(std::ceil(length / longestStep)));
        for (int k = 1; k <= steps; ++k) {
            travelled += length / static_cast<float>(steps);
            put(between(stroke[std::max(i - 1, 0)], b, c, stroke[std::min(i + 2, last)],
                        static_cast<float>(k) / static_cast<float>(steps)));
        }
    }
    samples.back().lift = true;
}

/// Glyph units to pixels: scaled to the hand's height unless that is too wide, and centred.
void place(const Hand& hand, int size, std::vector<PenSample>& samples) {
    float left = samples[0].x, right = left, top = samples[0].y, bottom = top;
    for (const PenSample& s : samples) {
        left = std::min(left, s.x);
        right = std::max(right, s.x);
        top = std::min(top, s.y);
        bottom = std::max(bottom, s.y);
    }
    const float pixel = static_cast<float>(size) / 28.0F;
    const float room = 20.5F - 2.0F * hand.radius; // the outline stays off the border even when shifted
    const float tall = std::min(hand.height - 2.0F * hand.radius, room);
    const float scale =
        std::min(tall / std::max(bottom - top, 0.1F), room / std::max(right - left, 0.1F)) * pixel;
    const float middle = 0.5F * static_cast<float>(size);
    const float limit = 1.8F;
    const float centreX = middle + std::clamp(hand.shiftX, -limit, limit) * pixel;
    const float centreY = middle + std::clamp(hand.shiftY, -limit, limit) * pixel;
    for (PenSample& s : samples) {
        s.x = (s.x - 0.5F * (left + right)) * scale + centreX;
        s.y = (s.y - 0.5F * (top + bottom)) * scale + centreY;
        s.radius *= pixel;
    }
}

class GlyphSet : public DataSet {
public:
    GlyphSet(int size, std::uint64_t seed) : info_(glyphSetInfo()), size_(size), seed_(seed) {}

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return 1; }
    int size() const override { return size_; }
    std::uint64_t count(Split split) const override { return split == Split::Train ? 0 : drawnTestCount; }
    std::string fingerprint() const override { return fmt::format("glyphs-1 {}x{}x1", size_, size_); }
    std::vector<std::string> factorNames() const override { return {"digit", "form"}; }
    std::vector<float> factors(Split split, std::uint64_t index) const override {
        const Choice choice = choose(split, index);
        return {static_cast<float>(choice.digit), static_cast<float>(choice.form)};
    }

    int get(Split split, std::uint64_t index, std::uint64_t, std::span<float> out) const override {
        Choice choice = choose(split, index);
        const Hand hand(choice.random);
        std::vector<PenSample> samples;
        samples.reserve(96);
        for (const PenStroke& stroke : digitForms(choice.digit)[choice.form]) {
            appendStroke(stroke, hand, samples);
        }
        place(hand, size_, samples);
        rasterizeStrokes(samples, size_, hand.softness, out);
        for (float& value : out) {
            value = 2.0F * value - 1.0F;
        }
        return choice.digit;
    }

private:
    struct Choice {
        CounterRandom random;
        int digit = 0;
        int form = 0;
    };
    Choice choose(Split split, std::uint64_t index) const {
        Choice choice{CounterRandom(RandomPurpose::Glyph, {seed_, static_cast<std::uint64_t>(split), index}),
                      0, 0};
        choice.digit = choice.random.below(10);
        choice.form = choice.random.below(static_cast<int>(digitForms(choice.digit).size()));
        return choice;
    }

    DataSetInfo info_;
    int size_;
    std::uint64_t seed_;
};

} // namespace

DataSetInfo glyphSetInfo() {
    DataSetInfo info;
    info.name = "glyphs";
    info.title = "Glyphs";
    info.description =
        "Digits 0 to 9 as if written by hand, in forty ways, drawn by the program without end.";
    info.builtIn = true;
    info.channels = 1;
    info.size = 28;
    info.sizes = {28, 32, 64};
    info.testCount = drawnTestCount;
    for (int digit = 0; digit < 10; ++digit) {
        info.labels.push_back(fmt::format("{}", digit));
    }
    return info;
}

DataSetInfo colorGlyphSetInfo() {
    DataSetInfo info = glyphSetInfo();
    info.name = "color-glyphs";
    info.title = "Coloured glyphs";
    info.description = "The digits of glyphs in fresh colours on a dark noisy ground, made like ColorMNIST.";
    info.channels = 3;
    return info;
}

std::shared_ptr<const DataSet> makeGlyphSet(int size, std::uint64_t seed) {
    return std::make_shared<GlyphSet>(size, seed);
}

} // namespace alphascope::engine
