#pragma once
// Fills a set of codes batch by batch: by the encoder, by search, or from the prior. The atlas's thread.

#include "models/libtorch.h"

#include <memory>
#include <vector>

#include "engine/api/atlas.h"
#include "engine/data/data_set.h"
#include "engine/exploring/atlas/atlas_work.h"
#include "engine/exploring/code_search.h"
#include "engine/exploring/replica.h"

namespace alphascope::engine {

class LoadWork : public AtlasWork {
public:
    /// Opens the set. Throws Error: Usage for a model without an encoder where that is asked, or of points;
    /// as openDataSet() else.
    LoadWork(std::shared_ptr<Replica> replica, ModelInfo model, const AtlasSource& source);

    bool step() override;
    double progress() const override;
    /// Once step() has given false. Throws Error(BadInput) when no picture could be read.
    std::shared_ptr<CodeSet> take();

private:
    void openPictures(const AtlasSource& source);
    std::vector<Image> readPictures();
    void drawCodes();
    void keep(const std::vector<Image>& pictures, const Codes& codes);

    std::shared_ptr<Replica> replica_;
    std::shared_ptr<const DataSet> data_; ///< null for codes from the prior
    Split split_ = Split::Train;
    std::uint64_t seed_;
    std::size_t piece_;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
    std::unique_ptr<CodeSearch> search_; ///< for the codes of searched_
    std::vector<Image> searched_;
    std::shared_ptr<CodeSet> codes_;
    std::string firstProblem_;
};

} // namespace alphascope::engine
