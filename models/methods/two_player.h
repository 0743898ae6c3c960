#pragma once
// What the games of one discriminator against one generator do alike: an iteration is the part "D" once or
// more, each time with new pictures and codes, and then the part "G" once with codes of its own.

#include "models/methods/basic_method.h"

namespace alphascope::models {

class TwoPlayerMethod : public BasicMethod {
public:
    UpdateReport update(BatchSource& batches, RandomStreams& random) final;
    UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) final;

protected:
    using BasicMethod::BasicMethod;

    /// How often D moves for one step of G.
    virtual std::int64_t discriminatorUpdates() const { return 1; }
    /// One step of D; only the last one of an iteration is reported.
    virtual UpdateReport updateDiscriminator(BatchSource& batches, RandomStreams& random) = 0;
    /// One step of G, which adds its scalars to `report`.
    virtual void updateGenerator(RandomStreams& random, UpdateReport& report) = 0;
};

} // namespace alphascope::models
