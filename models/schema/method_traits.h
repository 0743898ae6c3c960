#pragma once
// What a training method is and can do, as data. Standard library only; safe from any thread.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/schema/parameter.h"

namespace alphascope::models {

enum class Capability : unsigned {
    Generate = 1,     ///< code -> picture
    Encode = 2,       ///< picture -> code
    Reconstruct = 4,  ///< picture -> code -> picture
    Criticise = 8,    ///< picture -> D's logit: high for what D takes as real
    CodeLogit = 16,   ///< code -> C's logit: log p(z)/q(z) when C is near its optimum
    Energy = 32,      ///< criticise() gives an energy instead: low for what D takes as real
    Conditional = 64, ///< class and code -> a better code for that class, step by step
};

constexpr unsigned capabilities(std::initializer_list<Capability> list) {
    unsigned all = 0;
    for (const Capability one : list) {
        all |= static_cast<unsigned>(one);
    }
    return all;
}

/// How choosers group the methods.
enum class MethodFamily { AutoEncodingGan, Adversarial, AutoEncoderAsDiscriminator, Variational };
const char* toText(MethodFamily family); ///< "Auto-encoding GAN"

/// One separately trainable part, in the order in which an iteration updates them.
struct MethodPart {
    std::string name;                       ///< "E", "G", "D", "C"
    std::string title;                      ///< "Encoder"
    std::vector<std::string> networks = {}; ///< what it moves, as their names begin in the state: "encoder"
};

/// A scalar that update() reports. Curves of one unit may share an axis.
struct Curve {
    std::string tag;     ///< "loss/E", "metric/d_accuracy"
    std::string title;   ///< "E", "D accuracy"
    std::string unit;    ///< "nats per picture", "share", "of range 2"; "" for a pure number
    std::string meaning; ///< one line
};

/// Named overrides on top of the schema's defaults: "quick", "standard", "paper", "comparison".
struct MethodPreset {
    std::string name;
    std::string title;
    std::vector<std::pair<std::string, ParameterValue>> values;
};

/// A small drawing of the networks and losses, laid out by hand on a grid.
struct Diagram {
    enum class Kind { Data, Code, Network, Loss };
    struct Node {
        std::string name; ///< as drawn, unique: "x", "E", "ẑ", "L1"
        Kind kind = Kind::Data;
        double column = 0; ///< left to right; halves are allowed
        double row = 0;    ///< top to bottom
    };
    std::vector<Node> nodes;
    std::vector<std::pair<std::string, std::string>> arrows; ///< between names of nodes
};

/// The arrows in words, every arrow once: "x → E → ẑ → G → x̂ → L1", "z → G". For terminals and screen
/// readers.
std::vector<std::string> arrowChains(const Diagram& diagram);

struct MethodTraits {
    std::string name;  ///< stable: "alpha-gan"
    std::string title; ///< "α-GAN"
    std::string paper; ///< authors, title
    int year = 0;
    MethodFamily family = MethodFamily::AutoEncodingGan;
    std::string explanation; ///< two sentences for somebody who has not read the paper
    Diagram diagram;
    unsigned capabilities = 0; ///< union of Capability
    bool needsLabels = false;  ///< trains only on data with labels; its parameter "classes" is their number
    std::vector<MethodPart> parts;
    std::vector<Curve> curves; ///< all that update() reports, losses first
    std::string health;        ///< tag of the curve that tells best whether training goes well
    Schema schema;
    std::vector<MethodPreset> presets;

    bool can(Capability capability) const { return (capabilities & static_cast<unsigned>(capability)) != 0; }
};

/// Every method of the program, in the order in which the window lists them. Built once.
const std::vector<MethodTraits>& methodCatalog();

/// Throws SchemaError that names the nearest known method.
const MethodTraits& findMethod(std::string_view name);

/// Defaults for data of this shape, then the preset, then `overrides` (name -> text). Throws SchemaError.
ParameterSet resolveParameters(const MethodTraits& traits, const std::string& preset,
                               const std::map<std::string, std::string>& overrides,
                               const ImageShape& image = {});

} // namespace alphascope::models
