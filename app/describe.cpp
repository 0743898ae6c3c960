#include "app/describe.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "app/options.h"

namespace alphascope::app {

namespace {

using nlohmann::ordered_json;

ordered_json valueJson(const models::ParameterValue& value) {
    return std::visit([](const auto& held) { return ordered_json(held); }, value);
}

const char* typeName(models::ParameterType type) {
    switch (type) {
    case models::ParameterType::Integer:
        return "integer";
    case models::ParameterType::Real:
        return "real";
    case models::ParameterType::Boolean:
        return "boolean";
    case models::ParameterType::Choice:
        break;
    }
    return "choice";
}

ordered_json parameterJson(const models::ParameterSpec& spec) {
    ordered_json object{{"name", spec.name},
                        {"type", typeName(spec.type)},
                        {"default", valueJson(spec.defaultValue)},
                        {"meaning", spec.meaning},
                        {"group", spec.group},
                        {"unit", spec.unit},
                        {"live", spec.live},
                        {"logarithmic", spec.logarithmic}};
    if (spec.pointsDefault) {
        object["default_of_points"] = valueJson(*spec.pointsDefault);
    }
    if (spec.largeDefault) {
        object["default_above_28_pixels"] = valueJson(*spec.largeDefault);
    }
    if (spec.type == models::ParameterType::Choice) {
        object["choices"] = spec.choices;
    } else if (spec.type != models::ParameterType::Boolean) {
        object["minimum"] = spec.minimum;
        object["maximum"] = spec.maximum;
    }
    return object;
}

} // namespace

std::vector<std::string> capabilityNames(unsigned capabilities) {
    using models::Capability;
    constexpr std::array<std::pair<Capability, const char*>, 7> known{
        {{Capability::Generate, "generate"},
         {Capability::Encode, "encode"},
         {Capability::Reconstruct, "reconstruct"},
         {Capability::Criticise, "criticise"},
         {Capability::CodeLogit, "code-logit"},
         {Capability::Energy, "energy"},
         {Capability::Conditional, "conditional"}}};
    std::vector<std::string> names;
    for (const auto& [capability, name] : known) {
        if ((capabilities & static_cast<unsigned>(capability)) != 0) {
            names.emplace_back(name);
        }
    }
    return names;
}

ordered_json toJson(const engine::ModelInfo& info) {
    ordered_json parameters = ordered_json::object();
    for (const auto& [name, text] : info.parameters) {
        parameters[name] = text;
    }
    return {{"path", info.path},
            {"checksum", info.checksum},
            {"method", info.method},
            {"step", info.step},
            {"channels", info.channels},
            {"size", info.size},
            {"latent_size", info.latentSize},
            {"data", info.data},
            {"transform", info.transform},
            {"crop", info.crop},
            {"data_fingerprint", info.dataFingerprint},
            {"seed", info.seed},
            {"ema", info.ema},
            {"parameter_count", info.parameterCount},
            {"capabilities", capabilityNames(info.capabilities)},
            {"classes", info.classes},
            {"parameters", parameters}};
}

ordered_json toJson(const engine::RunEntry& run) {
    ordered_json checkpoints = ordered_json::array();
    for (const engine::CheckpointEntry& entry : run.checkpoints) {
        checkpoints.push_back({{"path", entry.path},
                               {"step", entry.step},
                               {"bytes", entry.bytes},
                               {"pinned", entry.pinned},
                               {"best", entry.best}});
    }
    ordered_json object{{"folder", run.folder}, {"name", run.name},           {"method", run.method},
                        {"data", run.data},     {"transform", run.transform}, {"last_step", run.lastStep},
                        {"active", run.active}, {"checkpoints", checkpoints}};
    if (run.parent) {
        object["parent"] = {{"run", run.parent->run},
                            {"folder", run.parent->folder},
                            {"step", run.parent->step},
                            {"checksum", run.parent->checksum}};
    }
    if (!run.problem.empty()) {
        object["problem"] = run.problem;
    }
    return object;
}

ordered_json toJson(const models::MethodTraits& traits) {
    ordered_json parts = ordered_json::array();
    for (const models::MethodPart& part : traits.parts) {
        parts.push_back({{"name", part.name}, {"title", part.title}, {"networks", part.networks}});
    }
    ordered_json curves = ordered_json::array();
    for (const models::Curve& curve : traits.curves) {
        curves.push_back(
            {{"tag", curve.tag}, {"title", curve.title}, {"unit", curve.unit}, {"meaning", curve.meaning}});
    }
    ordered_json presets = ordered_json::array();
    for (const models::MethodPreset& preset : traits.presets) {
        ordered_json values = ordered_json::object();
        for (const auto& [name, value] : preset.values) {
            values[name] = valueJson(value);
        }
        presets.push_back({{"name", preset.name}, {"title", preset.title}, {"values", values}});
    }
    ordered_json parameters = ordered_json::array();
    for (const models::ParameterSpec& spec : traits.schema) {
        parameters.push_back(parameterJson(spec));
    }
    return {{"name", traits.name},
            {"title", traits.title},
            {"paper", traits.paper},
            {"year", traits.year},
            {"family", models::toText(traits.family)},
            {"explanation", traits.explanation},
            {"diagram", models::arrowChains(traits.diagram)},
            {"capabilities", capabilityNames(traits.capabilities)},
            {"needs_labels", traits.needsLabels},
            {"parts", parts},
            {"curves", curves},
            {"health", traits.health},
            {"presets", presets},
            {"parameters", parameters}};
}

std::string toLine(const ordered_json& value) {
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string allowedText(const models::ParameterSpec& spec) {
    switch (spec.type) {
    case models::ParameterType::Boolean:
        return "true or false";
    case models::ParameterType::Choice:
        return listNames(spec.choices);
    default:
        return fmt::format("{:g} to {:g}", spec.minimum, spec.maximum);
    }
}

std::string bytesText(std::uint64_t bytes) {
    constexpr double kilo = 1000.0;
    const auto amount = static_cast<double>(bytes);
    if (amount < kilo) {
        return fmt::format("{} B", bytes);
    }
    if (amount < kilo * kilo) {
        return fmt::format("{:.1f} kB", amount / kilo);
    }
    return fmt::format("{:.1f} MB", amount / (kilo * kilo));
}

} // namespace alphascope::app
