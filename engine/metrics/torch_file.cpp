#include "engine/metrics/torch_file.h"

#include <cstring>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/metrics/pickle_machine.h"

namespace alphascope::engine {

namespace {

using Parts = std::map<std::string, std::string_view, std::less<>>; ///< name -> bytes

[[noreturn]] void refuseTorchFile(const std::string& why) {
    throw Error(ErrorKind::BadInput, why);
}

std::uint64_t littleEndian(std::string_view bytes, std::uint64_t offset, std::size_t count) {
    if (offset > bytes.size() || count > bytes.size() - offset) {
        refuseTorchFile("it ends in the middle");
    }
    std::uint64_t value = 0;
    for (std::size_t i = count; i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes[offset + i]);
    }
    return value;
}

std::string_view partAt(std::string_view bytes, std::uint64_t offset, std::uint64_t count) {
    if (offset > bytes.size() || count > bytes.size() - offset) {
        refuseTorchFile("it ends in the middle");
    }
    return bytes.substr(offset, count);
}

/// The entries of a zip archive (PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16), stored ones alone.
Parts zipEntries(std::string_view bytes) {
    const std::size_t end = bytes.rfind(std::string_view("PK\x05\x06", 4));
    if (end == std::string_view::npos) {
        refuseTorchFile("it ends in the middle");
    }
    const std::uint64_t count = littleEndian(bytes, end + 10, 2);
    std::uint64_t at = littleEndian(bytes, end + 16, 4);
    if (count == 0xFFFF || at == 0xFFFFFFFF) {
        refuseTorchFile("it is larger than is read here");
    }
    Parts entries;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (partAt(bytes, at, 4) != std::string_view("PK\x01\x02", 4)) {
            refuseTorchFile("its list of entries is damaged");
        }
        const std::uint64_t nameLength = littleEndian(bytes, at + 28, 2);
        const std::uint64_t size = littleEndian(bytes, at + 24, 4);
        const std::uint64_t start = littleEndian(bytes, at + 42, 4);
        const std::string name(partAt(bytes, at + 46, nameLength));
        if (littleEndian(bytes, at + 10, 2) != 0 || littleEndian(bytes, at + 20, 4) != size ||
            size == 0xFFFFFFFF) {
            refuseTorchFile(fmt::format("its entry '{}' is compressed, which torch.save does not do", name));
        }
        const std::uint64_t data =
            start + 30 + littleEndian(bytes, start + 26, 2) + littleEndian(bytes, start + 28, 2);
        if (!entries.emplace(name, partAt(bytes, data, size)).second) {
            refuseTorchFile(fmt::format("it holds two entries '{}'", name));
        }
        at += 46 + nameLength + littleEndian(bytes, at + 30, 2) + littleEndian(bytes, at + 32, 2);
    }
    return entries;
}

/// The numbers of a tensor in the order of its shape, whatever its strides.
class StridedCopy {
public:
    StridedCopy(const PickleTensor& tensor, std::string_view storage, std::size_t element)
        : tensor_(tensor), storage_(storage), element_(element) {}

    std::vector<std::byte> run() {
        std::uint64_t count = 1;
        for (const std::int64_t side : tensor_.shape) {
            if (side < 0 || __builtin_mul_overflow(count, static_cast<std::uint64_t>(side), &count)) {
                refuseTorchFile("a tensor has a shape that makes no sense");
            }
        }
        // Expanded tensors may have more numbers than are stored, but none that a net needs.
        if (count > storage_.size() / element_ || tensor_.stride.size() != tensor_.shape.size()) {
            refuseTorchFile("a tensor is larger than its numbers");
        }
        bytes_.resize(count * element_);
        if (count > 0) {
            copy(0, tensor_.offset);
        }
        return std::move(bytes_);
    }

private:
    void copy(std::size_t dimension, std::int64_t offset) {
        if (dimension == tensor_.shape.size()) {
            const auto place = static_cast<std::uint64_t>(offset);
            if (offset < 0 || place >= storage_.size() / element_) {
                refuseTorchFile("a tensor reaches beyond its numbers");
            }
            std::memcpy(bytes_.data() + written_, storage_.data() + place * element_, element_);
            written_ += element_;
            return;
        }
        for (std::int64_t i = 0; i < tensor_.shape[dimension]; ++i) {
            std::int64_t step = 0;
            std::int64_t next = 0;
            if (__builtin_mul_overflow(i, tensor_.stride[dimension], &step) ||
                __builtin_add_overflow(offset, step, &next)) {
                refuseTorchFile("a tensor reaches beyond its numbers");
            }
            copy(dimension + 1, next);
        }
    }

    const PickleTensor& tensor_;
    std::string_view storage_;
    std::size_t element_;
    std::vector<std::byte> bytes_;
    std::size_t written_ = 0;
};

constexpr std::size_t mostDimensions = 16;

ModelState stateOf(const PickleValue& value, const Parts& storages) {
    const auto* const dictionary = std::get_if<std::shared_ptr<PickleDict>>(&value);
    if (dictionary == nullptr) {
        refuseTorchFile("it holds no dictionary of tensors");
    }
    ModelState state;
    std::set<std::string> names;
    for (const auto& [key, item] : (*dictionary)->items) {
        const auto* const name = std::get_if<std::string>(&key);
        const auto* const tensor = std::get_if<PickleTensor>(&item);
        if (name == nullptr || tensor == nullptr) {
            refuseTorchFile(name == nullptr ? std::string("it holds something without a name")
                                            : fmt::format("its entry '{}' is no tensor", *name));
        }
        const auto storage = storages.find(tensor->storage.key);
        const std::size_t element = elementSize(tensor->storage.dtype);
        if (storage == storages.end() || tensor->shape.size() > mostDimensions) {
            refuseTorchFile(fmt::format("the numbers of '{}' are not there", *name));
        }
        if (!names.insert(*name).second) {
            refuseTorchFile(fmt::format("it holds two tensors '{}'", *name));
        }
        state.arrays.push_back({.name = *name,
                                .dtype = tensor->storage.dtype,
                                .shape = tensor->shape,
                                .bytes = StridedCopy(*tensor, storage->second, element).run()});
    }
    return state;
}

ModelState readZipLayout(std::string_view bytes) {
    const Parts entries = zipEntries(bytes);
    for (const auto& [name, pickle] : entries) {
        const std::size_t folder = name.find("/data.pkl");
        if (folder == std::string::npos || name.size() != folder + 9) {
            continue;
        }
        const std::string root = name.substr(0, folder);
        const auto order = entries.find(root + "/byteorder");
        if (order != entries.end() && order->second != "little") {
            refuseTorchFile("its numbers are of a machine with another byte order");
        }
        Parts storages;
        const std::string prefix = root + "/data/";
        for (const auto& [entry, numbers] : entries) {
            if (entry.starts_with(prefix)) {
                storages.emplace(entry.substr(prefix.size()), numbers);
            }
        }
        std::size_t used = 0;
        return stateOf(readPickle(pickle, &used), storages);
    }
    refuseTorchFile("it is a zip archive, but not of PyTorch");
}

/// Sizes of the storages that a value's tensors lie in.
std::map<std::string, std::size_t> elementSizesOf(const PickleValue& value) {
    std::map<std::string, std::size_t> sizes;
    if (const auto* const dictionary = std::get_if<std::shared_ptr<PickleDict>>(&value)) {
        for (const auto& [key, item] : (*dictionary)->items) {
            if (const auto* const tensor = std::get_if<PickleTensor>(&item)) {
                sizes[tensor->storage.key] = elementSize(tensor->storage.dtype);
            }
        }
    }
    return sizes;
}

/// Magic number, version, a dictionary about the machine, the state_dict, the list of storages; then of each
/// its count and its numbers.
ModelState readOldLayout(std::string_view bytes) {
    const std::string_view magic("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);
    const auto next = [&] {
        std::size_t used = 0;
        PickleValue value = readPickle(bytes, &used);
        bytes.remove_prefix(used);
        return value;
    };
    const PickleValue first = next();
    const auto* const number = std::get_if<PickleBigNumber>(&first);
    if (number == nullptr || number->bytes != magic) {
        refuseTorchFile("it is a pickle, but not of torch.save");
    }
    next(); // version
    next(); // about the machine
    const PickleValue value = next();
    const PickleValue keys = next();
    const auto* const list = std::get_if<std::shared_ptr<PickleList>>(&keys);
    if (list == nullptr) {
        refuseTorchFile("its list of numbers is damaged");
    }
    const std::map<std::string, std::size_t> elements = elementSizesOf(value);
    Parts storages;
    std::uint64_t at = 0;
    for (const PickleValue& item : (*list)->items) {
        const auto* const key = std::get_if<std::string>(&item);
        const auto element = key == nullptr ? elements.end() : elements.find(*key);
        if (element == elements.end()) {
            refuseTorchFile("its list of numbers is damaged");
        }
        const std::uint64_t count = littleEndian(bytes, at, 8);
        std::uint64_t size = 0;
        if (__builtin_mul_overflow(count, std::uint64_t{element->second}, &size)) {
            refuseTorchFile("its list of numbers is damaged");
        }
        storages.emplace(*key, partAt(bytes, at + 8, size));
        at += 8 + size;
    }
    return stateOf(value, storages);
}

} // namespace

ModelState readTorchFile(std::string_view bytes) {
    if (bytes.starts_with(std::string_view("PK\x03\x04", 4))) {
        return readZipLayout(bytes);
    }
    if (bytes.starts_with('\x80')) {
        return readOldLayout(bytes);
    }
    refuseTorchFile("it is no file of torch.save");
}

} // namespace alphascope::engine
