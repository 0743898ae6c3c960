#pragma once
// How well a model rebuilds pictures that it was not trained on: what the error of one picture is measured
// against. In pieces, so that a caller can do something more urgent between them.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/data/data_set.h"
#include "engine/exploring/replica.h"

namespace alphascope::engine {

/// One thread. The replica must outlive it and keep its weights meanwhile.
class HeldOutErrors {
public:
    /// The first `count` held-out pictures of the model's own data, or as many as there are. Throws Error:
    /// the data is not here, it has no held-out pictures, or the method has no encoder.
    HeldOutErrors(Replica& replica, std::size_t count);

    /// Reads and rebuilds a few pictures; those that cannot be read are left out.
    void step();
    bool finished() const { return next_ == end_; }
    /// L1 per picture over all elements in [-1,1], in rising order.
    std::vector<float> sorted() const;

private:
    Replica& replica_;
    std::shared_ptr<const DataSet> set_;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
    std::vector<float> errors_;
};

} // namespace alphascope::engine
