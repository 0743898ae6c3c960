#pragma once
// What the storage tests share: a small state, a scratch folder, and errors as values.

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/api/error.h"
#include "engine/storage/checkpoint_meta.h"
#include "engine/storage/model_state.h"

namespace alphascope::tests {

class Scratch {
public:
    std::string path(const std::string& name = {}) const {
        const std::string folder = folder_.path().toStdString();
        return name.empty() ? folder : folder + "/" + name;
    }

private:
    QTemporaryDir folder_;
};

inline std::string readAll(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void writeAll(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

inline std::vector<std::string> namesIn(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// The Error that a call throws; nothing when it throws none.
template <typename Call>
std::optional<engine::Error> errorOf(Call&& call) {
    try {
        call();
    } catch (const engine::Error& error) {
        return error;
    }
    return std::nullopt;
}

/// One sentence: begins with a capital or a quoted name and ends with a full stop, on one line.
inline bool isSentence(const std::string& text) {
    return !text.empty() && text.back() == '.' && text.find('\n') == std::string::npos &&
           (text.front() == '\'' || (text.front() >= 'A' && text.front() <= 'Z'));
}

template <typename Number>
engine::NamedArray makeArray(const std::string& name, const char* dtype, std::vector<std::int64_t> shape,
                             const std::vector<Number>& values) {
    engine::NamedArray array{name, dtype, std::move(shape), {}};
    const auto bytes = std::as_bytes(std::span(values));
    array.bytes.assign(bytes.begin(), bytes.end());
    return array;
}

inline engine::CheckpointMeta sampleMeta(std::int64_t step) {
    engine::CheckpointMeta meta;
    meta.program = "Alphascope test";
    meta.method = "alpha-gan";
    meta.parameters = {{"latent", "50"}, {"lr", "0.0002"}};
    meta.step = step;
    meta.batchesDrawn = step;
    meta.seed = 0xFFFFFFFFFFFFFFFFULL;
    meta.threads = 2;
    meta.device = "CPU x 2";
    meta.data = "色 glyphs \"quoted\"";
    meta.crop = "ali";
    meta.dataFingerprint = "f00d";
    meta.libtorch = "2.11.0";
    return meta;
}

/// A little of every kind: matrices, a scalar, an empty tensor, bytes, long names.
inline engine::ModelState sampleState(std::int64_t step = 12000, std::size_t numbers = 64) {
    std::vector<float> weights(numbers);
    for (std::size_t i = 0; i < numbers; ++i) {
        weights[i] = static_cast<float>(i) * 0.25F - static_cast<float>(step);
    }
    engine::ModelState state;
    state.metadata = engine::toMetadata(sampleMeta(step));
    state.arrays.push_back(
        makeArray<float>("G.conv1.weight", "F32", {2, std::int64_t(numbers / 2)}, weights));
    state.arrays.push_back(makeArray<double>("E.scale", "F64", {}, {1.5}));
    state.arrays.push_back(makeArray<std::uint8_t>("generator.state", "U8", {5}, {1, 2, 3, 4, 5}));
    state.arrays.push_back(makeArray<std::int64_t>("optimiser.step", "I64", {1}, {step}));
    state.arrays.push_back(makeArray<float>("empty", "F32", {0, 3}, {}));
    return state;
}

inline bool sameArrays(const engine::ModelState& a, const engine::ModelState& b) {
    return std::equal(a.arrays.begin(), a.arrays.end(), b.arrays.begin(), b.arrays.end(),
                      [](const engine::NamedArray& x, const engine::NamedArray& y) {
                          return x.name == y.name && x.dtype == y.dtype && x.shape == y.shape &&
                                 x.bytes == y.bytes;
                      });
}

} // namespace alphascope::tests
