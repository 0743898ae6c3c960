#pragma once
// What every projection asks of its input. Each throws Error(BadInput or Usage) with one sentence.

#include <cstddef>
#include <span>
#include <string>

#include "engine/api/codes.h"

namespace alphascope::engine {

/// At least `fewest` rows of at least one number, all finite. `what` is the plural in the sentence.
void requireRows(const Codes& codes, std::size_t fewest, const std::string& what = "codes");

/// Two finite numbers for each of `rows` rows.
void requirePoints(std::span<const float> positions, std::size_t rows);

/// A count within [low, high]; `what` names the option.
void requireWithin(double value, double low, double high, const std::string& what);

} // namespace alphascope::engine
