#include "engine/storage/npy.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstring>
#include <string_view>

#include "engine/api/error.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/file_handle.h"
#include "engine/storage/npy_header.h"

namespace alphascope::engine {

struct OpenedNpy {
    OpenedFile file;
    NpyHeader header;
    std::uint64_t dataOffset = 0;
    std::uint64_t dataBytes = 0;
};

namespace {

static_assert(std::endian::native == std::endian::little, "float codes are written as they lie in memory");

constexpr std::uint64_t maxHeader = std::uint64_t{1} << 20;

[[noreturn]] void throwBadArray(const std::string& path, const std::string& why, const char* hint) {
    throw Error(ErrorKind::BadInput, fmt::format("'{}' cannot be used: {}.", path, why), hint);
}

constexpr const char* damagedHint =
    "It is damaged, incomplete or no .npy file; save it again with numpy.save.";

/// Magic, version, header length (2 bytes in version 1, 4 in 2 and 3), header.
OpenedNpy openNpy(const std::string& path, std::size_t elementBytes) {
    OpenedNpy npy{.file = openRegularFile(path), .header = {}, .dataOffset = 0, .dataBytes = 0};
    std::array<unsigned char, 12> start{};
    const std::size_t got = std::min<std::uint64_t>(npy.file.size, start.size());
    readExactly(npy.file.handle, path, 0, start.data(), got);
    if (got < 10 || std::memcmp(start.data(), "\x93NUMPY", 6) != 0) {
        throwBadArray(path, "it is no .npy file", damagedHint);
    }
    const unsigned version = start[6];
    if (version < 1 || version > 3) {
        throwBadArray(path, fmt::format("its .npy version {}.{} is unknown", version, start[7]), damagedHint);
    }
    npy.dataOffset = version == 1 ? 10 : 12;
    std::uint64_t length = start[8] | start[9] << 8;
    if (version > 1) {
        length |= std::uint64_t{start[10]} << 16 | std::uint64_t{start[11]} << 24;
    }
    if (npy.file.size < npy.dataOffset || length > maxHeader || length > npy.file.size - npy.dataOffset) {
        throwBadArray(path, "it ends within its header", damagedHint);
    }
    std::string text(length, '\0');
    readExactly(npy.file.handle, path, npy.dataOffset, text.data(), text.size());
    if (!parseNpyHeader(text, &npy.header)) {
        throwBadArray(path, "its header makes no sense", damagedHint);
    }
    npy.dataOffset += length;
    npy.dataBytes = elementBytes;
    bool overflow = false;
    for (const std::uint64_t side : npy.header.shape) {
        overflow = __builtin_mul_overflow(npy.dataBytes, side, &npy.dataBytes) || overflow;
    }
    if (npy.header.fortranOrder && npy.header.shape.size() > 1) {
        throwBadArray(path, "its array is stored by columns", "Save numpy.ascontiguousarray(array) instead.");
    }
    npy.dataBytes = overflow ? ~std::uint64_t{0} : npy.dataBytes;
    return npy;
}

void checkSize(const OpenedNpy& npy, const std::string& path) {
    const std::uint64_t there = npy.file.size - npy.dataOffset;
    if (there != npy.dataBytes) {
        throwBadArray(path,
                      fmt::format("its shape ({}) does not fit its {} bytes of data",
                                  fmt::join(npy.header.shape, ", "), there),
                      damagedHint);
    }
    checkFitsMemory(path, npy.dataBytes);
}

std::string encodeStart(const char* dtype, const std::string& shape) {
    std::string header =
        fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", dtype, shape);
    constexpr std::size_t prefix = 10; // magic, version, length
    header.append(63 - (prefix + header.size()) % 64, ' ');
    header += '\n';
    std::string start("\x93NUMPY\x01\x00", 8);
    start += static_cast<char>(header.size() & 0xff);
    start += static_cast<char>(header.size() >> 8);
    return start + header;
}

template <typename T>
void writeNumbers(const std::string& path, const char* dtype, const std::string& shape,
                  const std::vector<T>& numbers) {
    const std::string start = encodeStart(dtype, shape);
    const std::array<std::string_view, 2> pieces{
        start, {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T)}};
    writeFileAtomically(path, pieces);
}

} // namespace

void writeNpy(const std::string& path, const std::vector<Image>& images) {
    const Image model = images.empty() ? Image(0, 0, 1) : images.front();
    const std::string start = encodeStart(
        "|u1", fmt::format("{}, {}, {}, {}", images.size(), model.height, model.width, model.channels));
    std::vector<std::string_view> pieces{start};
    for (const Image& image : images) {
        if (image.width != model.width || image.height != model.height || image.channels != model.channels) {
            throw Error(ErrorKind::Internal,
                        fmt::format("Cannot write '{}': its pictures differ in size.", path));
        }
        pieces.emplace_back(reinterpret_cast<const char*>(image.pixels.data()), image.pixels.size());
    }
    writeFileAtomically(path, pieces);
}

void writeNpy(const std::string& path, const Codes& codes) {
    writeNumbers(path, "<f4", fmt::format("{}, {}", codes.count, codes.size), codes.values);
}

void writeNpy(const std::string& path, const std::vector<int>& labels) {
    static_assert(sizeof(int) == 4);
    writeNumbers(path, "<i4", fmt::format("{},", labels.size()), labels);
}

struct NpyPictures::Impl {
    std::string path;
    OpenedNpy npy;
};

NpyPictures::NpyPictures(const std::string& path)
    : impl_(std::make_unique<Impl>(Impl{.path = path, .npy = openNpy(path, 1)})) {
    const auto& shape = impl_->npy.header.shape;
    constexpr std::uint64_t maxSide = 16384; // as for picture files
    constexpr std::uint64_t maxCount = 10'000'000;
    if (impl_->npy.header.dtype != "u1" || shape.size() != 4 || (shape[3] != 1 && shape[3] != 3)) {
        throwBadArray(path, "it holds no pictures",
                      "Pictures are a uint8 array of shape (N, height, width, 1 or 3).");
    }
    if (shape[1] < 1 || shape[2] < 1 || shape[1] > maxSide || shape[2] > maxSide) {
        throwBadArray(path, fmt::format("pictures of {} x {} are not supported", shape[2], shape[1]),
                      "A side may have 1 to 16384 pixels.");
    }
    if (shape[0] > maxCount) {
        throwBadArray(path, fmt::format("{} pictures are too many", shape[0]),
                      "At most ten million are read.");
    }
    checkSize(impl_->npy, path);
}

NpyPictures::~NpyPictures() = default;
NpyPictures::NpyPictures(NpyPictures&&) noexcept = default;
NpyPictures& NpyPictures::operator=(NpyPictures&&) noexcept = default;

std::size_t NpyPictures::count() const {
    return impl_->npy.header.shape[0];
}

Image NpyPictures::read(std::size_t index) const {
    const auto& shape = impl_->npy.header.shape;
    Image image(static_cast<int>(shape[2]), static_cast<int>(shape[1]), static_cast<int>(shape[3]));
    readExactly(impl_->npy.file.handle, impl_->path, impl_->npy.dataOffset + index * image.pixels.size(),
                image.pixels.data(), image.pixels.size());
    return image;
}

std::vector<Image> readImagesNpy(const std::string& path) {
    const NpyPictures pictures(path);
    std::vector<Image> images;
    for (std::size_t i = 0; i < pictures.count(); ++i) {
        images.push_back(pictures.read(i));
    }
    return images;
}

Codes readCodesNpy(const std::string& path) {
    const OpenedNpy npy = openNpy(path, sizeof(float));
    const auto& shape = npy.header.shape;
    if (npy.header.dtype != "<f4" || shape.size() != 2 || shape[1] < 1) {
        throwBadArray(path, "it holds no codes", "Codes are a little-endian float32 array of shape (N, Z).");
    }
    checkSize(npy, path);
    Codes codes(shape[0], shape[1]);
    readExactly(npy.file.handle, path, npy.dataOffset, codes.values.data(), npy.dataBytes);
    return codes;
}

} // namespace alphascope::engine
