#pragma once
// Options with checks that answer in one sentence: what is wrong, the range or the nearest name. Numbers are
// read in the C locale.

#include <charconv>
#include <concepts>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/api/atlas.h"
#include "engine/api/error.h"
#include "engine/api/model.h"

namespace alphascope::app {

/// `candidates` as "a, b or c".
std::string listNames(const std::vector<std::string>& candidates);

/// Throws Error(Usage) for an unknown name: the nearest one, and all there are.
void requireKnown(const std::string& what, const std::string& name,
                  const std::vector<std::string>& candidates);

/// Where data lies, as a full path, so that a run or a study that is gone on with from another folder finds
/// it; names of built-in sets stay.
std::string settledData(const std::string& data);

/// "from 1 to 9", "1 or more"
std::string rangeText(const std::string& low, const std::string& high);

template <std::integral T>
CLI::Option* addWholeNumber(CLI::App& verb, const std::string& name, T& target, T low, T high,
                            const std::string& help) {
    const auto parse = [&target, name, low, high](const std::string& text) {
        T value{};
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (fault != std::errc() || end != text.data() + text.size() || value < low || value > high) {
            const bool open = high == std::numeric_limits<T>::max();
            throw engine::Error(engine::ErrorKind::Usage,
                                fmt::format("{} takes a whole number, {}, not '{}'.", name,
                                            rangeText(fmt::to_string(low), open ? "" : fmt::to_string(high)),
                                            text));
        }
        target = value;
    };
    return verb.add_option_function<std::string>(name, parse, help)
        ->type_name("N")
        ->default_str(fmt::to_string(target));
}

/// A real number in [low, high].
CLI::Option* addRealNumber(CLI::App& verb, const std::string& name, double& target, double low, double high,
                           const std::string& help);

/// One of a few names, handed to `take`.
CLI::Option* addChoice(CLI::App& verb, const std::string& name, std::function<void(const std::string&)> take,
                       const std::vector<std::string>& choices, const std::string& help);

/// One of a few names.
CLI::Option* addChoice(CLI::App& verb, const std::string& name, std::string& target,
                       const std::vector<std::string>& choices, const std::string& help);

/// What every verb takes that uses a trained model.
struct ModelArguments {
    std::string checkpoint;
    engine::ModelOptions options;
    std::string encodeBy = "auto";

    /// options.encoding with what encodeBy names.
    engine::EncodeOptions encoding() const;
    engine::Model open() const;
};

/// --checkpoint (required)
CLI::Option* addCheckpointOption(CLI::App& verb, std::string& target);
/// --threads
void addThreadsOption(CLI::App& verb, int& threads);

/// --checkpoint (required), --raw-weights, --threads, --device
void addModelOptions(CLI::App& verb, ModelArguments& target);

/// --threads and --device alone
void addComputeOptions(CLI::App& verb, int& threads, std::string& device);

/// --transform, --crop and --size: how pictures of a set are made for the networks. "" and 0 unless given;
/// transform and crop also take "none", which says so. Gives the options.
std::vector<CLI::Option*> addShapingOptions(CLI::App& verb, std::string& transform, std::string& crop,
                                            int& size);

/// What encode and reconstruct read.
struct ImageArguments {
    std::vector<std::string> paths;
    std::string split = "test";
    std::size_t count = 0;

    /// Prepared for `model`; files that are no pictures are named on standard error.
    engine::PreparedImages prepare(const engine::Model& model) const;
};

/// --images (required), --split, --count
void addImageOptions(CLI::App& verb, ImageArguments& target);

/// --data, --split and --count: which pictures' codes are looked at
void addSourceOptions(CLI::App& verb, engine::AtlasSource& target);

/// One sentence about a command line that CLI11 could not read.
std::string describeParseError(const CLI::App& root, const CLI::ParseError& error);

} // namespace alphascope::app
