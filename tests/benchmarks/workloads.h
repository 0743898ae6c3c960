#pragma once
// What is timed, in one place: the sizes that C++ and the Python peers agree on.

#include "models/libtorch.h"

#include <cstdint>
#include <string>

#include "models/methods/method.h"

namespace alphascope::benchmarks {

inline constexpr std::uint64_t workloadSeed = 1;

/// One iteration of `method`: 28x28x3, as colour MNIST is trained, with the settings of `preset`; but DCGAN
/// at 32x32x3 with 64 filters, which is what every adversarial method is made of. Throws SchemaError.
models::ModelSpec workload(const std::string& method, const std::string& preset,
                           const std::string& precision = "float32");

/// The same pictures every time, with labels that go round the classes.
class SameBatch final : public models::BatchSource {
public:
    SameBatch(const models::ModelSpec& spec, const torch::Device& device);
    models::Batch next() override { return batch_; }

private:
    models::Batch batch_;
};

} // namespace alphascope::benchmarks
