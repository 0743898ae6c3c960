#include "engine/storage/safetensors_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/api/error.h"
#include "engine/storage/model_state.h"

namespace alphascope::engine {
namespace {

constexpr std::string_view metadataName = "__metadata__";
constexpr std::size_t maxTensorRank = 64; // LibTorch's own limit

/// Streams through the header, so that nothing is built that the format does not have: neither deep nesting
/// nor a second value for a key survives. Every handler gives false to stop, with `problem` set.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
public:
    SafetensorsHeader header;
    std::string problem;

    bool start_object(std::size_t) override {
        switch (place_) {
        case Place::Outside:
            place_ = Place::Root;
            return true;
        case Place::RootValue:
            if (rootKey_ == metadataName) {
                place_ = Place::Metadata;
            } else {
                place_ = Place::Tensor;
                tensorFields_ = 0;
                header.tensors.push_back({.name = rootKey_, .dtype = {}, .shape = {}, .begin = 0, .end = 0});
            }
            return true;
        default:
            return wrongType("an object");
        }
    }

    bool end_object() override {
        if (place_ == Place::Tensor && tensorFields_ != (HasDtype | HasShape | HasOffsets)) {
            return fail(fmt::format("the entry of tensor '{}' is incomplete", clip(rootKey_)));
        }
        place_ = place_ == Place::Root ? Place::Outside : Place::Root;
        return true;
    }

    bool key(string_t& name) override {
        switch (place_) {
        case Place::Root:
            if (!rootKeys_.insert(name).second) {
                return fail(fmt::format("the name '{}' occurs twice", clip(name)));
            }
            rootKey_ = name;
            place_ = Place::RootValue;
            return true;
        case Place::Metadata:
            metadataKey_ = name;
            if (!header.metadata.emplace(name, "").second) {
                return fail(fmt::format("the metadata key '{}' occurs twice", clip(name)));
            }
            place_ = Place::MetadataValue;
            return true;
        case Place::Tensor:
            return tensorKey(name);
        default:
            return fail("its structure is wrong");
        }
    }

    bool string(string_t& value) override {
        if (place_ == Place::MetadataValue) {
            header.metadata[metadataKey_] = value;
            place_ = Place::Metadata;
            return true;
        }
        if (place_ == Place::Dtype) {
            header.tensors.back().dtype = value;
            place_ = Place::Tensor;
            return true;
        }
        return wrongType("a text");
    }

    bool start_array(std::size_t) override {
        if (place_ == Place::ShapeValue) {
            place_ = Place::Shape;
            return true;
        }
        if (place_ == Place::OffsetsValue) {
            place_ = Place::Offsets;
            offsets_.clear();
            return true;
        }
        return wrongType("a list");
    }

    bool end_array() override {
        if (place_ == Place::Offsets) {
            if (offsets_.size() != 2) {
                return fail(fmt::format("tensor '{}' needs two offsets", clip(rootKey_)));
            }
            header.tensors.back().begin = offsets_[0];
            header.tensors.back().end = offsets_[1];
        }
        place_ = Place::Tensor;
        return true;
    }

    bool number_unsigned(number_unsigned_t value) override {
        if (place_ == Place::Shape) {
            auto& shape = header.tensors.back().shape;
            if (value > std::uint64_t(std::numeric_limits<std::int64_t>::max()) ||
                shape.size() == maxTensorRank) {
                return fail(fmt::format("the shape of tensor '{}' is impossible", clip(rootKey_)));
            }
            shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (place_ == Place::Offsets && offsets_.size() < 2) {
            offsets_.push_back(value);
            return true;
        }
        return wrongType("a number");
    }

    bool number_integer(number_integer_t) override { return wrongType("a negative number"); }
    bool number_float(number_float_t, const string_t&) override {
        return wrongType("a fraction or huge number");
    }
    bool boolean(bool) override { return wrongType("true or false"); }
    bool null() override { return wrongType("null"); }
    bool binary(binary_t&) override { return wrongType("bytes"); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        return fail(fmt::format("its header is no valid JSON (byte {})", position));
    }

private:
    enum class Place {
        Outside,
        Root,
        RootValue,
        Metadata,
        MetadataValue,
        Tensor,
        Dtype,
        ShapeValue,
        Shape,
        OffsetsValue,
        Offsets
    };
    enum Field : unsigned { HasDtype = 1, HasShape = 2, HasOffsets = 4 };

    static std::string clip(const std::string& name) {
        return name.size() > 80 ? name.substr(0, 80) + "..." : name;
    }

    bool fail(std::string why) {
        if (problem.empty()) {
            problem = std::move(why);
        }
        return false;
    }

    bool wrongType(const char* found) {
        if (place_ == Place::Outside) {
            return fail("its header is no JSON object");
        }
        return fail(fmt::format("{} stands where it does not belong, in '{}'", found, clip(rootKey_)));
    }

    bool tensorKey(const std::string& name) {
        const Field field = name == "dtype" ? HasDtype : name == "shape" ? HasShape : HasOffsets;
        if (field == HasOffsets && name != "data_offsets") {
            return fail(fmt::format("tensor '{}' has an unknown key '{}'", clip(rootKey_), clip(name)));
        }
        if (tensorFields_ & field) {
            return fail(fmt::format("tensor '{}' has '{}' twice", clip(rootKey_), name));
        }
        tensorFields_ |= field;
        place_ = field == HasDtype   ? Place::Dtype
                 : field == HasShape ? Place::ShapeValue
                                     : Place::OffsetsValue;
        return true;
    }

    Place place_ = Place::Outside;
    std::string rootKey_;
    std::string metadataKey_;
    std::set<std::string> rootKeys_;
    unsigned tensorFields_ = 0;
    std::vector<std::uint64_t> offsets_;
};

[[noreturn]] void throwDamaged(const std::string& path, const std::string& why) {
    throw Error(ErrorKind::BadInput, fmt::format("'{}' is no valid safetensors file: {}.", path, why),
                "It is damaged or incomplete; use another checkpoint.");
}

void checkTensors(std::vector<TensorEntry>& tensors, std::uint64_t dataBytes, const std::string& path) {
    std::stable_sort(tensors.begin(), tensors.end(), [](const TensorEntry& a, const TensorEntry& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    std::uint64_t position = 0;
    for (const TensorEntry& tensor : tensors) {
        std::uint64_t bytes = 0;
        if (elementSize(tensor.dtype) == 0) {
            throwDamaged(path,
                         fmt::format("tensor '{}' has the unknown type '{}'", tensor.name, tensor.dtype));
        }
        if (tensor.begin != position || tensor.end < tensor.begin) {
            throwDamaged(path,
                         fmt::format("the bytes of tensor '{}' overlap others or leave a hole", tensor.name));
        }
        if (!tensorBytes(tensor.dtype, tensor.shape, &bytes) || tensor.end - tensor.begin != bytes) {
            throwDamaged(path, fmt::format("the shape of tensor '{}' does not fit its bytes", tensor.name));
        }
        position = tensor.end;
    }
    if (position > dataBytes) {
        throwDamaged(path, fmt::format("it ends {} bytes too early", position - dataBytes));
    }
    if (position < dataBytes) {
        throwDamaged(path, fmt::format("{} bytes too many follow its last tensor", dataBytes - position));
    }
}

} // namespace

bool tensorBytes(const std::string& dtype, const std::vector<std::int64_t>& shape, std::uint64_t* bytes) {
    std::uint64_t total = elementSize(dtype);
    if (total == 0) {
        return false;
    }
    bool overflow = false;
    bool empty = false;
    for (const std::int64_t side : shape) {
        if (side < 0) {
            return false;
        }
        empty = empty || side == 0;
        overflow = __builtin_mul_overflow(total, static_cast<std::uint64_t>(side), &total) || overflow;
    }
    *bytes = empty ? 0 : total;
    return !overflow;
}

SafetensorsHeader parseSafetensorsHeader(std::string_view json, std::uint64_t dataBytes,
                                         const std::string& path) {
    if (json.find('\0') != std::string_view::npos) {
        throwDamaged(path, "its header holds a zero byte"); // which the JSON parser would take for the end
    }
    HeaderReader reader;
    if (!nlohmann::json::sax_parse(json.begin(), json.end(), &reader)) {
        throwDamaged(path, reader.problem);
    }
    checkTensors(reader.header.tensors, dataBytes, path);
    return std::move(reader.header);
}

std::string formatSafetensorsHeader(const SafetensorsHeader& header) try {
    const auto quoted = [](const std::string& text) { return nlohmann::json(text).dump(); };
    std::string json = "{";
    if (!header.metadata.empty()) {
        json +=
            fmt::format("{}:{}", quoted(std::string(metadataName)), nlohmann::json(header.metadata).dump());
    }
    for (const TensorEntry& tensor : header.tensors) {
        json += fmt::format("{}{}:{{\"dtype\":{},\"shape\":[{}],\"data_offsets\":[{},{}]}}",
                            json.size() > 1 ? "," : "", quoted(tensor.name), quoted(tensor.dtype),
                            fmt::join(tensor.shape, ","), tensor.begin, tensor.end);
    }
    json += "}";
    json.append((8 - json.size() % 8) % 8, ' ');
    return json;
} catch (const nlohmann::json::exception&) {
    throw Error(ErrorKind::Internal, "A checkpoint cannot be saved: a name or value in it is not UTF-8.");
}

} // namespace alphascope::engine
