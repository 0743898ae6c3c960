#pragma once
// Reading JSON that somebody else may have written: types and ranges are checked, and what is wrong is said
// in one sentence that names the source. Any thread.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/api/error.h"

namespace alphascope::engine {

/// The parsed text, or nothing when it is no JSON or nests deeper than `depth` (destroying very deep values
/// would overflow the stack).
inline std::optional<nlohmann::ordered_json> parseShallowJson(const std::string& text, int depth) {
    using nlohmann::ordered_json;
    bool tooDeep = false;
    const auto shallow = [&](int level, ordered_json::parse_event_t, ordered_json&) {
        tooDeep = tooDeep || level > depth;
        return !tooDeep;
    };
    ordered_json root = ordered_json::parse(text, shallow, false);
    if (tooDeep || root.is_discarded()) {
        return std::nullopt;
    }
    return root;
}

/// The entries of one object. Every getter throws Error(BadInput) for a missing entry, a wrong type or a
/// value out of range.
class JsonFields {
public:
    /// `source`: the file or place, for messages; `what`: what it should be ("a view"). `object` must outlive
    /// this. Throws Error(BadInput) when it is no object.
    JsonFields(const nlohmann::ordered_json& object, std::string source, std::string what)
        : object_(object), source_(std::move(source)), what_(std::move(what)) {
        if (!object.is_object()) {
            fail("it is no JSON object");
        }
    }

    bool has(const char* key) const { return object_.contains(key); }

    std::string text(const char* key, std::size_t longest = 4096) const {
        const auto& value = entry(key);
        if (!value.is_string() || value.get_ref<const std::string&>().size() > longest) {
            failEntry(key, fmt::format("is no text of at most {} bytes", longest));
        }
        return value.get<std::string>();
    }
    bool boolean(const char* key) const {
        const auto& value = entry(key);
        if (!value.is_boolean()) {
            failEntry(key, "is neither true nor false");
        }
        return value.get<bool>();
    }
    double number(const char* key, double least, double most) const {
        const auto& value = entry(key);
        const double number =
            value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
        if (!(number >= least && number <= most)) { // refuses NaN too
            failEntry(key, fmt::format("is no number from {} to {}", least, most));
        }
        return number;
    }
    std::int64_t integer(const char* key, std::int64_t least, std::int64_t most) const {
        const auto& value = entry(key);
        const bool fits =
            value.is_number_unsigned()
                ? value.get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max())
                : value.is_number_integer();
        if (!fits || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most) {
            failEntry(key, fmt::format("is no whole number from {} to {}", least, most));
        }
        return value.get<std::int64_t>();
    }
    std::uint64_t seed(const char* key) const {
        const auto& value = entry(key);
        if (!value.is_number_unsigned()) {
            failEntry(key, "is no whole number from 0 on");
        }
        return value.get<std::uint64_t>();
    }
    /// Finite numbers of ordinary size; `size` 0 = any, up to 65,536.
    std::vector<float> floats(const char* key, std::size_t size = 0) const {
        const auto& value = array(key, 65'536);
        if (size != 0 && value.size() != size) {
            failEntry(key, fmt::format("has {} numbers instead of {}", value.size(), size));
        }
        std::vector<float> numbers;
        numbers.reserve(value.size());
        for (const auto& one : value) {
            const double number =
                one.is_number() ? one.get<double>() : std::numeric_limits<double>::quiet_NaN();
            if (!(std::abs(number) <= 1e6)) {
                failEntry(key, "holds something that is no number of ordinary size");
            }
            numbers.push_back(static_cast<float>(number));
        }
        return numbers;
    }
    const nlohmann::ordered_json& array(const char* key, std::size_t longest) const {
        const auto& value = entry(key);
        if (!value.is_array() || value.size() > longest) {
            failEntry(key, fmt::format("is no list of at most {} entries", longest));
        }
        return value;
    }
    JsonFields object(const char* key) const { return {entry(key), source_, what_}; }
    /// Of a list's entry.
    JsonFields object(const nlohmann::ordered_json& value) const { return {value, source_, what_}; }

    [[noreturn]] void failEntry(const char* key, const std::string& why) const {
        fail(fmt::format("its entry '{}' {}", key, why));
    }
    [[noreturn]] void fail(const std::string& why) const {
        throw Error(ErrorKind::BadInput, fmt::format("{} is not {}: {}.", source_, what_, why),
                    "Restore it, or choose another.");
    }

private:
    const nlohmann::ordered_json& entry(const char* key) const {
        const auto found = object_.find(key);
        if (found == object_.end()) {
            failEntry(key, "is missing");
        }
        return *found;
    }

    const nlohmann::ordered_json& object_;
    std::string source_;
    std::string what_;
};

} // namespace alphascope::engine
