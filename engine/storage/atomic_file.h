#pragma once
// Writing a file so that it is either the old one or the whole new one, whatever happens. Any thread.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace alphascope::engine {

/// Temp file in the same folder, every write checked, fsync, rename, fsync of the folder. On any failure the
/// temp file is removed, the old file is untouched, and Error(InputOutput) names the file and the reason
/// (with the space needed and available when the disk is full). A symbolic link to a file stays a link; a
/// device or pipe (/dev/stdout) is written directly. The folder must exist.
void writeFileAtomically(const std::string& path, std::string_view bytes);

/// The same for a file in several pieces, so that a large state need not be copied into one string first.
void writeFileAtomically(const std::string& path, std::span<const std::string_view> pieces);

/// Removes temp files that killed writers left in `folder`: of processes that are gone, or older than an
/// hour. Never throws; gives how many.
std::size_t sweepTempFiles(const std::string& folder) noexcept;

/// Whole file into memory. Throws Error(InputOutput) when it cannot be read, Error(BadInput) when it is
/// missing, larger than `limit` bytes or no regular file.
std::string readFile(const std::string& path, std::size_t limit);

} // namespace alphascope::engine
