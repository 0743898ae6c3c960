#pragma once
// Work on neighbours in pieces, so that it can be cancelled and questions are answered in between. The
// calling thread's, and helpers' of its own while a piece lasts.

#include <string>

namespace alphascope::engine {

class NeighbourWork {
public:
    virtual ~NeighbourWork() = default;
    /// Some ten milliseconds; false when nothing is left. Throws Error.
    virtual bool step() = 0;
    virtual double progress() const = 0;  ///< of what(), 0 to 1
    virtual std::string what() const = 0; ///< "placing training pictures"
};

} // namespace alphascope::engine
