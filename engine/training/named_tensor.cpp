#include "engine/training/named_tensor.h"

#include <cstring>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

std::string dtypeName(torch::ScalarType type) {
    switch (type) {
    case torch::kFloat:
        return "F32";
    case torch::kDouble:
        return "F64";
    case torch::kLong:
        return "I64";
    case torch::kByte:
        return "U8";
    default:
        throw Error(
            ErrorKind::Internal,
            fmt::format("A model holds numbers of a type that cannot be saved ({}).", c10::toString(type)));
    }
}

/// The types that dtypeName() gives; readers refuse nothing that safetensors allows, so others may come.
torch::ScalarType scalarType(const NamedArray& array) {
    static const std::map<std::string, torch::ScalarType> types = {
        {"F32", torch::kFloat}, {"F64", torch::kDouble}, {"F16", torch::kHalf},  {"BF16", torch::kBFloat16},
        {"I64", torch::kLong},  {"I32", torch::kInt},    {"I16", torch::kShort}, {"I8", torch::kChar},
        {"U8", torch::kByte},   {"BOOL", torch::kBool}};
    const auto found = types.find(array.dtype);
    if (found == types.end()) {
        throw std::invalid_argument(fmt::format("The tensor '{}' holds numbers of the unsupported type {}.",
                                                array.name, array.dtype));
    }
    return found->second;
}

} // namespace

NamedArray toArray(const std::string& name, const torch::Tensor& tensor) {
    const torch::Tensor host = tensor.detach().to(torch::kCPU).contiguous();
    NamedArray array;
    array.name = name;
    array.dtype = dtypeName(host.scalar_type());
    array.shape = host.sizes().vec();
    array.bytes.resize(host.nbytes());
    if (!array.bytes.empty()) {
        std::memcpy(array.bytes.data(), host.const_data_ptr(), array.bytes.size());
    }
    return array;
}

torch::Tensor viewOf(const NamedArray& array) {
    return torch::from_blob(const_cast<std::byte*>(array.bytes.data()), array.shape,
                            torch::TensorOptions().dtype(scalarType(array)));
}

} // namespace alphascope::engine
