// Figures of pictures themselves: diversity, coverage, reconstruction, memory, codes.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/api/neighbours.h"
#include "engine/data/point_set.h"
#include "engine/exploring/atlas/critic_work.h"
#include "engine/metrics/class_histogram.h"
#include "engine/metrics/inception_score.h"
#include "engine/metrics/judge.h"
#include "engine/metrics/mode_coverage.h"
#include "engine/metrics/ms_ssim.h"
#include "engine/metrics/own_classifier.h"
#include "engine/metrics/reconstruction_error.h"
#include "models/schema/method_traits.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t pictureBatch = 64;
constexpr std::size_t mostRebuilt = 2000;
constexpr std::size_t mostSearchedFor = 64; ///< codes of pictures that only a search finds
constexpr std::size_t mostStackedSamples = 25'600;
constexpr std::size_t mostAudited = 1000;
constexpr std::int64_t coverageBins = 100;

bool canReconstruct(const ModelInfo& info) {
    return (info.capabilities & static_cast<unsigned>(models::Capability::Reconstruct)) != 0;
}

std::vector<Image> toImageList(const torch::Tensor& bytes) {
    const torch::Tensor rows = bytes.permute({0, 2, 3, 1}).contiguous();
    const auto* pixel = rows.const_data_ptr<std::uint8_t>();
    std::vector<Image> images;
    for (std::int64_t i = 0; i < rows.size(0); ++i) {
        Image image(static_cast<int>(rows.size(2)), static_cast<int>(rows.size(1)),
                    static_cast<int>(rows.size(3)));
        std::copy(pixel, pixel + image.pixels.size(), image.pixels.begin());
        pixel += image.pixels.size();
        images.push_back(std::move(image));
    }
    return images;
}

} // namespace

Judge::Diversity Judge::diversityOf(JudgedPictures& source, const std::string& what) {
    const std::vector<std::uint64_t> rows = chosenRows(source.count(), 2 * request_.pairs, request_.seed);
    std::vector<double> values;
    for (std::size_t begin = 0; begin + 1 < rows.size(); begin += pictureBatch) {
        report(what, static_cast<double>(begin) / static_cast<double>(rows.size()));
        const torch::Tensor pictures =
            source.read(std::span(rows).subspan(begin, std::min(pictureBatch, rows.size() - begin)));
        const std::int64_t pairs = pictures.size(0) / 2;
        if (pairs == 0) {
            continue;
        }
        const torch::Tensor apart = 1.0 - multiScaleSimilarity(pictures.slice(0, 0, 2 * pairs, 2),
                                                               pictures.slice(0, 1, 2 * pairs, 2));
        values.insert(values.end(), apart.const_data_ptr<double>(),
                      apart.const_data_ptr<double>() + apart.numel());
    }
    require(1, values.size(), "MS-SSIM needs pairs of pictures", "Judge more.");
    const MeanAndDeviation found = meanAndDeviation(values);
    const auto pairs = static_cast<double>(values.size());
    return {found.mean, 1.96 * found.deviation / std::sqrt(std::max(1.0, pairs - 1.0)), values.size()};
}

void Judge::addDiversity() {
    const PictureShape shape = sides_.samples->shape();
    if (std::min(shape.height, shape.width) < smallestForMsSsim) {
        warn(fmt::format(
            "MS-SSIM diversity is not defined for pictures of {} x {} pixels: it needs {} a side.",
            shape.width, shape.height, smallestForMsSsim));
        return;
    }
    const Diversity made = diversityOf(*sides_.samples, "pairs of samples");
    const Diversity real = diversityOf(*sides_.heldOut, "pairs of held-out pictures");
    Figure& figure =
        add("msssim_diversity", made.mean, Better::Closer,
            "mean of 1 - MS-SSIM over random pairs: 5 scales, window shrinking below 11 pixels, range "
            "255, float64 (TensorFlow research models); reference: held-out data");
    withMargin(figure, made.margin, "95 % by the standard error over pairs");
    figure.reference = real.mean;
    figure.count = 2 * made.pairs;
    figure.dataCount = 2 * real.pairs;
}

void Judge::addCoverage() {
    if (sides_.samples->shape().isPoints()) {
        addPointCoverage();
    } else if (sides_.grey) {
        addStackedCoverage();
    } else {
        addBinCoverage();
    }
}

void Judge::addPointCoverage() {
    const auto centres = sides_.set ? modesOf(sides_.set->info()) : ringModes();
    const torch::Tensor points = readAll(*sides_.samples, sampleRows_, "points").flatten(1);
    const ModeCoverage found = pointCoverage(points, centres, modeReach * modeDeviation);
    const std::string how =
        fmt::format("a sample belongs to the nearest of {} centres when it lies within {} "
                    "deviations of {}",
                    centres.size(), modeReach, modeDeviation);
    add("modes_hit", double(found.hit), Better::Higher, "modes with one sample or more; " + how).reference =
        double(found.modes);
    // A Gaussian of the plane has exp(-9/2) of its mass beyond three deviations.
    add("mode_near_share", found.nearShare, Better::Higher, "share of samples that belong to a mode; " + how)
        .reference = 1.0 - std::exp(-0.5 * modeReach * modeReach);
    add("mode_kl", found.klToUniform, Better::Lower, "KL of the modes' shares to uniform, nats; " + how);
}

void Judge::addStackedCoverage() {
    if (!net_ || net_->isPublished()) {
        net_ = std::make_unique<StackedClassifier>(
            OwnClassifier::forSet(sides_.grey, folder_, device_, [this](double share) {
                report("training a classifier", share);
                return true;
            }));
        samplesTable_.reset();
        dataTable_.reset();
    }
    const auto used = static_cast<std::int64_t>(std::min(sampleRows_.size(), mostStackedSamples));
    const torch::Tensor classes = samplesTable().logits.slice(0, 0, used).argmax(1).contiguous();
    const auto* values = classes.const_data_ptr<std::int64_t>();
    const ModeCoverage found = coverageOf(countClasses(
        {values, values + classes.numel()}, static_cast<std::size_t>(samplesTable().logits.size(1))));
    const std::string how = "by a classifier of each channel, in at most 25,600 samples";
    add("modes_hit", double(found.hit), Better::Higher, "modes with one sample or more, " + how).reference =
        double(found.modes);
    add("mode_kl", found.klToUniform, Better::Lower, "KL of the modes' shares to uniform, nats, " + how);
    for (auto figure = evaluation_.figures.end() - 2; figure != evaluation_.figures.end(); ++figure) {
        figure->count = static_cast<std::size_t>(used);
        figure->net = net_->title();
    }
    if (static_cast<std::size_t>(used) < mostStackedSamples) {
        warn(fmt::format("Published counts of stacked modes are of 25,600 samples; these are of {}.", used));
    }
}

void Judge::addBinCoverage() {
    const auto bins = static_cast<std::size_t>(coverageBins);
    const std::size_t most =
        std::min<std::size_t>({mostStackedSamples / 2, dataRows_.size(), sampleRows_.size()});
    require(10 * bins, most, fmt::format("Coverage by {} bins needs {} pictures a side", bins, 10 * bins),
            "Judge more.");
    const auto channels = std::max(sides_.data->shape().channels, sides_.samples->shape().channels);
    // Small enough that bins are of shapes, and that all of it fits in memory.
    const auto shrunk = [channels](const torch::Tensor& pictures) {
        const torch::Tensor small = pictures.size(2) > 32
                                        ? at::adaptive_avg_pool2d(toUnitRange(pictures), {32, 32})
                                        : toUnitRange(pictures);
        return withChannels(small, channels).flatten(1);
    };
    const auto rowsOf = [&](JudgedPictures& source, const std::vector<std::uint64_t>& rows,
                            const std::string& what) {
        const std::vector<std::uint64_t> some(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(most));
        return readAll(source, some, what, shrunk);
    };
    const torch::Tensor real = rowsOf(*sides_.data, dataRows_, "pictures of the data");
    const torch::Tensor made = rowsOf(*sides_.samples, sampleRows_, "samples");
    report("bins", 0.5);
    // Bins are made of one half of the data and counted in the other, which gives the reference as well.
    const std::int64_t half = real.size(0) / 2;
    const torch::Tensor centres = meansOfBins(real.slice(0, 0, half), coverageBins, request_.seed);
    const auto counted = binCounts(real.slice(0, half), centres);
    const BinComparison found = compareBins(binCounts(made, centres), counted);
    const BinComparison own = compareBins(binCounts(real.slice(0, 0, half), centres), counted);
    const std::string how = fmt::format("{} k-means bins of pixels, test of two proportions in each, false "
                                        "discoveries 5 % (Benjamini-Hochberg)",
                                        bins);
    Figure& different = add("bins_different", double(found.different) / double(bins), Better::Lower,
                            "share of bins that differ from the data: " + how);
    different.reference = double(own.different) / double(bins);
    different.count = different.dataCount = most;
    Figure& missing = add("bins_missing", double(found.fewer) / double(bins), Better::Lower,
                          "share of bins with significantly fewer samples than data: " + how);
    missing.count = missing.dataCount = most;
}

void Judge::addReconstruction() {
    const ModelInfo& info = sides_.model->info();
    if (!canReconstruct(info) || info.isPoints()) {
        warn(fmt::format("{} rebuilds no pictures, so there are no figures of reconstruction.",
                         info.methodTitle));
        return;
    }
    const std::size_t most = sides_.model->searchesCodes() ? mostSearchedFor : mostRebuilt;
    const std::vector<std::uint64_t> rows =
        chosenRows(sides_.heldOut->count(), std::min(most, request_.count), request_.seed);
    auto* const classifier = dynamic_cast<OwnClassifier*>(net_.get());
    ReconstructionError error;
    double right = 0.0;
    double rightBefore = 0.0;
    for (std::size_t begin = 0; begin < rows.size(); begin += pictureBatch) {
        report("held-out pictures", static_cast<double>(begin) / static_cast<double>(rows.size()));
        std::vector<std::int64_t> labels;
        const torch::Tensor originals = sides_.heldOut->read(
            std::span(rows).subspan(begin, std::min(pictureBatch, rows.size() - begin)), &labels);
        if (originals.size(0) == 0) {
            continue;
        }
        const torch::Tensor rebuilt = toBytes(sides_.model->reconstruct(toImageList(originals)));
        error.add(originals, rebuilt);
        if (classifier != nullptr) {
            const torch::Tensor truth = torch::tensor(labels);
            const auto count = [&](const torch::Tensor& pictures) {
                return (classifier->run(pictures).logits.argmax(1) == truth).sum().item<double>();
            };
            right += count(rebuilt);
            rightBefore += count(originals);
        }
    }
    require(1, static_cast<std::size_t>(error.count()), "Reconstruction needs held-out pictures",
            "Give a set.");
    const auto addOne = [&](const std::string& name, double value, Better better,
                            const std::string& how) -> Figure& {
        Figure& figure = add(name, value, better, how + ", held-out pictures");
        figure.count = figure.dataCount = static_cast<std::size_t>(error.count());
        return figure;
    };
    withMargin(addOne("reconstruction_l1", error.l1(), Better::Lower, "mean |x - y|, range [-1,1]"),
               error.l1Margin(), "95 % by the standard error over pictures");
    addOne("reconstruction_l2", error.l2(), Better::Lower, "mean (x - y)^2, range [-1,1]");
    addOne("reconstruction_psnr", error.psnr(), Better::Higher,
           "10 log10(255^2 / mean squared difference of all pictures), 8 bits");
    if (const auto similarity = error.msSsim()) {
        addOne("reconstruction_msssim", *similarity, Better::Higher,
               "mean MS-SSIM, window shrinking below 11 pixels");
    }
    if (classifier != nullptr) {
        const auto total = static_cast<double>(error.count());
        Figure& accuracy = addOne("reconstruction_accuracy", right / total, Better::Higher,
                                  "share of reconstructions that the classifier gives the original's label");
        accuracy.reference = rightBefore / total;
        accuracy.net = classifier->title();
    }
}

void Judge::addMemory() {
    if (sides_.model->info().isPoints()) {
        warn("Points in the plane cannot be memorised in a way that this program measures.");
        return;
    }
    const std::vector<std::uint64_t> rows(
        sampleRows_.begin(),
        sampleRows_.begin() + static_cast<std::ptrdiff_t>(std::min(mostAudited, sampleRows_.size())));
    const std::vector<Image> samples = toImageList(readAll(*sides_.samples, rows, "samples"));
    AuditOptions options;
    options.data = request_.data;
    options.k = 1;
    options.threads = request_.threads;
    const Audit audit =
        auditPictures(*sides_.model, samples, options, [this](const std::string& what, double share) {
            report(what, share);
            return true;
        });
    const Memorisation& memory = audit.memorisation;
    add("memorisation_ratio", memory.medianRatio, Better::Higher,
        "median over samples of the distance to the nearest training picture by that to the nearest held-out "
        "one, as "
        "many of each, pixels")
        .reference = 1.0;
    add("memorisation_p", memory.copying.pLess, Better::Higher,
        "p-value of samples being nearer to training pictures than held-out pictures are (Mann-Whitney)");
    for (auto figure = evaluation_.figures.end() - 2; figure != evaluation_.figures.end(); ++figure) {
        figure->count = samples.size();
        figure->dataCount = audit.reference;
    }
}

void Judge::addCodes() {
    const ModelInfo& info = sides_.model->info();
    const bool encodes = (info.capabilities & static_cast<unsigned>(models::Capability::Encode)) != 0;
    if (!encodes || info.isPoints()) {
        warn(fmt::format("{} has no encoder of pictures, so there are no figures of codes.",
                         info.methodTitle));
        return;
    }
    const std::vector<std::uint64_t> rows =
        chosenRows(sides_.heldOut->count(), request_.count, request_.seed);
    auto codes = std::make_shared<CodeSet>();
    codes->codes = Codes(0, info.latentSize);
    for (std::size_t begin = 0; begin < rows.size(); begin += pictureBatch) {
        report("encoding", 0.7 * static_cast<double>(begin) / static_cast<double>(rows.size()));
        const torch::Tensor pictures =
            sides_.heldOut->read(std::span(rows).subspan(begin, std::min(pictureBatch, rows.size() - begin)));
        const Codes found = sides_.model->encode(toImageList(pictures));
        codes->codes.values.insert(codes->codes.values.end(), found.values.begin(), found.values.end());
        codes->codes.count += found.count;
    }
    const CodeStatistics statistics = codeStatistics(codes->codes);
    CriticWork critic(codes, request_.seed);
    while (critic.step()) {
        report("a fresh code critic", 0.7 + 0.3 * critic.progress());
    }
    const CodeCriticReport told = critic.take().report;
    const auto addOne = [&](const std::string& name, double value, Better better,
                            const std::string& how) -> Figure& {
        Figure& figure = add(name, value, better, how + ", codes of held-out pictures");
        figure.count = figure.dataCount = codes->codes.count;
        return figure;
    };
    addOne("code_kl", statistics.klPerDimension, Better::Lower,
           "KL of a Gaussian with each number's mean and deviation to N(0,1), mean over numbers, nats");
    addOne("code_dead", double(statistics.dead), Better::Lower,
           "numbers of a code with a deviation below 0.05");
    addOne("code_two_sample", told.accuracy, Better::Lower,
           "accuracy of a fresh classifier of codes against the prior on pairs that it was not trained on")
        .reference = 0.5;
}

} // namespace alphascope::engine
