#include "engine/metrics/precision_recall.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace alphascope::engine {

namespace {

constexpr std::int64_t rowsOfAPiece = 256;
constexpr std::int64_t columnsOfAPiece = 4096;

/// Squared distances of some rows to all of `all`, in float64: converted piece by piece, since all features
/// as float64 would be twice what is in memory anyway.
torch::Tensor squaredDistances(const torch::Tensor& rows, const torch::Tensor& all) {
    const torch::Tensor from = rows.to(torch::kDouble);
    const torch::Tensor fromSquares = from.square().sum(1, true);
    torch::Tensor distances = torch::empty({rows.size(0), all.size(0)}, torch::kDouble);
    for (std::int64_t begin = 0; begin < all.size(0); begin += columnsOfAPiece) {
        const std::int64_t end = std::min(begin + columnsOfAPiece, all.size(0));
        const torch::Tensor to = all.slice(0, begin, end).to(torch::kDouble);
        torch::Tensor part = distances.slice(1, begin, end);
        part.copy_(fromSquares + to.square().sum(1)).addmm_(from, to.t(), 1.0, -2.0);
    }
    return distances.clamp_min_(0.0);
}

torch::Tensor squaredRadii(const torch::Tensor& rows, int k) {
    std::vector<torch::Tensor> radii;
    for (const torch::Tensor& piece : rows.split(rowsOfAPiece)) {
        radii.push_back(std::get<0>(squaredDistances(piece, rows).kthvalue(k + 1)));
    }
    return torch::cat(radii);
}

} // namespace

PrecisionRecall precisionRecall(const torch::Tensor& samples, const torch::Tensor& real, int k) {
    const c10::InferenceMode guard;
    const torch::Tensor madeRadii = squaredRadii(samples, k);
    const torch::Tensor dataRadii = squaredRadii(real, k);
    torch::Tensor recalled = torch::zeros({real.size(0)}, torch::kBool);
    double precise = 0.0;
    for (std::int64_t begin = 0; begin < samples.size(0); begin += rowsOfAPiece) {
        const std::int64_t end = std::min(begin + rowsOfAPiece, samples.size(0));
        const torch::Tensor distances = squaredDistances(samples.slice(0, begin, end), real);
        precise += (distances <= dataRadii.unsqueeze(0)).any(1).sum().item<double>();
        recalled |= (distances <= madeRadii.slice(0, begin, end).unsqueeze(1)).any(0);
    }
    return {precise / static_cast<double>(samples.size(0)),
            recalled.to(torch::kDouble).mean().item<double>()};
}

} // namespace alphascope::engine
