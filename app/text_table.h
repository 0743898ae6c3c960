#pragma once
// Aligned columns for people.

#include <string>
#include <vector>

namespace alphascope::app {

/// Rows of cells as lines; every column as wide as its widest cell, two spaces between, the last one free.
std::string textTable(const std::vector<std::vector<std::string>>& rows, const std::string& indent = {});

} // namespace alphascope::app
