#include "engine/exploring/variation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t variationPiece = 8; // codes: a few milliseconds of the small thread count

/// `code` with normal noise of deviation `radius` on each number, `count` times.
Codes perturbed(const Codes& code, std::size_t count, double radius, std::uint64_t seed) {
    Codes codes = priorCodes(seed, count, code.size);
    for (std::size_t i = 0; i < codes.values.size(); ++i) {
        codes.values[i] = code.values[i % code.size] + static_cast<float>(radius) * codes.values[i];
    }
    return codes;
}

} // namespace

Variation::Variation(Replica& replica, const VaryPicture& order) : replica_(replica) {
    if (order.samples < 2 || order.samples > 1024 || !(order.radius > 0.0 && order.radius <= 10.0)) {
        throw Error(ErrorKind::Usage, "A picture cannot be varied by that many codes or that far.",
                    "Choose 2 to 1024 codes and a radius above 0 and up to 10.");
    }
    if (order.code.count != 1 || order.code.size != replica.latentSize()) {
        throw Error(ErrorKind::Usage, "The code to vary is not one of this model.");
    }
    const auto count = static_cast<std::size_t>(order.samples);
    if (auto drawn = replica.drawCodes(order.picture, count, order.seed)) {
        codes_ = std::move(*drawn);
        spread_ = replica.spread();
    } else {
        codes_ = perturbed(order.code, count, order.radius, order.seed);
    }
}

void Variation::step() {
    const std::size_t end = std::min(codes_.count, done_ + variationPiece);
    Codes part(end - done_, codes_.size);
    std::copy_n(codes_.values.begin() + static_cast<std::ptrdiff_t>(done_ * codes_.size), part.values.size(),
                part.values.begin());
    for (const Image& picture : replica_.decode(part)) {
        sums_.resize(picture.pixels.size());
        squares_.resize(picture.pixels.size());
        channels_ = static_cast<std::size_t>(picture.channels);
        for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
            const double value = picture.pixels[i] / 127.5;
            sums_[i] += value;
            squares_[i] += value * value;
        }
    }
    done_ = end;
}

std::vector<double> Variation::deviations() const {
    const auto count = static_cast<double>(done_);
    std::vector<double> result(sums_.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        const double mean = sums_[i] / count;
        result[i] = std::sqrt(std::max(0.0, squares_[i] / count - mean * mean));
    }
    return result;
}

std::vector<float> Variation::perPixel() const {
    const std::vector<double> all = deviations();
    std::vector<float> pixels(all.size() / channels_);
    for (std::size_t i = 0; i < all.size(); ++i) {
        pixels[i / channels_] += static_cast<float>(all[i] / static_cast<double>(channels_));
    }
    return pixels;
}

float Variation::mean() const {
    const std::vector<double> all = deviations();
    const double sum = std::accumulate(all.begin(), all.end(), 0.0);
    return static_cast<float>(sum / static_cast<double>(all.size()));
}

} // namespace alphascope::engine
