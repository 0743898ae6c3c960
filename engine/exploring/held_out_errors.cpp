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

HeldOutErrors::HeldOutErrors(Replica& replica, std::size_t count) : replica_(replica) {
    const ModelInfo model = replica.info({}, {});
    if (!replica.can(models::Capability::Reconstruct) || model.isPoints()) {
        throw Error(ErrorKind::Usage,
                    fmt::format("{} has no encoder to rebuild held-out pictures with.", model.methodTitle));
    }
    set_ = openSetFor(model, model.data);
    const std::uint64_t available = set_->count(Split::Test);
    end_ = available == 0 ? count : std::min<std::uint64_t>(available, count);
}

void HeldOutErrors::step() {
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
    const std::vector<float> errors = replica_.reconstruct(pictures).l1;
    errors_.insert(errors_.end(), errors.begin(), errors.end());
}

std::vector<float> HeldOutErrors::sorted() const {
    std::vector<float> sorted = errors_;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

} // namespace alphascope::engine
