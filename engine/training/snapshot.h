#pragma once
// Between a method's live tensors and a ModelState: what checkpoints write, what resuming reads, and what an
// explorer follows. One way in and out (Method::visitState), so that nothing is forgotten. The method must
// not train meanwhile: between steps, on its own thread.

#include <cstdint>
#include <string>

#include "engine/storage/checkpoint_meta.h"
#include "engine/storage/model_state.h"
#include "models/methods/method.h"

namespace alphascope::engine {

enum class Contents {
    Everything, ///< networks, averages, optimisers, counters: what a run goes on from
    Inference,  ///< what a replica uses: for each network tensor its average where there is one, else itself
};

/// A copy on the host, that no later step changes. `meta` becomes its metadata.
ModelState captureState(models::Method& method, const CheckpointMeta& meta, Contents contents);

/// Puts a whole state back into a method of the same spec, bit for bit. Throws Error(BadInput) that names
/// `path` when a tensor is missing, unknown, or of another shape or type; nothing has been changed then.
void restoreState(models::Method& method, const ModelState& state, const std::string& path);

/// Loads network weights and batch-norm statistics into an inference method: averages where the state has
/// them (unless `rawWeights`), else the weights as trained. Throws as restoreState, and for numbers that are
/// not finite.
void loadWeights(models::Method& inference, const ModelState& state, const std::string& path,
                 bool rawWeights);

/// The same from the method in training, without leaving the device. Both of one spec.
void copyWeights(models::Method& training, models::Method& inference);

/// What `meta` describes, checked against the method list. Throws Error(BadInput) that names `path`.
models::ModelSpec specOf(const CheckpointMeta& meta, const std::string& path);

/// The first tensor of the method that holds NaN or infinity; "" when all are finite. Waits for the device
/// once.
std::string findNonFinite(models::Method& method);

/// Whether it keeps moving averages of its weights.
bool hasAverages(models::Method& method);

/// Trainable numbers in all networks.
std::int64_t countParameters(models::Method& method);

} // namespace alphascope::engine
