#pragma once
// What the tests of neighbours share: numbers of a fixture, rows drawn from a seed.

#include <cstdlib>
#include <cstring>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/api/codes.h"
#include "engine/storage/safetensors.h"
#include "tests/engine/storage/storage_support.h"

namespace alphascope::tests {

/// tests/reference/neighbours.safetensors
class Fixture {
public:
    Fixture() {
        const char* const root = std::getenv("ALPHASCOPE_SOURCE_DIR");
        if (root == nullptr) {
            throw std::runtime_error("ALPHASCOPE_SOURCE_DIR is not set");
        }
        state_ = engine::readSafetensors(std::string(root) + "/tests/reference/neighbours.safetensors");
    }

    std::vector<double> numbers(const std::string& name) const {
        const engine::NamedArray& array = find(name);
        return array.dtype == "F64" ? as<double>(array) : widened(as<float>(array));
    }
    double number(const std::string& name) const { return numbers(name).at(0); }
    std::vector<float> floats(const std::string& name) const { return as<float>(find(name)); }
    engine::Codes rows(const std::string& name) const {
        const engine::NamedArray& array = find(name);
        engine::Codes rows(std::size_t(array.shape.at(0)), std::size_t(array.shape.at(1)));
        rows.values = as<float>(array);
        return rows;
    }

private:
    const engine::NamedArray& find(const std::string& name) const {
        for (const engine::NamedArray& array : state_.arrays) {
            if (array.name == name) {
                return array;
            }
        }
        throw std::runtime_error("the fixture has no " + name);
    }
    template <typename Number>
    static std::vector<Number> as(const engine::NamedArray& array) {
        std::vector<Number> numbers(array.bytes.size() / sizeof(Number));
        std::memcpy(numbers.data(), array.bytes.data(), array.bytes.size());
        return numbers;
    }
    static std::vector<double> widened(const std::vector<float>& values) {
        return {values.begin(), values.end()};
    }

    engine::ModelState state_;
};

inline engine::Codes normalRows(std::size_t count, std::size_t size, unsigned seed, float deviation = 1.0F) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0.0F, deviation);
    engine::Codes rows(count, size);
    for (float& value : rows.values) {
        value = normal(random);
    }
    return rows;
}

} // namespace alphascope::tests
