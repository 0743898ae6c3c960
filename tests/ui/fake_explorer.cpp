#include "fake_engine.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

namespace alphascope::ui::test {

using engine::ExploreLane;

void FakeExplorer::request(engine::ExploreRequest request) {
    requests.push_back(request);
    if (automatic)
        push(answer(request));
}

engine::ExploreResult FakeExplorer::answer(const engine::ExploreRequest& request) const {
    engine::ExploreResult result;
    result.lane = request.lane;
    result.stamp = request.stamp;
    result.epoch = epoch;
    result.milliseconds = 2.0;
    if (const auto* decode = std::get_if<engine::DecodeCodes>(&request.what)) {
        result.codes = decode->codes;
        for (std::size_t i = decode->asIs * decode->codes.size; i < result.codes.values.size(); ++i)
            result.codes.values[i] *= float(1.0 - decode->pull / 2.0); // data lies at half the code
        for (std::size_t i = 0; i < decode->codes.count; ++i) {
            // The picture tells which code it came from.
            const float first = decode->codes.row(i)[0];
            result.images.push_back(
                plainImage(28, 3, std::uint8_t(std::clamp(128.0F + first * 40.0F, 0.0F, 255.0F))));
            result.logits.push_back(first);
        }
    } else if (const auto* field = std::get_if<engine::CodeField>(&request.what)) {
        for (std::size_t i = 0; i < field->codes.count; ++i)
            result.logits.push_back(field->codes.row(i)[0]);
    } else if (const auto* measure = std::get_if<engine::MeasurePath>(&request.what)) {
        result.codes = measure->codes;
        // As far as the first numbers are apart: what the pictures here tell of a code.
        for (std::size_t i = 1; i < measure->codes.count; ++i)
            result.curve.push_back(std::abs(measure->codes.row(i)[0] - measure->codes.row(i - 1)[0]));
    } else if (std::holds_alternative<engine::FindGeodesic>(request.what)) {
        return wayStep(request, 1, 1);
    } else if (std::holds_alternative<engine::SampleClass>(request.what)) {
        return searchStep(request, 1, 1);
    } else if (const auto* find = std::get_if<engine::FindDirections>(&request.what)) {
        for (int i = 0; i < 3; ++i) {
            engine::LatentDirection direction;
            direction.name = std::string(engine::toText(find->kind)) + " " + std::to_string(i + 1);
            direction.kind = find->kind;
            direction.vector.assign(8, 0.0F);
            direction.vector[std::size_t(7 - i)] = 1.0F;
            if (find->at.count == 1)
                direction.centre = find->at.values;
            direction.share = 0.3;
            result.directions.push_back(std::move(direction));
        }
    } else if (const auto* edit = std::get_if<engine::EditFidelity>(&request.what)) {
        result.distances.assign(std::size_t(edit->steps), 0.25F);
    } else if (std::holds_alternative<engine::MeasureHeldOut>(request.what)) {
        result.heldOutL1 = {0.02F, 0.04F, 0.06F, 0.10F}; // three below what encoding answers
    } else if (const auto* vary = std::get_if<engine::VaryPicture>(&request.what)) {
        result.codes = vary->code;
        result.deviationMap = plainImage(28, 3, 60);
        result.deviation = 0.031F;
        result.spread = spread;
        result.drawn = engine::priorCodes(3, std::size_t(vary->samples), 8);
    } else if (encodeError) {
        result.error = encodeError;
    } else {
        result.source.picture = plainImage(60, 3, 200);
        result.source.width = 600;
        result.source.height = 600;
        result.source.crop = engine::CropSquare{0, 0, 600};
        if (const auto* picture = std::get_if<engine::EncodeImage>(&request.what); picture && picture->crop)
            result.source.crop = picture->crop;
        result.psnr = 21.5;
        result.ssimError = 0.2;
        result.original = plainImage(28, 3, 200);
        result.images = {plainImage(28, 3, 190)};
        result.errorMap = plainImage(28, 1, 10);
        result.l1 = 0.08F;
        result.codes = engine::Codes(1, 8);
        std::fill(result.codes.values.begin(), result.codes.values.end(), 0.5F);
        if (const auto* set = std::get_if<engine::EncodeSet>(&request.what)) {
            result.codes = engine::priorCodes(request.stamp, set->paths.size() + set->images.size(), 8);
            result.originals.assign(result.codes.count, plainImage(28, 3, 200));
        }
        if (const auto* file = std::get_if<engine::EncodeFile>(&request.what))
            result.name = file->path.substr(file->path.rfind('/') + 1);
    }
    return result;
}

void FakeExplorer::push(engine::ExplorerEvent event) {
    events_.push_back(std::move(event));
    notify_();
}

void FakeExplorer::push(engine::ExploreResult result) {
    std::erase_if(results_, [&](const engine::ExploreResult& older) { return older.lane == result.lane; });
    results_.push_back(std::move(result));
    notify_();
}

void FakeExplorer::pushPointsModel(std::size_t latentSize, std::uint64_t newEpoch) {
    epoch = newEpoch;
    engine::ModelOpened opened;
    opened.epoch = newEpoch;
    opened.info.latentSize = latentSize;
    opened.info.capabilities = unsigned(models::Capability::Generate);
    opened.info.size = 1;
    opened.info.channels = 2;
    push(opened);
}

engine::ExploreResult FakeExplorer::searchStep(const engine::ExploreRequest& request, int step,
                                               int steps) const {
    engine::ExploreResult result;
    result.lane = request.lane;
    result.stamp = request.stamp;
    result.epoch = epoch;
    result.searched = request.lane == ExploreLane::Encode;
    result.finished = step == steps;
    result.progress = double(step) / steps;
    for (int i = 1; i <= step; ++i)
        result.curve.push_back(1.0F / float(i));
    result.images = {plainImage(28, 3, std::uint8_t(10 * step))};
    result.original = plainImage(28, 3, 200);
    result.errorMap = plainImage(28, 1, 10);
    result.l1 = result.curve.back();
    result.codes = engine::Codes(1, 8);
    std::fill(result.codes.values.begin(), result.codes.values.end(), float(step) * 0.1F);
    return result;
}

engine::ExploreResult FakeExplorer::wayStep(const engine::ExploreRequest& request, int step,
                                            int steps) const {
    engine::ExploreResult result = searchStep(request, step, steps);
    result.images.clear();
    const auto& order = std::get<engine::FindGeodesic>(request.what);
    result.codes = engine::Codes(3, order.from.size());
    std::copy(order.from.begin(), order.from.end(), result.codes.row(0).begin());
    std::fill_n(result.codes.row(1).begin(), order.from.size(), 0.25F);
    std::copy(order.to.begin(), order.to.end(), result.codes.row(2).begin());
    return result;
}

void FakeExplorer::pushModel(std::size_t latentSize, unsigned capabilities, std::uint64_t newEpoch) {
    epoch = newEpoch;
    engine::ModelOpened opened;
    opened.epoch = newEpoch;
    opened.info.path = path;
    opened.info.checksum = checksum;
    opened.info.method = "alpha-gan";
    opened.info.methodTitle = "α-GAN";
    opened.info.latentSize = latentSize;
    opened.info.capabilities = capabilities;
    if ((capabilities & unsigned(models::Capability::Conditional)) != 0)
        opened.info.classes = {"plane", "car", "bird"};
    opened.info.size = 28;
    opened.info.channels = 3;
    push(opened);
}

std::vector<engine::ExploreRequest> FakeExplorer::requestsOf(ExploreLane lane) const {
    std::vector<engine::ExploreRequest> result;
    std::copy_if(requests.begin(), requests.end(), std::back_inserter(result),
                 [lane](const engine::ExploreRequest& request) { return request.lane == lane; });
    return result;
}

} // namespace alphascope::ui::test
