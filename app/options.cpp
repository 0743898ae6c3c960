#include "app/options.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string_view>

#include <fmt/ranges.h>

#include "engine/api/data_sets.h"
#include "models/schema/parameter.h"

namespace alphascope::app {

namespace {

using engine::Error;
using engine::ErrorKind;

constexpr std::size_t mostImages = 10'000'000;
constexpr int mostThreads = 1024;
constexpr std::size_t namedSkips = 5;

/// "--sed=3" -> "--sed"
std::string withoutValue(const std::string& argument) {
    return argument.substr(0, argument.find('='));
}

std::vector<std::string> optionNames(const CLI::App& verb) {
    std::vector<std::string> names;
    for (const CLI::Option* option : verb.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    return names;
}

std::vector<std::string> verbNames(const CLI::App& root) {
    std::vector<std::string> names;
    for (const CLI::App* verb : root.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(verb->get_name());
    }
    return names;
}

const CLI::App* chosenVerb(const CLI::App& root) {
    const std::vector<CLI::App*> verbs = root.get_subcommands();
    return verbs.empty() ? nullptr : verbs.front();
}

std::string describeUnknown(const CLI::App& root, const std::vector<std::string>& extras) {
    const CLI::App* verb = chosenVerb(root);
    const auto option = std::find_if(extras.begin(), extras.end(), [](const std::string& text) {
        return text.size() > 1 && text.front() == '-';
    });
    const std::string word = withoutValue(option != extras.end() ? *option : extras.front());
    if (verb == nullptr && option == extras.end()) {
        const std::string near = models::nearestName(word, verbNames(root));
        return near.empty()
                   ? fmt::format("There is no command '{}'; use {}.", word, listNames(verbNames(root)))
                   : fmt::format("There is no command '{}'; did you mean '{}'?", word, near);
    }
    const CLI::App& scope = verb != nullptr ? *verb : root;
    const std::string where = verb != nullptr ? verb->get_name() : std::string("alphascope-cli");
    if (option == extras.end()) {
        return fmt::format("{} does not take '{}'; see 'alphascope-cli {} --help'.", where, word, where);
    }
    const std::string near = models::nearestName(word, optionNames(scope));
    const std::string advice = near.empty()
                                   ? fmt::format("see '{}{} --help'", verb ? "alphascope-cli " : "", where)
                                   : fmt::format("did you mean {}", near);
    return fmt::format("{} has no option {}; {}{}", where, word, advice, near.empty() ? "." : "?");
}

/// The option that a message of CLI11 is about.
std::string optionIn(const std::string& message) {
    const std::size_t start = message.find("--");
    return start == std::string::npos ? std::string()
                                      : message.substr(start, message.find_first_of(" :,=", start) - start);
}

} // namespace

std::string listNames(const std::vector<std::string>& candidates) {
    std::string text;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == candidates.size() ? " or " : ", ") + candidates[i];
    }
    return text;
}

void requireKnown(const std::string& what, const std::string& name,
                  const std::vector<std::string>& candidates) {
    if (std::find(candidates.begin(), candidates.end(), name) != candidates.end()) {
        return;
    }
    const std::string near = models::nearestName(name, candidates);
    throw Error(ErrorKind::Usage, fmt::format("{} cannot be '{}'.", what, name),
                near.empty() ? fmt::format("Use {}.", listNames(candidates))
                             : fmt::format("Did you mean '{}' (of {})?", near, listNames(candidates)));
}

std::string settledData(const std::string& data) {
    const std::vector<engine::DataSetInfo> known = engine::builtInDataSets();
    const bool builtIn = std::any_of(known.begin(), known.end(),
                                     [&](const engine::DataSetInfo& set) { return set.name == data; });
    std::error_code ignored;
    return !builtIn && std::filesystem::exists(data, ignored) ? std::filesystem::canonical(data).string()
                                                              : data;
}

std::string rangeText(const std::string& low, const std::string& high) {
    return high.empty() ? fmt::format("{} or more", low) : fmt::format("from {} to {}", low, high);
}

CLI::Option* addRealNumber(CLI::App& verb, const std::string& name, double& target, double low, double high,
                           const std::string& help) {
    const auto parse = [&target, name, low, high](const std::string& text) {
        double value = 0.0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = fault == std::errc() && end == text.data() + text.size();
        if (!whole || !std::isfinite(value) || value < low || value > high) {
            throw Error(ErrorKind::Usage,
                        fmt::format("{} takes a number from {} to {}, not '{}'.", name, low, high, text));
        }
        target = value;
    };
    return verb.add_option_function<std::string>(name, parse, help)
        ->type_name("X")
        ->default_str(fmt::to_string(target));
}

CLI::Option* addChoice(CLI::App& verb, const std::string& name, std::function<void(const std::string&)> take,
                       const std::vector<std::string>& choices, const std::string& help) {
    const auto parse = [take = std::move(take), name, choices](const std::string& text) {
        requireKnown(name, text, choices);
        take(text);
    };
    return verb.add_option_function<std::string>(name, parse, help)
        ->type_name(fmt::format("{}", fmt::join(choices, "|")));
}

CLI::Option* addChoice(CLI::App& verb, const std::string& name, std::string& target,
                       const std::vector<std::string>& choices, const std::string& help) {
    const auto take = [&target](const std::string& text) { target = text; };
    return addChoice(verb, name, take, choices, help)->default_str(target);
}

CLI::Option* addCheckpointOption(CLI::App& verb, std::string& target) {
    return verb
        .add_option("--checkpoint", target, "Checkpoint file, or run folder (its newest good checkpoint)")
        ->required()
        ->type_name("PATH");
}

void addThreadsOption(CLI::App& verb, int& threads) {
    addWholeNumber(verb, "--threads", threads, 0, mostThreads, "CPU threads; 0 = all cores");
}

void addComputeOptions(CLI::App& verb, int& threads, std::string& device) {
    addThreadsOption(verb, threads);
    addChoice(verb, "--device", device, {"auto", "cpu", "cuda"}, "Where to compute");
}

engine::EncodeOptions ModelArguments::encoding() const {
    engine::EncodeOptions chosen = options.encoding;
    chosen.by = encodeBy == "search"   ? engine::EncodeBy::Search
                : encodeBy == "refine" ? engine::EncodeBy::Refine
                                       : engine::EncodeBy::Auto;
    return chosen;
}

engine::Model ModelArguments::open() const {
    engine::ModelOptions chosen = options;
    chosen.encoding = encoding();
    return engine::Model::open(checkpoint, chosen);
}

void addModelOptions(CLI::App& verb, ModelArguments& target) {
    addCheckpointOption(verb, target.checkpoint);
    verb.add_flag("--raw-weights", target.options.rawWeights,
                  "Use the weights as trained instead of their moving average");
    addComputeOptions(verb, target.options.threads, target.options.device);
}

std::vector<CLI::Option*> addShapingOptions(CLI::App& verb, std::string& transform, std::string& crop,
                                            int& size) {
    const auto addOptional = [&verb](const std::string& name, std::string& target,
                                     std::vector<std::string> choices, const std::string& help) {
        choices.emplace_back("none");
        const auto take = [&target](const std::string& text) {
            target = text == "none" ? std::string() : text;
        };
        return addChoice(verb, name, take, choices, help);
    };
    return {
        addOptional("--transform", transform, engine::transformNames(),
                    "Makes grey pictures coloured, as in ColorMNIST, or stacks three in the channels of one"),
        addOptional(
            "--crop", crop, engine::cropNames(),
            "How pictures of CelebA are cut: a centred square of so many of 178 pixels, or as ALI does"),
        addChoice(
            verb, "--size", [&size](const std::string& text) { size = std::stoi(text); }, {"28", "32", "64"},
            "Side in pixels (default: the data's own)")};
}

void addImageOptions(CLI::App& verb, ImageArguments& target) {
    verb.add_option("--images", target.paths,
                    "Picture files, folders of them, or one data set (IDX folder or built-in name)")
        ->required()
        ->type_name("FILE_OR_FOLDER");
    addChoice(verb, "--split", target.split, {"train", "test"}, "Which part of a data set");
    addWholeNumber<std::size_t>(verb, "--count", target.count, 0, mostImages,
                                "At most so many pictures; 0 = all");
}

engine::PreparedImages ImageArguments::prepare(const engine::Model& model) const {
    engine::PreparedImages prepared = model.prepare(paths, split, count);
    for (std::size_t i = 0; i < std::min(prepared.skipped.size(), namedSkips); ++i) {
        fmt::print(stderr, "Skipped {}\n", prepared.skipped[i]);
    }
    if (prepared.skipped.size() > namedSkips) {
        fmt::print(stderr, "Skipped {} more\n", prepared.skipped.size() - namedSkips);
    }
    return prepared;
}

void addSourceOptions(CLI::App& verb, engine::AtlasSource& target) {
    verb.add_option("--data", target.data, "Set to encode; the model's own unless given")
        ->type_name("NAME|PATH");
    addChoice(verb, "--split", target.split, {"train", "test"}, "Part of the set");
    addWholeNumber<std::size_t>(verb, "--count", target.count, 0, mostImages,
                                "The first so many; 0 = all (10000 of a drawn set)");
}

std::string describeParseError(const CLI::App& root, const CLI::ParseError& error) {
    // A misspelt option leaves the right one missing: the misspelling is what the person must see.
    const std::vector<std::string> extras = root.remaining(true);
    if (!extras.empty()) {
        return describeUnknown(root, extras);
    }
    const CLI::App* verb = chosenVerb(root);
    const std::string message = error.what();
    const std::string option = optionIn(message);
    const std::string where = verb != nullptr ? verb->get_name() : std::string("alphascope-cli");
    if (error.get_name() == "RequiredError" && verb != nullptr) {
        return fmt::format("{} needs {}; see 'alphascope-cli {} --help'.", where,
                           option.empty() ? message.substr(0, message.find(' ')) : option, where);
    }
    if (error.get_name() == "ArgumentMismatch" && !option.empty()) {
        const bool twice = message.find("At Most") != std::string::npos;
        return twice ? fmt::format("{} is given more than once; give it once.", option)
                     : fmt::format("{} needs a value; see 'alphascope-cli {} --help'.", option, where);
    }
    return fmt::format("{}; see 'alphascope-cli {}--help'.", message, verb != nullptr ? where + " " : "");
}

} // namespace alphascope::app
