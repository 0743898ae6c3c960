#include "fake_engine.h"

#include <numeric>

namespace alphascope::ui::test {

namespace {

engine::NearPicture nearPicture(const std::string& name, int label, float distance) {
    engine::NearPicture near;
    near.name = name;
    near.label = label;
    near.labelName = std::to_string(label);
    near.distance = distance;
    near.image = plainImage(28, 3, std::uint8_t(40 + 20 * label));
    return near;
}

} // namespace

void FakeNeighbourFinder::ask(std::uint64_t stamp, engine::Image) {
    asked.push_back(stamp);
}

void FakeNeighbourFinder::push(engine::NeighbourEvent event) {
    events_.push_back(std::move(event));
    notify_();
}

void FakeNeighbourFinder::pushReady(engine::NeighbourSpace space, std::int64_t step) {
    push(engine::NeighboursReady{space, 200, 50, step});
    push(engine::NeighboursMeasured{});
    push(engine::NeighboursFinished{{}, true, 0.1});
}

void FakeNeighbourFinder::pushFound(float distance) {
    engine::NeighboursFound found;
    found.stamp = asked.empty() ? 0 : asked.back();
    for (int i = 0; i < 5; ++i)
        found.nearest.push_back(nearPicture("train #" + std::to_string(i), i, distance + float(i)));
    found.heldOut = nearPicture("test #9", 9, 5.0F);
    found.ratio = 0.8;
    found.pValue = 0.25;
    push(std::move(found));
}

void FakeNeighbourFinder::pushJudged() {
    engine::NeighboursJudged judged;
    const std::size_t count = 256;
    judged.codes = engine::priorCodes(1, count, 8);
    judged.suspicious.resize(count);
    std::iota(judged.suspicious.begin(), judged.suspicious.end(), std::size_t{0});
    std::swap(judged.suspicious[0], judged.suspicious[7]);
    judged.audit.reference = 200;
    judged.audit.heldOut = 50;
    for (std::size_t i = 0; i < count; ++i) {
        judged.pictures.push_back(plainImage(28, 3, std::uint8_t(i)));
        engine::PictureAudit& picture = judged.audit.pictures.emplace_back();
        picture.nearest = {nearPicture("train #3", 3, i == 7 ? 0.0F : 4.0F)};
        picture.heldOutDistance = 5.0F;
    }
    judged.audit.memorisation.samples.resize(count);
    judged.audit.memorisation.verdict = engine::MemoryVerdict::Copies;
    judged.audit.memorisation.copying.pLess = 1e-9;
    judged.audit.memorisation.pNearest = 1e-9;
    judged.audit.duplicates.emplace();
    judged.audit.duplicates->samples = count;
    judged.audit.duplicates->duplicates = 3;
    judged.audit.duplicates->support = 11000;
    engine::CodeStatistics& codes = judged.audit.codes.emplace();
    codes.codes = 50;
    codes.dimensions.assign(8, {0.1, 0.9, 0.01, false});
    codes.dimensions[2] = {0.0, 0.01, 4.1, true};
    codes.dead = 1;
    codes.klPerDimension = 0.5;
    push(std::move(judged));
}

} // namespace alphascope::ui::test
