#pragma once
// A text inside a PNG file (a tEXt chunk), so that a picture carries its own description. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace alphascope::engine {

/// `png` with the text put right behind its header. `text` must be ASCII. Throws Error(Internal) for what is
/// no PNG.
std::string withPngText(const std::string& png, std::string_view keyword, std::string_view text);

/// The text of that keyword, when it stands before the pixels and is undamaged.
std::optional<std::string> pngText(std::string_view png, std::string_view keyword);

} // namespace alphascope::engine
