// study.json: written in full, read strictly.

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/api/data_sets.h"
#include "engine/api/error.h"
#include "engine/api/study.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/json_reading.h"
#include "engine/study/sobol.h"
#include "models/schema/method_traits.h"

namespace alphascope::engine {

namespace {

using nlohmann::ordered_json;

constexpr const char* studyFormat = "alphascope-study";
constexpr std::int64_t studyVersion = 1;
constexpr int deepestStudy = 8;
constexpr std::size_t largestStudy = std::size_t{16} << 20;
constexpr std::size_t longestName = 200;
constexpr std::size_t mostEntries = 100; ///< sets, methods
constexpr std::size_t mostValues = 1000; ///< of a range
constexpr std::int64_t mostSettings = 10'000;
constexpr std::int64_t mostSeeds = 1000;
constexpr std::int64_t mostSteps = 1'000'000'000;
constexpr std::int64_t mostPictures = 10'000'000;
constexpr std::array searchNames{"grid", "random", "sobol"};

std::string fileOf(const std::string& folder) {
    return (std::filesystem::path(folder) / "study.json").string();
}

// ---- writing

ordered_json rangeJson(const StudyRange& range) {
    ordered_json object;
    if (!range.values.empty()) {
        if (range.also.empty()) {
            return range.values;
        }
        object["values"] = range.values;
    } else {
        object["from"] = range.low;
        object["to"] = range.high;
        object["scale"] = range.logarithmic ? "log" : "linear";
        if (range.points > 0) {
            object["points"] = range.points;
        }
    }
    if (!range.also.empty()) {
        object["also"] = range.also;
    }
    return object;
}

ordered_json methodJson(const StudyMethod& method) {
    ordered_json object{{"method", method.method}, {"title", method.title}, {"preset", method.preset}};
    if (method.search) {
        object["search"] = toText(*method.search);
    }
    if (!method.fixed.empty()) {
        object["set"] = method.fixed;
    }
    for (const StudyRange& range : method.ranges) {
        object["ranges"][range.parameter] = rangeJson(range);
    }
    return object;
}

ordered_json dataJson(const StudyData& data) {
    ordered_json object{{"title", data.title}, {"data", data.data}};
    if (!data.transform.empty()) {
        object["transform"] = data.transform;
    }
    if (!data.crop.empty()) {
        object["crop"] = data.crop;
    }
    if (data.size != 0) {
        object["size"] = data.size;
    }
    if (data.steps != 0) {
        object["steps"] = data.steps;
    }
    if (!data.fixed.empty()) {
        object["set"] = data.fixed;
    }
    if (!data.metrics.empty()) {
        object["metrics"] = data.metrics;
    }
    return object;
}

ordered_json judgingJson(const StudyJudging& judging) {
    return {{"metrics", judging.metrics},
            {"features", judging.features},
            {"count", judging.count},
            {"seed", judging.seed},
            {"critic_seeds", judging.criticSeeds},
            {"critic_steps", judging.criticSteps},
            {"pairs", judging.pairs},
            {"kid_subsets", judging.kidSubsets},
            {"kid_subset_size", judging.kidSubsetSize}};
}

// ---- reading

/// Refuses what it does not know, so that a misspelt entry is no silent default.
void refuseOthers(const JsonFields& fields, const ordered_json& object,
                  std::initializer_list<const char*> known) {
    const std::vector<std::string> names(known.begin(), known.end());
    for (const auto& entry : object.items()) {
        if (std::find(names.begin(), names.end(), entry.key()) == names.end()) {
            const std::string near = models::nearestName(entry.key(), names);
            fields.failEntry(entry.key().substr(0, longestName).c_str(),
                             near.empty() ? "is unknown"
                                          : fmt::format("is unknown; perhaps '{}' is meant", near));
        }
    }
}

/// Reads one study; every fault names the source.
class StudyReader {
public:
    StudyReader(const ordered_json& root, std::string source)
        : root_(root), source_(std::move(source)), fields_(root, source_, "a study") {}

    Study read() {
        readFormat();
        refuseOthers(fields_, root_,
                     {"format", "version", "name", "description", "seed", "search", "settings", "seeds",
                      "steps", "checkpoint_every", "threads", "device", "data", "methods", "judging"});
        Study study;
        study.name = fields_.text("name", longestName);
        take(fields_, "description", study.description);
        if (fields_.has("seed")) {
            study.seed = fields_.seed("seed");
        }
        study.search = searchOf(fields_, study.search);
        take(fields_, "settings", study.settings, 0, mostSettings);
        take(fields_, "seeds", study.seeds, 1, mostSeeds);
        study.steps = fields_.integer("steps", 1, mostSteps);
        study.checkpointEvery = study.steps;
        take(fields_, "checkpoint_every", study.checkpointEvery, 1, mostSteps);
        take(fields_, "threads", study.threads, 0, 1024);
        take(fields_, "device", study.device);
        requireOneOf(fields_, "device", study.device, {"auto", "cpu", "cuda"});
        readData(study);
        readMethods(study);
        if (root_.contains("judging")) {
            study.judging = judgingOf(fields_.object("judging"), root_["judging"]);
        }
        return study;
    }

private:
    void readFormat() const {
        if (fields_.text("format", longestName) != studyFormat) {
            fields_.failEntry("format", fmt::format("is not '{}'", studyFormat));
        }
        const std::int64_t version = fields_.integer("version", 1, std::numeric_limits<std::int64_t>::max());
        if (version > studyVersion) {
            fields_.failEntry("version",
                              fmt::format("is {}, and this program reads up to {}", version, studyVersion));
        }
    }

    static void take(const JsonFields& fields, const char* key, std::string& out) {
        out = fields.has(key) ? fields.text(key) : out;
    }
    template <typename Number>
    static void take(const JsonFields& fields, const char* key, Number& out, std::int64_t least,
                     std::int64_t most) {
        out = fields.has(key) ? static_cast<Number>(fields.integer(key, least, most)) : out;
    }

    /// An empty text is no choice.
    static void requireOneOf(const JsonFields& fields, const char* key, const std::string& text,
                             const std::vector<std::string>& known) {
        if (!text.empty() && std::find(known.begin(), known.end(), text) == known.end()) {
            fields.failEntry(key, fmt::format("is '{}', and there are {}", text, fmt::join(known, ", ")));
        }
    }

    static StudySearch searchOf(const JsonFields& fields, StudySearch otherwise) {
        if (!fields.has("search")) {
            return otherwise;
        }
        const std::string text = fields.text("search", longestName);
        const auto found = std::find(searchNames.begin(), searchNames.end(), text);
        if (found == searchNames.end()) {
            fields.failEntry("search", "is none of grid, random, sobol");
        }
        return static_cast<StudySearch>(found - searchNames.begin());
    }

    /// As --set takes it.
    static std::string valueText(const JsonFields& fields, const char* key, const ordered_json& value) {
        if (value.is_string() && value.get_ref<const std::string&>().size() <= longestName) {
            return value.get<std::string>();
        }
        if (value.is_boolean()) {
            return models::toText(models::ParameterValue(value.get<bool>()));
        }
        if (value.is_number_integer()) {
            return value.dump();
        }
        if (value.is_number_float() && std::isfinite(value.get<double>())) {
            return models::toText(models::ParameterValue(value.get<double>()));
        }
        fields.failEntry(key, "holds something that is no number, no text and not true or false");
    }

    std::map<std::string, std::string> fixedOf(const JsonFields& fields, const ordered_json& object) const {
        std::map<std::string, std::string> fixed;
        if (!object.contains("set")) {
            return fixed;
        }
        if (!object["set"].is_object()) {
            fields.failEntry("set", "is no object of parameters");
        }
        for (const auto& entry : object["set"].items()) {
            fixed[entry.key()] = valueText(fields, entry.key().c_str(), entry.value());
        }
        return fixed;
    }

    void readData(Study& study) const {
        std::set<std::string> titles;
        for (const ordered_json& entry : fields_.array("data", mostEntries)) {
            const JsonFields fields = fields_.object(entry);
            refuseOthers(fields, entry,
                         {"title", "data", "transform", "crop", "size", "steps", "set", "metrics"});
            StudyData data;
            data.data = fields.text("data");
            data.title = std::filesystem::path(data.data).filename().string();
            take(fields, "title", data.title);
            take(fields, "transform", data.transform);
            take(fields, "crop", data.crop);
            take(fields, "size", data.size, 0, 1024);
            take(fields, "steps", data.steps, 0, mostSteps);
            data.fixed = fixedOf(fields, entry);
            data.metrics = metricsOf(fields);
            requireOneOf(fields, "transform", data.transform, transformNames());
            requireOneOf(fields, "crop", data.crop, cropNames());
            if (data.data.empty() || data.title.empty() || !titles.insert(data.title).second) {
                fields.failEntry("data", fmt::format("names '{}' twice, or nothing", data.title));
            }
            study.data.push_back(std::move(data));
        }
        if (study.data.empty()) {
            fields_.failEntry("data", "is empty");
        }
    }

    void readMethods(Study& study) const {
        std::set<std::string> titles;
        for (const ordered_json& entry : fields_.array("methods", mostEntries)) {
            StudyMethod method = methodOf(fields_.object(entry), entry);
            if (!titles.insert(method.title).second) {
                fields_.failEntry("methods", fmt::format("has two with the title '{}'", method.title));
            }
            checkMethod(study, method);
            study.methods.push_back(std::move(method));
        }
        if (study.methods.empty()) {
            fields_.failEntry("methods", "is empty");
        }
    }

    /// What the schema refuses, as a fault of this file.
    template <typename Work>
    auto asBadInput(Work&& work) const {
        try {
            return work();
        } catch (const models::SchemaError& error) {
            throw Error(ErrorKind::BadInput, fmt::format("{} is not a study: {}", source_, error.what()));
        }
    }

    StudyMethod methodOf(const JsonFields& fields, const ordered_json& entry) const {
        refuseOthers(fields, entry, {"method", "title", "preset", "search", "set", "ranges"});
        StudyMethod method;
        method.method = fields.text("method", longestName);
        const models::MethodTraits& traits =
            asBadInput([&]() -> const models::MethodTraits& { return models::findMethod(method.method); });
        method.title = traits.title;
        take(fields, "title", method.title);
        take(fields, "preset", method.preset);
        if (fields.has("search")) {
            method.search = searchOf(fields, StudySearch::Sobol);
        }
        method.fixed = fixedOf(fields, entry);
        if (!fields.has("ranges")) {
            return method;
        }
        if (!entry["ranges"].is_object() || entry["ranges"].size() > sobolDimensions) {
            fields.failEntry("ranges", fmt::format("is no object of at most {} ranges", sobolDimensions));
        }
        for (const auto& range : entry["ranges"].items()) {
            const models::ParameterSpec& spec = asBadInput([&]() -> const models::ParameterSpec& {
                return models::findSpec(traits.schema, range.key());
            });
            method.ranges.push_back(rangeOf(fields, traits, spec, range.value()));
        }
        return method;
    }

    StudyRange rangeOf(const JsonFields& outer, const models::MethodTraits& traits,
                       const models::ParameterSpec& spec, const ordered_json& value) const {
        const char* const name = spec.name.c_str();
        if (value.is_array()) {
            StudyRange range{.parameter = spec.name};
            takeValues(outer, name, value, range);
            checkValues(outer, traits, range);
            return range;
        }
        if (!value.is_object()) {
            outer.failEntry(name, "is neither a list of values nor an object with 'from' and 'to'");
        }
        const JsonFields fields = outer.object(value);
        refuseOthers(fields, value, {"values", "from", "to", "scale", "points", "also"});
        StudyRange range{.parameter = spec.name};
        if (value.contains("also")) {
            for (const ordered_json& other : fields.array("also", sobolDimensions)) {
                if (!other.is_string()) {
                    fields.failEntry("also", "holds something that is no name");
                }
                range.also.push_back(other.get<std::string>());
            }
        }
        if (value.contains("values")) {
            if (value.contains("from") || value.contains("to") || value.contains("points")) {
                outer.failEntry(name, "has both 'values' and 'from', 'to' or 'points'");
            }
            takeValues(outer, name, value["values"], range);
        } else {
            takeEnds(fields, spec, value, range);
        }
        checkValues(outer, traits, range);
        return range;
    }

    static void takeValues(const JsonFields& fields, const char* name, const ordered_json& list,
                           StudyRange& range) {
        if (!list.is_array() || list.empty() || list.size() > mostValues) {
            fields.failEntry(name,
                             fmt::format("is an empty range, or no list of at most {} values", mostValues));
        }
        for (const ordered_json& value : list) {
            range.values.push_back(valueText(fields, name, value));
        }
    }

    static void takeEnds(const JsonFields& fields, const models::ParameterSpec& spec,
                         const ordered_json& value, StudyRange& range) {
        const char* const name = spec.name.c_str();
        const bool whole = spec.type == models::ParameterType::Integer;
        if (!whole && spec.type != models::ParameterType::Real) {
            fields.failEntry(name, "needs a list of values, since it is no number");
        }
        const auto end = [&](const char* key, double otherwise) {
            return fields.has(key) ? fields.number(key, spec.minimum, spec.maximum) : otherwise;
        };
        range.low = end("from", spec.minimum);
        range.high = end("to", spec.maximum);
        if (!(range.low < range.high)) {
            fields.failEntry(name, fmt::format("is an empty range: from {} to {}", range.low, range.high));
        }
        if (whole && (range.low != std::floor(range.low) || range.high != std::floor(range.high))) {
            fields.failEntry(name, "begins or ends with a fraction, and only whole numbers are allowed");
        }
        range.logarithmic = spec.logarithmic && range.low > 0.0;
        if (value.contains("scale")) {
            const std::string scale = fields.text("scale", longestName);
            if (scale != "log" && scale != "linear") {
                fields.failEntry("scale", "is neither 'log' nor 'linear'");
            }
            range.logarithmic = scale == "log";
        }
        if (range.logarithmic && range.low <= 0.0) {
            fields.failEntry(name, "goes in factors and cannot begin at 0");
        }
        take(fields, "points", range.points, 2, static_cast<std::int64_t>(mostValues));
    }

    /// All that it can be is allowed by the schema, for each parameter that takes it.
    void checkValues(const JsonFields& fields, const models::MethodTraits& traits, StudyRange& range) const {
        std::vector<std::string> names{range.parameter};
        names.insert(names.end(), range.also.begin(), range.also.end());
        for (const std::string& name : names) {
            const models::ParameterSpec& spec = asBadInput(
                [&]() -> const models::ParameterSpec& { return models::findSpec(traits.schema, name); });
            if (range.values.empty() && (range.low < spec.minimum || range.high > spec.maximum)) {
                fields.failEntry(name.c_str(),
                                 fmt::format("leaves what is allowed, {} to {}", spec.minimum, spec.maximum));
            }
            for (std::string& value : range.values) {
                value = asBadInput([&] { return models::toText(models::parseValue(spec, value)); });
            }
        }
        std::vector<std::string> sorted = range.values;
        std::sort(sorted.begin(), sorted.end());
        const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
        if (twice != sorted.end()) {
            fields.failEntry(range.parameter.c_str(), fmt::format("holds {} twice", *twice));
        }
    }

    /// Preset, fixed values and ranges fit the method and do not contradict one another.
    void checkMethod(const Study& study, const StudyMethod& method) const {
        const models::MethodTraits& traits = models::findMethod(method.method);
        std::vector<std::string> presets;
        for (const models::MethodPreset& preset : traits.presets) {
            presets.push_back(preset.name);
        }
        if (std::find(presets.begin(), presets.end(), method.preset) == presets.end()) {
            fields_.fail(fmt::format("{} has no preset '{}' (it has {})", method.method, method.preset,
                                     fmt::join(presets, ", ")));
        }
        std::set<std::string> varied;
        for (const StudyRange& range : method.ranges) {
            checkOnce(method, varied, range.parameter);
            for (const std::string& name : range.also) {
                checkOnce(method, varied, name);
            }
        }
        for (const StudyData& data : study.data) {
            std::map<std::string, std::string> fixed = data.fixed;
            for (const auto& [name, text] : method.fixed) {
                fixed[name] = text;
            }
            asBadInput([&] { return models::resolveParameters(traits, method.preset, fixed); });
            for (const auto& [name, text] : fixed) {
                checkOnce(method, varied, name);
                varied.erase(name);
            }
        }
    }

    void checkOnce(const StudyMethod& method, std::set<std::string>& seen, const std::string& name) const {
        if (!seen.insert(name).second) {
            fields_.fail(fmt::format("it sets {} of {} in two places", name, method.method));
        }
    }

    static std::vector<std::string> metricsOf(const JsonFields& fields) {
        std::vector<std::string> metrics;
        if (!fields.has("metrics")) {
            return metrics;
        }
        for (const ordered_json& name : fields.array("metrics", mostEntries)) {
            if (!name.is_string()) {
                fields.failEntry("metrics", "holds something that is no name");
            }
            metrics.push_back(name.get<std::string>());
        }
        return metrics;
    }

    static StudyJudging judgingOf(const JsonFields& fields, const ordered_json& object) {
        refuseOthers(fields, object,
                     {"metrics", "features", "count", "seed", "critic_seeds", "critic_steps", "pairs",
                      "kid_subsets", "kid_subset_size"});
        StudyJudging judging;
        judging.metrics = metricsOf(fields);
        take(fields, "features", judging.features);
        take(fields, "count", judging.count, 1, mostPictures);
        if (fields.has("seed")) {
            judging.seed = fields.seed("seed");
        }
        take(fields, "critic_seeds", judging.criticSeeds, 1, mostSeeds);
        take(fields, "critic_steps", judging.criticSteps, 1, mostSteps);
        take(fields, "pairs", judging.pairs, 1, mostPictures);
        take(fields, "kid_subsets", judging.kidSubsets, 1, mostPictures);
        take(fields, "kid_subset_size", judging.kidSubsetSize, 2, mostPictures);
        return judging;
    }

    const ordered_json& root_;
    std::string source_;
    JsonFields fields_;
};

} // namespace

const char* toText(StudySearch search) {
    return searchNames[static_cast<std::size_t>(search)];
}

std::string toJson(const Study& study) {
    ordered_json root{{"format", studyFormat},      {"version", studyVersion},
                      {"name", study.name},         {"description", study.description},
                      {"seed", study.seed},         {"search", toText(study.search)},
                      {"settings", study.settings}, {"seeds", study.seeds},
                      {"steps", study.steps},       {"checkpoint_every", study.checkpointEvery},
                      {"threads", study.threads},   {"device", study.device}};
    for (const StudyData& data : study.data) {
        root["data"].push_back(dataJson(data));
    }
    for (const StudyMethod& method : study.methods) {
        root["methods"].push_back(methodJson(method));
    }
    root["judging"] = judgingJson(study.judging);
    return root.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

Study studyFromJson(const std::string& text, const std::string& source) {
    const std::optional<ordered_json> root = parseShallowJson(text, deepestStudy);
    if (!root) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("{} is not a study: it is no JSON, or too deep.", source),
                    "Restore it, or choose another.");
    }
    Study study = StudyReader(*root, source).read();
    const StudyPlan plan(study); // its settings can be drawn
    return study;
}

Study readStudy(const std::string& folder) {
    const std::string path = fileOf(folder);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        throw Error(ErrorKind::BadInput, fmt::format("There is no study in '{}'.", folder),
                    "Make one with 'study new', or choose the folder that holds study.json.");
    }
    return studyFromJson(readFile(path, largestStudy), path);
}

void createStudy(const std::string& folder, const Study& study) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) {
        throw Error(ErrorKind::InputOutput,
                    fmt::format("The folder '{}' cannot be made: {}.", folder, failed.message()),
                    "Choose another place.");
    }
    const std::string path = fileOf(folder);
    if (std::filesystem::exists(path, failed)) {
        throw Error(ErrorKind::Usage, fmt::format("There is a study in '{}' already.", folder),
                    "Go on with 'study run', or choose another folder.");
    }
    writeFileAtomically(path, toJson(study));
}

void checkStudyData(const Study& study) {
    for (const StudyData& data : study.data) {
        try {
            inspectDataSet(data.data);
        } catch (const Error& error) {
            throw Error(error.kind(),
                        fmt::format("The data '{}' of the study '{}' cannot be used: {}", data.title,
                                    study.name, error.what()),
                        error.hint());
        }
    }
}

} // namespace alphascope::engine
