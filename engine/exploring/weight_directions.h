#pragma once
// Directions in code space that a generator's weights give by themselves: where it changes its picture most,
// near one code or in its first layer. The calling thread's; nothing of the method is moved.

#include "models/libtorch.h"

#include <cstddef>
#include <vector>

#include "engine/api/directions.h"
#include "models/methods/method.h"

namespace alphascope::engine {

/// dG/dz at one code [1,Z]: [Z, C*H*W], row i the derivative by number i of the code. Exact, by forward-mode
/// differentiation: one pass over a batch of Z copies of the code, each with its own tangent.
torch::Tensor generatorJacobian(models::Method& method, const torch::Tensor& code);

/// Right singular vectors of the linear map whose rows are the images of the unit vectors ([Z, D]), strongest
/// first; each vector's number of largest size is positive.
struct SingularDirections {
    torch::Tensor vectors; ///< [count, Z], float64
    torch::Tensor values;  ///< [count], float64, singular values
    double total = 0.0;    ///< sum of the squares of all singular values
};
SingularDirections singularDirections(const torch::Tensor& rows, int count);

/// "local 1", ... around `code`: the pull-back metric's principal axes there.
std::vector<LatentDirection> localDirections(models::Method& method, const torch::Tensor& code, int count);

/// "factor 1", ...: of the generator's first layer (Shen, Zhou 2021, "Closed-Form Factorization of Latent
/// Semantics in GANs": eigenvectors of A'A). Throws Error(Usage) where no layer takes the code as it is.
std::vector<LatentDirection> factorDirections(models::Method& method, int count);

/// Root mean square over the numbers of E(G(z)) - z, for each row of [N,Z].
std::vector<float> cycleDistances(models::Method& method, const torch::Tensor& codes);

} // namespace alphascope::engine
