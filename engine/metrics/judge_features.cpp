// Figures of features and logits.

#include <algorithm>

#include <fmt/format.h>

#include "engine/metrics/class_histogram.h"
#include "engine/metrics/inception_score.h"
#include "engine/metrics/judge.h"
#include "engine/metrics/kernel_distance.h"
#include "engine/metrics/precision_recall.h"

namespace alphascope::engine {

namespace {

constexpr std::uint32_t publishedSeed = 2020; ///< of splits and subsets, in torch-fidelity
constexpr int scoreSplits = 10;
constexpr std::size_t mostNamedClasses = 20;

std::vector<std::int64_t> predictedClasses(const torch::Tensor& logits) {
    const torch::Tensor classes = logits.argmax(1).contiguous();
    return {classes.const_data_ptr<std::int64_t>(), classes.const_data_ptr<std::int64_t>() + classes.numel()};
}

} // namespace

void Judge::addInceptionScore() {
    require(scoreSplits, sampleRows_.size(),
            fmt::format("An Inception score of {} splits needs as many samples", scoreSplits), "Judge more.");
    const MeanAndDeviation score = inceptionScore(samplesTable().logits, scoreSplits, publishedSeed);
    Figure& figure =
        add("is", score.mean, Better::Higher,
            "torch-fidelity 0.4: exp(mean KL), natural logarithm, 10 splits after a shuffle, float64, "
            "logits without the last bias");
    withMargin(figure, score.deviation, "mean ± standard deviation of 10 splits");
    figure.reference =
        inceptionScore(dataTable().logits, std::min<int>(scoreSplits, int(dataRows_.size())), publishedSeed)
            .mean;
    figure.seeds.push_back(publishedSeed);
    if (net_->isPublished() && sides_.dataName.find("celeb") != std::string::npos) {
        warn("An Inception score of faces says little: the net's classes are of things and animals.");
    }
}

void Judge::addFrechet() {
    require(2, std::min(samplesTable().count(), dataTable().count()), "FID needs two pictures a side",
            "Judge more.");
    add("fid", frechetDistance(samplesTable().statistics, dataTable().statistics), Better::Lower,
        "|m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^1/2), covariances divided by N - 1, float64, nothing added to "
        "them (torch-fidelity 0.4)");
    const auto features = static_cast<std::size_t>(samplesTable().statistics.sums().origin.numel());
    const std::size_t fewest = std::min(samplesTable().count(), dataTable().count());
    if (fewest <= features) {
        warn(fmt::format(
            "FID of {} pictures with {} features has a singular covariance and is too high; compare "
            "it only with figures of as many pictures.",
            fewest, features));
    }
}

void Judge::addKernel() {
    const std::size_t fewest = std::min(samplesTable().count(), dataTable().count());
    require(request_.kidSubsetSize, fewest,
            fmt::format("KID draws subsets of {} pictures from each side", request_.kidSubsetSize),
            "Lower --kid-subset-size, or judge more.");
    report("subsets", 0.5);
    const MeanAndDeviation distance =
        kernelDistance(samplesTable().features, dataTable().features, request_.kidSubsets,
                       request_.kidSubsetSize, publishedSeed);
    Figure& figure =
        add("kid", distance.mean, Better::Lower,
            fmt::format("torch-fidelity 0.4: unbiased squared MMD, kernel (x.y / F + 1)^3, {} subsets "
                        "of {} without replacement, float64",
                        request_.kidSubsets, request_.kidSubsetSize));
    withMargin(figure, distance.deviation, "mean ± standard deviation over subsets");
    figure.seeds.push_back(publishedSeed);
}

void Judge::addPrecisionRecall() {
    constexpr int neighbours = 3;
    require(neighbours + 1, std::min(samplesTable().count(), dataTable().count()),
            "Precision and recall need four pictures a side", "Judge more.");
    report("distances", 0.5);
    const PrecisionRecall found = precisionRecall(samplesTable().features, dataTable().features, neighbours);
    const std::string convention =
        "balls up to the third neighbour, rim included, Euclidean (torch-fidelity 0.4)";
    add("precision", found.precision, Better::Higher,
        "share of samples within a ball of the data: " + convention);
    add("recall", found.recall, Better::Higher, "share of the data within a ball of samples: " + convention);
}

void Judge::addClasses() {
    const auto classes = static_cast<std::size_t>(samplesTable().logits.size(1));
    const auto made = countClasses(predictedClasses(samplesTable().logits), classes);
    const auto real = countClasses(predictedClasses(dataTable().logits), classes);
    add("class_kl", histogramDivergence(made, real), Better::Lower,
        "KL of the shares of predicted classes, samples from data, nats, half a count added to each");
    const auto reached = static_cast<double>(
        std::count_if(made.begin(), made.end(), [](std::uint64_t count) { return count > 0; }));
    const auto there = static_cast<double>(
        std::count_if(real.begin(), real.end(), [](std::uint64_t count) { return count > 0; }));
    add("classes_reached", reached, Better::Higher, "predicted classes with one sample or more").reference =
        there;
    if (classes > mostNamedClasses) {
        return;
    }
    for (std::size_t i = 0; i < classes; ++i) {
        Figure& share = add(fmt::format("class_share_{}", i),
                            static_cast<double>(made[i]) / static_cast<double>(samplesTable().count()),
                            Better::Closer, "share of samples that are predicted to be of this class");
        share.reference = static_cast<double>(real[i]) / static_cast<double>(dataTable().count());
    }
}

} // namespace alphascope::engine
