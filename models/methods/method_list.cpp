// The list of all methods: the one line that a new method adds outside its own file.
#include <vector>

#include "models/methods/basic_method.h"

/// The MethodEntry that each file defines, in the order in which the window lists them.
#define ALPHASCOPE_METHODS(METHOD)                                                                           \
    METHOD(alphaGan)                                                                                         \
    METHOD(ali)                                                                                              \
    METHOD(aae)                                                                                              \
    METHOD(age)                                                                                              \
    METHOD(vaeGan)                                                                                           \
    METHOD(ppgn)                                                                                             \
    METHOD(dcgan)                                                                                            \
    METHOD(wganGp)                                                                                           \
    METHOD(dfm)                                                                                              \
    METHOD(ebgan)                                                                                            \
    METHOD(began)                                                                                            \
    METHOD(vae)

namespace alphascope::models {

#define DECLARE(name) extern const MethodEntry name;
ALPHASCOPE_METHODS(DECLARE)
#undef DECLARE

namespace {

#define ADDRESS(name) &(name),
constexpr const MethodEntry* entries[] = {ALPHASCOPE_METHODS(ADDRESS)};
#undef ADDRESS

} // namespace

const std::vector<MethodTraits>& methodCatalog() {
    static const std::vector<MethodTraits> catalog = [] {
        std::vector<MethodTraits> all;
        for (const MethodEntry* entry : entries) {
            all.push_back(entry->traits());
        }
        return all;
    }();
    return catalog;
}

std::unique_ptr<Method> makeMethod(const ModelSpec& spec, std::uint64_t seed, torch::Device device,
                                   Purpose purpose) {
    const MethodTraits& traits = findMethod(spec.method);
    const auto index = static_cast<std::size_t>(&traits - methodCatalog().data());
    return entries[index]->make({spec, seed, device, purpose});
}

} // namespace alphascope::models
