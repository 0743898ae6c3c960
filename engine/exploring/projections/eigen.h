#pragma once
// Eigenvalues and eigenvectors of a covariance. Threads: pure, any.

#include <cstddef>
#include <vector>

namespace alphascope::engine {

struct Eigen {
    std::vector<double> values;  ///< largest first
    std::vector<double> vectors; ///< [n,n], unit rows in the order of the values
};

/// Of a symmetric matrix [n,n] without negative eigenvalues, by one-sided Jacobi rotations (Hestenes 1958):
/// turns the rows of M and of the identity alike until M's are orthogonal to each other; then M's are the
/// identity's times the eigenvalues. Both are walked along rows, which Jacobi's own two-sided method is not.
Eigen eigenOfCovariance(std::vector<double> matrix, std::size_t n);

} // namespace alphascope::engine
