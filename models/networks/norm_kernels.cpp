#include "models/networks/norm_kernels.h"

// One object for every processor: the loops are compiled once for each width of vectors, and the loader
// picks. Sanitizers cannot run the code that picks.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) &&                            \
    !defined(__SANITIZE_THREAD__)
#define ALPHASCOPE_VECTORISED __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ALPHASCOPE_VECTORISED
#endif

namespace alphascope::models {

ALPHASCOPE_VECTORISED
void addMoments(const float* __restrict x, const float* __restrict shift, float* __restrict sum,
                float* __restrict square, std::int64_t rows, std::int64_t channels) {
    for (std::int64_t row = 0; row < rows; ++row, x += channels) {
        for (std::int64_t c = 0; c < channels; ++c) {
            const float distance = x[c] - shift[c];
            sum[c] += distance;
            square[c] += distance * distance;
        }
    }
}

ALPHASCOPE_VECTORISED
void scaleAndActivate(const float* __restrict x, const float* __restrict scale,
                      const float* __restrict offset, float slope, float* __restrict y, std::int64_t rows,
                      std::int64_t channels) {
    for (std::int64_t row = 0; row < rows; ++row, x += channels, y += channels) {
        for (std::int64_t c = 0; c < channels; ++c) {
            const float value = x[c] * scale[c] + offset[c];
            y[c] = value > 0.0F ? value : value * slope;
        }
    }
}

ALPHASCOPE_VECTORISED
void addGradients(const float* __restrict gradient, const float* __restrict x, const float* __restrict scale,
                  const float* __restrict offset, const float* __restrict mean, float slope,
                  float* __restrict sum, float* __restrict product, std::int64_t rows,
                  std::int64_t channels) {
    for (std::int64_t row = 0; row < rows; ++row, x += channels, gradient += channels) {
        for (std::int64_t c = 0; c < channels; ++c) {
            const float g = x[c] * scale[c] + offset[c] > 0.0F ? gradient[c] : gradient[c] * slope;
            sum[c] += g;
            product[c] += g * (x[c] - mean[c]);
        }
    }
}

ALPHASCOPE_VECTORISED
void inputGradients(const float* __restrict gradient, const float* __restrict x,
                    const float* __restrict scale, const float* __restrict offset,
                    const float* __restrict mean, const float* __restrict constant,
                    const float* __restrict factor, float slope, float* __restrict result, std::int64_t rows,
                    std::int64_t channels) {
    for (std::int64_t row = 0; row < rows; ++row, x += channels, gradient += channels, result += channels) {
        for (std::int64_t c = 0; c < channels; ++c) {
            const float g = x[c] * scale[c] + offset[c] > 0.0F ? gradient[c] : gradient[c] * slope;
            result[c] = scale[c] * (g - constant[c] - (x[c] - mean[c]) * factor[c]);
        }
    }
}

} // namespace alphascope::models
