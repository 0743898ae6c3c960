#include "models/schema/parameter.h"

#include <array>
#include <charconv>
#include <cmath>

namespace alphascope::models {
namespace {

std::string shortened(const std::string& text) {
    constexpr std::size_t longest = 60;
    return text.size() <= longest ? text : text.substr(0, longest) + "...";
}

std::string trimmed(const std::string& text) {
    const char* const blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string joined(const std::vector<std::string>& names, const std::string& last) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) {
            text += i + 1 == names.size() ? last : ", ";
        }
        text += names[i];
    }
    return text;
}

std::string realText(double value) {
    std::array<char, 64> buffer{};
    const double size = std::abs(value);
    // Plain digits where people write them so; fixed is also shortest-round-trip.
    const bool plain = size == 0.0 || (size >= 1e-6 && size < 1e12);
    const auto result =
        plain ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed)
              : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), result.ptr};
}

/// What to give instead: "give a number from 0 to 1000".
std::string advice(const ParameterSpec& spec) {
    switch (spec.type) {
    case ParameterType::Integer:
        return "give a whole number from " + realText(spec.minimum) + " to " + realText(spec.maximum);
    case ParameterType::Real:
        return "give a number from " + realText(spec.minimum) + " to " + realText(spec.maximum);
    case ParameterType::Boolean:
        return "give true or false";
    case ParameterType::Choice:
        break;
    }
    return "give " + joined(spec.choices, " or ");
}

[[noreturn]] void reject(const ParameterSpec& spec, const std::string& text, const std::string& fault) {
    throw SchemaError(spec.name + " = " + shortened(text) + " is " + fault + ": " + advice(spec));
}

template <typename Number>
bool readNumber(const std::string& text, Number& number) {
    const char* const end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, number);
    return fault == std::errc{} && stop == end;
}

double checkedReal(const ParameterSpec& spec, double value, const std::string& text) {
    if (!(value >= spec.minimum && value <= spec.maximum)) { // also false for NaN
        reject(spec, text, "out of range");
    }
    return value;
}

std::int64_t checkedInteger(const ParameterSpec& spec, std::int64_t value, const std::string& text) {
    checkedReal(spec, static_cast<double>(value), text);
    return value;
}

bool isWhole(double value) {
    return std::abs(value) < 9e15 && value == std::floor(value);
}

/// `value` in the spec's own type and within its range.
ParameterValue checked(const ParameterSpec& spec, const ParameterValue& value) {
    switch (spec.type) {
    case ParameterType::Integer:
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            return checkedInteger(spec, *integer, toText(value));
        }
        if (const auto* real = std::get_if<double>(&value); real != nullptr && isWhole(*real)) {
            return checkedInteger(spec, static_cast<std::int64_t>(*real), toText(value));
        }
        break;
    case ParameterType::Real:
        if (const auto* real = std::get_if<double>(&value)) {
            return checkedReal(spec, *real, toText(value));
        }
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            return checkedReal(spec, static_cast<double>(*integer), toText(value));
        }
        break;
    case ParameterType::Boolean:
        if (std::holds_alternative<bool>(value)) {
            return value;
        }
        break;
    case ParameterType::Choice:
        if (const auto* choice = std::get_if<std::string>(&value)) {
            return parseValue(spec, *choice);
        }
        break;
    }
    reject(spec, toText(value), "of the wrong type");
}

} // namespace

std::string toText(const ParameterValue& value) {
    if (const auto* boolean = std::get_if<bool>(&value)) {
        return *boolean ? "true" : "false";
    }
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return std::to_string(*integer);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return realText(*real);
    }
    return std::get<std::string>(value);
}

ParameterValue parseValue(const ParameterSpec& spec, const std::string& text) {
    const std::string word = trimmed(text);
    switch (spec.type) {
    case ParameterType::Integer: {
        std::int64_t integer = 0;
        if (readNumber(word, integer)) {
            return checkedInteger(spec, integer, word);
        }
        double real = 0.0;
        if (!readNumber(word, real)) {
            reject(spec, word, "not a number");
        }
        if (isWhole(real)) { // "1e3"
            return checkedInteger(spec, static_cast<std::int64_t>(real), word);
        }
        reject(spec, word, std::abs(real) < 9e15 ? "not a whole number" : "out of range");
    }
    case ParameterType::Real: {
        double real = 0.0;
        if (readNumber(word, real)) {
            return checkedReal(spec, real, word);
        }
        reject(spec, word, "not a number");
    }
    case ParameterType::Boolean:
        if (word == "true" || word == "1" || word == "on" || word == "yes") {
            return true;
        }
        if (word == "false" || word == "0" || word == "off" || word == "no") {
            return false;
        }
        reject(spec, word, "not a switch");
    case ParameterType::Choice:
        break;
    }
    for (const std::string& choice : spec.choices) {
        if (choice == word) {
            return word;
        }
    }
    reject(spec, word, "not one of its choices");
}

const ParameterSpec& findSpec(const Schema& schema, const std::string& name) {
    std::vector<std::string> names;
    for (const ParameterSpec& spec : schema) {
        if (spec.name == name) {
            return spec;
        }
        names.push_back(spec.name);
    }
    const std::string nearest = nearestName(name, names);
    const std::string hint = nearest.empty() ? "The parameters are " + joined(names, " and ") + "."
                                             : "Did you mean '" + nearest + "'?";
    throw SchemaError("There is no parameter '" + shortened(name) + "'. " + hint);
}

const ParameterValue& defaultFor(const ParameterSpec& spec, const ImageShape& image) {
    constexpr std::int64_t largestSmall = 28; // the side of digits
    if (image.isPoints() && spec.pointsDefault) {
        return *spec.pointsDefault;
    }
    return image.size > largestSmall && spec.largeDefault ? *spec.largeDefault : spec.defaultValue;
}

ParameterSet::ParameterSet(Schema schema, const ImageShape& image) : schema_(std::move(schema)) {
    for (const ParameterSpec& spec : schema_) {
        values_.emplace(spec.name, checked(spec, defaultFor(spec, image)));
    }
}

void ParameterSet::set(const std::string& name, const ParameterValue& value) {
    values_[name] = checked(findSpec(schema_, name), value);
}

void ParameterSet::setText(const std::string& name, const std::string& text) {
    values_[name] = parseValue(findSpec(schema_, name), text);
}

const ParameterValue& ParameterSet::value(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) {
        findSpec(schema_, name); // throws, and names the nearest one
        throw SchemaError("The parameter '" + name + "' has no value.");
    }
    return found->second;
}

double ParameterSet::real(const std::string& name) const {
    const ParameterValue& held = value(name);
    const auto* integer = std::get_if<std::int64_t>(&held);
    return integer != nullptr ? static_cast<double>(*integer) : std::get<double>(held);
}

std::int64_t ParameterSet::integer(const std::string& name) const {
    return std::get<std::int64_t>(value(name));
}

bool ParameterSet::boolean(const std::string& name) const {
    return std::get<bool>(value(name));
}

const std::string& ParameterSet::choice(const std::string& name) const {
    return std::get<std::string>(value(name));
}

std::map<std::string, std::string> ParameterSet::toTexts() const {
    std::map<std::string, std::string> texts;
    for (const auto& [name, held] : values_) {
        texts.emplace(name, toText(held));
    }
    return texts;
}

} // namespace alphascope::models
