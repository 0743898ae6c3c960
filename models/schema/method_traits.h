#pragma once
// What a training method is and can do, as data. Standard library only; safe from any thread.

#include <string>
#include <utility>
#include <vector>

#include "models/schema/parameter.h"

namespace alphascope::models {

enum class Capability : unsigned {
    Generate = 1,    ///< code -> picture
    Encode = 2,      ///< picture -> code
    Reconstruct = 4, ///< picture -> code -> picture
    Criticise = 8,   ///< picture -> D's logit
    CodeLogit = 16,  ///< code -> C's logit: log p(z)/q(z) when C is near its optimum
};

/// One separately trainable part, in the order in which an iteration updates them.
struct MethodPart {
    std::string name;  ///< "E", "G", "D", "C"
    std::string title; ///< "Encoder"
};

/// Named overrides on top of the schema's defaults: "quick", "standard", "paper".
struct MethodPreset {
    std::string name;
    std::string title;
    std::vector<std::pair<std::string, ParameterValue>> values;
};

struct MethodTraits {
    std::string name;  ///< stable: "alpha-gan"
    std::string title; ///< "α-GAN"
    std::string paper; ///< authors, title
    int year = 0;
    unsigned capabilities = 0; ///< union of Capability
    std::vector<MethodPart> parts;
    std::vector<std::string> lossNames; ///< scalar tags that update() reports, without the "loss/" prefix
    Schema schema;
    std::vector<MethodPreset> presets;

    bool can(Capability capability) const { return (capabilities & static_cast<unsigned>(capability)) != 0; }
};

/// Every method of the program, in the order in which the window lists them. Built once.
const std::vector<MethodTraits>& methodCatalog();

/// Throws SchemaError that names the nearest known method.
const MethodTraits& findMethod(const std::string& name);

/// Defaults, then the preset, then `overrides` (name -> text). Throws SchemaError.
ParameterSet resolveParameters(const MethodTraits& traits, const std::string& preset,
                               const std::map<std::string, std::string>& overrides);

} // namespace alphascope::models
