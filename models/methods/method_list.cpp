// The list of all methods: the one line that a new method adds outside its own file.
#include <vector>

#include "models/methods/alpha_gan.h"
#include "models/methods/method.h"
#include "models/methods/vae.h"
#include "models/schema/method_traits.h"

namespace alphascope::models {
namespace {

struct Entry {
    MethodTraits (*traits)();
    std::unique_ptr<Method> (*make)(const ModelSpec&, std::uint64_t, const torch::Device&, Purpose);
};

constexpr Entry entries[] = {
    {alphaGanTraits, makeAlphaGan},
    {vaeTraits, makeVae},
};

} // namespace

const std::vector<MethodTraits>& methodCatalog() {
    static const std::vector<MethodTraits> catalog = [] {
        std::vector<MethodTraits> all;
        for (const Entry& entry : entries) {
            all.push_back(entry.traits());
        }
        return all;
    }();
    return catalog;
}

std::unique_ptr<Method> makeMethod(const ModelSpec& spec, std::uint64_t seed, torch::Device device,
                                   Purpose purpose) {
    const MethodTraits& traits = findMethod(spec.method);
    const auto index = static_cast<std::size_t>(&traits - methodCatalog().data());
    return entries[index].make(spec, seed, device, purpose);
}

} // namespace alphascope::models
