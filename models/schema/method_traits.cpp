#include "models/schema/method_traits.h"

namespace alphascope::models {
namespace {

/// "There is no method 'alphagan'. Did you mean 'alpha-gan'?"
[[noreturn]] void unknown(const std::string& what, const std::string& name,
                          const std::vector<std::string>& known) {
    const std::string nearest = nearestName(name, known);
    std::string hint = "Did you mean '" + nearest + "'?";
    if (nearest.empty()) {
        hint = "There is:";
        for (const std::string& candidate : known) {
            hint += " " + candidate;
        }
        hint += ".";
    }
    throw SchemaError("There is no " + what + " '" + name.substr(0, 60) + "'. " + hint);
}

template <typename Entry>
const Entry& findByName(const std::vector<Entry>& entries, std::string_view what, std::string_view name) {
    std::vector<std::string> known;
    for (const Entry& entry : entries) {
        if (entry.name == name) {
            return entry;
        }
        known.push_back(entry.name);
    }
    unknown(std::string(what), std::string(name), known);
}

} // namespace

const MethodTraits& findMethod(std::string_view name) {
    return findByName(methodCatalog(), "method", name);
}

ParameterSet resolveParameters(const MethodTraits& traits, const std::string& preset,
                               const std::map<std::string, std::string>& overrides, const ImageShape& image) {
    ParameterSet parameters(traits.schema, image);
    if (!preset.empty()) {
        for (const auto& [name, value] : findByName(traits.presets, "preset", preset).values) {
            parameters.set(name, value);
        }
    }
    for (const auto& [name, text] : overrides) {
        parameters.setText(name, text);
    }
    return parameters;
}

} // namespace alphascope::models
