#include "engine/api/paths.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/api/error.h"
#include "engine/codes/vectors.h"

namespace alphascope::engine {

namespace {

/// Below this length of a splined unit vector the way is shortened instead of blown up again. Between unit
/// vectors at a right angle it stays above 0.7, at 150 degrees above 0.25.
constexpr double shortestDirection = 0.25;

/// Gauss-Seidel sweeps: the system's rows are 1, 4, 1, so that each leaves at most a third of the error, and
/// forty leave less than a double can tell.
constexpr int sweeps = 40;

} // namespace

KeyframePath::KeyframePath(Codes keyframes, PathKind kind, bool closed)
    : keyframes_(std::move(keyframes)), kind_(kind), closed_(closed && keyframes_.count > 1) {
    if (kind_ == PathKind::Cubic && keyframes_.count > 1) {
        spline();
    }
    if (kind_ == PathKind::Geodesic) {
        found_.resize(ways());
    }
}

std::size_t KeyframePath::ways() const {
    return keyframes_.count < 2 ? 0 : closed_ ? keyframes_.count : keyframes_.count - 1;
}

std::span<const float> KeyframePath::wayEnd(std::size_t way) const {
    return keyframes_.row((way + 1) % keyframes_.count);
}

void KeyframePath::setWay(std::size_t way, Codes points) {
    if (way >= found_.size() || points.size != keyframes_.size || points.count < 2) {
        throw Error(ErrorKind::Usage, "These points are no way between two keyframes of this path.");
    }
    found_[way] = std::move(points);
}

std::size_t KeyframePath::waysMissing() const {
    return static_cast<std::size_t>(
        std::count_if(found_.begin(), found_.end(), [](const Codes& points) { return points.count == 0; }));
}

/// Second derivatives at the knots, M: M_{i-1} + 4 M_i + M_{i+1} = 6 (y_{i-1} - 2 y_i + y_{i+1}), around the
/// circle when closed; 0 at both ends when open. (Any book on splines; de Boor 1978.)
void KeyframePath::spline() {
    const std::size_t n = keyframes_.count;
    const std::size_t width = keyframes_.size + 1;
    knots_.assign(n * width, 0.0);
    bends_.assign(n * width, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        const auto code = keyframes_.row(i);
        const double length = vectorLength(code);
        double* knot = knots_.data() + i * width;
        for (std::size_t k = 0; k < code.size() && length > 0.0; ++k) {
            knot[k] = code[k] / length;
        }
        knot[width - 1] = length;
    }
    const std::size_t first = closed_ ? 0 : 1;
    const std::size_t end = closed_ ? n : n - 1;
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        for (std::size_t i = first; i < end; ++i) {
            const std::size_t before = (i + n - 1) % n * width;
            const std::size_t here = i * width;
            const std::size_t after = (i + 1) % n * width;
            for (std::size_t k = 0; k < width; ++k) {
                const double turn = knots_[before + k] - 2.0 * knots_[here + k] + knots_[after + k];
                bends_[here + k] = (6.0 * turn - bends_[before + k] - bends_[after + k]) / 4.0;
            }
        }
    }
}

std::vector<float> KeyframePath::onSpline(std::size_t way, double t) const {
    const std::size_t size = keyframes_.size;
    const std::size_t from = way * (size + 1);
    const std::size_t to = (way + 1) % keyframes_.count * (size + 1);
    const double s = 1.0 - t;
    const auto value = [&](std::size_t k) {
        return s * knots_[from + k] + t * knots_[to + k] + (s * s * s - s) / 6.0 * bends_[from + k] +
               (t * t * t - t) / 6.0 * bends_[to + k];
    };
    std::vector<float> code(size);
    double square = 0.0;
    for (std::size_t k = 0; k < size; ++k) {
        const double direction = value(k);
        square += direction * direction;
        code[k] = static_cast<float>(direction);
    }
    // A spline of lengths may swing below 0 beside a code at the origin.
    const double factor = std::max(0.0, value(size)) / std::max(std::sqrt(square), shortestDirection);
    for (float& number : code) {
        number = static_cast<float>(number * factor);
    }
    return code;
}

std::vector<float> KeyframePath::between(std::size_t way, double t) const {
    if (kind_ == PathKind::Cubic) {
        return onSpline(way, t);
    }
    if (kind_ == PathKind::Geodesic && found_[way].count > 0) {
        const Codes& points = found_[way];
        const double place = t * static_cast<double>(points.count - 1);
        const std::size_t step = std::min(static_cast<std::size_t>(place), points.count - 2);
        return interpolate(points.row(step), points.row(step + 1), place - static_cast<double>(step),
                           PathKind::Slerp);
    }
    return interpolate(wayBegin(way), wayEnd(way), t, kind_);
}

std::vector<float> KeyframePath::at(double t) const {
    const auto exact = [](std::span<const float> code) {
        return std::vector<float>(code.begin(), code.end());
    };
    if (ways() == 0) {
        return exact(keyframes_.row(0));
    }
    const double place = (t > 0.0 ? std::min(t, 1.0) : 0.0) * static_cast<double>(ways());
    const std::size_t way = std::min(static_cast<std::size_t>(place), ways() - 1);
    const double within = place - static_cast<double>(way);
    if (within <= 0.0) {
        return exact(wayBegin(way));
    }
    return within >= 1.0 ? exact(wayEnd(way)) : between(way, within);
}

Codes KeyframePath::sample(std::span<const double> times) const {
    if (empty()) {
        return {};
    }
    Codes codes(times.size(), keyframes_.size);
    for (std::size_t i = 0; i < times.size(); ++i) {
        const std::vector<float> code = at(times[i]);
        std::copy(code.begin(), code.end(), codes.row(i).begin());
    }
    return codes;
}

Codes KeyframePath::sample(std::size_t count) const {
    return sample(PathSpeed().evenTimes(count));
}

} // namespace alphascope::engine
