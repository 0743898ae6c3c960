#include "engine/exploring/held_out_errors.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/preparation.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

constexpr std::uint64_t heldOutPiece = 8; // pictures: a few milliseconds of the small thread count

} // namespace

HeldOutErrors::HeldOutErrors(Replica& replica, const MeasureHeldOut& order)
    : replica_(replica), options_(order.options), searches_(order.options.by != EncodeBy::Auto) {
    const ModelInfo model = replica.info({}, {});
    if (model.isPoints() || (!searches_ && !replica.can(models::Capability::Reconstruct))) {
        throw Error(ErrorKind::Usage,
                    fmt::format("{} has no encoder to rebuild held-out pictures with.", model.methodTitle));
    }
    set_ = openSetFor(model, model.data);
    const std::uint64_t available = set_->count(Split::Test);
    end_ = available == 0 ? order.count : std::min<std::uint64_t>(available, order.count);
}

std::vector<Image> HeldOutErrors::readPiece() {
    const std::uint64_t end = std::min(end_, next_ + heldOutPiece);
    std::vector<float> pixels(std::size_t(set_->channels()) * set_->size() * set_->size());
    std::vector<Image> pictures;
    for (; next_ < end; ++next_) {
        try {
            set_->get(Split::Test, next_, 0, pixels);
            pictures.push_back(toImage(pixels, set_->channels(), set_->size()));
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::BadInput) {
                throw;
            }
        }
    }
    return pictures;
}

void HeldOutErrors::step() {
    if (search_) {
        searchOn();
        return;
    }
    const std::vector<Image> pictures = readPiece();
    if (pictures.empty()) {
        return;
    }
    if (searches_) {
        search_ = replica_.beginSearch(pictures, options_);
        searched_ = pictures.size();
        return;
    }
    const std::vector<float> errors = replica_.reconstruct(pictures).l1;
    errors_.insert(errors_.end(), errors.begin(), errors.end());
}

void HeldOutErrors::searchOn() {
    search_->step();
    if (search_->finished()) {
        const std::vector<float> errors = Replica::resultOf(*search_).l1;
        errors_.insert(errors_.end(), errors.begin(), errors.end());
        search_.reset();
    }
}

double HeldOutErrors::progress() const {
    if (end_ == 0) {
        return 1.0;
    }
    const double begun = search_ ? (1.0 - search_->progress()) * static_cast<double>(searched_) : 0.0;
    return (static_cast<double>(next_) - begun) / static_cast<double>(end_);
}

std::vector<float> HeldOutErrors::sorted() const {
    std::vector<float> sorted = errors_;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

} // namespace alphascope::engine
