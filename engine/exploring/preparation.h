#pragma once
// Pictures and data sets made ready for a model, the way its own training data was. Reads files; any thread.

#include <cstddef>
#include <string>
#include <vector>

#include "engine/api/model.h"

namespace alphascope::engine {

/// As Model::prepare(), without the first `skip` pictures.
PreparedImages prepareImages(const ModelInfo& model, const std::vector<std::string>& paths,
                             const std::string& split, std::size_t count, std::size_t skip = 0);

/// One picture in memory, cropped, resized and coloured as picture number `index`.
Image prepareOne(const ModelInfo& model, const Image& picture, std::uint64_t index);

} // namespace alphascope::engine
