#pragma once
// Data sets made by the tests in the layouts of real ones.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/data/data_set.h"
#include "tests/engine/imaging/picture_support.h"

namespace alphascope::tests {

std::string gzipped(const std::string& bytes);

/// An IDX file: magic 00 00 type dimensions, then the bytes.
std::string idx(int type, const std::vector<std::uint32_t>& dimensions, const std::string& content);

/// `count` pictures; pixel k of picture i is (first + i + k) modulo 256.
std::string idxPictures(std::uint32_t count, std::uint32_t rows, std::uint32_t columns, int first = 0);
std::string idxLabels(const std::string& labels);

/// One picture of a set, as floats; its label goes to `label` where asked for.
std::vector<float> pictureOf(const engine::DataSet& set, engine::Split split, std::uint64_t index,
                             std::uint64_t draw = 0, int* label = nullptr);

} // namespace alphascope::tests
