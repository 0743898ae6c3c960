#pragma once
// What many pictures, samples as a rule, have to do with the training pictures: the nearest ones of each,
// whether they are repeated, how many different ones there are, how codes fill the prior. Exact.

#include <cstddef>
#include <vector>

#include "engine/exploring/neighbours/neighbour_work.h"
#include "engine/exploring/neighbours/reference_work.h"

namespace alphascope::engine {

class JudgeWork : public NeighbourWork {
public:
    /// `pictures`: prepared for the model, at least one; all of it lives longer. `reference` is complete.
    JudgeWork(const PlacingModel& model, const Reference& reference, const std::vector<Image>& pictures,
              std::size_t k, int threads);

    bool step() override;
    double progress() const override;
    std::string what() const override;
    Audit take() { return std::move(audit_); }

private:
    void placeSome();
    void searchSome();
    void encodeSome();
    void judge();

    enum class Phase { Place, Search, Judge, Encode, Done };
    const PlacingModel& model_;
    const Reference& reference_;
    const std::vector<Image>& pictures_;
    std::size_t k_;
    int threads_;
    Phase phase_ = Phase::Place;
    Codes queries_;
    NearestDistances distances_;
    Codes heldOutCodes_;
    std::size_t encoded_ = 0; ///< held-out pictures
    Audit audit_;
};

} // namespace alphascope::engine
