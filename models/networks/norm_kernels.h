#pragma once
// The loops of norm_activation.h over plain memory: `rows` rows of `channels` floats. `scale` and `offset`
// are the line that normalises: normal = x * scale + offset. Nothing may overlap.

#include <cstdint>

namespace alphascope::models {

/// sum += x - shift and square += (x - shift)^2 over `rows` rows. The shift, some value of the data, keeps
/// the variance exact where the mean is large.
void addMoments(const float* x, const float* shift, float* sum, float* square, std::int64_t rows,
                std::int64_t channels);

/// y = leaky(x * scale + offset).
void scaleAndActivate(const float* x, const float* scale, const float* offset, float slope, float* y,
                      std::int64_t rows, std::int64_t channels);

/// With g the gradient before the activation: sum += g and product += g * (x - mean).
void addGradients(const float* gradient, const float* x, const float* scale, const float* offset,
                  const float* mean, float slope, float* sum, float* product, std::int64_t rows,
                  std::int64_t channels);

/// result = scale * (g - constant - (x - mean) * factor).
void inputGradients(const float* gradient, const float* x, const float* scale, const float* offset,
                    const float* mean, const float* constant, const float* factor, float slope, float* result,
                    std::int64_t rows, std::int64_t channels);

} // namespace alphascope::models
