#include "engine/exploring/neighbours/placing.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/preparation.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

std::size_t pixelsOf(const ModelInfo& model) {
    return std::size_t(model.channels) * model.size * model.size;
}

Codes placedByPixels(const ModelInfo& model, const std::vector<Image>& pictures) {
    Codes rows(pictures.size(), pixelsOf(model));
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        if (pictures[i].pixels.size() != rows.size) {
            throw Error(ErrorKind::Internal, "A picture was not prepared for this model.");
        }
        std::transform(pictures[i].pixels.begin(), pictures[i].pixels.end(), rows.row(i).begin(),
                       [](std::uint8_t pixel) { return float(pixel) / 127.5F - 1.0F; });
    }
    return rows;
}

} // namespace

std::size_t rowSize(const PlacingModel& model, NeighbourSpace space) {
    switch (space) {
    case NeighbourSpace::Pixel:
        return pixelsOf(model.info);
    case NeighbourSpace::Code:
        return model.info.latentSize;
    case NeighbourSpace::Feature:
        break;
    }
    return model.features({Image(model.info.size, model.info.size, model.info.channels)}).size;
}

Codes placed(const PlacingModel& model, NeighbourSpace space, const std::vector<Image>& pictures) {
    switch (space) {
    case NeighbourSpace::Pixel:
        return placedByPixels(model.info, pictures);
    case NeighbourSpace::Code:
        return model.encode(pictures);
    case NeighbourSpace::Feature:
        break;
    }
    return model.features(pictures);
}

SplitPictures::SplitPictures(const ModelInfo& model, const std::string& data, const std::string& split)
    : set_(openSetFor(model, data)), split_(split), which_(splitNamed(split)), size_(model.size),
      channels_(model.channels), pixels_(std::size_t(set_->channels()) * set_->size() * set_->size()) {}

std::optional<NearPicture> SplitPictures::read(std::uint64_t number) const {
    NearPicture picture;
    try {
        picture.label = set_->get(which_, number, 0, pixels_);
    } catch (const Error&) {
        return std::nullopt;
    }
    picture.name = fmt::format("{} #{}", split_, number);
    picture.image = fitSquare(toImage(pixels_, set_->channels(), set_->size()), size_, channels_);
    const std::vector<std::string>& names = set_->info().labels;
    if (picture.label >= 0) {
        picture.labelName = std::size_t(picture.label) < names.size() ? names[std::size_t(picture.label)]
                                                                      : fmt::to_string(picture.label);
    }
    return picture;
}

} // namespace alphascope::engine
