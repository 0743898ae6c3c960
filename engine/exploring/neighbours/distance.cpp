#include "engine/exploring/neighbours/distance.h"

#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace alphascope::engine {

namespace {

/// Several sums side by side, since one alone would wait for each addition to end.
float portable(const float* a, const float* b, std::size_t size) {
    constexpr std::size_t lanes = 16;
    std::array<float, lanes> sums{};
    std::size_t i = 0;
    for (; i + lanes <= size; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const float difference = a[i + lane] - b[i + lane];
            sums[lane] += difference * difference;
        }
    }
    float sum = 0.0F;
    for (const float part : sums) {
        sum += part;
    }
    for (; i < size; ++i) {
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) float withAvx2(const float* a, const float* b, std::size_t size) {
    constexpr std::size_t width = 8;
    __m256 first = _mm256_setzero_ps();
    __m256 second = _mm256_setzero_ps();
    std::size_t i = 0;
    for (; i + 2 * width <= size; i += 2 * width) {
        const __m256 x = _mm256_sub_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i));
        const __m256 y = _mm256_sub_ps(_mm256_loadu_ps(a + i + width), _mm256_loadu_ps(b + i + width));
        first = _mm256_fmadd_ps(x, x, first);
        second = _mm256_fmadd_ps(y, y, second);
    }
    alignas(32) std::array<float, width> sums{};
    _mm256_store_ps(sums.data(), _mm256_add_ps(first, second));
    float sum = 0.0F;
    for (const float part : sums) {
        sum += part;
    }
    for (; i < size; ++i) {
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
}
#endif

} // namespace

SquaredDistance squaredDistance() {
#if defined(__x86_64__)
    static const bool hasAvx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    return hasAvx2 ? &withAvx2 : &portable;
#else
    return &portable;
#endif
}

} // namespace alphascope::engine
