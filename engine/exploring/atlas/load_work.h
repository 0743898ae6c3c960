#pragma once
// Encodes a data set batch by batch. The atlas's thread.

#include "models/libtorch.h"

#include <memory>
#include <vector>

#include "engine/api/atlas.h"
#include "engine/data/data_set.h"
#include "engine/exploring/atlas/atlas_work.h"
#include "engine/exploring/replica.h"

namespace alphascope::engine {

class LoadWork : public AtlasWork {
public:
    /// Opens the set. Throws Error: Usage for a model without an encoder or of points, as openDataSet() else.
    LoadWork(std::shared_ptr<Replica> replica, ModelInfo model, const AtlasSource& source);

    bool step() override;
    double progress() const override;
    /// Once step() has given false. Throws Error(BadInput) when no picture could be read.
    std::shared_ptr<CodeSet> take();

private:
    std::shared_ptr<Replica> replica_;
    std::shared_ptr<const DataSet> data_;
    Split split_;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
    std::shared_ptr<CodeSet> codes_;
    std::string firstProblem_;
};

} // namespace alphascope::engine
