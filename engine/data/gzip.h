#pragma once
// Reads a file that may be gzip-compressed, piece by piece, so that memory is bounded by what the caller asks
// for and never by what the compressed data would unfold to.

#include <cstdint>
#include <span>
#include <string>

namespace alphascope::engine {

/// One thread. Every failure is an Error that names the file: InputOutput when it cannot be read,
/// BadInput when it is missing, no regular file, truncated or damaged.
class GzipFile {
public:
    explicit GzipFile(const std::string& path);
    ~GzipFile();
    GzipFile(const GzipFile&) = delete;
    GzipFile& operator=(const GzipFile&) = delete;

    /// The next out.size() bytes, or fewer at the end of the data.
    std::size_t read(std::span<std::uint8_t> out);

    /// An upper bound of what is left, from the size of the file: exact for plain files, deflate's best ratio
    /// for compressed ones.
    std::uint64_t largestContent() const;
    const std::string& path() const { return path_; }

private:
    std::string path_;
    void* file_ = nullptr; ///< zlib's gzFile
    std::uint64_t size_ = 0;
};

} // namespace alphascope::engine
