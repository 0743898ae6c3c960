#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include <fmt/format.h>

#include "engine/api/directions.h"
#include "engine/api/error.h"
#include "engine/directions/vectors.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/json_reading.h"

namespace alphascope::engine {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t largestFile = std::size_t{64} << 20;
constexpr std::size_t mostDirections = 1000;
constexpr std::int64_t mostCodes = 1'000'000'000;

std::string fileOf(const std::string& runFolder) {
    return (std::filesystem::path(runFolder) / "directions.json").string();
}

ordered_json toJson(const Interval& interval) {
    return ordered_json::array({interval.value, interval.low, interval.high});
}

ordered_json toJson(const LatentDirection& direction) {
    ordered_json object;
    object["name"] = direction.name;
    object["kind"] = toText(direction.kind);
    object["sigma"] = direction.sigma;
    object["range"] = direction.range;
    object["share"] = direction.share;
    object["origin"] = direction.origin;
    if (direction.quality) {
        ordered_json& quality = object["quality"];
        quality["with"] = direction.quality->with;
        quality["without"] = direction.quality->without;
        quality["shift"] = toJson(direction.quality->shift);
        if (direction.quality->auc) {
            quality["auc"] = toJson(*direction.quality->auc);
        }
        quality["stability"] = direction.quality->stability;
    }
    object["vector"] = direction.vector;
    object["centre"] = direction.centre;
    return object;
}

Interval intervalOf(const JsonFields& fields, const char* key) {
    const std::vector<float> numbers = fields.floats(key, 3);
    return {numbers[0], numbers[1], numbers[2]};
}

LatentDirection directionOf(const JsonFields& fields) {
    LatentDirection direction;
    direction.name = fields.text("name", 200);
    if (direction.name.empty()) {
        fields.failEntry("name", "is empty");
    }
    direction.kind = directionKindNamed(fields.text("kind", 40));
    direction.sigma = fields.number("sigma", 1e-9, 1e6);
    direction.range = fields.number("range", 1e-3, 1e3);
    direction.share = fields.number("share", 0.0, 1.0);
    direction.origin = fields.text("origin");
    direction.vector = fields.floats("vector");
    if (std::abs(lengthOf(direction.vector) - 1.0) > 1e-3) {
        fields.failEntry("vector", "is not of length 1");
    }
    direction.centre = fields.floats("centre");
    if (!direction.centre.empty() && direction.centre.size() != direction.vector.size()) {
        fields.failEntry("centre", "has another size than the vector");
    }
    if (fields.has("quality")) {
        const JsonFields quality = fields.object("quality");
        AttributeQuality read;
        read.with = static_cast<std::size_t>(quality.integer("with", 1, mostCodes));
        read.without = static_cast<std::size_t>(quality.integer("without", 1, mostCodes));
        read.shift = intervalOf(quality, "shift");
        if (quality.has("auc")) {
            read.auc = intervalOf(quality, "auc");
        }
        read.stability = quality.number("stability", -1.001, 1.001);
        direction.quality = read;
    }
    return direction;
}

} // namespace

std::string directionsToJson(const std::vector<LatentDirection>& directions) {
    ordered_json list = ordered_json::array();
    for (const LatentDirection& direction : directions) {
        list.push_back(toJson(direction));
    }
    return list.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::vector<LatentDirection> directionsFromJson(const std::string& text, const std::string& source) {
    const std::optional<ordered_json> list = parseShallowJson(text, 8);
    if (!list || !list->is_array() || list->size() > mostDirections) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("{} holds no list of at most {} directions.", source, mostDirections),
                    "Restore the file, or remove it.");
    }
    std::vector<LatentDirection> directions;
    for (const ordered_json& entry : *list) {
        directions.push_back(directionOf(JsonFields(entry, source, "a list of directions")));
    }
    return directions;
}

std::vector<LatentDirection> savedDirections(const std::string& runFolder, std::size_t latentSize) {
    const std::string path = fileOf(runFolder);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        return {};
    }
    std::vector<LatentDirection> directions = directionsFromJson(readFile(path, largestFile), path);
    for (const LatentDirection& direction : directions) {
        if (direction.vector.size() != latentSize) {
            throw Error(ErrorKind::BadInput,
                        fmt::format("The direction '{}' in {} has {} numbers, and the model's codes have {}.",
                                    direction.name, path, direction.vector.size(), latentSize),
                        "Remove it from the file.");
        }
    }
    return directions;
}

void saveDirections(const std::string& runFolder, const std::vector<LatentDirection>& directions) {
    writeFileAtomically(fileOf(runFolder), directionsToJson(directions));
}

void saveDirection(const std::string& runFolder, const LatentDirection& direction) {
    std::vector<LatentDirection> all = savedDirections(runFolder, direction.vector.size());
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const LatentDirection& one) { return one.name == direction.name; });
    if (same != all.end()) {
        *same = direction;
    } else {
        all.push_back(direction);
    }
    saveDirections(runFolder, all);
}

} // namespace alphascope::engine
