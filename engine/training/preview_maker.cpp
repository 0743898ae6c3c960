#include "engine/training/preview_maker.h"

#include "engine/api/codes.h"
#include "engine/training/inference.h"
#include "engine/training/snapshot.h"

namespace alphascope::engine {

namespace {

double meanPairDistance(const torch::Tensor& pictures) {
    return pictures.size(0) < 2 ? 0.0 : torch::pdist(pictures.flatten(1).contiguous()).mean().item<double>();
}

} // namespace

PreviewMaker::PreviewMaker(const models::ModelSpec& spec, const torch::Device& device, const DataSet& set)
    : traits_(&models::findMethod(spec.method)),
      replica_(models::makeMethod(spec, 0, device, models::Purpose::Inference)) {
    replica_->setTraining(false);
    const torch::Tensor pictures = heldOutPictures(set, previewOriginals);
    originals_ = toImages(pictures);
    pictures_ = pictures.to(device);
    dataDistance_ = meanPairDistance(pictures.to(torch::kFloat32));
    codes_ = toTensor(priorCodes(previewSeed, previewSamples, replica_->latentSize()), device);
    if (spec.image.isPoints()) {
        points_.emplace(spec, device, set);
    }
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
    if (points_) {
        preview->points = points_->make(*replica_);
    }
    return preview;
}

PreviewMaker::Figures PreviewMaker::measure(models::Method& training) {
    copyWeights(training, *replica_);
    Figures figures;
    if (canReconstruct()) {
        figures.heldOutL1 = meanAbsoluteError(rebuild(), pictures_).mean().item<double>();
    }
    if (traits_->can(models::Capability::Generate) && dataDistance_ > 0.0) {
        figures.sampleSpread =
            meanPairDistance(decode(*replica_, codes_).to(torch::kFloat32)) / dataDistance_;
    }
    return figures;
}

} // namespace alphascope::engine
