#include "engine/training/points_preview.h"

#include <algorithm>

#include "engine/api/codes.h"
#include "engine/api/session.h"
#include "engine/training/inference.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t shownPoints = 512; ///< real ones, and samples
constexpr std::int64_t rebuiltPoints = 128;
constexpr std::int64_t arrows = 64;
constexpr std::int64_t fieldSide = 41;

torch::Tensor gridNodes(const torch::Device& device) {
    const torch::Tensor axis = torch::linspace(-pointsRange, pointsRange, fieldSide);
    const auto rows = torch::meshgrid({axis, axis}, "ij"); // the first index counts the rows: y
    return torch::stack({rows[1], rows[0]}, -1).view({fieldSide * fieldSide, 2, 1, 1}).to(device);
}

} // namespace

PointsPreviewMaker::PointsPreviewMaker(const models::ModelSpec& spec, const torch::Device& device,
                                       const DataSet& set)
    : traits_(&models::findMethod(spec.method)), real_(heldOutPictures(set, shownPoints).to(device)),
      codes_(toTensor(priorCodes(previewSeed, shownPoints,
                                 static_cast<std::size_t>(spec.parameters.integer("latentSize"))),
                      device)),
      nodes_(gridNodes(device)) {}

PointsPreview PointsPreviewMaker::make(models::Method& replica) const {
    PointsPreview preview;
    preview.real = toFloats(real_);
    if (traits_->can(models::Capability::Reconstruct)) {
        const torch::Tensor originals = real_.narrow(0, 0, std::min(rebuiltPoints, real_.size(0)));
        preview.originals = toFloats(originals);
        preview.reconstructions = toFloats(decode(replica, encode(replica, originals)));
    }
    torch::Tensor samples;
    if (traits_->can(models::Capability::Generate)) {
        samples = decode(replica, codes_);
        preview.samples = toFloats(samples);
    }
    if (traits_->can(models::Capability::Criticise)) {
        addField(replica, preview);
        if (samples.defined()) {
            addArrows(replica, samples, preview);
        }
    }
    return preview;
}

void PointsPreviewMaker::addField(models::Method& replica, PointsPreview& preview) const {
    preview.fieldSide = static_cast<int>(fieldSide);
    preview.field = toFloats(criticise(replica, nodes_));
    preview.fieldIsEnergy = traits_->can(models::Capability::Energy);
}

void PointsPreviewMaker::addArrows(models::Method& replica, const torch::Tensor& samples,
                                   PointsPreview& preview) const {
    const torch::Tensor starts = samples.narrow(0, 0, std::min(arrows, samples.size(0)));
    torch::Tensor directions = criticGradient(replica, starts);
    if (preview.fieldIsEnergy) {
        directions = -directions;
    }
    preview.arrowStarts = toFloats(starts);
    preview.arrowDirections = toFloats(directions);
}

} // namespace alphascope::engine
