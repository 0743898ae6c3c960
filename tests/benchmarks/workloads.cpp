#include "tests/benchmarks/workloads.h"

#include <map>

namespace alphascope::benchmarks {

models::ModelSpec workload(const std::string& method, const std::string& preset,
                           const std::string& precision) {
    const models::MethodTraits& traits = models::findMethod(method);
    std::map<std::string, std::string> settings{{"precision", precision}};
    if (method == "dcgan") {
        settings.insert({{"filters", "64"}, {"latentSize", "100"}});
        return {method, {3, 32}, models::resolveParameters(traits, "standard", settings)};
    }
    if (method == "vae-gan") {
        settings["margin"] = "100"; // opens the gate for good: every iteration is the same work
    }
    return {method, {3, 28}, models::resolveParameters(traits, preset, settings)};
}

SameBatch::SameBatch(const models::ModelSpec& spec, const torch::Device& device) {
    constexpr std::int64_t classes = 10; // PPGN's, unless told otherwise
    const std::int64_t count = spec.parameters.integer("batchSize");
    models::RandomStreams random(workloadSeed);
    const torch::Tensor pictures =
        random.uniform("pictures", {count, spec.image.channels, spec.image.size, spec.image.size}, device);
    batch_.pictures = (pictures * 2 - 1).contiguous(at::MemoryFormat::ChannelsLast);
    batch_.labels = torch::arange(count, torch::dtype(torch::kInt64).device(device)) % classes;
}

} // namespace alphascope::benchmarks
