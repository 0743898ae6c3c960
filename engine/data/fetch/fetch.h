#pragma once
// Fetching any list of files; the published sets are one such list each.

#include <string>
#include <vector>

#include "engine/api/fetch.h"
#include "engine/data/fetch/sources.h"

namespace alphascope::engine {

/// Gets those of `files` that are not in `folder` yet, as fetchDataSet() does. A file without an address
/// needs `options.mirror`.
void fetchFiles(const std::vector<SourceFile>& files, const std::string& folder, const FetchOptions& options);

} // namespace alphascope::engine
