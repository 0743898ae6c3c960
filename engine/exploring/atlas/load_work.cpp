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
constexpr std::uint64_t mostPictures = 1'000'000;
constexpr std::size_t mostPixelBytes = std::size_t{256} << 20;
/// A piece between two looks at what was cancelled.
constexpr std::int64_t piece = 4 * inferenceBatch;

} // namespace

LoadWork::LoadWork(std::shared_ptr<Replica> replica, ModelInfo model, const AtlasSource& source)
    : replica_(std::move(replica)), split_(splitNamed(source.split)), codes_(std::make_shared<CodeSet>()) {
    if (model.isPoints() || !replica_->can(models::Capability::Encode)) {
        throw Error(ErrorKind::Usage,
                    model.isPoints()
                        ? std::string("A model of points in the plane has no pictures to be mapped.")
                        : fmt::format("{} has no encoder, and a map shows the codes that an encoder gives.",
                                      model.methodTitle),
                    "Open a model with an encoder, such as α-GAN, AGE or VAE.");
    }
    const std::string name = source.data.empty() ? model.data : source.data;
    data_ = openSetFor(model, name);
    const std::uint64_t available = data_->count(split_);
    const std::uint64_t wanted = source.count != 0 ? source.count : available != 0 ? available : endlessCount;
    end_ = std::min({available == 0 ? wanted : std::min(available, wanted), mostPictures});
    codes_->data = name;
    codes_->split = source.split;
    codes_->labelNames = data_->info().labels;
    codes_->channels = model.channels;
    codes_->side = model.size;
    const std::size_t bytes = std::size_t(model.size) * model.size * model.channels * end_;
    if (bytes > mostPixelBytes && model.size % 2 == 0) {
        codes_->side = model.size / 2;
    }
    codes_->codes.size = model.latentSize;
    codes_->model = std::move(model);
    codes_->codes.values.reserve(end_ * codes_->codes.size);
    codes_->pixels.reserve(end_ * codes_->side * codes_->side * codes_->channels);
}

bool LoadWork::step() {
    const ModelInfo& model = codes_->model;
    std::vector<float> pixels(std::size_t(data_->channels()) * data_->size() * data_->size());
    std::vector<Image> pictures;
    for (; next_ < end_ && pictures.size() < std::size_t(piece); ++next_) {
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
    if (!pictures.empty()) {
        const Codes found = replica_->encode(pictures);
        codes_->codes.count += found.count;
        codes_->codes.values.insert(codes_->codes.values.end(), found.values.begin(), found.values.end());
        for (const Image& picture : pictures) {
            const Image kept =
                codes_->side == model.size ? picture : fitSquare(picture, codes_->side, codes_->channels);
            codes_->pixels.insert(codes_->pixels.end(), kept.pixels.begin(), kept.pixels.end());
        }
    }
    return next_ < end_;
}

double LoadWork::progress() const {
    return end_ == 0 ? 1.0 : static_cast<double>(next_) / static_cast<double>(end_);
}

std::shared_ptr<CodeSet> LoadWork::take() {
    if (codes_->count() == 0) {
        throw Error(ErrorKind::BadInput, fmt::format("No picture of {} could be read.", codes_->data),
                    firstProblem_.empty() ? "Choose another set." : "The first problem is: " + firstProblem_);
    }
    return std::move(codes_);
}

} // namespace alphascope::engine
