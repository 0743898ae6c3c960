#pragma once
// What can be trained on, for choosers and checks. Standard library only.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::engine {

struct DataSetInfo {
    std::string name;        ///< "glyphs", or the path
    std::string title;       ///< "Glyphs"
    std::string description; ///< one sentence
    bool builtIn = false;
    int channels = 1;
    int size = 28;                ///< native side; of the first picture for folders
    std::vector<int> sizes;       ///< sides it can be trained at
    std::uint64_t trainCount = 0; ///< 0 = endless
    std::uint64_t testCount = 0;
    std::vector<std::string> labels;
    std::vector<std::string> skipped; ///< unreadable files: "path: why" (the first 100)
    std::uint64_t skippedCount = 0;
};

std::vector<DataSetInfo> builtInDataSets();

/// Looks at a path or a built-in name. Reads files; not for a GUI thread. Throws Error with one sentence that
/// names the set and what to do.
DataSetInfo inspectDataSet(const std::string& data);

/// The first `count` training pictures as the networks see them. Throws Error.
std::vector<Image> dataSetPreview(const std::string& data, const std::string& transform, int size,
                                  std::size_t count, std::uint64_t seed = 1);

} // namespace alphascope::engine
