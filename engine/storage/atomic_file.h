#pragma once
// Writing a file so that it is either the old one or the whole new one, whatever happens. Any thread.

#include <functional>
#include <string>
#include <string_view>

namespace alphascope::engine {

/// Temp file in the same folder, every write checked, fsync, rename, fsync of the folder. On any failure the
/// temp file is removed, the old file is untouched, and Error(InputOutput) names the file and the reason (with
/// the space needed and available when the disk is full).
void writeFileAtomically(const std::string& path, std::string_view bytes);

/// Whole file into memory. Throws Error(InputOutput) when it cannot be read, Error(BadInput) when it is larger
/// than `limit` bytes or no regular file.
std::string readFile(const std::string& path, std::size_t limit);

} // namespace alphascope::engine
