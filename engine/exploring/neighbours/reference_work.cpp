#include "engine/exploring/neighbours/reference_work.h"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/neighbours/graph_file.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t drawnReference = 10'000;
constexpr std::size_t mostNumbers = std::size_t(1) << 28; // of four bytes each: a gibibyte
constexpr std::size_t numbersOfAPiece = 40'000'000;       // compared in some ten milliseconds

std::size_t pictureCount(std::uint64_t available, std::size_t asked) {
    return available == 0 ? asked : static_cast<std::size_t>(std::min<std::uint64_t>(available, asked));
}

/// `count` of the rows, evenly spread.
Codes evenPart(const Codes& rows, std::size_t count) {
    Codes part(std::min(count, rows.count), rows.size);
    for (std::size_t i = 0; i < part.count; ++i) {
        const auto row = rows.row(i * rows.count / part.count);
        std::copy(row.begin(), row.end(), part.row(i).begin());
    }
    return part;
}

std::shared_ptr<const SplitPictures> sourceOf(const ModelInfo& model, const std::string& data,
                                              const std::string& split) {
    return std::make_shared<SplitPictures>(model, data.empty() ? model.data : data, split);
}

/// Before anything is opened.
const PlacingModel& checked(const PlacingModel& model, NeighbourSpace space) {
    const std::string why = whyNoSpace(space, model.info);
    if (!why.empty()) {
        throw Error(ErrorKind::Usage, why,
                    model.info.isPoints() ? "Use a model of pictures." : "Measure between pixels.");
    }
    return model;
}

} // namespace

std::size_t referenceCount(std::uint64_t available, std::size_t numbersPerPicture) {
    const std::uint64_t wanted = available == 0 ? drawnReference : available;
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(mostNumbers / numbersPerPicture, 1, wanted));
}

std::vector<std::vector<Neighbour>> nearestOfSome(const Codes& rows, const Codes& queries, std::size_t begin,
                                                  std::size_t count, std::size_t k, int threads) {
    std::vector<std::vector<Neighbour>> found(std::min(count, queries.count - begin));
    inParallel(found.size(), threads,
               [&](std::size_t i) { found[i] = exactNearest(rows, queries.row(begin + i), k); });
    return found;
}

std::size_t queriesOfAPiece(const Codes& rows, int threads) {
    const std::size_t each = std::max<std::size_t>(1, numbersOfAPiece / (rows.count * rows.size + 1));
    return each * (threads > 0 ? unsigned(threads) : std::max(1U, std::thread::hardware_concurrency()));
}

/// Reads pictures and places them, a piece at a time.
class ReferenceWork::Placer {
public:
    Placer(const PlacingModel& model, NeighbourSpace space, const SplitPictures& source, std::size_t count,
           std::size_t rowSize)
        : model_(model), space_(space), source_(source), end_(count) {
        rows_.size = rowSize;
        rows_.values.reserve(count * rowSize);
        numbers_.reserve(count);
    }

    bool step() {
        std::vector<Image> pictures;
        for (; next_ < end_ && pictures.size() < placingPiece; ++next_) {
            if (std::optional<NearPicture> picture = source_.read(next_)) {
                pictures.push_back(std::move(picture->image));
                numbers_.push_back(next_);
            }
        }
        if (!pictures.empty()) {
            const Codes piece = engine::placed(model_, space_, pictures);
            rows_.count += piece.count;
            rows_.values.insert(rows_.values.end(), piece.values.begin(), piece.values.end());
        }
        return next_ < end_;
    }
    double progress() const { return static_cast<double>(next_) / static_cast<double>(end_); }

    Codes takeRows() {
        if (rows_.count == 0) {
            throw Error(ErrorKind::BadInput,
                        fmt::format("No picture of the split '{}' could be read.", source_.split()),
                        "Choose another set.");
        }
        return std::move(rows_);
    }
    std::vector<std::uint64_t> takeNumbers() { return std::move(numbers_); }

private:
    const PlacingModel& model_;
    NeighbourSpace space_;
    const SplitPictures& source_;
    std::uint64_t next_ = 0;
    std::uint64_t end_;
    Codes rows_;
    std::vector<std::uint64_t> numbers_;
};

ReferenceWork::ReferenceWork(const PlacingModel& model, ReferenceOrder order)
    : model_(checked(model, order.space)), order_(std::move(order)), rowSize_(rowSize(model, order_.space)),
      cache_({}, {}) {
    reference_.space = order_.space;
    reference_.source = sourceOf(model.info, order_.data, order_.split);
    reference_.heldOutSource = sourceOf(model.info, order_.data, "test");
    const std::uint64_t available = reference_.source->available();
    wanted_ = pictureCount(available, order_.count > 0 ? order_.count : referenceCount(available, rowSize_));
    order_.heldOut = pictureCount(reference_.heldOutSource->available(), order_.heldOut);
    noteLimits(available);
    if (cacheable()) {
        const ModelInfo& info = model.info;
        const bool weights = order_.space != NeighbourSpace::Pixel;
        cache_ =
            NeighbourCache(order_.runFolder,
                           {order_.space, reference_.source->fingerprint(),
                            weights ? order_.checksum + (info.ema ? "" : " raw") : std::string(),
                            fmt::format("{} {} of {}, {} held out, {}x{}, seed {}", info.transform, info.crop,
                                        order_.split == "train" ? fmt::to_string(wanted_)
                                                                : order_.split + fmt::to_string(wanted_),
                                        order_.heldOut, info.size, info.channels, info.seed)});
        known_ = cache_.load(rowSize_, wanted_, order_.heldOut, reference_.remark);
        reference_.graphPath = cache_.graphPath();
    }
    beginFromCache();
}

ReferenceWork::~ReferenceWork() = default;

/// Codes and features are those of a checkpoint, and those of weights on their way are not worth keeping.
bool ReferenceWork::cacheable() const {
    return !order_.runFolder.empty() && (order_.space == NeighbourSpace::Pixel || !order_.checksum.empty());
}

void ReferenceWork::beginFromCache() {
    if (known_ && known_->rows.count > 0) {
        reference_.heldOut = std::move(known_->heldOut);
        reference_.heldOutNumbers = std::move(known_->heldOutNumbers);
        reference_.numbers = std::move(known_->numbers);
        reference_.rows = std::make_shared<const Codes>(std::move(known_->rows));
        finishPlacing();
    } else {
        placer_ = std::make_unique<Placer>(model_, order_.space, *reference_.heldOutSource, order_.heldOut,
                                           rowSize_);
    }
}

bool ReferenceWork::step() {
    switch (phase_) {
    case Phase::HeldOut:
        if (!placer_->step()) {
            reference_.heldOut = placer_->takeRows();
            reference_.heldOutNumbers = placer_->takeNumbers();
            placer_ = std::make_unique<Placer>(model_, order_.space, *reference_.source, wanted_, rowSize_);
            phase_ = Phase::Training;
        }
        return true;
    case Phase::Training:
        if (!placer_->step()) {
            reference_.rows = std::make_shared<const Codes>(placer_->takeRows());
            reference_.numbers = placer_->takeNumbers();
            placer_.reset();
            finishPlacing();
        }
        return phase_ != Phase::Done;
    case Phase::Measure:
        measureSome();
        return phase_ != Phase::Done;
    case Phase::Done:
        break;
    }
    return false;
}

void ReferenceWork::finishPlacing() {
    reference_.part = evenPart(*reference_.rows, reference_.heldOut.count);
    phase_ = Phase::Measure;
    if (!known_) {
        return;
    }
    if (known_->checksum == checksumOf(*reference_.rows) &&
        known_->heldOutToTraining.size() == reference_.heldOut.count) {
        reference_.heldOutToTraining = std::move(known_->heldOutToTraining);
        reference_.fromCache = true;
        phase_ = Phase::Done;
    } else {
        reference_.remark =
            fmt::format("The kept neighbours '{}' belong to other pictures. The neighbours are made anew.",
                        cache_.path());
    }
    known_.reset();
}

void ReferenceWork::measureSome() {
    std::vector<float>& distances = reference_.heldOutToTraining;
    for (const auto& found :
         nearestOfSome(*reference_.rows, reference_.heldOut, distances.size(),
                       queriesOfAPiece(*reference_.rows, order_.threads), 1, order_.threads)) {
        distances.push_back(found.front().distance);
    }
    if (distances.size() < reference_.heldOut.count) {
        return;
    }
    phase_ = Phase::Done;
    if (cache_.usable()) {
        KnownNeighbours known;
        if (order_.space != NeighbourSpace::Pixel) {
            known.rows = *reference_.rows;
            known.heldOut = reference_.heldOut;
        }
        known.numbers = reference_.numbers;
        known.heldOutNumbers = reference_.heldOutNumbers;
        known.heldOutToTraining = distances;
        known.checksum = checksumOf(*reference_.rows);
        cache_.save(known, reference_.remark);
    }
}

double ReferenceWork::progress() const {
    if (placer_) {
        return placer_->progress();
    }
    return static_cast<double>(reference_.heldOutToTraining.size()) /
           static_cast<double>(reference_.heldOut.count);
}

std::string ReferenceWork::what() const {
    switch (phase_) {
    case Phase::HeldOut:
        return "placing held-out pictures";
    case Phase::Training:
        return order_.split == "test" ? "placing held-out pictures" : "placing training pictures";
    case Phase::Measure:
    case Phase::Done:
        break;
    }
    return "measuring held-out pictures";
}

void ReferenceWork::noteLimits(std::uint64_t available) {
    const ModelInfo& model = model_.info;
    if (order_.split == "test") {
        reference_.notes.emplace_back("Neighbours were looked for among held-out pictures themselves, so the "
                                      "figures on memorisation say nothing about training.");
    }
    if (order_.count == 0 && wanted_ < available) {
        reference_.notes.push_back(fmt::format("Only the first {} of {} pictures are looked at, since more "
                                               "would need too much memory.",
                                               wanted_, available));
    }
    if (!model.transform.empty()) {
        reference_.notes.push_back(fmt::format("Training saw each picture under many draws of the transform "
                                               "'{}'; only the first draw of each is looked at.",
                                               model.transform));
    }
    if (!order_.data.empty() && order_.data != model.data) {
        reference_.notes.push_back(
            fmt::format("The model was trained on '{}', not on '{}'.", model.data, order_.data));
    }
}

} // namespace alphascope::engine
