#pragma once
// What can be set about a training method, as data. The window's form, `--set name=value`, presets and every
// check read this one description. Standard library only; all functions are pure and may be called from any
// thread.

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "models/schema/image_shape.h"

namespace alphascope::models {

/// A name that does not exist, a text that is no value, or a value out of range. The text is one sentence for
/// the user: what, the allowed range or the nearest name, what to do.
struct SchemaError : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

enum class ParameterType { Integer, Real, Boolean, Choice };

using ParameterValue = std::variant<bool, std::int64_t, double, std::string>;

struct ParameterSpec {
    std::string name;    ///< lowerCamelCase, stable: "lambdaEncoder"
    std::string title;   ///< for the form: "λ encoder"
    std::string meaning; ///< one line: the tooltip and the help text
    std::string group;   ///< heading in the form: "Objective", "Optimiser", "Networks", "Training"
    ParameterType type = ParameterType::Real;
    ParameterValue defaultValue = 0.0;
    double minimum = 0.0;                  ///< inclusive; Integer and Real only
    double maximum = 0.0;                  ///< inclusive; Integer and Real only
    std::vector<std::string> choices = {}; ///< Choice only
    std::string unit = {};                 ///< "" when it has none
    bool live = false;                     ///< may change while training
    bool structural = false;  ///< shapes the networks: what goes on from saved weights has to keep it
    bool logarithmic = false; ///< sweeps and sliders go in factors, not in steps
    std::optional<ParameterValue> pointsDefault = {}; ///< for points in the plane, where another one fits
    std::optional<ParameterValue> largeDefault = {};  ///< for pictures of more than 28 pixels, likewise
};

using Schema = std::vector<ParameterSpec>;

/// The value as a person types it; reals in the shortest form that reads back to the same number.
std::string toText(const ParameterValue& value);

/// Parses and range-checks `text` for `spec`, in the C locale. Throws SchemaError.
ParameterValue parseValue(const ParameterSpec& spec, const std::string& text);

/// The default for data of this shape.
const ParameterValue& defaultFor(const ParameterSpec& spec, const ImageShape& image);

/// The spec called `name`. Throws SchemaError that names the nearest known one.
const ParameterSpec& findSpec(const Schema& schema, const std::string& name);

/// The candidate with the smallest edit distance to `name`; "" when none is close. Used for every "did you
/// mean" of the program.
std::string nearestName(const std::string& name, const std::vector<std::string>& candidates);

/// A complete set of values for one schema: every parameter has a value that was checked against its spec.
class ParameterSet {
public:
    ParameterSet() = default;
    explicit ParameterSet(Schema schema, const ImageShape& image = {}); ///< all at their defaults for it

    void set(const std::string& name, const ParameterValue& value); ///< throws SchemaError
    void setText(const std::string& name, const std::string& text); ///< throws SchemaError

    const ParameterValue& value(const std::string& name) const; ///< throws SchemaError when unknown
    double real(const std::string& name) const;                 ///< Integer or Real
    std::int64_t integer(const std::string& name) const;
    bool boolean(const std::string& name) const;
    const std::string& choice(const std::string& name) const;

    const Schema& schema() const { return schema_; }
    std::map<std::string, std::string> toTexts() const; ///< name -> text, for manifests and checkpoints

private:
    Schema schema_;
    std::map<std::string, ParameterValue> values_;
};

} // namespace alphascope::models
