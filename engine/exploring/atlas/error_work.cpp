#include "engine/exploring/atlas/error_work.h"

#include <algorithm>

#include "engine/data/data_set.h"
#include "engine/exploring/preparation.h"
#include "engine/imaging/images.h"
#include "engine/training/faults.h"
#include "engine/training/inference.h"

namespace alphascope::engine {

ErrorWork::ErrorWork(std::shared_ptr<Replica> replica, std::shared_ptr<const CodeSet> codes)
    : replica_(std::move(replica)), codes_(std::move(codes)), split_(splitNamed(codes_->split)) {
    if (codes_->side != codes_->model.size) {
        data_ = openSetFor(codes_->model, codes_->data);
    }
    l1_.reserve(codes_->count());
}

Image ErrorWork::original(std::size_t row) const {
    if (!data_) {
        return codes_->picture(row);
    }
    std::vector<float> pixels(std::size_t(data_->channels()) * data_->size() * data_->size());
    data_->get(split_, codes_->numbers[row], 0, pixels);
    return fitSquare(toImage(pixels, data_->channels(), data_->size()), codes_->model.size,
                     codes_->model.channels);
}

bool ErrorWork::step() {
    const std::size_t begin = l1_.size();
    const std::size_t end = std::min(begin + std::size_t(inferenceBatch), codes_->count());
    std::vector<Image> originals;
    Codes codes(end - begin, codes_->codes.size);
    for (std::size_t row = begin; row < end; ++row) {
        originals.push_back(original(row));
        std::copy_n(codes_->codes.row(row).begin(), codes.size, codes.row(row - begin).begin());
    }
    if (!originals.empty()) {
        const std::vector<float> found = replica_->errors(originals, codes);
        l1_.insert(l1_.end(), found.begin(), found.end());
    }
    return l1_.size() < codes_->count();
}

double ErrorWork::progress() const {
    return static_cast<double>(l1_.size()) / static_cast<double>(codes_->count());
}

std::shared_ptr<const std::vector<float>> ErrorWork::take() {
    return std::make_shared<const std::vector<float>>(std::move(l1_));
}

} // namespace alphascope::engine
