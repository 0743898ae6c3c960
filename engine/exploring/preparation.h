#pragma once
// Pictures and data sets made ready for a model, the way its own training data was. Reads files; any thread.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/model.h"
#include "engine/data/data_set.h"

namespace alphascope::engine {

/// A data set as the model's own was made: size, transform, crop and seed. Throws Error as openDataSet().
std::shared_ptr<const DataSet> openSetFor(const ModelInfo& model, const std::string& data);

/// As Model::prepare(), without the first `skip` pictures.
PreparedImages prepareImages(const ModelInfo& model, const std::vector<std::string>& paths,
                             const std::string& split, std::size_t count, std::size_t skip = 0);

/// One picture in memory, cropped, resized and coloured as picture number `index`.
Image prepareOne(const ModelInfo& model, const Image& picture, std::uint64_t index);

} // namespace alphascope::engine
