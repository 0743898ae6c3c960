#include "engine/storage/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

#include "engine/api/error.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/crc.h"
#include "engine/storage/file_handle.h"
#include "engine/storage/safetensors_header.h"

namespace alphascope::engine {
namespace {

struct ForeignFormat {
    std::string_view magic;
    const char* sentence;
    const char* hint;
};

constexpr const char* torchHint = "Open it in Python and save its tensors with safetensors.torch.save_file.";
using namespace std::string_view_literals;
constexpr std::array<ForeignFormat, 9> foreignFormats{{
    {"PK\x03\x04"sv, "is a PyTorch zip file, not a safetensors checkpoint", torchHint},
    {"\x80\x02"sv, "is a PyTorch pickle file, not a safetensors checkpoint", torchHint},
    {"\x80\x03"sv, "is a Python pickle file, not a safetensors checkpoint", torchHint},
    {"\x80\x04"sv, "is a Python pickle file, not a safetensors checkpoint", torchHint},
    {"\x80\x05"sv, "is a Python pickle file, not a safetensors checkpoint", torchHint},
    {"\x89HDF"sv, "is an HDF5 (Keras) file, not a safetensors checkpoint",
     "Convert its tensors to safetensors."},
    {"GGUF"sv, "is a GGUF file, not a safetensors checkpoint", "Convert its tensors to safetensors."},
    {"\x93NUMPY"sv, "is a NumPy file, not a safetensors checkpoint",
     "Choose a file from a run's checkpoints folder."},
    {"\x89PNG"sv, "is a picture, not a safetensors checkpoint",
     "Choose a file from a run's checkpoints folder."},
}};

/// Only called once the file cannot be ours: a small header length may begin with the same bytes as a pickle.
[[noreturn]] void throwForeign(const std::string& path, std::string_view start, const std::string& why) {
    for (const ForeignFormat& format : foreignFormats) {
        if (start.starts_with(format.magic)) {
            throw Error(ErrorKind::BadInput, fmt::format("'{}' {}.", path, format.sentence), format.hint);
        }
    }
    throw Error(ErrorKind::BadInput, fmt::format("'{}' is no safetensors file: {}.", path, why),
                "It is damaged, incomplete or of another kind; use another checkpoint.");
}

struct OpenedSafetensors {
    OpenedFile file;
    SafetensorsHeader header;
    std::uint64_t dataOffset = 0;
};

OpenedSafetensors openSafetensors(const std::string& path) {
    OpenedSafetensors opened{.file = openRegularFile(path), .header = {}, .dataOffset = 0};
    const std::uint64_t size = opened.file.size;
    std::string start(std::min<std::uint64_t>(size, 16), '\0');
    readExactly(opened.file.handle, path, 0, start.data(), start.size());
    if (size < 8) {
        throwForeign(path, start, fmt::format("it has only {} bytes", size));
    }
    std::uint64_t length = 0;
    for (std::size_t i = 8; i-- > 0;) {
        length = length << 8 | static_cast<unsigned char>(start[i]);
    }
    if (length > maxSafetensorsHeader) {
        throwForeign(path, start,
                     fmt::format("its header would be larger than {}", byteText(maxSafetensorsHeader)));
    }
    if (length > size - 8) {
        throwForeign(path, start, "it ends within its header");
    }
    std::string json(length, '\0');
    readExactly(opened.file.handle, path, 8, json.data(), json.size());
    const std::size_t first = json.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || json[first] != '{') {
        throwForeign(path, start, "its header is no JSON object");
    }
    opened.dataOffset = 8 + length;
    opened.header = parseSafetensorsHeader(json, size - opened.dataOffset, path);
    return opened;
}

/// Indices of `items` by name: the order of both checksums.
template <typename Items>
std::vector<const typename Items::value_type*> byName(const Items& items) {
    std::vector<const typename Items::value_type*> sorted;
    sorted.reserve(items.size());
    for (const auto& item : items) {
        sorted.push_back(&item);
    }
    std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->name < b->name; });
    return sorted;
}

template <typename Arrays>
std::string headerChecksum(const std::map<std::string, std::string>& metadata, const Arrays& arrays) {
    Crc64 crc;
    for (const auto& [key, value] : metadata) {
        if (key != headerChecksumKey) {
            crc.add(fmt::format("{}:{}={}:{};", key.size(), key, value.size(), value));
        }
    }
    for (const auto* array : byName(arrays)) {
        crc.add(fmt::format("{}:{} {} [{}];", array->name.size(), array->name, array->dtype,
                            fmt::join(array->shape, ",")));
    }
    return fmt::format("{:016x}", crc.value());
}

[[noreturn]] void throwChanged(const std::string& path, const char* part) {
    throw Error(ErrorKind::BadInput,
                fmt::format("'{}' is damaged: the checksum of its {} does not match.", path, part),
                "Use another checkpoint, or copy the file again from where it came.");
}

/// Both checksums leave the metadata; gives the data's, "" when the file has none.
std::string takeChecksums(SafetensorsHeader& header, const std::string& path) {
    auto data = header.metadata.extract(checksumKey);
    const auto own = header.metadata.find(headerChecksumKey);
    if (data.empty() && own == header.metadata.end()) {
        return {};
    }
    if (data.empty() || own == header.metadata.end()) {
        throwChanged(path, "header");
    }
    std::string checksum = data.mapped();
    header.metadata.insert(std::move(data));
    if (own->second != headerChecksum(header.metadata, header.tensors)) {
        throwChanged(path, "header");
    }
    header.metadata.erase(checksumKey);
    header.metadata.erase(headerChecksumKey);
    return checksum;
}

ModelState stateOf(SafetensorsHeader&& header) {
    ModelState state;
    state.metadata = std::move(header.metadata);
    state.arrays.reserve(header.tensors.size());
    for (TensorEntry& tensor : header.tensors) {
        state.arrays.push_back({.name = std::move(tensor.name),
                                .dtype = std::move(tensor.dtype),
                                .shape = std::move(tensor.shape),
                                .bytes = {}});
    }
    return state;
}

SafetensorsHeader describe(const ModelState& state) {
    SafetensorsHeader header;
    std::set<std::string_view> names{"__metadata__"};
    std::uint64_t position = 0;
    for (const NamedArray& array : state.arrays) {
        std::uint64_t bytes = 0;
        if (!tensorBytes(array.dtype, array.shape, &bytes) || bytes != array.bytes.size()) {
            throw Error(ErrorKind::Internal,
                        fmt::format("Tensor '{}' cannot be saved: its {} bytes do not fit its shape.",
                                    array.name, array.bytes.size()));
        }
        if (!names.insert(array.name).second) {
            throw Error(ErrorKind::Internal,
                        fmt::format("Tensor '{}' cannot be saved: the name is taken.", array.name));
        }
        header.tensors.push_back({.name = array.name,
                                  .dtype = array.dtype,
                                  .shape = array.shape,
                                  .begin = position,
                                  .end = position + bytes});
        position += bytes;
    }
    header.metadata = state.metadata;
    header.metadata[checksumKey] = dataChecksum(state);
    header.metadata[headerChecksumKey] = headerChecksum(header.metadata, header.tensors);
    return header;
}

/// Length and header, as they begin the file.
std::string encodeStart(const ModelState& state) {
    const std::string json = formatSafetensorsHeader(describe(state));
    if (json.size() > maxSafetensorsHeader) {
        throw Error(ErrorKind::Internal, "A checkpoint cannot be saved: its header is too large.");
    }
    std::string start;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        start += static_cast<char>(json.size() >> shift & 0xff);
    }
    return start + json;
}

std::string_view textOf(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

std::string dataChecksum(const ModelState& state) {
    Crc64 crc;
    for (const NamedArray* array : byName(state.arrays)) {
        crc.add(array->bytes);
    }
    return fmt::format("{:016x}", crc.value());
}

std::string encodeSafetensors(const ModelState& state) {
    std::string bytes = encodeStart(state);
    for (const NamedArray& array : state.arrays) {
        bytes += textOf(array.bytes);
    }
    return bytes;
}

void writeSafetensors(const std::string& path, const ModelState& state) {
    const std::string start = encodeStart(state);
    std::vector<std::string_view> pieces{start};
    for (const NamedArray& array : state.arrays) {
        pieces.push_back(textOf(array.bytes));
    }
    writeFileAtomically(path, pieces);
}

ModelState readSafetensors(const std::string& path) {
    OpenedSafetensors opened = openSafetensors(path);
    checkFitsMemory(path, opened.file.size);
    const std::string checksum = takeChecksums(opened.header, path);
    ModelState state = stateOf(std::move(opened.header));
    std::uint64_t position = opened.dataOffset;
    for (NamedArray& array : state.arrays) {
        std::uint64_t bytes = 0;
        tensorBytes(array.dtype, array.shape, &bytes); // cannot fail: the header passed this check
        array.bytes.resize(bytes);
        readExactly(opened.file.handle, path, position, array.bytes.data(), bytes);
        position += bytes;
    }
    if (!checksum.empty() && checksum != dataChecksum(state)) {
        throwChanged(path, "tensors");
    }
    return state;
}

ModelState readSafetensorsHeader(const std::string& path) {
    OpenedSafetensors opened = openSafetensors(path);
    takeChecksums(opened.header, path);
    return stateOf(std::move(opened.header));
}

} // namespace alphascope::engine
