#pragma once
// Films as GIF 89a (CompuServe 1990), by giflib. See writeVideo() for what is exact and what is not.

#include <string>
#include <vector>

#include "engine/imaging/images.h"

namespace alphascope::engine {

/// Players take a frame time below 2/100 s for a mistake and show such films at a tenth of a second.
inline constexpr double gifHighestRate = 50.0;

/// Of a film that checkFilm() let pass. Atomic. Throws Error.
void writeGif(const std::string& path, const std::vector<Image>& frames, double framesPerSecond,
              const VideoOptions& options);

} // namespace alphascope::engine
