#include "engine/views/view_checks.h"

#include <algorithm>

#include <fmt/format.h>

namespace alphascope::engine {

namespace {

std::size_t leastKeyframes(ViewKind kind) {
    return kind == ViewKind::Picture ? 0 : kind == ViewKind::Grid ? gridCorners : 2;
}

} // namespace

std::string viewProblem(const ViewDocument& view) {
    const std::size_t size = view.model.latentSize;
    const auto fits = [&](const ViewCode& code) { return code.code.empty() || code.code.size() == size; };
    if (view.show == ViewKind::Picture && !view.at) {
        return "it is a picture without a code";
    }
    if (view.at && !fits(*view.at)) {
        return fmt::format("its code has {} numbers instead of {}", view.at->code.size(), size);
    }
    if (view.keyframes.size() < leastKeyframes(view.show)) {
        return fmt::format("a {} needs {} keyframes or more, and it has {}", toText(view.show),
                           leastKeyframes(view.show), view.keyframes.size());
    }
    const auto odd = std::find_if_not(view.keyframes.begin(), view.keyframes.end(), fits);
    if (odd != view.keyframes.end()) {
        return fmt::format("its keyframe {} has {} numbers instead of {}", odd - view.keyframes.begin() + 1,
                           odd->code.size(), size);
    }
    if (view.show == ViewKind::Grid && (view.columns < 2 || std::size_t(view.columns) > largestGridSide)) {
        return fmt::format("a grid has from 2 to {} columns, not {}", largestGridSide, view.columns);
    }
    const std::size_t joints = view.keyframes.empty() ? 0 : view.keyframes.size() - 1;
    const std::size_t ways = joints + (view.loop && joints > 0 ? 1 : 0);
    if (view.ways.size() > (view.path == PathKind::Geodesic ? ways : 0)) {
        return fmt::format("it has points of {} geodesics for {} ways", view.ways.size(), ways);
    }
    for (const Codes& way : view.ways) {
        if (way.count == 1 || (way.count > 0 && way.size != size)) {
            return "the points of a geodesic do not fit its codes";
        }
    }
    for (const LatentDirection& direction : view.directions) {
        if (direction.vector.size() != size) {
            return fmt::format("its direction '{}' has {} numbers instead of {}", direction.name,
                               direction.vector.size(), size);
        }
    }
    return {};
}

std::vector<float> viewCode(const ViewCode& code, std::size_t latentSize) {
    if (!code.code.empty()) {
        return code.code;
    }
    const Codes drawn = priorCodes(code.seed, code.row + 1, latentSize);
    const auto row = drawn.row(code.row);
    return {row.begin(), row.end()};
}

ViewModel viewModel(const ModelInfo& info) {
    return {info.path, info.checksum, info.method, info.step, info.latentSize};
}

KeyframePath viewPath(const ViewDocument& view) {
    Codes keyframes(view.keyframes.size(), view.model.latentSize);
    for (std::size_t i = 0; i < keyframes.count; ++i) {
        const std::vector<float> code = viewCode(view.keyframes[i], keyframes.size);
        std::copy(code.begin(), code.end(), keyframes.row(i).begin());
    }
    KeyframePath path(std::move(keyframes), view.path, view.loop);
    for (std::size_t way = 0; way < view.ways.size(); ++way) {
        if (view.ways[way].count > 0) {
            path.setWay(way, view.ways[way]);
        }
    }
    return path;
}

} // namespace alphascope::engine
