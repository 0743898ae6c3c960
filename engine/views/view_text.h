#pragma once
// How a PNG carries its view. For this room only.

namespace alphascope::engine {

inline constexpr const char* viewKeyword = "alphascope-view"; ///< of the tEXt chunk

} // namespace alphascope::engine
