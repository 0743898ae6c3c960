#pragma once
// Weights of the Inception net by the formula of tests/reference/make_metrics.py.

#include "metric_support.h"

#include <cmath>
#include <cstring>
#include <vector>

#include "engine/storage/model_state.h"

namespace alphascope::tests {

struct InceptionConvolution {
    std::string name;
    std::vector<std::int64_t> shape; ///< [outputs,inputs,height,width]
};

inline void appendBlock(std::vector<InceptionConvolution>& all, const std::string& block,
                        const std::vector<InceptionConvolution>& parts) {
    for (const InceptionConvolution& part : parts) {
        all.push_back({block + part.name, part.shape});
    }
}

/// Every convolution of the net, written down apart from the code that uses them.
inline std::vector<InceptionConvolution> inceptionConvolutions() {
    std::vector<InceptionConvolution> all{{"Conv2d_1a_3x3", {32, 3, 3, 3}},
                                          {"Conv2d_2a_3x3", {32, 32, 3, 3}},
                                          {"Conv2d_2b_3x3", {64, 32, 3, 3}},
                                          {"Conv2d_3b_1x1", {80, 64, 1, 1}},
                                          {"Conv2d_4a_3x3", {192, 80, 3, 3}}};
    const auto a = [&](const std::string& name, std::int64_t in, std::int64_t pool) {
        appendBlock(all, name,
                    {{".branch1x1", {64, in, 1, 1}},
                     {".branch5x5_1", {48, in, 1, 1}},
                     {".branch5x5_2", {64, 48, 5, 5}},
                     {".branch3x3dbl_1", {64, in, 1, 1}},
                     {".branch3x3dbl_2", {96, 64, 3, 3}},
                     {".branch3x3dbl_3", {96, 96, 3, 3}},
                     {".branch_pool", {pool, in, 1, 1}}});
    };
    const auto c = [&](const std::string& name, std::int64_t width) {
        appendBlock(all, name,
                    {{".branch1x1", {192, 768, 1, 1}},
                     {".branch7x7_1", {width, 768, 1, 1}},
                     {".branch7x7_2", {width, width, 1, 7}},
                     {".branch7x7_3", {192, width, 7, 1}},
                     {".branch7x7dbl_1", {width, 768, 1, 1}},
                     {".branch7x7dbl_2", {width, width, 7, 1}},
                     {".branch7x7dbl_3", {width, width, 1, 7}},
                     {".branch7x7dbl_4", {width, width, 7, 1}},
                     {".branch7x7dbl_5", {192, width, 1, 7}},
                     {".branch_pool", {192, 768, 1, 1}}});
    };
    const auto e = [&](const std::string& name, std::int64_t in) {
        appendBlock(all, name,
                    {{".branch1x1", {320, in, 1, 1}},
                     {".branch3x3_1", {384, in, 1, 1}},
                     {".branch3x3_2a", {384, 384, 1, 3}},
                     {".branch3x3_2b", {384, 384, 3, 1}},
                     {".branch3x3dbl_1", {448, in, 1, 1}},
                     {".branch3x3dbl_2", {384, 448, 3, 3}},
                     {".branch3x3dbl_3a", {384, 384, 1, 3}},
                     {".branch3x3dbl_3b", {384, 384, 3, 1}},
                     {".branch_pool", {192, in, 1, 1}}});
    };
    a("Mixed_5b", 192, 32);
    a("Mixed_5c", 256, 64);
    a("Mixed_5d", 288, 64);
    appendBlock(all, "Mixed_6a",
                {{".branch3x3", {384, 288, 3, 3}},
                 {".branch3x3dbl_1", {64, 288, 1, 1}},
                 {".branch3x3dbl_2", {96, 64, 3, 3}},
                 {".branch3x3dbl_3", {96, 96, 3, 3}}});
    c("Mixed_6b", 128);
    c("Mixed_6c", 160);
    c("Mixed_6d", 160);
    c("Mixed_6e", 192);
    appendBlock(all, "Mixed_7a",
                {{".branch3x3_1", {192, 768, 1, 1}},
                 {".branch3x3_2", {320, 192, 3, 3}},
                 {".branch7x7x3_1", {192, 768, 1, 1}},
                 {".branch7x7x3_2", {192, 192, 1, 7}},
                 {".branch7x7x3_3", {192, 192, 7, 1}},
                 {".branch7x7x3_4", {192, 192, 3, 3}}});
    e("Mixed_7b", 1280);
    e("Mixed_7c", 2048);
    return all;
}

inline engine::NamedArray arrayOf(const std::string& name, const torch::Tensor& values) {
    const torch::Tensor numbers = values.to(torch::kFloat).contiguous();
    engine::NamedArray array{.name = name, .dtype = "F32", .shape = numbers.sizes().vec(), .bytes = {}};
    array.bytes.resize(numbers.nbytes());
    std::memcpy(array.bytes.data(), numbers.const_data_ptr(), array.bytes.size());
    return array;
}

inline engine::ModelState inceptionWeights() {
    engine::ModelState state;
    const auto add = [&](const std::string& name, const std::vector<std::int64_t>& shape, double low,
                         double high) {
        state.arrays.push_back(arrayOf(name, low + (high - low) * counterUniforms(name, shape)));
    };
    const auto addMatrix = [&](const std::string& name, const std::vector<std::int64_t>& shape) {
        double inputs = 1.0;
        for (std::size_t i = 1; i < shape.size(); ++i) {
            inputs *= static_cast<double>(shape[i]);
        }
        add(name, shape, -std::sqrt(6.0 / inputs), std::sqrt(6.0 / inputs));
    };
    for (const auto& [name, shape] : inceptionConvolutions()) {
        addMatrix(name + ".conv.weight", shape);
        add(name + ".bn.weight", {shape[0]}, 0.8, 1.2);
        add(name + ".bn.bias", {shape[0]}, -0.1, 0.1);
        add(name + ".bn.running_mean", {shape[0]}, -0.1, 0.1);
        add(name + ".bn.running_var", {shape[0]}, 0.5, 1.5);
    }
    addMatrix("fc.weight", {1008, 2048});
    add("fc.bias", {1008}, -0.1, 0.1);
    return state;
}

} // namespace alphascope::tests
