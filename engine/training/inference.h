#pragma once
// Forward passes for looking, not for training: no gradients, batch-norm in evaluation mode, bounded batches;
// and the way between tensors and what crosses the engine's border. The method given must be an inference
// copy (or a training one that its owner has put into evaluation mode); it is used by the calling thread
// alone.

#include "models/libtorch.h"

#include <cstdint>
#include <vector>

#include "engine/api/codes.h"
#include "engine/api/image.h"
#include "engine/data/data_set.h"
#include "models/methods/method.h"

namespace alphascope::engine {

inline constexpr std::int64_t inferenceBatch = 64;

/// Codes [N,Z] -> pictures [N,C,H,W].
torch::Tensor decode(models::Method& method, const torch::Tensor& codes);
/// Pictures [N,C,H,W] -> the posterior's means [N,Z].
torch::Tensor encode(models::Method& method, const torch::Tensor& pictures);
/// Codes [N,Z] -> logits [N].
torch::Tensor codeLogits(models::Method& method, const torch::Tensor& codes);

/// Pictures [N,C,H,W] -> D's logits or energies [N].
torch::Tensor criticise(models::Method& method, const torch::Tensor& pictures);
/// Pictures [N,C,H,W] -> what D's answer is made from, [N,F].
torch::Tensor criticFeatures(models::Method& method, const torch::Tensor& pictures);
/// d(sum of criticise)/d(pictures), like `pictures`: where each would have to move for D to answer higher.
torch::Tensor criticGradient(models::Method& method, const torch::Tensor& pictures);

/// The first held-out pictures of a set, at most `count`: [N,C,H,W] on the host.
torch::Tensor heldOutPictures(const DataSet& set, std::size_t count);

/// Mean absolute difference per picture, over all elements in [-1,1]: [N].
torch::Tensor meanAbsoluteError(const torch::Tensor& a, const torch::Tensor& b);

/// [N,C,H,W] in [-1,1], any device and layout -> 8-bit pictures.
std::vector<Image> toImages(const torch::Tensor& pictures);
/// Pictures of one shape -> float32 [N,C,H,W] on `device`.
torch::Tensor toPictures(const std::vector<Image>& images, const torch::Device& device);
torch::Tensor toTensor(const Codes& codes, const torch::Device& device);
Codes toCodes(const torch::Tensor& codes);
std::vector<float> toFloats(const torch::Tensor& values);

} // namespace alphascope::engine
