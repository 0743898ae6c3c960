#include "engine/metrics/precision_recall.h"

namespace alphascope::engine {

namespace {

constexpr std::int64_t rowsOfAPiece = 256;

/// Squared distances of some rows to all of `all`.
torch::Tensor squaredDistances(const torch::Tensor& rows, const torch::Tensor& all,
                               const torch::Tensor& allSquares) {
    return (rows.square().sum(1, true) + allSquares.unsqueeze(0) - 2.0 * rows.mm(all.t())).clamp_min_(0.0);
}

torch::Tensor squaredRadii(const torch::Tensor& rows, const torch::Tensor& squares, int k) {
    std::vector<torch::Tensor> radii;
    for (const torch::Tensor& piece : rows.split(rowsOfAPiece)) {
        radii.push_back(std::get<0>(squaredDistances(piece, rows, squares).kthvalue(k + 1)));
    }
    return torch::cat(radii);
}

} // namespace

PrecisionRecall precisionRecall(const torch::Tensor& samples, const torch::Tensor& real, int k) {
    const c10::InferenceMode guard;
    const torch::Tensor made = samples.to(torch::kDouble);
    const torch::Tensor data = real.to(torch::kDouble);
    const torch::Tensor madeSquares = made.square().sum(1);
    const torch::Tensor dataSquares = data.square().sum(1);
    const torch::Tensor madeRadii = squaredRadii(made, madeSquares, k);
    const torch::Tensor dataRadii = squaredRadii(data, dataSquares, k);
    torch::Tensor recalled = torch::zeros({data.size(0)}, torch::kBool);
    double precise = 0.0;
    for (std::int64_t begin = 0; begin < made.size(0); begin += rowsOfAPiece) {
        const std::int64_t end = std::min(begin + rowsOfAPiece, made.size(0));
        const torch::Tensor distances = squaredDistances(made.slice(0, begin, end), data, dataSquares);
        precise += (distances <= dataRadii.unsqueeze(0)).any(1).sum().item<double>();
        recalled |= (distances <= madeRadii.slice(0, begin, end).unsqueeze(1)).any(0);
    }
    return {precise / static_cast<double>(made.size(0)), recalled.to(torch::kDouble).mean().item<double>()};
}

} // namespace alphascope::engine
