#pragma once
// How well a model rebuilds pictures that it was not trained on: what the error of one picture is measured
// against. In pieces, so that a caller can do something more urgent between them.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/api/explorer.h"
#include "engine/data/data_set.h"
#include "engine/exploring/code_search.h"
#include "engine/exploring/replica.h"

namespace alphascope::engine {

/// One thread. The replica must outlive it and keep its weights meanwhile.
class HeldOutErrors {
public:
    /// The first held-out pictures of the model's own data, as many as the order says or as there are. Throws
    /// Error: the data is not here, it has no held-out pictures, or there is no encoder and no search is
    /// asked for.
    HeldOutErrors(Replica& replica, const MeasureHeldOut& order);

    /// Reads and rebuilds a few pictures, or searches on for their codes; those that cannot be read are left
    /// out.
    void step();
    bool finished() const { return next_ == end_ && !search_; }
    double progress() const;
    /// L1 per picture over all elements in [-1,1], in rising order.
    std::vector<float> sorted() const;

private:
    std::vector<Image> readPiece();
    void searchOn();

    Replica& replica_;
    EncodeOptions options_;
    bool searches_ = false;
    std::shared_ptr<const DataSet> set_;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
    std::unique_ptr<CodeSearch> search_; ///< for the codes of the piece at hand
    std::size_t searched_ = 0;           ///< pictures of it
    std::vector<float> errors_;
};

} // namespace alphascope::engine
