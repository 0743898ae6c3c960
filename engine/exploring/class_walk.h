#pragma once
// Conditional sampling, step by step: a code walks towards a class by the method's own rule
// (Method::stepTowards).

#include "models/libtorch.h"

#include <cstdint>
#include <vector>

#include "engine/api/codes.h"
#include "models/methods/method.h"

namespace alphascope::engine {

/// One thread. The method must be one for inference, outlive the walk and keep its weights meanwhile.
class ClassWalk {
public:
    struct Options {
        std::int64_t label = 0; ///< from 0 to classes - 1
        int steps = 100;        ///< 1 or more
        std::uint64_t seed = 1; ///< of the noise
    };

    /// `start`: codes [N,Z] on the method's device, N > 0; all walk towards the same class. Throws
    /// Error(Usage) for a class that is not there or no steps.
    ClassWalk(models::Method& method, const torch::Tensor& start, std::int64_t classes,
              const Options& options);

    /// One move. Not after finished().
    void step();
    bool finished() const { return done_ == options_.steps; }
    double progress() const { return static_cast<double>(done_) / options_.steps; }

    const torch::Tensor& codes() const { return codes_; } ///< [N,Z], where it is now
    /// Before every move so far, the mean over the codes of the probability that the method gives the class.
    const std::vector<float>& curve() const { return curve_; }

private:
    models::Method& method_;
    Options options_;
    models::RandomStreams random_;
    torch::Tensor codes_;
    int done_ = 0;
    std::vector<float> curve_;
};

} // namespace alphascope::engine
