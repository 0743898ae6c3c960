#include "engine/training/sample_judge.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/api/codes.h"
#include "engine/api/error.h"
#include "engine/data/permutation.h"
#include "engine/data/point_set.h"
#include "engine/metrics/kernel_distance.h"
#include "engine/metrics/mode_coverage.h"
#include "engine/metrics/ms_ssim.h"
#include "engine/metrics/precision_recall.h"
#include "engine/training/inference.h"
#include "engine/training/snapshot.h"

namespace alphascope::engine {

namespace {

constexpr std::int64_t pictureChunk = 32;
constexpr std::int64_t readChunk = 4;       ///< files of large pictures take 50 ms each
constexpr std::int64_t pairedSamples = 128; ///< MS-SSIM is dear: 64 pairs
constexpr std::int64_t pairChunk = 8;

/// Held-out pictures, where there are enough of them.
Split judgedSplit(const DataSet& set) {
    const std::uint64_t heldOut = set.count(Split::Test);
    return heldOut == 0 || heldOut >= std::uint64_t(SampleJudge::fewest) ? Split::Test : Split::Train;
}

/// As the judges of finished models see them: uint8 on the CPU.
torch::Tensor asBytes(const torch::Tensor& pictures) {
    const torch::Tensor host = pictures.to(torch::kCPU, torch::kFloat);
    return ((host + 1.0) * 127.5).round().clamp(0.0, 255.0).to(torch::kUInt8).contiguous();
}

} // namespace

bool SampleJudge::hasEnough(const DataSet& set) {
    const std::uint64_t there = set.count(judgedSplit(set));
    return there == 0 || there >= std::uint64_t(fewest);
}

SampleJudge::SampleJudge(const models::ModelSpec& spec, const torch::Device& device,
                         std::shared_ptr<const DataSet> data, std::unique_ptr<FeatureNet> classifier)
    : device_(device), set_(std::move(data)), image_(spec.image),
      replica_(models::makeMethod(spec, 0, device, models::Purpose::Inference)),
      classifier_(std::move(classifier)), split_(judgedSplit(*set_)),
      rows_(chosenRows(set_->count(split_), std::uint64_t(image_.isPoints() ? points : pictures), seed)) {
    replica_->setTraining(false);
    if (!image_.isPoints()) {
        net_.emplace(image_.channels, device_);
    }
}

void SampleJudge::begin(models::Method& training, std::int64_t step) {
    copyWeights(training, *replica_);
    step_ = step;
    decoded_ = 0;
    made_.clear();
    madeClasses_.clear();
    paired_.clear();
    unlike_.clear();
    figures_.clear();
    next(discrepancy_ ? Stage::Decode : Stage::ReadData);
}

void SampleJudge::work() {
    const c10::InferenceMode guard;
    switch (stage_) {
    case Stage::Idle:
        break;
    case Stage::ReadData:
        readData();
        break;
    case Stage::PrepareData:
        prepareData();
        break;
    case Stage::Decode:
        decodeSome();
        break;
    case Stage::Compare:
        compare();
        break;
    case Stage::Cover:
        cover();
        break;
    case Stage::PairUp:
        pairUpSome();
        break;
    }
}

// ---- the data, once ---------------------------------------------------------------------------------------

void SampleJudge::readData() {
    const auto count = std::min<std::int64_t>(readChunk, std::int64_t(rows_.size()));
    torch::Tensor chunk = torch::empty({count, image_.channels, image_.size, image_.size});
    const auto stride = static_cast<std::size_t>(chunk[0].numel());
    std::int64_t good = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        float* pixels = chunk.mutable_data_ptr<float>() + good * std::int64_t(stride);
        try {
            set_->get(split_, rows_[std::size_t(i)], 0, std::span(pixels, stride));
            ++good;
        } catch (const Error&) {
            // A picture that cannot be decoded is left out here as it is in training.
        }
    }
    rows_.erase(rows_.begin(), rows_.begin() + count);
    if (good > 0) {
        read_.push_back(featuresOf(chunk.narrow(0, 0, good).to(device_)));
        if (classifier_) {
            readClasses_.push_back(classesOf(asBytes(chunk.narrow(0, 0, good))));
        }
    }
    if (rows_.empty()) {
        next(Stage::PrepareData);
    }
}

void SampleJudge::prepareData() {
    const torch::Tensor all = read_.empty() ? torch::empty({0, 1}) : torch::cat(read_);
    const std::int64_t used = all.size(0) / jackknifeBlocks * jackknifeBlocks;
    if (used < fewest) {
        next(Stage::Idle); // without figures; the next look finds the same
        return;
    }
    read_.clear();
    dataFeatures_ = all.narrow(0, 0, used);
    if (classifier_) {
        dataClasses_ = torch::cat(std::exchange(readClasses_, {})).narrow(0, 0, used);
    }
    discrepancy_.emplace(dataFeatures_, image_.isPoints() ? distanceKernel : cubicKernel);
    codes_ = toTensor(priorCodes(seed, std::size_t(used), std::size_t(replica_->latentSize())), device_);
    next(Stage::Decode);
}

torch::Tensor SampleJudge::featuresOf(const torch::Tensor& pictures) const {
    return net_ ? net_->of(pictures) : pictures.flatten(1).to(torch::kCPU, torch::kFloat);
}

torch::Tensor SampleJudge::classesOf(const torch::Tensor& bytes) {
    const torch::Tensor logits = classifier_->run(bytes).logits;
    classes_ = logits.size(1);
    return logits.argmax(1);
}

// ---- a look -----------------------------------------------------------------------------------------------

bool SampleJudge::measuresDiversity() const {
    return image_.size >= smallestForMsSsim;
}

void SampleJudge::decodeSome() {
    const std::int64_t chunk = image_.isPoints() ? codes_.size(0) : pictureChunk;
    const std::int64_t count = std::min(chunk, codes_.size(0) - decoded_);
    const torch::Tensor samples = decode(*replica_, codes_.narrow(0, decoded_, count));
    made_.push_back(featuresOf(samples));
    if (classifier_) {
        madeClasses_.push_back(classesOf(asBytes(samples)));
    }
    if (measuresDiversity() && decoded_ < pairedSamples) {
        paired_.push_back(asBytes(samples));
    }
    decoded_ += count;
    if (decoded_ == codes_.size(0)) {
        made_ = {torch::cat(made_)};
        next(Stage::Compare);
    }
}

void SampleJudge::compare() {
    add(distanceTag(image_.isPoints()), discrepancy_->to(made_.front()));
    next(Stage::Cover);
}

void SampleJudge::cover() {
    if (image_.isPoints()) {
        coverPoints();
    } else {
        const PrecisionRecall found = precisionRecall(made_.front(), dataFeatures_);
        add("metric/precision_random", shareWithInterval(found.precision, codes_.size(0)));
        add("metric/recall_random", shareWithInterval(found.recall, dataFeatures_.size(0)));
        if (classifier_) {
            add("metric/class_kl", classDivergence(torch::cat(madeClasses_), dataClasses_, classes_));
        }
    }
    made_.clear();
    next(measuresDiversity() ? Stage::PairUp : Stage::Idle);
}

void SampleJudge::coverPoints() {
    const ModeCoverage found =
        pointCoverage(made_.front(), modesOf(set_->info()), modeReach * double(modeDeviation));
    add("metric/mode_near_share", shareWithInterval(found.nearShare, codes_.size(0)));
    addCount("metric/modes_hit", double(found.hit));
}

void SampleJudge::pairUpSome() {
    if (paired_.size() > 1) {
        paired_ = {torch::cat(paired_)};
    }
    const torch::Tensor& samples = paired_.front();
    const std::int64_t pairs = samples.size(0) / 2;
    const auto begin = std::int64_t(unlike_.size()) * pairChunk;
    const std::int64_t count = std::min(pairChunk, pairs - begin);
    unlike_.push_back(
        1.0 - multiScaleSimilarity(samples.narrow(0, begin, count), samples.narrow(0, pairs + begin, count)));
    if (begin + count == pairs) {
        add("metric/msssim_diversity", meanWithInterval(torch::cat(unlike_)));
        paired_.clear();
        next(Stage::Idle);
    }
}

void SampleJudge::add(const std::string& tag, const Estimate& estimate) {
    // Samples that are no numbers say so by themselves; a figure of them must not end the training.
    if (std::isfinite(estimate.value) && std::isfinite(estimate.low) && std::isfinite(estimate.high)) {
        figures_.push_back({tag, estimate, true});
    }
}

void SampleJudge::addCount(const std::string& tag, double value) {
    figures_.push_back({tag, {value, value, value}, false});
}

} // namespace alphascope::engine
