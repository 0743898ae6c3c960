#pragma once
// Grows a map of codes, iteration by iteration. The atlas's thread.

#include <memory>
#include <optional>

#include "engine/api/atlas.h"
#include "engine/exploring/atlas/atlas_work.h"
#include "engine/exploring/projections/layout.h"
#include "engine/exploring/projections/pca.h"

namespace alphascope::engine {

class MapWork : public AtlasWork {
public:
    /// Components are mapped at once, turned to lie on `earlier` (may be null) as well as they can. Throws
    /// Error(Usage) for an order that cannot be carried out with these codes.
    MapWork(std::shared_ptr<const CodeSet> codes, const PrincipalComponents& components,
            const MapOrder& order, int threads, const CodeMap* earlier);

    bool step() override;
    double progress() const override;
    MapKind kind() const { return order_.kind; }
    bool visible() const { return !layout_ || layout_->prepared(); } ///< there is something to see
    /// There is, and it changes from step to step.
    bool moving() const { return layout_ && visible(); }
    /// As it is now; a layout turned to lie on `earlier` as well as it can.
    std::shared_ptr<CodeMap> now(const CodeMap* earlier) const;

private:
    void judge();

    std::shared_ptr<const CodeSet> codes_;
    std::shared_ptr<const Codes> chosen_; ///< the rows that are mapped
    std::shared_ptr<const std::vector<std::uint32_t>> rows_;
    MapOrder order_;
    int threads_;
    CodeMap plane_;                  ///< of components, whole but for its trustworthiness
    std::unique_ptr<Layout> layout_; ///< of the others
    bool judged_ = false;
    double trustworthiness_ = 0.0;
    std::size_t judgedRows_ = 0;
};

} // namespace alphascope::engine
