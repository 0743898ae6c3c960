#include "engine/data/idx_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/gzip.h"
#include "engine/data/sizes.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const GzipFile& file, const std::string& what) {
    throw Error(ErrorKind::BadInput, fmt::format("The IDX file '{}' {}.", file.path(), what));
}

/// The dimensions; the magic number must announce bytes in `expected` dimensions.
std::vector<std::uint64_t> readDimensions(GzipFile& file, int expected, const char* content) {
    std::array<std::uint8_t, 4> word{};
    const auto next = [&] {
        if (file.read(word) != word.size()) {
            fail(file, "is truncated: its header is incomplete");
        }
    };
    next();
    if (word[0] != 0 || word[1] != 0) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("'{}' is no IDX file: it starts with {:02x} {:02x} {:02x} {:02x}.",
                                file.path(), word[0], word[1], word[2], word[3]),
                    "Give an IDX file, a folder of pictures, or a built-in set.");
    }
    if (word[2] != 8) {
        fail(file, fmt::format("has elements of type {:#04x}; only bytes (0x08) are read", word[2]));
    }
    if (word[3] != expected) {
        fail(file, fmt::format("has {} dimensions and not the {} of {}", word[3], expected, content));
    }
    std::vector<std::uint64_t> dimensions;
    for (int i = 0; i < expected; ++i) {
        next();
        dimensions.push_back(std::uint64_t(word[0]) << 24 | std::uint64_t(word[1]) << 16 |
                             std::uint64_t(word[2]) << 8 | word[3]);
    }
    return dimensions;
}

/// Exactly `size` bytes up to the end of the data. Grows with what arrives, so that a header that promises
/// more than there is costs nothing.
std::vector<std::uint8_t> readContent(GzipFile& file, std::uint64_t size) {
    constexpr std::uint64_t piece = std::uint64_t(1) << 24;
    if (size > largestContent) {
        fail(file, fmt::format("states {} bytes of content; the limit is {}", size, largestContent));
    }
    if (size > file.largestContent()) {
        fail(file, fmt::format("is truncated or damaged: it states {} bytes of content and cannot hold them",
                               size));
    }
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < size) {
        const std::size_t start = bytes.size();
        const std::size_t step = std::min(piece, size - start);
        bytes.resize(start + step);
        if (file.read({bytes.data() + start, step}) != step) {
            fail(file, fmt::format("is truncated: it states {} bytes of content and holds fewer", size));
        }
    }
    std::array<std::uint8_t, 1> more{};
    if (file.read(more) != 0) {
        fail(file,
             fmt::format("is damaged: more follows behind the {} bytes of content that it states", size));
    }
    return bytes;
}

/// Lower case, without .gz, dashes for dots: one spelling for the variants in use.
std::string plainName(const fs::path& path) {
    std::string name = path.filename().string();
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c == '.' ? '-' : c;
    });
    if (name.ends_with("-gz")) {
        name.resize(name.size() - 3);
    }
    return name;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.rfind(from);
    return at == std::string::npos ? std::string() : text.replace(at, from.size(), to);
}

/// Plain name -> path, of everything in a folder; an unpacked file wins over its .gz.
std::map<std::string, std::string> namesIn(const fs::path& folder) {
    std::map<std::string, std::string> names;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::string& path = names[plainName(it->path())];
        if (path.empty() || path.ends_with("gz")) {
            path = it->path().string();
        }
    }
    return names;
}

IdxFiles filesFor(const std::string& plain, const std::string& path,
                  const std::map<std::string, std::string>& names) {
    const auto found = [&](const std::string& name) {
        const auto it = names.find(name);
        return it == names.end() ? std::string() : it->second;
    };
    const auto labelsOf = [&](const std::string& name) {
        return found(replaced(replaced(name, "images", "labels"), "idx3", "idx1"));
    };
    IdxFiles files{path, labelsOf(plain), {}, {}};
    for (const char* test : {"t10k-images", "test-images"}) {
        const std::string name = replaced(plain, "train-images", test);
        if (const std::string pictures = found(name); !name.empty() && !pictures.empty()) {
            files.testPictures = pictures;
            files.testLabels = labelsOf(name);
            break;
        }
    }
    return files;
}

} // namespace

IdxPictures readIdxPictures(const std::string& path) {
    constexpr std::uint64_t largestSide = 4096;
    GzipFile file(path);
    const auto dimensions = readDimensions(file, 3, "pictures");
    const auto [count, rows, columns] = std::tuple(dimensions[0], dimensions[1], dimensions[2]);
    if (count == 0 || rows == 0 || columns == 0) {
        fail(file, fmt::format("holds no pictures: it states {} of {} x {}", count, columns, rows));
    }
    if (rows > largestSide || columns > largestSide) {
        fail(file, fmt::format("states pictures of {} x {} pixels; the limit is {} a side", columns, rows,
                               largestSide));
    }
    IdxPictures pictures{count, static_cast<int>(rows), static_cast<int>(columns), {}};
    pictures.bytes = readContent(file, count * rows * columns);
    return pictures;
}

std::vector<std::uint8_t> readIdxLabels(const std::string& path) {
    GzipFile file(path);
    return readContent(file, readDimensions(file, 1, "labels")[0]);
}

IdxFiles findIdxFiles(const std::string& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        return filesFor(plainName(path), path, namesIn(fs::absolute(path, error).parent_path()));
    }
    const auto names = namesIn(path);
    std::vector<std::string> training;
    std::vector<std::string> others;
    for (const auto& [name, file] : names) {
        if (name.ends_with("images-idx3-ubyte")) {
            (name.find("train-images") != std::string::npos ? training : others).push_back(name);
        }
    }
    const auto& candidates = training.empty() ? others : training;
    if (candidates.empty()) {
        return {};
    }
    if (candidates.size() > 1) {
        throw Error(ErrorKind::Usage,
                    fmt::format("The folder '{}' holds several IDX sets: {} and {}.", path, candidates[0],
                                candidates[1]),
                    "Give the file of pictures that is meant.");
    }
    return filesFor(candidates[0], names.at(candidates[0]), names);
}

} // namespace alphascope::engine
