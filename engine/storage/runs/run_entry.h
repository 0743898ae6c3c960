#pragma once
// How a run folder becomes a RunEntry. For this room only.

#include "engine/api/runs.h"
#include "engine/storage/runs/preview_files.h"

namespace alphascope::engine {

/// As readRun, with the thumbnails that were read before.
RunEntry readRunEntry(const std::string& folder, ThumbnailCache& thumbnails);

} // namespace alphascope::engine
