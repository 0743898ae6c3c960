#pragma once
// How well every picture of a set is rebuilt. The atlas's thread.

#include <memory>
#include <vector>

#include "engine/api/atlas.h"
#include "engine/data/data_set.h"
#include "engine/exploring/atlas/atlas_work.h"
#include "engine/exploring/replica.h"

namespace alphascope::engine {

class ErrorWork : public AtlasWork {
public:
    /// `replica`: that the codes were made with.
    ErrorWork(std::shared_ptr<Replica> replica, std::shared_ptr<const CodeSet> codes);

    bool step() override;
    double progress() const override;
    std::shared_ptr<const std::vector<float>> take();

private:
    Image original(std::size_t row) const;

    std::shared_ptr<Replica> replica_;
    std::shared_ptr<const CodeSet> codes_;
    std::shared_ptr<const DataSet> data_; ///< only where the set keeps smaller pictures
    Split split_;
    std::vector<float> l1_;
};

} // namespace alphascope::engine
