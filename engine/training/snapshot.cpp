#include "engine/training/snapshot.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/training/named_tensor.h"
#include "models/state.h"

namespace alphascope::engine {

namespace {

const std::string emaPrefix = "ema.";

struct LiveTensor {
    std::string name;
    models::StateKind kind;
    torch::Tensor tensor;
};

struct LiveCounter {
    std::string name;
    std::int64_t* value;
};

class Collector final : public models::StateVisitor {
public:
    void tensor(const std::string& name, models::StateKind kind, torch::Tensor& tensor) override {
        tensors.push_back({name, kind, tensor});
    }
    void counter(const std::string& name, std::int64_t& value) override {
        counters.push_back({name, &value});
    }

    std::vector<LiveTensor> tensors;
    std::vector<LiveCounter> counters; ///< the values stay the method's
};

Collector collect(models::Method& method) {
    Collector collector;
    method.visitState(collector);
    return collector;
}

NamedArray toArray(const std::string& name, std::int64_t value) {
    NamedArray array;
    array.name = name;
    array.dtype = "I64";
    array.bytes.resize(sizeof(value));
    std::memcpy(array.bytes.data(), &value, sizeof(value));
    return array;
}

models::TensorMap viewsOf(const ModelState& state) {
    models::TensorMap views;
    for (const NamedArray& array : state.arrays) {
        views.emplace(array.name, viewOf(array));
    }
    return views;
}

std::string withoutEma(const std::string& name) {
    return name.starts_with(emaPrefix) ? name.substr(emaPrefix.size()) : name;
}

/// Runs a loader of models/state.h and lets its complaint name the file.
template <typename Load>
void loadFrom(const std::string& path, Load load) {
    try {
        load();
    } catch (const std::invalid_argument& error) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("{} does not fit the model that it describes. {}", path, error.what()),
                    "The file is damaged or was made by another program; use another checkpoint.");
    }
}

} // namespace

ModelState captureState(models::Method& method, const CheckpointMeta& meta, Contents contents) {
    const torch::NoGradGuard guard;
    const Collector state = collect(method);
    std::set<std::string> averaged;
    for (const LiveTensor& entry : state.tensors) {
        if (entry.kind == models::StateKind::Ema) {
            averaged.insert(withoutEma(entry.name));
        }
    }
    ModelState result;
    result.metadata = toMetadata(meta);
    for (const LiveTensor& entry : state.tensors) {
        const bool replaced = entry.kind != models::StateKind::Ema && averaged.contains(entry.name);
        const bool wanted = entry.kind != models::StateKind::Optimizer && !replaced;
        if (contents == Contents::Everything || wanted) {
            result.arrays.push_back(toArray(entry.name, entry.tensor));
        }
    }
    if (contents == Contents::Everything) {
        for (const LiveCounter& entry : state.counters) {
            result.arrays.push_back(toArray(entry.name, *entry.value));
        }
    }
    return result;
}

void restoreState(models::Method& method, const ModelState& state, const std::string& path) {
    loadFrom(path, [&] { models::loadState(method, viewsOf(state)); });
}

void loadWeights(models::Method& inference, const ModelState& state, const std::string& path,
                 bool rawWeights) {
    loadFrom(path, [&] {
        models::loadWeights(inference, viewsOf(state),
                            rawWeights ? models::Weights::Raw : models::Weights::Average);
    });
    if (const std::string broken = findNonFinite(inference); !broken.empty()) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("{} holds weights that are no numbers (in \"{}\").", path, broken),
                    "The training had failed when it was saved; use an earlier checkpoint.");
    }
}

void copyWeights(models::Method& training, models::Method& inference) {
    models::TensorMap live;
    for (const LiveTensor& entry : collect(training).tensors) {
        live.emplace(entry.name, entry.tensor);
    }
    models::loadWeights(inference, live, models::Weights::Average);
}

models::ModelSpec specOf(const CheckpointMeta& meta, const std::string& path) {
    try {
        const models::MethodTraits& traits = models::findMethod(meta.method);
        models::ModelSpec spec{meta.method, {meta.channels, meta.size}, models::ParameterSet(traits.schema)};
        for (const auto& [name, text] : meta.parameters) {
            spec.parameters.setText(name, text);
        }
        return spec;
    } catch (const models::SchemaError& error) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("{} cannot be used by this version: {}", path, error.what()),
                    "Use the version of Alphascope that wrote it, or another checkpoint.");
    }
}

std::string findNonFinite(models::Method& method) {
    const torch::NoGradGuard guard;
    const Collector state = collect(method);
    std::vector<std::string> names;
    std::vector<torch::Tensor> sums;
    for (const LiveTensor& entry : state.tensors) {
        if (entry.tensor.is_floating_point() && entry.tensor.numel() > 0) {
            // NaN and infinity survive a sum, and finite floats cannot overflow one in double precision.
            sums.push_back(entry.tensor.detach().sum(torch::kDouble));
            names.push_back(entry.name);
        }
    }
    if (sums.empty()) {
        return {};
    }
    const torch::Tensor finite = torch::stack(sums).isfinite().to(torch::kCPU);
    const bool* flags = finite.const_data_ptr<bool>();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!flags[i]) {
            return names[i];
        }
    }
    return {};
}

bool hasAverages(models::Method& method) {
    const Collector state = collect(method);
    return std::any_of(state.tensors.begin(), state.tensors.end(),
                       [](const LiveTensor& entry) { return entry.kind == models::StateKind::Ema; });
}

std::int64_t countParameters(models::Method& method) {
    std::int64_t count = 0;
    for (const LiveTensor& entry : collect(method).tensors) {
        if (entry.kind == models::StateKind::Parameter) {
            count += entry.tensor.numel();
        }
    }
    return count;
}

} // namespace alphascope::engine
