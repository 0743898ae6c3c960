#pragma once
// Whole numbers from text, in the C locale. For this room only. Pure.

#include <charconv>
#include <string_view>

namespace alphascope::engine {

/// True when all of `text` is one number that fits.
template <typename Number>
bool parseNumber(std::string_view text, Number* out) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), *out);
    return !text.empty() && result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

} // namespace alphascope::engine
