#include "engine/study/settings_draw.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/codes/philox.h"
#include "engine/study/sobol.h"
#include "models/schema/method_traits.h"

namespace alphascope::engine {

namespace {

using Settings = std::map<std::string, std::string>;

/// Draws for each setting that is wanted before a search gives up finding one that it did not give before.
constexpr std::uint64_t drawsPerSetting = 64;

bool isWhole(const models::ParameterSpec& spec) {
    return spec.type == models::ParameterType::Integer;
}

/// Between the ends, `share` in [0,1].
double between(const StudyRange& range, double share) {
    return range.logarithmic ? range.low * std::pow(range.high / range.low, share)
                             : range.low + (range.high - range.low) * share;
}

std::string numberText(const StudyRange& range, const models::ParameterSpec& spec, double value) {
    if (isWhole(spec)) {
        const double whole = std::clamp(std::round(value), std::ceil(range.low), std::floor(range.high));
        return models::toText(models::ParameterValue(static_cast<std::int64_t>(whole)));
    }
    const double rounded = std::stod(fmt::format("{:.4g}", value));
    return models::toText(models::ParameterValue(std::clamp(rounded, range.low, range.high)));
}

/// FNV-1a, so that a parameter's numbers do not depend on which others are varied.
std::uint64_t streamKey(std::uint64_t seed, const std::string& method, const std::string& parameter) {
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ seed;
    for (const char c : method + "/" + parameter) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return hash;
}

std::uint32_t randomBits(std::uint64_t key, std::uint64_t draw) {
    const auto low = [](std::uint64_t n) { return static_cast<std::uint32_t>(n); };
    const auto high = [](std::uint64_t n) { return static_cast<std::uint32_t>(n >> 32); };
    return philox4x32({low(draw), high(draw), 0, 0}, {low(key), high(key)})[0];
}

double shareOf(StudySearch search, std::uint64_t key, std::uint32_t draw, std::size_t dimension) {
    // Adding the same bits to all points moves each even set of them to another one.
    const std::uint32_t bits =
        search == StudySearch::Sobol ? sobol(draw, dimension) ^ randomBits(key, 0) : randomBits(key, draw);
    return (static_cast<double>(bits) + 0.5) * 0x1p-32;
}

void setValue(Settings& settings, const StudyRange& range, const std::string& value) {
    settings[range.parameter] = value;
    for (const std::string& name : range.also) {
        settings[name] = value;
    }
}

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
    return b != 0 && a > std::numeric_limits<std::uint64_t>::max() / b
               ? std::numeric_limits<std::uint64_t>::max()
               : a * b;
}

class SettingsDraw {
public:
    SettingsDraw(const Study& study, const StudyMethod& method)
        : study_(study), method_(method), search_(method.search.value_or(study.search)) {
        const models::Schema& schema = models::findMethod(method.method).schema;
        for (const StudyRange& range : method.ranges) {
            specs_.push_back(models::findSpec(schema, range.parameter));
            counts_.push_back(valuesIn(range, specs_.back()));
        }
    }

    std::vector<Settings> all() const {
        if (method_.ranges.empty()) {
            return {Settings{}};
        }
        return search_ == StudySearch::Grid ? grid() : draws();
    }

private:
    [[noreturn]] void fail(const std::string& why, const std::string& hint) const {
        throw Error(ErrorKind::BadInput,
                    fmt::format("The study '{}' cannot take its settings of {}: {}.", study_.name,
                                method_.method, why),
                    hint);
    }

    /// 0 = any number.
    std::uint64_t combinations() const {
        std::uint64_t all = 1;
        for (const std::uint64_t count : counts_) {
            all = product(all, count);
        }
        return all;
    }

    std::vector<Settings> grid() const {
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            if (counts_[i] == 0) {
                fail(fmt::format("a grid needs to know how many values of {} there are",
                                 method_.ranges[i].parameter),
                     "Give its range 'points', or a list of values.");
            }
        }
        const std::uint64_t all = combinations();
        if (all > mostTrials) {
            fail(fmt::format("its grid has more than {} of them", mostTrials),
                 "Use fewer values, or search at random.");
        }
        std::vector<Settings> settings;
        std::set<Settings> given; // neighbours on a logarithmic grid of whole numbers may be the same
        for (std::uint64_t n = 0; n < all; ++n) {
            Settings chosen;
            std::uint64_t rest = n;
            for (std::size_t i = counts_.size(); i-- > 0; rest /= counts_[i]) {
                const double share =
                    (static_cast<double>(rest % counts_[i]) + 0.5) / static_cast<double>(counts_[i]);
                setValue(chosen, method_.ranges[i], valueAt(method_.ranges[i], specs_[i], share));
            }
            if (given.insert(chosen).second) {
                settings.push_back(std::move(chosen));
            }
        }
        return settings;
    }

    std::vector<Settings> draws() const {
        const auto wanted = static_cast<std::uint64_t>(study_.settings);
        if (const std::uint64_t all = combinations(); all != 0 && all < wanted) {
            fail(fmt::format("{} are asked for, and its ranges have {}", wanted, all),
                 "Ask for fewer, or give wider ranges.");
        }
        std::vector<Settings> settings;
        std::set<Settings> given;
        for (std::uint64_t draw = 0; settings.size() < wanted && draw < drawsPerSetting * (wanted + 64);
             ++draw) {
            Settings drawn;
            for (std::size_t i = 0; i < specs_.size(); ++i) {
                const StudyRange& range = method_.ranges[i];
                const std::uint64_t key = streamKey(study_.seed, method_.method, range.parameter);
                setValue(
                    drawn, range,
                    valueAt(range, specs_[i], shareOf(search_, key, static_cast<std::uint32_t>(draw), i)));
            }
            if (given.insert(drawn).second) {
                settings.push_back(std::move(drawn));
            }
        }
        if (settings.size() < wanted) {
            fail(fmt::format("{} are asked for, and only {} different ones were found", wanted,
                             settings.size()),
                 "Ask for fewer, or give wider ranges.");
        }
        return settings;
    }

    const Study& study_;
    const StudyMethod& method_;
    StudySearch search_;
    std::vector<models::ParameterSpec> specs_;
    std::vector<std::uint64_t> counts_; ///< by range; 0 = any
};

} // namespace

std::uint64_t valuesIn(const StudyRange& range, const models::ParameterSpec& spec) {
    if (!range.values.empty()) {
        return range.values.size();
    }
    if (range.points > 0) {
        return static_cast<std::uint64_t>(range.points);
    }
    return isWhole(spec) ? static_cast<std::uint64_t>(range.high - range.low) + 1 : 0;
}

std::string valueAt(const StudyRange& range, const models::ParameterSpec& spec, double share) {
    if (!range.values.empty()) {
        return range.values[static_cast<std::size_t>(share * static_cast<double>(range.values.size()))];
    }
    if (range.points > 0) {
        const double place = std::floor(share * range.points);
        return numberText(range, spec, between(range, place / (range.points - 1)));
    }
    if (isWhole(spec) && !range.logarithmic) {
        return numberText(range, spec, range.low + std::floor(share * (range.high - range.low + 1)));
    }
    return numberText(range, spec, between(range, share));
}

std::vector<Settings> drawSettings(const Study& study, const StudyMethod& method) {
    return SettingsDraw(study, method).all();
}

} // namespace alphascope::engine
