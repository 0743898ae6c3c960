#pragma once
// How the codes of pictures are found: by the method's encoder, or by search where it has none. Standard
// library only.

#include <cstddef>
#include <cstdint>
#include <functional>

namespace alphascope::engine {

enum class EncodeBy {
    Auto,   ///< the encoder where the method has one, else search
    Search, ///< search from random codes, also where there is an encoder
    Refine, ///< search from the encoder's code and from random ones; without an encoder as Search
};

/// Search: for each picture x, Adam moves a few codes z to lower mean |G(z) - x| + priorWeight |z|^2 / (2 Z),
/// and the code with the smallest error on the way is kept. The same picture, weights and settings give the
/// same code, whatever else is searched for beside it.
struct CodeSearchOptions {
    int steps = 300;            ///< looks at G(z) per start, from 1 on; the first is at the start itself
    int starts = 3;             ///< random codes to begin from, from 1 on
    double rate = 0.2;          ///< of the first move; falls along half a cosine
    double priorWeight = 0.001; ///< 0 or more; keeps codes from running away where the error does not care
    std::uint64_t seed = 1;     ///< of the starts
};

struct EncodeOptions {
    EncodeBy by = EncodeBy::Auto;
    CodeSearchOptions search; ///< for when it is by search
};

/// Where the many codes of one picture come from.
enum class CodeSpread {
    Perturbed, ///< one code, and normal noise of a chosen radius on each of its numbers
    Posterior, ///< the Gaussian that the encoder gives
    Encoder,   ///< an encoder that takes noise and has no density, asked again and again
};

/// Where a search for the codes of many pictures is.
struct CodeSearchProgress {
    std::size_t pictures = 0; ///< in all
    std::size_t found = 0;    ///< of them, those that are done
    double fraction = 0.0;    ///< of all the work, 0 to 1
    float l1 = 0.0F; ///< mean over the pictures at work of the smallest error so far, of a range of 2
};
/// Called after every step, on the searching thread; never for an encoder.
using CodeSearchListener = std::function<void(const CodeSearchProgress&)>;

} // namespace alphascope::engine
