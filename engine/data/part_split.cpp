#include "engine/data/part_split.h"

#include <fmt/format.h>

#include "engine/api/error.h"

namespace alphascope::engine {

void checkIndex(const std::string& set, std::uint64_t index, std::uint64_t count) {
    if (index >= count) {
        throw Error(ErrorKind::Usage, fmt::format("'{}' has no picture {}: it has {}.", set, index, count));
    }
}

} // namespace alphascope::engine
