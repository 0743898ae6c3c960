#include "ui/models/explore_view.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace alphascope::ui {

namespace {

// An equilateral triangle inside a fresh pad, A on top.
constexpr double triangleRadius = 2.1;
const double halfRootThree = std::sqrt(3.0) / 2.0;

double length(std::span<const float> code) {
    double sum = 0.0;
    for (const float value : code)
        sum += double(value) * value;
    return std::sqrt(sum);
}

bool anchorsComplete(const ExploreView& view) {
    return std::all_of(view.anchors.begin(), view.anchors.end(),
                       [&](const auto& anchor) { return anchor.size() == view.code.size(); });
}

std::vector<float> blendAnchors(const ExploreView& view, const QPointF& position) {
    const auto weights = anchorWeights(position);
    std::vector<float> code(view.code.size(), 0.0F);
    double wanted = 0.0;
    for (std::size_t a = 0; a < anchorCount; ++a) {
        wanted += weights[a] * length(view.anchors[a]);
        for (std::size_t i = 0; i < code.size(); ++i)
            code[i] += float(weights[a]) * view.anchors[a][i];
    }
    const double found = length(code);
    if (found > 1e-6 && wanted > 0.0)
        for (float& value : code)
            value = float(value * wanted / found);
    return code;
}

} // namespace

std::vector<float> decodedCode(const ExploreView& view) {
    std::vector<float> code = view.code;
    for (float& value : code)
        value = float(value * view.truncation);
    return code;
}

QVector<QPointF> anchorPositions() {
    return {{0.0, triangleRadius},
            {-triangleRadius * halfRootThree, -triangleRadius / 2.0},
            {triangleRadius * halfRootThree, -triangleRadius / 2.0}};
}

std::array<double, anchorCount> anchorWeights(const QPointF& position) {
    const double top = (2.0 * position.y() / triangleRadius + 1.0) / 3.0;
    const double across = position.x() / (2.0 * triangleRadius * halfRootThree);
    const double rest = (1.0 - top) / 2.0;
    return {top, rest - across, rest + across};
}

QPointF padPosition(const ExploreView& view) {
    if (view.padMode == PadMode::Anchors)
        return view.anchorPosition;
    const auto at = [&](int axis) {
        return axis >= 0 && std::size_t(axis) < view.code.size() ? double(view.code[std::size_t(axis)]) : 0.0;
    };
    return {at(view.axes[0]), at(view.axes[1])};
}

std::vector<float> codeOnPad(const ExploreView& view, const QPointF& position) {
    if (view.padMode == PadMode::Anchors && anchorsComplete(view))
        return blendAnchors(view, position);
    std::vector<float> code = view.code;
    const double values[2] = {position.x(), position.y()};
    for (std::size_t k = 0; k < 2; ++k)
        if (view.axes[k] >= 0 && std::size_t(view.axes[k]) < code.size())
            code[std::size_t(view.axes[k])] = float(values[k]);
    return code;
}

ExploreView movedOnPad(const ExploreView& view, const QPointF& position) {
    ExploreView moved = view;
    moved.code = codeOnPad(view, position);
    if (view.padMode == PadMode::Anchors)
        moved.anchorPosition = position;
    return moved;
}

engine::Codes padRaster(const ExploreView& view, double range, int n) {
    engine::Codes codes(std::size_t(n) * std::size_t(n), view.code.size());
    const double cell = 2.0 * range / n;
    for (int row = 0; row < n; ++row)
        for (int column = 0; column < n; ++column) {
            const QPointF position(-range + (column + 0.5) * cell, range - (row + 0.5) * cell);
            const std::vector<float> code = codeOnPad(view, position);
            const auto target = codes.row(std::size_t(row) * std::size_t(n) + std::size_t(column));
            std::transform(code.begin(), code.end(), target.begin(),
                           [&](float value) { return float(value * view.truncation); });
        }
    return codes;
}

int pathSegments(const ExploreView& view) {
    const int count = int(view.keyframes.size());
    return count < 2 ? 0 : view.loop ? count : count - 1;
}

engine::KeyframePath keyframePath(const ExploreView& view) {
    if (view.keyframes.empty())
        return {};
    engine::Codes codes(view.keyframes.size(), view.keyframes.front().code.size());
    for (std::size_t i = 0; i < codes.count; ++i)
        std::copy(view.keyframes[i].code.begin(), view.keyframes[i].code.end(), codes.row(i).begin());
    return {std::move(codes), view.path, view.loop};
}

CodeStatistics codeStatistics(std::span<const float> code) {
    CodeStatistics result;
    if (code.empty())
        return result;
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        sum += code[i];
        squares += double(code[i]) * code[i];
        if (result.largestDimension < 0 || std::abs(code[i]) > std::abs(result.largest)) {
            result.largest = code[i];
            result.largestDimension = int(i);
        }
    }
    const auto count = double(code.size());
    result.mean = sum / count;
    result.deviation = std::sqrt(std::max(0.0, squares / count - result.mean * result.mean));
    result.length = std::sqrt(squares);
    return result;
}

} // namespace alphascope::ui
