#include "engine/training/preview_maker.h"

#include <algorithm>
#include <span>

#include "engine/api/codes.h"
#include "engine/training/inference.h"
#include "engine/training/snapshot.h"

namespace alphascope::engine {

namespace {

torch::Tensor heldOutPictures(const DataSet& set) {
    const std::uint64_t available = set.count(Split::Test);
    const auto count =
        static_cast<std::int64_t>(available == 0 ? previewOriginals : std::min(available, previewOriginals));
    torch::Tensor pictures = torch::empty({count, set.channels(), set.size(), set.size()});
    const auto stride = static_cast<std::size_t>(pictures.numel() / count);
    float* pixels = pictures.mutable_data_ptr<float>();
    for (std::int64_t i = 0; i < count; ++i) {
        set.get(Split::Test, static_cast<std::uint64_t>(i), 0, std::span(pixels + i * stride, stride));
    }
    return pictures;
}

} // namespace

PreviewMaker::PreviewMaker(const models::ModelSpec& spec, const torch::Device& device, const DataSet& set)
    : traits_(&models::findMethod(spec.method)),
      replica_(models::makeMethod(spec, 0, device, models::Purpose::Inference)) {
    replica_->setTraining(false);
    const torch::Tensor pictures = heldOutPictures(set);
    originals_ = toImages(pictures);
    pictures_ = pictures.to(device);
    codes_ = toTensor(priorCodes(previewSeed, previewSamples, replica_->latentSize()), device);
}

bool PreviewMaker::canReconstruct() const {
    return traits_->can(models::Capability::Reconstruct);
}

torch::Tensor PreviewMaker::rebuild() {
    return decode(*replica_, encode(*replica_, pictures_));
}

std::shared_ptr<const Preview> PreviewMaker::make(models::Method& training, std::int64_t step) {
    copyWeights(training, *replica_);
    auto preview = std::make_shared<Preview>();
    preview->step = step;
    preview->originals = originals_;
    if (canReconstruct()) {
        const torch::Tensor rebuilt = rebuild();
        preview->reconstructions = toImages(rebuilt);
        preview->l1 = toFloats(meanAbsoluteError(rebuilt, pictures_));
    }
    if (traits_->can(models::Capability::Generate)) {
        preview->samples = toImages(decode(*replica_, codes_));
    }
    return preview;
}

double PreviewMaker::heldOutL1(models::Method& training) {
    copyWeights(training, *replica_);
    return meanAbsoluteError(rebuild(), pictures_).mean().item<double>();
}

} // namespace alphascope::engine
