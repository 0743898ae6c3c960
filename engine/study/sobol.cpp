#include "engine/study/sobol.h"

#include <array>

namespace alphascope::engine {

namespace {

constexpr unsigned sobolBits = 32;

/// A primitive polynomial x^degree + ... + 1 over GF(2), its inner coefficients as bits of `inner`, highest
/// power first, and the first odd numbers m_1, m_2, ... of the recurrence.
struct SobolRow {
    unsigned degree;
    unsigned inner;
    std::array<std::uint32_t, 7> first;
};

constexpr std::array<SobolRow, sobolDimensions - 1> sobolTable{{
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
}};

using SobolDirections = std::array<std::array<std::uint32_t, sobolBits>, sobolDimensions>;

/// v_j = m_j 2^(32-j); v_j = a_1 v_(j-1) ^ ... ^ a_(s-1) v_(j-s+1) ^ v_(j-s) ^ (v_(j-s) >> s) beyond the
/// first s.
constexpr SobolDirections makeDirections() {
    SobolDirections all{};
    for (unsigned j = 0; j < sobolBits; ++j) {
        all[0][j] = std::uint32_t{1} << (sobolBits - 1 - j); // van der Corput's
    }
    for (std::size_t d = 1; d < sobolDimensions; ++d) {
        const SobolRow& row = sobolTable[d - 1];
        for (unsigned j = 0; j < sobolBits; ++j) {
            if (j < row.degree) {
                all[d][j] = row.first[j] << (sobolBits - 1 - j);
                continue;
            }
            std::uint32_t v = all[d][j - row.degree] ^ (all[d][j - row.degree] >> row.degree);
            for (unsigned k = 1; k < row.degree; ++k) {
                v ^= ((row.inner >> (row.degree - 1 - k)) & 1U) * all[d][j - k];
            }
            all[d][j] = v;
        }
    }
    return all;
}

constexpr SobolDirections sobolDirections = makeDirections();

} // namespace

std::uint32_t sobol(std::uint32_t index, std::size_t dimension) {
    std::uint32_t point = 0;
    std::uint32_t gray = index ^ (index >> 1U);
    for (unsigned j = 0; gray != 0; gray >>= 1U, ++j) {
        point ^= (gray & 1U) * sobolDirections[dimension][j];
    }
    return point;
}

} // namespace alphascope::engine
