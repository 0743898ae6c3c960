#include "engine/exploring/atlas/load_work.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/preparation.h"
#include "engine/imaging/images.h"
#include "engine/training/inference.h"

namespace alphascope::engine {

namespace {

constexpr std::uint64_t endlessCount = 10'000;
constexpr std::uint64_t searchCount = 500; // some minutes
constexpr std::uint64_t mostPictures = 1'000'000;
constexpr std::size_t mostPixelBytes = std::size_t{256} << 20;
/// Pictures between two looks at what was cancelled.
constexpr std::size_t encodedPiece = 4 * std::size_t(inferenceBatch);

void checkModel(const ModelInfo& model, const Replica& replica, AtlasCodes codes) {
    if (model.isPoints()) {
        throw Error(ErrorKind::Usage, "A model of points in the plane has no pictures to be mapped.",
                    "Open a model of pictures.");
    }
    if (codes == AtlasCodes::Encoder && !replica.can(models::Capability::Encode)) {
        throw Error(ErrorKind::Usage,
                    fmt::format("{} has no encoder to give codes to pictures.", model.methodTitle),
                    "Map codes from the prior, or search for the codes of some pictures.");
    }
}

} // namespace

LoadWork::LoadWork(std::shared_ptr<Replica> replica, ModelInfo model, const AtlasSource& source)
    : replica_(std::move(replica)), seed_(source.seed), piece_(encodedPiece),
      codes_(std::make_shared<CodeSet>()) {
    checkModel(model, *replica_, source.codes);
    codes_->source = source.codes;
    codes_->channels = model.channels;
    codes_->side = model.size;
    codes_->model = std::move(model);
    if (source.codes == AtlasCodes::Prior) {
        end_ = std::min<std::uint64_t>(source.count != 0 ? source.count : endlessCount, mostPictures);
    } else {
        openPictures(source);
    }
    const ModelInfo& opened = codes_->model;
    const std::size_t bytes = std::size_t(opened.size) * opened.size * opened.channels * end_;
    if (bytes > mostPixelBytes && opened.size % 2 == 0) {
        codes_->side = opened.size / 2;
    }
    codes_->codes.size = opened.latentSize;
    codes_->codes.values.reserve(end_ * codes_->codes.size);
    codes_->pixels.reserve(end_ * codes_->side * codes_->side * codes_->channels);
}

void LoadWork::openPictures(const AtlasSource& source) {
    split_ = splitNamed(source.split);
    const std::string name = source.data.empty() ? codes_->model.data : source.data;
    data_ = openSetFor(codes_->model, name);
    const std::uint64_t available = data_->count(split_);
    std::uint64_t wanted = source.count != 0 ? source.count : available != 0 ? available : endlessCount;
    if (source.codes == AtlasCodes::Search) {
        const auto starts = static_cast<std::size_t>(CodeSearchOptions{}.starts);
        piece_ = std::size_t(inferenceBatch) / starts; // a step then decodes about one batch
        wanted = source.count != 0 ? source.count : searchCount;
    }
    end_ = std::min({available == 0 ? wanted : std::min(available, wanted), mostPictures});
    codes_->data = name;
    codes_->split = source.split;
    codes_->labelNames = data_->info().labels;
}

std::vector<Image> LoadWork::readPictures() {
    const ModelInfo& model = codes_->model;
    std::vector<float> pixels(std::size_t(data_->channels()) * data_->size() * data_->size());
    std::vector<Image> pictures;
    for (; next_ < end_ && pictures.size() < piece_; ++next_) {
        try {
            const int label = data_->get(split_, next_, 0, pixels);
            pictures.push_back(
                fitSquare(toImage(pixels, data_->channels(), data_->size()), model.size, model.channels));
            codes_->labels.push_back(label);
            codes_->numbers.push_back(next_);
        } catch (const Error& error) {
            ++codes_->unreadable;
            if (firstProblem_.empty()) {
                firstProblem_ = error.what();
            }
        }
    }
    return pictures;
}

/// Code i is row 0 of the prior's codes of seed + i: however many are drawn, the first are the same.
void LoadWork::drawCodes() {
    Codes part(std::min<std::size_t>(piece_, end_ - next_), codes_->codes.size);
    for (std::size_t row = 0; row < part.count; ++row, ++next_) {
        const Codes one = priorCodes(seed_ + next_, 1, part.size);
        std::copy(one.values.begin(), one.values.end(), part.row(row).begin());
        codes_->labels.push_back(-1);
        codes_->numbers.push_back(next_);
    }
    keep(replica_->decode(part), part);
}

void LoadWork::keep(const std::vector<Image>& pictures, const Codes& codes) {
    codes_->codes.count += codes.count;
    codes_->codes.values.insert(codes_->codes.values.end(), codes.values.begin(), codes.values.end());
    for (const Image& picture : pictures) {
        const Image kept =
            codes_->side == codes_->model.size ? picture : fitSquare(picture, codes_->side, codes_->channels);
        codes_->pixels.insert(codes_->pixels.end(), kept.pixels.begin(), kept.pixels.end());
    }
}

bool LoadWork::step() {
    if (search_) {
        search_->step();
        if (!search_->finished()) {
            return true;
        }
        keep(searched_, toCodes(search_->codes()));
        search_.reset();
    } else if (!data_) {
        drawCodes();
    } else if (std::vector<Image> pictures = readPictures(); !pictures.empty()) {
        if (codes_->source == AtlasCodes::Search) {
            searched_ = std::move(pictures);
            EncodeOptions options;
            options.by = EncodeBy::Search;
            search_ = replica_->beginSearch(searched_, options);
            return true;
        }
        keep(pictures, replica_->encode(pictures));
    }
    return next_ < end_;
}

double LoadWork::progress() const {
    if (end_ == 0) {
        return 1.0;
    }
    const double waiting =
        search_ ? (1.0 - search_->progress()) * static_cast<double>(searched_.size()) : 0.0;
    return (static_cast<double>(next_) - waiting) / static_cast<double>(end_);
}

std::shared_ptr<CodeSet> LoadWork::take() {
    if (codes_->count() == 0) {
        throw Error(ErrorKind::BadInput, fmt::format("No picture of {} could be read.", codes_->data),
                    firstProblem_.empty() ? "Choose another set." : "The first problem is: " + firstProblem_);
    }
    return std::move(codes_);
}

} // namespace alphascope::engine
