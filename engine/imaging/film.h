#pragma once
// What films of every format share: which format a name means, what is refused, how a frame is enlarged.

#include <cstddef>
#include <string>
#include <vector>

#include "engine/imaging/images.h"

namespace alphascope::engine {

enum class FilmFormat { Mp4, Avi, Gif };

/// checkVideo(), and that there are frames of one size. Throws Error(Usage).
FilmFormat checkFilm(const std::string& path, const std::vector<Image>& frames, double framesPerSecond,
                     const VideoOptions& options);

/// As the options want it.
Image filmFrame(const Image& image, const VideoOptions& options);

/// Throws Error(Interrupted) when the caller gave up.
void tellProgress(const std::string& path, std::size_t done, std::size_t total, const VideoOptions& options);

} // namespace alphascope::engine
