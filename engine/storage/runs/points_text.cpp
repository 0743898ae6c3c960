#include "engine/storage/runs/points_text.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>

namespace alphascope::engine {
namespace {

using nlohmann::json;

constexpr std::size_t mostNumbers = 1'000'000;
constexpr std::int64_t largestField = 512;

/// One list of keys for both directions.
template <typename Points, typename Visit>
void visitLists(Points& points, Visit&& visit) {
    visit("real", points.real);
    visit("samples", points.samples);
    visit("originals", points.originals);
    visit("reconstructions", points.reconstructions);
    visit("field", points.field);
    visit("arrow_starts", points.arrowStarts);
    visit("arrow_directions", points.arrowDirections);
}

bool readList(const json& object, const char* key, std::vector<float>& list) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array() || found->size() > mostNumbers) {
        return false;
    }
    for (const json& value : *found) {
        if (!value.is_number() && !value.is_null()) {
            return false;
        }
        list.push_back(value.is_null() ? std::numeric_limits<float>::quiet_NaN() : value.get<float>());
    }
    return true;
}

bool fitTogether(const PointsPreview& points) {
    bool pairs = true;
    visitLists(points, [&](const char*, const std::vector<float>& list) {
        pairs = pairs && (&list == &points.field || list.size() % 2 == 0);
    });
    return pairs && points.originals.size() == points.reconstructions.size() &&
           points.arrowStarts.size() == points.arrowDirections.size() &&
           points.field.size() == std::size_t(points.fieldSide) * std::size_t(points.fieldSide);
}

} // namespace

std::string pointsToText(const PointsPreview& points) {
    json object{{"format", 1}, {"field_side", points.fieldSide}, {"field_is_energy", points.fieldIsEnergy}};
    visitLists(points, [&](const char* key, const std::vector<float>& list) {
        json& numbers = object[key] = json::array();
        for (const float value : list) {
            numbers.push_back(value); // what is not finite becomes null
        }
    });
    return object.dump();
}

std::optional<PointsPreview> pointsFromText(const std::string& text) {
    const json object = json::parse(text, nullptr, false);
    PointsPreview points;
    const json side = object.is_object() ? object.value("field_side", json()) : json();
    if (!side.is_number_integer() || side < 0 || side > largestField) {
        return std::nullopt;
    }
    points.fieldSide = side.get<int>();
    points.fieldIsEnergy = object.value("field_is_energy", json(false)) == json(true);
    bool good = true;
    visitLists(points, [&](const char* key, std::vector<float>& list) {
        good = good && readList(object, key, list);
    });
    return good && fitTogether(points) ? std::optional(std::move(points)) : std::nullopt;
}

} // namespace alphascope::engine
