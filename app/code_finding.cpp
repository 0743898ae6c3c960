#include "app/code_finding.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "engine/api/codes.h"

namespace alphascope::app {

namespace {

constexpr int mostSteps = 100'000;
constexpr int mostStarts = 64;
constexpr double lowestRate = 1e-6;
constexpr double highestRate = 10.0;

constexpr std::string_view seedPrefix = "seed:";

std::uint64_t seedIn(const std::string& option, const std::string& text) {
    const std::string digits = text.substr(seedPrefix.size());
    std::uint64_t seed = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), seed);
    if (fault != std::errc() || end != digits.data() + digits.size()) {
        throw engine::Error(engine::ErrorKind::Usage, fmt::format("{} cannot be '{}'.", option, text),
                            "Give seed: and a whole number, as in seed:7, or a picture file.");
    }
    return seed;
}

bool startsAtTheEncoder(const engine::ModelInfo& model, const engine::EncodeOptions& options) {
    const auto encode = static_cast<unsigned>(models::Capability::Encode);
    return options.by == engine::EncodeBy::Refine && (model.capabilities & encode) != 0;
}

} // namespace

void addEncodingOptions(CLI::App& verb, ModelArguments& target) {
    engine::CodeSearchOptions& search = target.options.encoding.search;
    addChoice(verb, "--encode-by", target.encodeBy, {"auto", "search", "refine"},
              "By the method's encoder where it has one (auto), by search from random codes, or by search "
              "from the encoder's code too");
    addWholeNumber(verb, "--search-steps", search.steps, 1, mostSteps, "Of a search for a code");
    addWholeNumber(verb, "--search-starts", search.starts, 1, mostStarts,
                   "Random codes that a search begins from");
    addRealNumber(verb, "--search-rate", search.rate, lowestRate, highestRate, "Of a search's first move");
}

engine::CodeSearchListener SearchLine::listener() {
    return [this](const engine::CodeSearchProgress& progress) {
        line_.show({.step = static_cast<std::int64_t>(progress.found),
                    .target = static_cast<std::int64_t>(progress.pictures),
                    .unit = "picture",
                    .fraction = progress.fraction,
                    .state = "searching codes",
                    .losses = {{"L1", progress.l1}}});
    };
}

std::vector<float> namedCode(engine::Model& model, const std::string& option, const std::string& text) {
    if (text.starts_with(seedPrefix)) {
        return engine::priorCodes(seedIn(option, text), 1, model.info().latentSize).values;
    }
    const engine::PreparedImages prepared = model.prepare({text}, "test", 1);
    SearchLine line;
    return model.encode({prepared.images.front()}, line.listener()).values;
}

engine::Codes namedCodes(engine::Model& model, const std::string& option,
                         const std::vector<std::string>& texts) {
    engine::Codes codes(texts.size(), model.info().latentSize);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::vector<float> code = namedCode(model, option, texts[i]);
        std::copy(code.begin(), code.end(), codes.row(i).begin());
    }
    return codes;
}

nlohmann::ordered_json searchJson(const engine::ModelInfo& model, const ModelArguments& arguments) {
    const engine::EncodeOptions options = arguments.encoding();
    nlohmann::ordered_json codes;
    codes["by"] = "search";
    codes["from_encoder"] = startsAtTheEncoder(model, options);
    codes["steps"] = options.search.steps;
    codes["starts"] = options.search.starts;
    codes["rate"] = options.search.rate;
    codes["prior_weight"] = options.search.priorWeight;
    codes["seed"] = options.search.seed;
    return codes;
}

void addPullOption(CLI::App& verb, double& pull) {
    addRealNumber(verb, "--pull", pull, 0.0, 1.0,
                  "Move codes this share of the way to where the encoder puts their pictures");
}

nlohmann::ordered_json codesJson(const engine::Model& model, const ModelArguments& arguments) {
    return model.searchesCodes() ? searchJson(model.info(), arguments)
                                 : nlohmann::ordered_json{{"by", "encoder"}};
}

std::string codesText(const engine::Model& model, const ModelArguments& arguments) {
    if (!model.searchesCodes()) {
        return "found by the encoder";
    }
    const engine::EncodeOptions options = arguments.encoding();
    return fmt::format("found by search ({} steps from {} random starts{})", options.search.steps,
                       options.search.starts,
                       startsAtTheEncoder(model.info(), options) ? " and the encoder's code" : "");
}

} // namespace alphascope::app
