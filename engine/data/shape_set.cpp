#include "engine/data/shape_set.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "engine/data/counter_random.h"
#include "engine/data/glyph_set.h"

namespace alphascope::engine {

namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr std::array shapeNames{"circle", "square", "triangle", "star", "cross", "ring", "heart", "moon"};

struct Factors {
    int shape = 0;
    float hue = 0.0F;
    float size = 0.0F;
    float x = 0.0F;
    float y = 0.0F;
    float rotation = 0.0F;
    float backgroundHue = 0.0F;
};

using Color = std::array<float, 3>; ///< R, G, B in [-1,1]

/// Hue as a fraction of a turn, saturation and value in [0,1].
Color fromHsv(float hue, float saturation, float value) {
    Color color{};
    for (int c = 0; c < 3; ++c) {
        const float turn = hue + static_cast<float>(3 - c) / 3.0F;
        const float wave = std::abs((turn - std::floor(turn)) * 6.0F - 3.0F) - 1.0F;
        color[c] = 2.0F * value * (1.0F + saturation * (std::clamp(wave, 0.0F, 1.0F) - 1.0F)) - 1.0F;
    }
    return color;
}

float box(float x, float y, float halfWidth, float halfHeight) {
    return std::max(std::abs(x) - halfWidth, std::abs(y) - halfHeight);
}

float star(float x, float y) {
    constexpr float inner = 0.45F;
    constexpr float point = 2.0F * pi / 5.0F;
    const float radius = std::hypot(x, y);
    float angle = std::atan2(x, -y); // from the upper tip
    angle = std::abs(angle - point * std::round(angle / point));
    // Distance to the edge from the tip (1, 0) to the notch at half a point's angle.
    const float nx = inner * std::sin(0.5F * point);
    const float ny = 1.0F - inner * std::cos(0.5F * point);
    return ((radius * std::cos(angle) - 1.0F) * nx + radius * std::sin(angle) * ny) / std::hypot(nx, ny);
}

float heart(float x, float y) {
    constexpr float half = 0.55F; // of the square on its corner, with a half circle on either upper side
    const float lobe = half / std::numbers::sqrt2_v<float>;
    const float square = (std::abs(x) + std::abs(y)) / std::numbers::sqrt2_v<float> - half;
    return std::min(square, std::hypot(std::abs(x) - lobe, y + lobe) - half);
}

/// Negative inside, positive outside, in units of the shape's radius; good near the outline, where it
/// matters.
float signedDistance(int shape, float x, float y) {
    switch (shape) {
    case 0:
        return std::hypot(x, y) - 0.9F;
    case 1:
        return box(x, y, 0.76F, 0.76F);
    case 2:
        return std::max(y, 0.5F * (std::numbers::sqrt3_v<float> * std::abs(x) - y)) - 0.5F;
    case 3:
        return star(x, y);
    case 4:
        return std::min(box(x, y, 0.3F, 0.92F), box(x, y, 0.92F, 0.3F));
    case 5:
        return std::abs(std::hypot(x, y) - 0.68F) - 0.23F;
    case 6:
        return heart(x, y);
    default:
        return std::max(std::hypot(x, y) - 0.92F, 0.74F - std::hypot(x - 0.42F, y));
    }
}

/// A ground that grows lighter downwards.
void drawGround(const Factors& factors, int size, std::span<float> out) {
    const std::size_t plane = std::size_t(size) * size;
    for (int y = 0; y < size; ++y) {
        const float depth = (static_cast<float>(y) + 0.5F) / static_cast<float>(size);
        const Color color = fromHsv(factors.backgroundHue, 0.5F, 0.22F + 0.28F * depth);
        for (int c = 0; c < 3; ++c) {
            std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(c * plane + std::size_t(y) * size), size,
                        color[c]);
        }
    }
}

void drawShape(const Factors& factors, int size, std::span<float> out) {
    const std::size_t plane = std::size_t(size) * size;
    const float side = static_cast<float>(size);
    const float radius = factors.size * side;
    const float cosine = std::cos(2.0F * pi * factors.rotation);
    const float sine = std::sin(2.0F * pi * factors.rotation);
    const Color color = fromHsv(factors.hue, 0.75F, 0.98F);
    const float border = radius + 1.0F;
    const int left = std::max(0, static_cast<int>(factors.x * side - border));
    const int right = std::min(size - 1, static_cast<int>(factors.x * side + border));
    const int top = std::max(0, static_cast<int>(factors.y * side - border));
    const int bottom = std::min(size - 1, static_cast<int>(factors.y * side + border));
    for (int y = top; y <= bottom; ++y) {
        for (int x = left; x <= right; ++x) {
            const float dx = (static_cast<float>(x) + 0.5F - factors.x * side) / radius;
            const float dy = (static_cast<float>(y) + 0.5F - factors.y * side) / radius;
            const float distance =
                signedDistance(factors.shape, cosine * dx + sine * dy, cosine * dy - sine * dx) * radius;
            const float cover = std::clamp(0.5F - distance, 0.0F, 1.0F);
            for (int c = 0; c < 3; ++c) {
                float& pixel = out[c * plane + std::size_t(y) * size + x];
                pixel += cover * (color[c] - pixel);
            }
        }
    }
}

class ShapeSet : public DataSet {
public:
    ShapeSet(int size, std::uint64_t seed) : info_(shapeSetInfo()), size_(size), seed_(seed) {}

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return 3; }
    int size() const override { return size_; }
    std::uint64_t count(Split split) const override { return split == Split::Train ? 0 : drawnTestCount; }
    std::string fingerprint() const override { return fmt::format("shapes-1 {}x{}x3", size_, size_); }
    std::vector<std::string> factorNames() const override {
        return {"shape", "hue", "size", "x", "y", "rotation", "background hue"};
    }
    std::vector<float> factors(Split split, std::uint64_t index) const override {
        const Factors f = choose(split, index);
        return {static_cast<float>(f.shape), f.hue, f.size, f.x, f.y, f.rotation, f.backgroundHue};
    }

    int get(Split split, std::uint64_t index, std::uint64_t, std::span<float> out) const override {
        const Factors factors = choose(split, index);
        drawGround(factors, size_, out);
        drawShape(factors, size_, out);
        return factors.shape;
    }

private:
    Factors choose(Split split, std::uint64_t index) const {
        CounterRandom random(RandomPurpose::Shape, {seed_, static_cast<std::uint64_t>(split), index});
        Factors f;
        f.shape = random.below(static_cast<int>(shapeNames.size()));
        f.hue = random.uniform();
        f.size = random.uniform(0.18F, 0.36F);
        f.x = random.uniform(f.size, 1.0F - f.size);
        f.y = random.uniform(f.size, 1.0F - f.size);
        f.rotation = random.uniform();
        f.backgroundHue = random.uniform();
        return f;
    }

    DataSetInfo info_;
    int size_;
    std::uint64_t seed_;
};

} // namespace

DataSetInfo shapeSetInfo() {
    DataSetInfo info;
    info.name = "shapes";
    info.title = "Shapes";
    info.description =
        "Coloured shapes on a coloured ground with seven known factors, drawn by the program without end.";
    info.builtIn = true;
    info.channels = 3;
    info.size = 32;
    info.sizes = {28, 32, 64};
    info.testCount = drawnTestCount;
    info.labels.assign(shapeNames.begin(), shapeNames.end());
    return info;
}

std::shared_ptr<const DataSet> makeShapeSet(int size, std::uint64_t seed) {
    return std::make_shared<ShapeSet>(size, seed);
}

} // namespace alphascope::engine
