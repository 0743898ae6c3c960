#pragma once
// NumPy's .npy (format 1.0): uint8 pictures [N,H,W,C], float32 codes [N,Z], int32 labels [N]. Any thread.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/codes.h"
#include "engine/api/image.h"

namespace alphascope::engine {

void writeNpy(const std::string& path, const std::vector<Image>& images); ///< all of one shape
void writeNpy(const std::string& path, const Codes& codes);
void writeNpy(const std::string& path, const std::vector<int>& labels);

/// Pictures of a file that are read one by one, however many there are. One thread.
class NpyPictures {
public:
    /// Throws as readImagesNpy().
    explicit NpyPictures(const std::string& path);
    ~NpyPictures();
    NpyPictures(NpyPictures&&) noexcept;
    NpyPictures& operator=(NpyPictures&&) noexcept;

    std::size_t count() const;
    Image read(std::size_t index) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Throw Error(BadInput) that names the file for anything but the layouts above.
std::vector<Image> readImagesNpy(const std::string& path);
Codes readCodesNpy(const std::string& path);

} // namespace alphascope::engine
