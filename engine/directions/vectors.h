#pragma once
// The little linear algebra that directions need: vectors of some hundred numbers, summed in double. Any
// thread.

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace alphascope::engine {

template <typename A, typename B>
double dotProduct(const A& a, const B& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    }
    return sum;
}

template <typename A>
double lengthOf(const A& a) {
    return std::sqrt(dotProduct(a, a));
}

/// a += factor * b
template <typename B>
void addScaled(std::vector<double>& a, double factor, const B& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] += factor * static_cast<double>(b[i]);
    }
}

} // namespace alphascope::engine
