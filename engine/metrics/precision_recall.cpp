#include "engine/metrics/precision_recall.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace alphascope::engine {

namespace {

constexpr std::int64_t rowsOfAPiece = 256;
constexpr std::int64_t columnsOfAPiece = 4096;

/// Gives `visit` the squared distances of some rows to the rows of `all` from `begin` on, [rows, columns],
/// piece by piece and in float64: whole rows of distances, or all features as float64, would take a multiple
/// of what the features take.
template <typename Visit>
void overSquaredDistances(const torch::Tensor& rows, const torch::Tensor& all, Visit visit) {
    const torch::Tensor from = rows.to(torch::kDouble);
    const torch::Tensor fromSquares = from.square().sum(1, true);
    for (std::int64_t begin = 0; begin < all.size(0); begin += columnsOfAPiece) {
        const torch::Tensor to =
            all.slice(0, begin, std::min(begin + columnsOfAPiece, all.size(0))).to(torch::kDouble);
        torch::Tensor distances = fromSquares + to.square().sum(1);
        visit(begin, distances.addmm_(from, to.t(), 1.0, -2.0).clamp_min_(0.0));
    }
}

torch::Tensor smallest(const torch::Tensor& numbers, std::int64_t count) {
    return std::get<0>(numbers.topk(std::min(count, numbers.size(1)), 1, /*largest=*/false));
}

/// Of each row, to the k-th neighbour behind itself.
torch::Tensor squaredRadii(const torch::Tensor& rows, int k) {
    std::vector<torch::Tensor> radii;
    for (const torch::Tensor& piece : rows.split(rowsOfAPiece)) {
        torch::Tensor nearest = torch::empty({piece.size(0), 0}, torch::kDouble);
        overSquaredDistances(piece, rows, [&](std::int64_t, const torch::Tensor& distances) {
            nearest = smallest(torch::cat({nearest, smallest(distances, k + 1)}, 1), k + 1);
        });
        radii.push_back(nearest.amax(1));
    }
    return torch::cat(radii);
}

} // namespace

PrecisionRecall precisionRecall(const torch::Tensor& samples, const torch::Tensor& real, int k) {
    const c10::InferenceMode guard;
    const torch::Tensor madeRadii = squaredRadii(samples, k);
    const torch::Tensor dataRadii = squaredRadii(real, k);
    torch::Tensor precise = torch::zeros({samples.size(0)}, torch::kBool);
    torch::Tensor recalled = torch::zeros({real.size(0)}, torch::kBool);
    for (std::int64_t row = 0; row < samples.size(0); row += rowsOfAPiece) {
        const std::int64_t end = std::min(row + rowsOfAPiece, samples.size(0));
        const torch::Tensor radii = madeRadii.slice(0, row, end).unsqueeze(1);
        torch::Tensor inData = precise.slice(0, row, end);
        overSquaredDistances(samples.slice(0, row, end), real,
                             [&](std::int64_t begin, const torch::Tensor& distances) {
                                 const std::int64_t last = begin + distances.size(1);
                                 inData |= (distances <= dataRadii.slice(0, begin, last)).any(1);
                                 torch::Tensor inSamples = recalled.slice(0, begin, last);
                                 inSamples |= (distances <= radii).any(0);
                             });
    }
    const auto share = [](const torch::Tensor& found) {
        return found.to(torch::kDouble).mean().item<double>();
    };
    return {share(precise), share(recalled)};
}

} // namespace alphascope::engine
