#pragma once
// The IDX format of MNIST and its family: big-endian 00 00, type (8 = bytes), number of dimensions; the
// dimensions as 32 bits each; then the bytes, row-major (Y. LeCun, "The MNIST database"). Plain or
// gzip-compressed.

#include <cstdint>
#include <string>
#include <vector>

namespace alphascope::engine {

struct IdxPictures {
    std::uint64_t count = 0;
    int rows = 0;
    int columns = 0;
    std::vector<std::uint8_t> bytes; ///< count * rows * columns; 0 = background
};

/// Throws Error(BadInput | InputOutput): one sentence with the file. Memory stays within what the header
/// promises and the file can hold, at most 4 GiB.
IdxPictures readIdxPictures(const std::string& path);
std::vector<std::uint8_t> readIdxLabels(const std::string& path);

/// The files that make up one data set. "" where there is none.
struct IdxFiles {
    std::string pictures;
    std::string labels;
    std::string testPictures;
    std::string testLabels;
};

/// Looks for a set in a folder with the MNIST names (train-images-idx3-ubyte and so on, also with dots for
/// dashes, a word in front, or .gz behind), or around a single file of pictures. Nothing found: `pictures` is
/// empty. Throws Error(Usage) when a folder holds several sets.
IdxFiles findIdxFiles(const std::string& path);

} // namespace alphascope::engine
