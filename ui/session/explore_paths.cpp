// The way through the keyframes, as ExploreController plays it: its length, its speed, and its geodesics,
// which are searched for one after the other.

#include <algorithm>

#include "ui/session/explore_controller.h"

namespace alphascope::ui {

namespace {

constexpr std::size_t samplesPerWay = 16;
constexpr std::size_t maximumSamples = 193;

std::vector<float> vectorOf(std::span<const float> code) {
    return {code.begin(), code.end()};
}

engine::Codes reversed(const engine::Codes& points) {
    engine::Codes result(points.count, points.size);
    for (std::size_t i = 0; i < points.count; ++i)
        std::copy_n(points.row(i).begin(), points.size, result.row(points.count - 1 - i).begin());
    return result;
}

engine::Codes measuredCodes(const engine::KeyframePath& path) {
    return path.sample(std::min(path.ways() * samplesPerWay + 1, maximumSamples));
}

} // namespace

const engine::Codes* ExploreController::foundWay(std::span<const float> from,
                                                 std::span<const float> to) const {
    const auto found = ways_.find({vectorOf(from), vectorOf(to)});
    return found == ways_.end() ? nullptr : &found->second;
}

void ExploreController::rebuildPath() {
    path_ = keyframePath(view_);
    if (view_.path == engine::PathKind::Geodesic)
        for (std::size_t way = 0; way < path_.ways(); ++way)
            if (const engine::Codes* points = foundWay(path_.wayBegin(way), path_.wayEnd(way)))
                path_.setWay(way, *points);
    speed_ = {};
    measured_ = false;
    Q_EMIT pathChanged();
}

void ExploreController::requestMeasure() {
    if (path_.ways() > 0)
        measureStamp_ =
            bridge_.request(engine::ExploreLane::Measure, engine::MeasurePath{measuredCodes(path_), pull()});
}

void ExploreController::takeMeasure(const engine::ExploreResult& result) {
    // Of the path as it was: the answer for the present one is on its way.
    if (result.stamp != measureStamp_ || result.codes != measuredCodes(path_))
        return;
    speed_ = engine::PathSpeed(result.curve);
    measured_ = true;
    Q_EMIT pathChanged();
}

ExploreController::PathLength ExploreController::pathLength() const {
    PathLength length;
    if (path_.ways() > 0)
        length.codes = engine::codeLength(measuredCodes(path_));
    if (measured_)
        length.pictures = speed_.length();
    return length;
}

const engine::PathSpeed& ExploreController::playSpeed() const {
    static const engine::PathSpeed byTime;
    return view_.evenSpeed ? speed_ : byTime;
}

void ExploreController::setEvenSpeed(bool even) {
    ExploreView next = view_;
    next.evenSpeed = even;
    apply(std::move(next), tr("change the film's speed"));
}

void ExploreController::setPull(double share) {
    ExploreView next = view_;
    next.pull = std::clamp(share, 0.0, 1.0);
    apply(std::move(next), tr("change the pull to the data"));
    if (showPath_)
        requestPicture();
}

engine::Codes ExploreController::filmCodes(std::size_t count) const {
    return path_.sample(playSpeed().evenTimes(count));
}

// ---- geodesics --------------------------------------------------------------------------------------------

void ExploreController::findWays() {
    if (view_.path != engine::PathKind::Geodesic || !hasModel())
        return;
    for (std::size_t way = 0; way < path_.ways(); ++way) {
        WayEnds ends{vectorOf(path_.wayBegin(way)), vectorOf(path_.wayEnd(way))};
        if (ways_.count(ends) > 0)
            continue;
        bridge_.request(engine::ExploreLane::Geodesic, engine::FindGeodesic{ends.first, ends.second, {}});
        wayInSearch_ = std::move(ends);
        Q_EMIT pathChanged();
        return;
    }
}

void ExploreController::cancelWays() {
    bridge_.cancelExplore(engine::ExploreLane::Geodesic);
}

void ExploreController::takeWay(const engine::ExploreResult& result) {
    Q_EMIT wayProgressed(result);
    if (!result.finished || !wayInSearch_)
        return;
    const WayEnds ends = *std::exchange(wayInSearch_, std::nullopt);
    if (result.codes.count > 1) {
        ways_[{ends.second, ends.first}] = reversed(result.codes);
        ways_[ends] = result.codes;
    }
    rebuildPath();
    if (!result.cancelled)
        findWays();
    // The strip once for all ways that were found.
    if (!wayInSearch_)
        requestStrip();
    if (showPath_)
        requestPicture();
}

void ExploreController::rememberWays(const engine::KeyframePath& path,
                                     const std::vector<engine::Codes>& ways) {
    for (std::size_t way = 0; way < std::min(ways.size(), path.ways()); ++way) {
        if (ways[way].count == 0)
            continue;
        const WayEnds ends{vectorOf(path.wayBegin(way)), vectorOf(path.wayEnd(way))};
        ways_[{ends.second, ends.first}] = reversed(ways[way]);
        ways_[ends] = ways[way];
    }
}

void ExploreController::forgetWays() {
    ways_.clear();
    wayInSearch_.reset();
    rebuildPath();
}

} // namespace alphascope::ui
