#pragma once
// Tables as comma-separated text (RFC 4180). Pure.

#include <string>

namespace alphascope::engine {

/// A field: in quotation marks where it holds what a table means something by.
inline std::string csvField(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    }
    return quoted + "\"";
}

} // namespace alphascope::engine
