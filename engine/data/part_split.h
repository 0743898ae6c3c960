#pragma once
// Which picture of a set's files is number so-and-so of a split.

#include <algorithm>
#include <cstdint>
#include <string>

#include "engine/data/data_set.h"

namespace alphascope::engine {

/// Throws Error(Usage) when a split of `count` pictures has none of that number.
void checkIndex(const std::string& set, std::uint64_t index, std::uint64_t count);

/// For sets of one or two files. Without a file of its own the held-out split is the last sixth of the other;
/// a set of one picture is its own held-out split.
class PartSplit {
public:
    PartSplit() = default;
    /// Pictures in the file to train on, and in that which is held out (0: there is none).
    PartSplit(std::uint64_t train, std::uint64_t test) : ownTest_(test > 0), train_(train), test_(test) {
        if (!ownTest_) {
            test_ = std::max<std::uint64_t>(1, train / 6);
            train_ = std::max<std::uint64_t>(1, train - test_);
            testStart_ = train - test_;
        }
    }

    std::uint64_t count(Split split) const { return split == Split::Train ? train_ : test_; }

    struct Place {
        bool testFile = false;
        std::uint64_t at = 0; ///< in that file
    };
    /// Throws as checkIndex.
    Place find(const std::string& set, Split split, std::uint64_t index) const {
        checkIndex(set, index, count(split));
        const bool test = split == Split::Test;
        return {test && ownTest_, test && !ownTest_ ? testStart_ + index : index};
    }

private:
    bool ownTest_ = false;
    std::uint64_t train_ = 0;
    std::uint64_t test_ = 0;
    std::uint64_t testStart_ = 0;
};

} // namespace alphascope::engine
