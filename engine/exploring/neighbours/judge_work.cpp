#include "engine/exploring/neighbours/judge_work.h"

#include <algorithm>
#include <utility>

namespace alphascope::engine {

JudgeWork::JudgeWork(const PlacingModel& model, const Reference& reference,
                     const std::vector<Image>& pictures, std::size_t k, int threads)
    : model_(model), reference_(reference), pictures_(pictures), k_(k), threads_(threads) {
    queries_.size = reference_.rows->size;
    heldOutCodes_.size = model_.info.latentSize;
    distances_.trainingCount = reference_.rows->count;
    distances_.heldOutCount = reference_.heldOut.count;
    distances_.heldOutToTraining = reference_.heldOutToTraining;
    audit_.reference = reference_.rows->count;
    audit_.heldOut = reference_.heldOut.count;
    audit_.notes = reference_.notes;
}

bool JudgeWork::step() {
    switch (phase_) {
    case Phase::Place:
        placeSome();
        break;
    case Phase::Search:
        searchSome();
        break;
    case Phase::Judge:
        judge();
        break;
    case Phase::Encode:
        encodeSome();
        break;
    case Phase::Done:
        break;
    }
    return phase_ != Phase::Done;
}

void JudgeWork::placeSome() {
    const auto begin = pictures_.begin() + std::ptrdiff_t(queries_.count);
    const auto left = std::size_t(pictures_.end() - begin);
    const Codes piece =
        placed(model_, reference_.space, {begin, begin + std::ptrdiff_t(std::min(left, placingPiece))});
    queries_.count += piece.count;
    queries_.values.insert(queries_.values.end(), piece.values.begin(), piece.values.end());
    if (queries_.count == pictures_.size()) {
        phase_ = Phase::Search;
    }
}

void JudgeWork::searchSome() {
    const std::size_t begin = audit_.pictures.size();
    const std::size_t count = queriesOfAPiece(*reference_.rows, threads_);
    const auto nearest = nearestOfSome(*reference_.rows, queries_, begin, count, k_, threads_);
    const auto inPart = nearestOfSome(reference_.part, queries_, begin, count, 1, threads_);
    const auto heldOut = nearestOfSome(reference_.heldOut, queries_, begin, count, 1, threads_);
    for (std::size_t i = 0; i < nearest.size(); ++i) {
        distances_.toTraining.push_back(nearest[i].front().distance);
        distances_.toTrainingPart.push_back(inPart[i].front().distance);
        distances_.toHeldOut.push_back(heldOut[i].front().distance);
        PictureAudit& picture = audit_.pictures.emplace_back();
        picture.heldOutDistance = heldOut[i].front().distance;
        for (const Neighbour& neighbour : nearest[i]) {
            // It was read before, when it was placed.
            NearPicture near =
                reference_.source->read(reference_.numbers[neighbour.index]).value_or(NearPicture{});
            near.distance = neighbour.distance;
            picture.nearest.push_back(std::move(near));
        }
    }
    if (audit_.pictures.size() == queries_.count) {
        phase_ = Phase::Judge;
    }
}

void JudgeWork::judge() {
    audit_.memorisation = judgeMemorisation(distances_);
    for (std::size_t i = 0; i < audit_.pictures.size(); ++i) {
        audit_.pictures[i].memory = audit_.memorisation.samples[i];
    }
    if (queries_.count >= 2 && reference_.heldOut.count >= 3) {
        audit_.duplicates = estimateSupport(queries_, reference_.heldOut, 1e-4, 10, threads_);
    }
    const bool encodes = whyNoSpace(NeighbourSpace::Code, model_.info).empty();
    phase_ = encodes && reference_.heldOut.count >= 2 ? Phase::Encode : Phase::Done;
    if (phase_ == Phase::Encode && reference_.space == NeighbourSpace::Code) {
        audit_.codes = codeStatistics(reference_.heldOut);
        phase_ = Phase::Done;
    }
}

void JudgeWork::encodeSome() {
    std::vector<Image> pictures;
    const std::vector<std::uint64_t>& numbers = reference_.heldOutNumbers;
    for (; encoded_ < numbers.size() && pictures.size() < placingPiece; ++encoded_) {
        if (std::optional<NearPicture> picture = reference_.heldOutSource->read(numbers[encoded_])) {
            pictures.push_back(std::move(picture->image));
        }
    }
    const Codes piece = model_.encode(pictures);
    heldOutCodes_.count += piece.count;
    heldOutCodes_.values.insert(heldOutCodes_.values.end(), piece.values.begin(), piece.values.end());
    if (encoded_ == numbers.size()) {
        audit_.codes = codeStatistics(heldOutCodes_);
        phase_ = Phase::Done;
    }
}

double JudgeWork::progress() const {
    const auto share = [](std::size_t done, std::size_t all) { return double(done) / double(all); };
    switch (phase_) {
    case Phase::Place:
        return share(queries_.count, pictures_.size());
    case Phase::Search:
        return share(audit_.pictures.size(), pictures_.size());
    case Phase::Encode:
        return share(encoded_, reference_.heldOutNumbers.size());
    case Phase::Judge:
        return 0.0;
    case Phase::Done:
        break;
    }
    return 1.0;
}

std::string JudgeWork::what() const {
    switch (phase_) {
    case Phase::Place:
        return "placing the pictures";
    case Phase::Search:
        return "searching neighbours";
    case Phase::Judge:
        return "counting near-duplicates";
    case Phase::Encode:
    case Phase::Done:
        break;
    }
    return "encoding held-out pictures";
}

} // namespace alphascope::engine
