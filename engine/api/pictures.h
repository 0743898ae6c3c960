#pragma once
// A person's own picture files, for choosing among them. Any thread. Standard library only.

#include <string>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::engine {

/// The picture files in a folder and its sub-folders, by their endings; full paths, sorted. Nothing is
/// decoded. Throws Error(InputOutput) when the folder cannot be read.
std::vector<std::string> listPictures(const std::string& folder);

/// The largest centred square of a picture file, in `side` x `side` pixels and colour. Throws Error.
Image readThumbnail(const std::string& path, int side);

} // namespace alphascope::engine
