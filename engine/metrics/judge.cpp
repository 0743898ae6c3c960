#include "engine/metrics/judge.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/api/error.h"
#include "engine/metrics/growing_rows.h"
#include "engine/metrics/inception_net.h"
#include "engine/metrics/own_classifier.h"
#include "engine/training/cpu_threads.h"
#include "engine/training/device.h"
#include "engine/training/faults.h"
#include "models/schema/parameter.h"

namespace alphascope::engine {

namespace {

const MetricInfo& metricNamed(const std::string& name) {
    std::vector<std::string> names;
    for (const MetricInfo& metric : metricList()) {
        if (metric.name == name) {
            return metric;
        }
        names.push_back(metric.name);
    }
    const std::string near = models::nearestName(name, names);
    throw Error(ErrorKind::Usage, fmt::format("There is no metric '{}'.", name),
                near.empty() ? fmt::format("Known are {}.", fmt::join(names, ", "))
                             : fmt::format("Did you mean '{}'?", near));
}

void checkRequest(const EvaluationRequest& request) {
    if (request.metrics.empty()) {
        throw Error(ErrorKind::Usage, "There is no metric to compute.", "Name one or more with --metrics.");
    }
    for (const std::string& metric : request.metrics) {
        if (metricNamed(metric).needsModel && request.checkpoint.empty()) {
            throw Error(ErrorKind::Usage,
                        fmt::format("'{}' is a figure of a model, not of pictures.", metric),
                        "Give --checkpoint, or leave it out.");
        }
    }
    if (request.count < 2 || request.criticSeeds < 1 || request.criticSteps < 1 || request.kidSubsets < 1 ||
        request.kidSubsetSize < 2 || request.pairs < 1) {
        throw Error(ErrorKind::Usage, "An evaluation needs two samples, and one of all else, at least.",
                    "Ask for more.");
    }
}

bool asksFor(const EvaluationRequest& request, std::initializer_list<const char*> names) {
    return std::any_of(request.metrics.begin(), request.metrics.end(), [&](const std::string& metric) {
        return std::find(names.begin(), names.end(), metric) != names.end();
    });
}

} // namespace

const std::vector<MetricInfo>& metricList() {
    static const std::vector<MetricInfo> metrics{
        {"critic", "Independent Wasserstein critic",
         "Minus the distance that a fresh critic finds between held-out data and samples, beside the "
         "distances "
         "of the data from itself and from noise.",
         false, false},
        {"is", "Inception score", "How surely samples are of a class each, and of all classes together.",
         true, false},
        {"fid", "Fréchet inception distance",
         "Distance of two Gaussians, fitted to the features of both sides.", true, false},
        {"kid", "Kernel inception distance",
         "Squared maximum mean discrepancy of the features of both sides.", true, false},
        {"prc", "Precision and recall",
         "Shares of samples near the data, and of the data near samples, between features.", true, false},
        {"msssim", "MS-SSIM diversity", "How unlike two samples are, beside how unlike two pictures are.",
         false, false},
        {"classes", "Classes", "Which classes samples are of, and how far that is from the data.", true,
         false},
        {"coverage", "Mode coverage", "How many of the data's modes samples reach.", false, false},
        {"reconstruction", "Reconstruction",
         "How far held-out pictures are from what the model rebuilds of them.", false, true},
        {"memorisation", "Memorisation", "Whether samples repeat training pictures.", false, true},
        {"codes", "Code space", "How the codes of held-out pictures fill the prior.", false, true}};
    return metrics;
}

Judge::Judge(const EvaluationRequest& request, const EvaluationListener& listener)
    : request_(request), listener_(listener), device_(chooseDevice(request.device)) {
    checkRequest(request_);
    useThreadsHere(request_.threads > 0 ? request_.threads : usableCores());
    folder_ = judgesFolder(request_.cacheFolder);
    report("opening", 0.0);
    sides_ = openSides(request_);
    sampleRows_ = chosenRows(sides_.samples->count(), request_.count, request_.seed);
    dataRows_ = chosenRows(sides_.data->count(), request_.count, request_.seed);
    keepFeatures_ = asksFor(request_, {"kid", "prc"});
}

Evaluation Judge::run() {
    const auto start = std::chrono::steady_clock::now();
    evaluation_.source = sides_.samples->name();
    evaluation_.checksum = sides_.samples->fingerprint();
    evaluation_.data = sides_.dataName;
    evaluation_.dataFingerprint = sides_.data->fingerprint();
    if (sides_.model) {
        evaluation_.method = sides_.model->info().method;
        evaluation_.step = sides_.model->info().step;
        evaluation_.weights = sides_.model->info().ema ? "ema" : "raw";
    }
    const std::vector<std::pair<std::string, void (Judge::*)()>> judges{
        {"critic", &Judge::addCritic},
        {"is", &Judge::addInceptionScore},
        {"fid", &Judge::addFrechet},
        {"kid", &Judge::addKernel},
        {"prc", &Judge::addPrecisionRecall},
        {"msssim", &Judge::addDiversity},
        {"classes", &Judge::addClasses},
        {"coverage", &Judge::addCoverage},
        {"reconstruction", &Judge::addReconstruction},
        {"memorisation", &Judge::addMemory},
        {"codes", &Judge::addCodes}};
    if (std::any_of(request_.metrics.begin(), request_.metrics.end(),
                    [](const std::string& metric) { return metricNamed(metric).needsFeatures; })) {
        openNet();
    }
    for (const auto& [name, compute] : judges) {
        if (asksFor(request_, {name.c_str()})) {
            metric_ = name;
            (this->*compute)();
            ++done_;
        }
    }
    evaluation_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return std::move(evaluation_);
}

void Judge::openNet() {
    const auto listener = [this](double share) {
        report("training a classifier", 0.3 * share);
        return true;
    };
    if (request_.features != "own") {
        net_ = InceptionNet::open(request_.features, device_);
        if (sides_.samples->shape().channels == 1) {
            warn("The Inception net knows coloured photographs: its figures of grey pictures mean little.");
        }
        return;
    }
    if (!sides_.set) {
        throw Error(
            ErrorKind::Usage, fmt::format("'{}' has no labels to train a classifier with.", sides_.dataName),
            "Give the weights of the Inception net with --features, or ask for figures that need none.");
    }
    if (sides_.grey) {
        net_ = std::make_unique<StackedClassifier>(
            OwnClassifier::forSet(sides_.grey, folder_, device_, listener));
    } else {
        net_ = OwnClassifier::forSet(sides_.set, folder_, device_, listener);
    }
}

FeatureTable Judge::table(JudgedPictures& source, const std::vector<std::uint64_t>& rows,
                          const std::string& folder, const std::string& what, double begin) {
    return featureTable(source, rows, *net_, keepFeatures_, folder,
                        [&](double share) { report(what, begin + 0.3 * share); });
}

const FeatureTable& Judge::samplesTable() {
    if (!samplesTable_) {
        samplesTable_ = table(*sides_.samples, sampleRows_, {}, "features of samples", 0.3);
    }
    return *samplesTable_;
}

const FeatureTable& Judge::dataTable() {
    if (!dataTable_) {
        dataTable_ = table(*sides_.data, dataRows_, folder_, "features of the data", 0.6);
    }
    return *dataTable_;
}

torch::Tensor Judge::readAll(JudgedPictures& source, const std::vector<std::uint64_t>& rows,
                             const std::string& what, const PiecewiseChange& change) {
    constexpr std::size_t readBatch = 256;
    GrowingRows pictures(rows.size());
    for (std::size_t begin = 0; begin < rows.size(); begin += readBatch) {
        report(what, 0.0); // short beside what is made of them
        const torch::Tensor piece =
            source.read(std::span(rows).subspan(begin, std::min(readBatch, rows.size() - begin)));
        pictures.add(change && piece.size(0) > 0 ? change(piece) : piece);
    }
    require(1, static_cast<std::size_t>(pictures.count()), "A figure needs a picture that can be read",
            "Give other pictures.");
    return pictures.take();
}

Figure& Judge::add(const std::string& name, double value, Better better, const std::string& convention) {
    Figure figure{
        .metric = metric_, .name = name, .value = value, .better = better, .convention = convention};
    figure.count = sampleRows_.size();
    figure.dataCount = dataRows_.size();
    figure.seeds = {request_.seed};
    if (net_ && metricNamed(metric_).needsFeatures) {
        figure.net = net_->title();
    }
    evaluation_.figures.push_back(std::move(figure));
    return evaluation_.figures.back();
}

void Judge::withMargin(Figure& figure, double margin, const std::string& what) const {
    figure.low = figure.value - margin;
    figure.high = figure.value + margin;
    figure.interval = what;
}

void Judge::warn(const std::string& sentence) {
    auto& warnings = evaluation_.warnings;
    if (std::find(warnings.begin(), warnings.end(), sentence) == warnings.end()) {
        warnings.push_back(sentence);
    }
}

void Judge::require(std::size_t needed, std::size_t there, const std::string& what,
                    const std::string& hint) const {
    if (there < needed) {
        throw Error(ErrorKind::Usage, fmt::format("{}, and there are {}.", what, there), hint);
    }
}

void Judge::report(const std::string& what, double share) {
    const double all = (static_cast<double>(done_) + share) / static_cast<double>(request_.metrics.size());
    furthest_ = std::clamp(all, furthest_, 1.0);
    if (listener_ && !listener_(metric_.empty() ? what : fmt::format("{}: {}", metric_, what), furthest_)) {
        throw Error(ErrorKind::Interrupted, "The evaluation was cancelled.");
    }
}

Evaluation evaluate(const EvaluationRequest& request, const EvaluationListener& listener) {
    return withFaultsAsErrors([&] { return Judge(request, listener).run(); });
}

} // namespace alphascope::engine
