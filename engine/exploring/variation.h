#pragma once
// Many codes of one picture, and how far their decodings lie apart. In pieces, as HeldOutErrors.

#include <cstddef>
#include <vector>

#include "engine/api/explorer.h"
#include "engine/exploring/replica.h"

namespace alphascope::engine {

/// One thread. The replica must outlive it and keep its weights meanwhile.
class Variation {
public:
    /// Draws the codes. Throws Error(Usage) for an order out of its range or of another model.
    Variation(Replica& replica, const VaryPicture& order);

    /// Decodes a few of them.
    void step();
    bool finished() const { return done_ == codes_.count; }
    CodeSpread spread() const { return spread_; }
    const Codes& codes() const { return codes_; }

    // ---- once finished: the standard deviation over the codes (divided by their number), in [-1,1]
    std::vector<float> perPixel() const; ///< side * side, mean over the channels
    float mean() const;                  ///< over all elements

private:
    std::vector<double> deviations() const; ///< per element of a picture, channels interleaved

    Replica& replica_;
    Codes codes_;
    CodeSpread spread_ = CodeSpread::Perturbed;
    std::size_t done_ = 0;
    std::size_t channels_ = 1;
    std::vector<double> sums_;
    std::vector<double> squares_;
};

} // namespace alphascope::engine
