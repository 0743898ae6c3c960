#pragma once
// The ways to cut CelebA's aligned pictures (178 x 218) to a square that publications use; figures of two of
// them compare only with the same crop. No LibTorch. Any thread.

#include <string>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::engine {

/// "108" (DCGAN), "140" (WAE), "148" (VAE codes), "160", "178" (the full width), and "ali" (ALI and AGE:
/// resized to 64 x 78, then rows 7 to 71).
std::vector<std::string> cropPresets();

/// The picture cut by `crop` ("": the largest centred square), resized to `size`, channels matched. A picture
/// of another size is cut in proportion: "108" takes 108/178 of its shorter side, "ali" first the largest
/// centred part of 178:218. A picture that is `size` x `size` already has been cut before and is left as it
/// is. Throws Error(Usage) for an unknown name.
Image cutPicture(const Image& image, const std::string& crop, int size, int channels);

/// The square of `side` pixels whose corner is `left`, `top`. Throws Error(Usage) unless it lies in the
/// picture.
Image cutSquare(const Image& image, int left, int top, int side);

} // namespace alphascope::engine
