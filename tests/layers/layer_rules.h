#pragma once
// Which folder may include what, checked on the text of the sources, so that a wrong arrow is found even
// where the compiler would take it.

#include <filesystem>
#include <string>
#include <vector>

namespace alphascope::tests {

struct Violation {
    std::string file;  ///< relative to the root
    std::string rule;  ///< "models must not reach Qt"
    std::string chain; ///< "models/a.h -> models/b.h -> QString"
};

/// Reads models/, engine/, ui/ and app/ below `root`; a folder that is missing is skipped. Includes of our
/// own headers are followed, so that a header which brings in LibTorch counts as LibTorch.
std::vector<Violation> layerViolations(const std::filesystem::path& root);

/// How many files the check reads: none would prove nothing.
std::size_t layerFileCount(const std::filesystem::path& root);

} // namespace alphascope::tests
