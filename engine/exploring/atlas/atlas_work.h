#pragma once
// One piece of an atlas's work at a time, so that it can be cancelled and other work comes in between. The
// atlas's thread.

namespace alphascope::engine {

class AtlasWork {
public:
    virtual ~AtlasWork() = default;
    /// Some ten milliseconds; false when nothing is left. Throws Error.
    virtual bool step() = 0;
    virtual double progress() const = 0; ///< 0 to 1
};

} // namespace alphascope::engine
