#pragma once
// The pictures of a run's previews/ folder. For this room only. Any thread; never throws for what lies there.

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/image.h"
#include "engine/api/session.h"

namespace alphascope::engine {

/// The files of one step. Equal when nothing was written since.
struct PreviewFiles {
    std::int64_t step = 0;
    std::string samples;         ///< path, or ""
    std::string reconstructions; ///< path, or ""
    std::string points;          ///< path, or ""
    std::int64_t changed = 0;    ///< latest modification, nanoseconds
    bool operator==(const PreviewFiles&) const = default;
};

/// By step, ascending.
std::vector<PreviewFiles> listPreviews(const std::string& run);

/// The one that was written last; steps go back when a run goes on from an earlier checkpoint.
PreviewFiles latestPreview(const std::vector<PreviewFiles>& previews);

/// Null when it cannot be read.
std::shared_ptr<const Preview> loadPreview(const PreviewFiles& files);

/// Small pictures of steps, each read once. One thread at a time.
class ThumbnailCache {
public:
    /// A few samples (else reconstructions) of the preview at `step`, or the last one before. Empty when
    /// none.
    Image thumbnail(const std::vector<PreviewFiles>& previews, std::int64_t step);

private:
    struct Entry {
        PreviewFiles files;
        Image image;
    };
    std::map<std::int64_t, Entry> entries_; ///< by the preview's step
};

} // namespace alphascope::engine
