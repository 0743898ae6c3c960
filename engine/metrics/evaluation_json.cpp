// Evaluations as text.

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/api/error.h"
#include "engine/api/metrics.h"

namespace alphascope::engine {

namespace {

using nlohmann::ordered_json;

/// What is infinite or unknown has no place in JSON.
ordered_json finiteOrNull(double value) {
    return std::isfinite(value) ? ordered_json(value) : ordered_json();
}
ordered_json finiteOrNull(const std::optional<double>& value) {
    return value ? finiteOrNull(*value) : ordered_json();
}
std::optional<double> optionalNumber(const ordered_json& value) {
    return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

const char* nameOf(Better better) {
    return better == Better::Higher ? "higher" : better == Better::Lower ? "lower" : "closer";
}
Better betterNamed(const std::string& name) {
    return name == "higher" ? Better::Higher : name == "lower" ? Better::Lower : Better::Closer;
}

ordered_json figureJson(const Figure& figure) {
    return {{"metric", figure.metric},
            {"name", figure.name},
            {"value", finiteOrNull(figure.value)},
            {"low", finiteOrNull(figure.low)},
            {"high", finiteOrNull(figure.high)},
            {"interval", figure.interval},
            {"reference", finiteOrNull(figure.reference)},
            {"better", nameOf(figure.better)},
            {"convention", figure.convention},
            {"count", figure.count},
            {"data_count", figure.dataCount},
            {"seeds", figure.seeds},
            {"net", figure.net}};
}

Figure figureFrom(const ordered_json& json) {
    Figure figure{.metric = json.at("metric"), .name = json.at("name"), .convention = json.at("convention")};
    figure.value = optionalNumber(json.at("value")).value_or(std::nan(""));
    figure.low = optionalNumber(json.at("low"));
    figure.high = optionalNumber(json.at("high"));
    figure.interval = json.at("interval");
    figure.reference = optionalNumber(json.at("reference"));
    figure.better = betterNamed(json.at("better"));
    figure.count = json.at("count");
    figure.dataCount = json.at("data_count");
    figure.seeds = json.at("seeds").get<std::vector<std::uint64_t>>();
    figure.net = json.at("net");
    return figure;
}

} // namespace

std::string toJson(const Evaluation& evaluation) {
    ordered_json figures = ordered_json::array();
    for (const Figure& figure : evaluation.figures) {
        figures.push_back(figureJson(figure));
    }
    const ordered_json json{{"source", evaluation.source},
                            {"checksum", evaluation.checksum},
                            {"method", evaluation.method},
                            {"step", evaluation.step},
                            {"weights", evaluation.weights},
                            {"data", evaluation.data},
                            {"data_fingerprint", evaluation.dataFingerprint},
                            {"figures", figures},
                            {"warnings", evaluation.warnings},
                            {"seconds", evaluation.seconds}};
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Evaluation evaluationFromJson(const std::string& text) {
    try {
        const ordered_json json = ordered_json::parse(text);
        Evaluation evaluation;
        evaluation.source = json.at("source");
        evaluation.checksum = json.at("checksum");
        evaluation.method = json.at("method");
        evaluation.step = json.at("step");
        evaluation.weights = json.at("weights");
        evaluation.data = json.at("data");
        evaluation.dataFingerprint = json.at("data_fingerprint");
        evaluation.warnings = json.at("warnings").get<std::vector<std::string>>();
        evaluation.seconds = json.at("seconds");
        for (const ordered_json& figure : json.at("figures")) {
            evaluation.figures.push_back(figureFrom(figure));
        }
        return evaluation;
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorKind::BadInput, fmt::format("This is no evaluation: {}.", error.what()),
                    "Use what evaluate wrote.");
    }
}

} // namespace alphascope::engine
