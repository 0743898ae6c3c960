#pragma once
// Pickles of PyTorch's state_dicts, without Python: a stack machine that knows the few operations and names
// that such files use, builds values and calls nothing. Format: Python's pickletools.py. No LibTorch. Pure.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace alphascope::engine {

struct PickleList;
struct PickleDict;

/// A name such as "torch._utils._rebuild_tensor_v2": data here, never something that runs.
struct PickleGlobal {
    std::string name;
};
/// Where a tensor's numbers lie.
struct PickleStorage {
    std::string key;
    std::string dtype; ///< as safetensors names it
    std::int64_t count = 0;
};
struct PickleTensor {
    PickleStorage storage;
    std::int64_t offset = 0; ///< in elements
    std::vector<std::int64_t> shape, stride;
};
/// Whole numbers beyond 64 bits; files begin with one.
struct PickleBigNumber {
    std::string bytes; ///< little-endian
};

using PickleValue =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, PickleGlobal, PickleStorage,
                 PickleTensor, PickleBigNumber, std::shared_ptr<PickleList>, std::shared_ptr<PickleDict>>;
struct PickleList {
    std::vector<PickleValue> items; ///< of lists and tuples
};
struct PickleDict {
    std::vector<std::pair<PickleValue, PickleValue>> items;
};

/// Reads one pickle from the start of `bytes`; `*used` is its length. Throws Error(BadInput) with the reason
/// alone ("it asks for 'os.system', which no tensor needs") for an operation or a name that is not allowed,
/// a stack that does not fit, or an end in the middle.
PickleValue readPickle(std::string_view bytes, std::size_t* used);

} // namespace alphascope::engine
