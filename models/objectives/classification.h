#pragma once
// Losses of a classifier that does not know every label. Pure functions over logits [B,K], labels int64 [B]
// and codes [B,Z]; results are 0-dimensional and stay on the device. A label outside 0..K-1 is an unknown
// one: its picture has no part in the result.

#include "models/libtorch.h"

namespace alphascope::models::objectives {

/// -log p(label) in nats, the mean over the pictures with a label; 0 when there is none.
torch::Tensor labelledCrossEntropy(const torch::Tensor& logits, const torch::Tensor& labels);

/// Share of the pictures with a label whose highest logit is the label's; 0 when there is none.
torch::Tensor labelledAccuracy(const torch::Tensor& logits, const torch::Tensor& labels);

/// Mean square of the off-diagonal entries of the batch's covariance: 0 when no two numbers of a code go
/// together. Codes of one number have none, and give 0.
torch::Tensor meanSquareCovariance(const torch::Tensor& codes);

} // namespace alphascope::models::objectives
