#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/api/view.h"
#include "engine/storage/json_reading.h"
#include "engine/views/view_checks.h"

namespace alphascope::engine {

namespace {

using nlohmann::ordered_json;

constexpr const char* formatName = "alphascope-view";
constexpr std::int64_t formatVersion = 1;
constexpr const char* whatItIs = "a view";
constexpr int deepest = 8;
constexpr std::size_t largestCode = 65'536;
constexpr std::size_t mostWayPoints = 257;
constexpr std::size_t mostDirections = 100;
constexpr double largestTruncation = 10.0;
constexpr double slowestFilm = 0.01;
constexpr double fastestFilm = 240.0;
constexpr std::size_t longestLabel = 1000;

constexpr std::array kindNames{"picture", "strip", "grid", "film"};
constexpr std::array pathNames{"lerp", "slerp", "cubic", "geodesic"};

template <typename Enum, std::size_t N>
Enum named(const JsonFields& fields, const char* key, const std::array<const char*, N>& names) {
    const std::string text = fields.text(key, 40);
    for (std::size_t i = 0; i < N; ++i) {
        if (text == names[i]) {
            return static_cast<Enum>(i);
        }
    }
    fields.failEntry(key, fmt::format("is none of {}", fmt::join(names, ", ")));
}

// ---- writing

ordered_json toJson(const ViewModel& model) {
    return {{"path", model.path},
            {"checksum", model.checksum},
            {"method", model.method},
            {"step", model.step},
            {"latent_size", model.latentSize}};
}

ordered_json toJson(const ViewCode& code) {
    ordered_json object;
    object["label"] = code.label;
    if (code.code.empty()) {
        object["seed"] = code.seed;
        object["row"] = code.row;
    } else {
        object["code"] = code.code;
    }
    return object;
}

ordered_json toJson(const Codes& codes) {
    ordered_json list = ordered_json::array();
    for (std::size_t i = 0; i < codes.count; ++i) {
        const auto row = codes.row(i);
        list.push_back(std::vector<float>(row.begin(), row.end()));
    }
    return list;
}

template <typename T>
ordered_json listOf(const std::vector<T>& values) {
    ordered_json list = ordered_json::array();
    for (const T& value : values) {
        list.push_back(toJson(value));
    }
    return list;
}

// ---- reading

ViewModel modelOf(const JsonFields& fields) {
    ViewModel model;
    model.path = fields.text("path");
    model.checksum = fields.text("checksum", 200);
    model.method = fields.text("method", 200);
    model.step = fields.integer("step", 0, std::numeric_limits<std::int64_t>::max());
    model.latentSize = static_cast<std::size_t>(fields.integer("latent_size", 1, largestCode));
    return model;
}

ViewCode codeOf(const JsonFields& fields) {
    ViewCode code;
    code.label = fields.has("label") ? fields.text("label", longestLabel) : std::string();
    if (fields.has("code")) {
        code.code = fields.floats("code");
        if (code.code.empty()) {
            fields.failEntry("code", "is empty");
        }
    } else {
        code.seed = fields.seed("seed");
        code.row = static_cast<std::size_t>(fields.integer("row", 0, std::int64_t(mostViewRow)));
    }
    return code;
}

/// Points of one geodesic: a list of codes.
Codes wayOf(const JsonFields& fields, const ordered_json& list, std::size_t size) {
    if (!list.is_array() || list.size() > mostWayPoints) {
        fields.failEntry("ways", fmt::format("holds no list of at most {} codes", mostWayPoints));
    }
    Codes way(list.size(), size);
    for (std::size_t i = 0; i < way.count; ++i) {
        const ordered_json entry{{"ways", list[i]}}; // so that the messages name it
        const std::vector<float> code = fields.object(entry).floats("ways", size);
        std::copy(code.begin(), code.end(), way.row(i).begin());
    }
    return way;
}

void checkFormat(const JsonFields& fields) {
    if (fields.text("format", 100) != formatName) {
        fields.failEntry("format", fmt::format("is not '{}'", formatName));
    }
    const std::int64_t version = fields.integer("version", 1, std::numeric_limits<std::int64_t>::max());
    if (version > formatVersion) {
        fields.failEntry("version",
                         fmt::format("is {}, and this program reads up to {}", version, formatVersion));
    }
}

void readLayout(const JsonFields& fields, ViewDocument& view) {
    view.loop = fields.boolean("loop");
    view.evenSpeed = fields.boolean("even_speed");
    view.pull = fields.has("pull") ? fields.number("pull", 0.0, 1.0) : 0.0; // earlier views have none
    view.frames = static_cast<std::size_t>(fields.integer("frames", 2, std::int64_t(mostViewFrames)));
    view.framesPerSecond = fields.number("frames_per_second", slowestFilm, fastestFilm);
    view.repeat = fields.boolean("repeat");
    view.scale = static_cast<int>(fields.integer("scale", 1, largestViewScale));
    view.side = static_cast<int>(fields.integer("side", 0, largestViewSide));
    view.columns = static_cast<int>(fields.integer("columns", 0, mostViewColumns));
}

} // namespace

const char* toText(ViewKind kind) {
    return kindNames[static_cast<std::size_t>(kind)];
}

std::string viewToJson(const ViewDocument& view) {
    ordered_json root;
    root["format"] = formatName;
    root["version"] = formatVersion;
    root["model"] = toJson(view.model);
    root["show"] = toText(view.show);
    if (view.at) {
        root["at"] = toJson(*view.at);
    }
    root["truncation"] = view.truncation;
    root["keyframes"] = listOf(view.keyframes);
    root["path"] = pathNames[static_cast<std::size_t>(view.path)];
    if (!view.ways.empty()) {
        root["ways"] = listOf(view.ways);
    }
    root["loop"] = view.loop;
    root["even_speed"] = view.evenSpeed;
    root["pull"] = view.pull;
    root["frames"] = view.frames;
    root["frames_per_second"] = view.framesPerSecond;
    root["repeat"] = view.repeat;
    root["scale"] = view.scale;
    root["side"] = view.side;
    root["columns"] = view.columns;
    if (!view.directions.empty()) {
        root["directions"] = ordered_json::parse(directionsToJson(view.directions));
    }
    return root.dump(-1, ' ', true, ordered_json::error_handler_t::replace) + "\n";
}

ViewDocument viewFromJson(const std::string& text, const std::string& source) {
    const std::optional<ordered_json> root = parseShallowJson(text, deepest);
    if (!root) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("{} is not {}: it is no JSON, or too deep.", source, whatItIs),
                    "Restore it, or choose another.");
    }
    const JsonFields fields(*root, source, whatItIs);
    checkFormat(fields);
    ViewDocument view;
    view.model = modelOf(fields.object("model"));
    view.show = named<ViewKind>(fields, "show", kindNames);
    if (fields.has("at")) {
        view.at = codeOf(fields.object("at"));
    }
    view.truncation = fields.number("truncation", 0.0, largestTruncation);
    for (const ordered_json& entry : fields.array("keyframes", mostViewKeyframes)) {
        view.keyframes.push_back(codeOf(fields.object(entry)));
    }
    view.path = named<PathKind>(fields, "path", pathNames);
    if (fields.has("ways")) {
        for (const ordered_json& entry : fields.array("ways", mostViewKeyframes)) {
            view.ways.push_back(wayOf(fields, entry, view.model.latentSize));
        }
    }
    readLayout(fields, view);
    if (fields.has("directions")) {
        view.directions = directionsFromJson(fields.array("directions", mostDirections).dump(), source);
    }
    if (const std::string problem = viewProblem(view); !problem.empty()) {
        fields.fail(problem);
    }
    return view;
}

bool looksLikeView(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    return begin != std::string::npos && text[begin] == '{' && text.find(formatName) != std::string::npos;
}

} // namespace alphascope::engine
