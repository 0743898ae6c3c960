#pragma once
// Finds the pictures in a folder and its sub-folders.

#include <cstdint>
#include <string>
#include <vector>

namespace alphascope::engine {

struct FolderPicture {
    std::string path; ///< relative to the folder
    std::uint64_t bytes = 0;
    int label = -1; ///< which sub-folder of the first level; -1 in the folder itself
};

struct FolderListing {
    std::vector<FolderPicture> pictures; ///< sorted by path
    std::vector<std::string> labels;     ///< sub-folders with pictures, sorted
    std::vector<std::string> skipped;    ///< what cannot be read, each with its reason
};

/// Files are taken by their ending; hidden ones and others are passed over. Links are followed, every real
/// folder once, so that loops end. Throws Error(InputOutput) when the folder itself cannot be read.
FolderListing scanFolder(const std::string& folder);

} // namespace alphascope::engine
