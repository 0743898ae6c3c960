#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/api/error.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

constexpr double fullColorAt = 127.5; // of 255: half the range
constexpr int largestWindow = 11;
constexpr double windowDeviation = 1.5;

void requireAlike(const Image& a, const Image& b, const char* what) {
    if (a.empty() || a.width != b.width || a.height != b.height || a.channels != b.channels) {
        throw Error(ErrorKind::Usage,
                    std::string(what) + " needs two pictures of the same size and channels.");
    }
}

using MapColor = std::array<double, 3>;
constexpr MapColor tooBright{255, 150, 40};
constexpr MapColor tooDark{70, 150, 255};

/// Black, red, yellow, white.
MapColor heatColor(double strength) {
    const auto channel = [&](double begin) { return 255.0 * std::clamp(3.0 * strength - begin, 0.0, 1.0); };
    return {channel(0.0), channel(1.0), channel(2.0)};
}

void paintMap(Image& image, std::size_t pixel, const MapColor& color, double strength) {
    for (std::size_t c = 0; c < 3; ++c) {
        image.pixels[pixel * 3 + c] = static_cast<std::uint8_t>(std::lround(color[c] * strength));
    }
}

std::vector<double> gaussianWindow(int size) {
    const double deviation = windowDeviation * size / largestWindow;
    std::vector<double> weights(static_cast<std::size_t>(size));
    double sum = 0.0;
    for (int i = 0; i < size; ++i) {
        const double from = (i - 0.5 * (size - 1)) / deviation;
        weights[static_cast<std::size_t>(i)] = std::exp(-0.5 * from * from);
        sum += weights[static_cast<std::size_t>(i)];
    }
    for (double& weight : weights) {
        weight /= sum;
    }
    return weights;
}

struct SsimPlane {
    int width = 0;
    int height = 0;
    std::vector<double> values;
};

/// Weighted means of every window that fits whole: along rows, then along columns.
SsimPlane windowMeans(const SsimPlane& plane, const std::vector<double>& weights) {
    const int size = static_cast<int>(weights.size());
    const int width = plane.width - size + 1;
    const int height = plane.height - size + 1;
    SsimPlane rows{width, plane.height, std::vector<double>(std::size_t(width) * plane.height)};
    for (int y = 0; y < plane.height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int i = 0; i < size; ++i) {
                rows.values[std::size_t(y) * width + x] +=
                    weights[static_cast<std::size_t>(i)] * plane.values[std::size_t(y) * plane.width + x + i];
            }
        }
    }
    SsimPlane means{width, height, std::vector<double>(std::size_t(width) * height)};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int i = 0; i < size; ++i) {
                means.values[std::size_t(y) * width + x] +=
                    weights[static_cast<std::size_t>(i)] * rows.values[std::size_t(y + i) * width + x];
            }
        }
    }
    return means;
}

SsimPlane channelPlane(const Image& image, int channel) {
    SsimPlane plane{image.width, image.height, std::vector<double>(std::size_t(image.width) * image.height)};
    for (std::size_t i = 0; i < plane.values.size(); ++i) {
        plane.values[i] = image.pixels[i * image.channels + channel];
    }
    return plane;
}

SsimPlane productOf(const SsimPlane& a, const SsimPlane& b) {
    SsimPlane product = a;
    for (std::size_t i = 0; i < product.values.size(); ++i) {
        product.values[i] *= b.values[i];
    }
    return product;
}

double similarityOf(const SsimPlane& a, const SsimPlane& b, const std::vector<double>& weights) {
    constexpr double c1 = (0.01 * 255.0) * (0.01 * 255.0);
    constexpr double c2 = (0.03 * 255.0) * (0.03 * 255.0);
    const SsimPlane meanA = windowMeans(a, weights);
    const SsimPlane meanB = windowMeans(b, weights);
    const SsimPlane squareA = windowMeans(productOf(a, a), weights);
    const SsimPlane squareB = windowMeans(productOf(b, b), weights);
    const SsimPlane cross = windowMeans(productOf(a, b), weights);
    double sum = 0.0;
    for (std::size_t i = 0; i < meanA.values.size(); ++i) {
        const double ma = meanA.values[i];
        const double mb = meanB.values[i];
        const double varianceA = squareA.values[i] - ma * ma;
        const double varianceB = squareB.values[i] - mb * mb;
        const double covariance = cross.values[i] - ma * mb;
        sum += (2.0 * ma * mb + c1) * (2.0 * covariance + c2) /
               ((ma * ma + mb * mb + c1) * (varianceA + varianceB + c2));
    }
    return sum / static_cast<double>(meanA.values.size());
}

} // namespace

Image errorMap(const Image& original, const Image& rebuilt) {
    requireAlike(original, rebuilt, "An error map");
    Image map(original.width, original.height, 3);
    for (std::size_t i = 0; i < std::size_t(map.width) * map.height; ++i) {
        int sum = 0;
        for (int c = 0; c < original.channels; ++c) {
            const std::size_t at = i * original.channels + c;
            sum += int(rebuilt.pixels[at]) - int(original.pixels[at]);
        }
        const double strength = std::min(1.0, std::abs(sum) / (original.channels * fullColorAt));
        paintMap(map, i, sum > 0 ? tooBright : tooDark, strength);
    }
    return map;
}

Image deviationMap(std::span<const float> deviations, int size) {
    if (size <= 0 || deviations.size() != std::size_t(size) * size) {
        throw Error(ErrorKind::Internal, "A map of deviations does not have the size that was stated.");
    }
    Image map(size, size, 3);
    for (std::size_t i = 0; i < deviations.size(); ++i) {
        paintMap(map, i, heatColor(deviations[i]), 1.0); // half of a range of 2 is 1
    }
    return map;
}

double peakSignalToNoise(const Image& a, const Image& b) {
    requireAlike(a, b, "A signal to noise ratio");
    double sum = 0.0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        const double difference = double(a.pixels[i]) - double(b.pixels[i]);
        sum += difference * difference;
    }
    if (sum == 0.0) {
        return std::numeric_limits<double>::infinity();
    }
    return 10.0 * std::log10(255.0 * 255.0 * static_cast<double>(a.pixels.size()) / sum);
}

double structuralSimilarity(const Image& a, const Image& b) {
    requireAlike(a, b, "Structural similarity");
    const std::vector<double> weights = gaussianWindow(std::min({largestWindow, a.width, a.height}));
    double sum = 0.0;
    for (int c = 0; c < a.channels; ++c) {
        sum += similarityOf(channelPlane(a, c), channelPlane(b, c), weights);
    }
    return sum / a.channels;
}

} // namespace alphascope::engine
