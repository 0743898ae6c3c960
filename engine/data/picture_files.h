#pragma once
// Picture files as a data set reads them: checked when opened, cropped, resized, and kept decoded in bounded
// memory.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/api/data_sets.h"
#include "engine/data/folder_scan.h"
#include "engine/data/picture_cache.h"

namespace alphascope::engine {

class PictureFiles {
public:
    /// `pictures` lie below `folder`. Small sets are decoded whole, of large ones a sample; what cannot be
    /// decoded is left out and listed in `info.skipped`. Fills `info.size` and `info.channels` (grey when all
    /// pictures looked at are). `size` 0: 64 for pictures that are cut from 64 pixels or more, else the
    /// nearest of 28, 32 and 64. `crop`: see cutPicture(). Throws Error(BadInput | Usage) when no picture is
    /// left.
    PictureFiles(std::string folder, std::vector<FolderPicture> pictures, int size, std::string crop,
                 DataSetInfo& info);

    const std::vector<FolderPicture>& pictures() const { return pictures_; } ///< those that are left
    int size() const { return size_; }
    int channels() const { return channels_; }

    /// Picture `at` as floats [C,H,W] in [-1,1]. Any thread. Throws Error(BadInput | InputOutput).
    void read(std::size_t at, std::span<float> out) const;

    /// Of names, sizes and the content of the pictures looked at, and of how they are cut.
    std::string fingerprint() const;

private:
    std::string path(const FolderPicture& picture) const;
    void check(int size, DataSetInfo& info);
    void keep(const std::vector<bool>& bad, std::vector<std::size_t>& moved);

    std::string folder_;
    std::vector<FolderPicture> pictures_;
    std::string crop_;
    int size_ = 0;
    int channels_ = 0;
    std::uint64_t contentSample_ = 0;
    mutable std::optional<PictureCache> cache_; ///< speeds up, changes no result
};

/// Notes a file that is left out: "path: why".
void noteSkipped(DataSetInfo& info, std::string line);

/// What to add to an error when nothing is left; "" when nothing was left out.
std::string skippedNote(const DataSetInfo& info);

/// Whether a file is held out where no list says so: about one in ten, by the hash of its relative path, so
/// that adding pictures moves none.
bool heldOutByName(const std::string& path);

/// Divides pictures 0 to n-1 by heldOutByName(); either side gets at least one where there are two.
void splitByName(const std::vector<FolderPicture>& pictures, std::vector<std::size_t>& train,
                 std::vector<std::size_t>& test);

} // namespace alphascope::engine
