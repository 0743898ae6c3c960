#include "models/methods/common_parameters.h"

#include "models/networks/blocks.h"

namespace alphascope::models {

ParameterSpec latentSizeSpec() {
    return {.name = "latentSize",
            .title = "Latent size",
            .meaning =
                "Numbers in a code; fewer make the latent space easier to walk, more make reconstructions "
                "sharper.",
            .group = "Networks",
            .type = ParameterType::Integer,
            .defaultValue = std::int64_t{50},
            .minimum = 2,
            .maximum = 1024,
            .structural = true,
            .pointsDefault = std::int64_t{2},
            .largeDefault = std::int64_t{128}};
}

ParameterSpec filtersSpec() {
    return {.name = "filters",
            .title = "Filters",
            .meaning =
                "Filters of the convolution next to the picture; they double with every halving. Time per "
                "iteration grows with the square.",
            .group = "Networks",
            .type = ParameterType::Integer,
            .defaultValue = std::int64_t{32},
            .minimum = 4,
            .maximum = 256,
            .structural = true,
            .logarithmic = true};
}

ParameterSpec codeWidthSpec(std::int64_t defaultWidth) {
    return {.name = "codeWidth",
            .title = "Width of C",
            .meaning = "Width of both hidden layers of the code discriminator.",
            .group = "Networks",
            .type = ParameterType::Integer,
            .defaultValue = defaultWidth,
            .minimum = 8,
            .maximum = 4096,
            .structural = true,
            .logarithmic = true,
            .pointsDefault = std::int64_t{64}};
}

ParameterSpec priorSpec() {
    return {.name = "prior",
            .title = "Prior",
            .meaning = "What the generator draws from: normal numbers, or uniform ones from -1 to 1 as in "
                       "the paper.",
            .group = "Objective",
            .type = ParameterType::Choice,
            .defaultValue = std::string("normal"),
            .choices = {"normal", "uniform"}};
}

ParameterSpec batchSizeSpec() {
    return {.name = "batchSize",
            .title = "Batch size",
            .meaning = "Pictures per iteration.",
            .group = "Training",
            .type = ParameterType::Integer,
            .defaultValue = std::int64_t{64},
            .minimum = 2,
            .maximum = 1024,
            .logarithmic = true};
}

ParameterSpec precisionSpec() {
    return {.name = "precision",
            .title = "Precision",
            .meaning =
                "bfloat16 is made for GPUs and for processors with AMX, and slower elsewhere; weights stay "
                "float32.",
            .group = "Training",
            .type = ParameterType::Choice,
            .defaultValue = std::string("float32"),
            .choices = {"float32", "bfloat16"}};
}

ParameterSpec emaDecaySpec() {
    return {.name = "emaDecay",
            .title = "EMA decay",
            .meaning =
                "Share of the moving average of the weights that one iteration keeps; the average is what "
                "is shown.",
            .group = "Training",
            .defaultValue = 0.999,
            .minimum = 0.0,
            .maximum = 0.99999};
}

ParameterSpec adamBeta1Spec(double defaultValue) {
    return {.name = "adamBeta1",
            .title = "Adam β₁",
            .meaning = "Memory of the mean gradient.",
            .group = "Optimiser",
            .defaultValue = defaultValue,
            .minimum = 0.0,
            .maximum = 0.999};
}

ParameterSpec adamBeta2Spec(double defaultValue) {
    return {.name = "adamBeta2",
            .title = "Adam β₂",
            .meaning = "Memory of the squared gradient.",
            .group = "Optimiser",
            .defaultValue = defaultValue,
            .minimum = 0.0,
            .maximum = 0.9999};
}

ParameterSpec rateSpec(const std::string& name, const std::string& network, double defaultRate) {
    return {.name = name,
            .title = "Rate, " + network,
            .meaning = "Learning rate of the " + network + "'s Adam; 0 freezes it.",
            .group = "Optimiser",
            .defaultValue = defaultRate,
            .minimum = 0.0,
            .maximum = 0.1,
            .live = true,
            .logarithmic = true,
            .pointsDefault = 1e-3};
}

ParameterSpec forPoints(ParameterSpec spec, ParameterValue value) {
    spec.pointsDefault = std::move(value);
    return spec;
}

ParameterSpec halveRatesEverySpec(std::int64_t defaultUpdates) {
    return {.name = "halveRatesEvery",
            .title = "Halve rates every",
            .meaning = "Iterations after which all learning rates are halved, again and again; 0 never.",
            .group = "Optimiser",
            .type = ParameterType::Integer,
            .defaultValue = defaultUpdates,
            .minimum = 0,
            .maximum = 10'000'000,
            .unit = "iterations",
            .live = true};
}

ParameterSpec rateFloorSpec(double defaultFloor) {
    return {.name = "rateFloor",
            .title = "Lowest rate",
            .meaning = "Halving stops here.",
            .group = "Optimiser",
            .defaultValue = defaultFloor,
            .minimum = 0.0,
            .maximum = 0.1,
            .live = true};
}

ParameterSpec weightSpec(const std::string& name, const std::string& title, const std::string& meaning,
                         double defaultValue, double maximum) {
    return {.name = name,
            .title = title,
            .meaning = meaning,
            .group = "Objective",
            .defaultValue = defaultValue,
            .minimum = 0.0,
            .maximum = maximum,
            .live = true,
            .logarithmic = true};
}

Curve trainErrorCurve() {
    return {"metric/train_l1", "L1, training", "of range 2",
            "Mean absolute error between the batch and its reconstruction"};
}

Curve codeMeanCurve() {
    return {"metric/code_mean", "code mean", "", "Mean of the encoder's codes; the prior's is 0"};
}

Curve codeSpreadCurve() {
    return {"metric/code_std", "code spread", "",
            "Standard deviation of the encoder's codes over the batch; the prior's is 1"};
}

Curve pictureAccuracyCurve() {
    return {"metric/d_accuracy", "D accuracy", "share", "Pictures that the discriminator gets right"};
}

Curve codeAccuracyCurve() {
    return {"metric/c_accuracy", "C accuracy", "share", "Codes that the code discriminator gets right"};
}

MethodPreset comparisonPreset(std::vector<std::pair<std::string, ParameterValue>> values) {
    MethodPreset preset{"comparison",
                        "Comparison of the paper",
                        {{"filters", std::int64_t{32}},
                         {"latentSize", std::int64_t{50}},
                         {"adamBeta1", 0.5},
                         {"adamBeta2", 0.9},
                         {"batchSize", std::int64_t{64}}}};
    preset.values.insert(preset.values.end(), values.begin(), values.end());
    return preset;
}

LearnerOptions learnerOptions(const std::string& name, bool averaged, const ModelSpec& spec,
                              std::uint64_t seed, const torch::Device& device, Purpose purpose) {
    LearnerOptions options;
    options.name = name;
    options.seed = seed;
    options.device = device;
    options.purpose = purpose;
    options.adam.beta1 = spec.parameters.real("adamBeta1");
    options.adam.beta2 = spec.parameters.real("adamBeta2");
    if (averaged) {
        options.emaDecay = spec.parameters.real("emaDecay");
    }
    return options;
}

void setLiveParameter(ModelSpec& spec, const std::string& name, const ParameterValue& value) {
    if (!findSpec(spec.parameters.schema(), name).live) {
        throw SchemaError(name + " cannot change during training: start a new run with --set " + name + "=" +
                          toText(value));
    }
    spec.parameters.set(name, value);
}

void checkImageShape(const ImageShape& image) {
    if (image.isPoints()) {
        return;
    }
    pyramidShape(image.size);
    if (image.channels != 1 && image.channels != 3) {
        throw SchemaError("There are no networks for pictures of " + std::to_string(image.channels) +
                          " channels: give 1 (grey) or 3 (colour)");
    }
}

void checkPart(const MethodTraits& traits, const std::string& part) {
    std::string known;
    for (const MethodPart& candidate : traits.parts) {
        if (candidate.name == part) {
            return;
        }
        known += " " + candidate.name;
    }
    throw SchemaError("There is no part '" + part.substr(0, 60) + "' in " + traits.name + ": its parts are" +
                      known);
}

} // namespace alphascope::models
