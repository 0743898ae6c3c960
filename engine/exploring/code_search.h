#pragma once
// Codes of pictures without an encoder: descent on the error of G(z) from several starts at once (Creswell
// and Bharath 2016, "Inverting the generator of a generative adversarial network", and others before and
// since).
//
// To be minimised per start, with Adam (Kingma and Ba 2014) on z alone:
//   mean |G(z) - x| + priorWeight |z|^2 / (2 Z)
// In steps, so that a caller can show, yield and stop between them. Every picture's search is its own:
// nothing in it depends on the others.

#include "models/libtorch.h"

#include <vector>

#include "engine/api/encoding.h"
#include "engine/api/explorer.h"
#include "models/methods/method.h"
#include "models/optimizers/adam.h"

namespace alphascope::engine {

/// One thread. The method must be one for inference, can generate, outlive the search and keep its weights
/// meanwhile.
class CodeSearch {
public:
    /// `pictures` [N,C,H,W] on `device`, N > 0. `hints`: undefined, or codes [N,Z], one for each picture,
    /// that are one start more. Throws Error(Usage) for options out of their range.
    CodeSearch(models::Method& method, const torch::Tensor& pictures, const CodeSearchOptions& options,
               const torch::Tensor& hints = {});

    /// One look at every start, and unless it was the last, one move. Not after finished().
    void step();
    bool finished() const { return done_ == options_.steps; }
    double progress() const { return static_cast<double>(done_) / options_.steps; }

    /// After every step so far, the mean over the pictures of the smallest error until then.
    const std::vector<float>& curve() const { return curve_; }

    // ---- the best so far, from the first step on
    const torch::Tensor& codes() const { return bestCodes_; }       ///< [N,Z]
    const torch::Tensor& pictures() const { return bestPictures_; } ///< [N,C,H,W], G of these codes
    const torch::Tensor& errors() const { return bestErrors_; }     ///< [N], mean absolute over [-1,1]

    /// What the starts came to, for the first picture; from the first step on.
    const SearchErrors& startErrors() const { return startErrors_; }

private:
    void compareStarts(const torch::Tensor& errors);
    void keepBest(const torch::Tensor& generated, const torch::Tensor& errors);
    double rate() const;

    models::Method& method_;
    CodeSearchOptions options_;
    bool hinted_;
    SearchErrors startErrors_;
    torch::Tensor targets_; ///< [N,1,C,H,W]
    torch::Tensor codes_;   ///< [N*S,Z], S starts in a row for each picture; what Adam moves
    models::Adam adam_;
    int done_ = 0;
    std::vector<float> curve_;
    torch::Tensor bestCodes_, bestPictures_, bestErrors_;
};

} // namespace alphascope::engine
