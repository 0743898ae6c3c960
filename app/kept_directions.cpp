#include "app/kept_directions.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "app/options.h"
#include "engine/api/error.h"
#include "engine/api/runs.h"

namespace alphascope::app {

namespace {

constexpr double largestMove = 1000.0; // sigmas

} // namespace

std::string runFolderOf(const engine::ModelInfo& model, const std::string& option) {
    std::string folder;
    if (!engine::findRunFolder(model.path, &folder)) {
        throw engine::Error(engine::ErrorKind::Usage,
                            fmt::format("{} needs a run: '{}' lies in none.", option, model.path),
                            "Use a checkpoint inside its run folder.");
    }
    return folder;
}

std::vector<engine::LatentDirection> keptDirections(const engine::ModelInfo& model, const std::string& option,
                                                    const std::vector<std::string>& names) {
    std::vector<engine::LatentDirection> chosen;
    if (names.empty()) {
        return chosen;
    }
    const std::string folder = runFolderOf(model, option);
    const std::vector<engine::LatentDirection> kept = engine::savedDirections(folder, model.latentSize);
    if (kept.empty()) {
        throw engine::Error(engine::ErrorKind::Usage,
                            fmt::format("{} names a kept direction, and '{}' keeps none.", option, folder),
                            "Find one with 'alphascope-cli directions --keep'.");
    }
    std::vector<std::string> known;
    std::transform(kept.begin(), kept.end(), std::back_inserter(known),
                   [](const engine::LatentDirection& one) { return one.name; });
    for (const std::string& name : names) {
        requireKnown(option, name, known);
        chosen.push_back(kept[std::size_t(std::find(known.begin(), known.end(), name) - known.begin())]);
    }
    return chosen;
}

Move moveIn(const std::string& option, const std::string& text) {
    const std::size_t sign = text.rfind('=');
    double sigmas = 0.0;
    const char* const end = text.data() + text.size();
    const bool known = sign != std::string::npos && sign > 0 &&
                       std::from_chars(text.data() + sign + 1, end, sigmas).ptr == end &&
                       sign + 1 < text.size() && std::abs(sigmas) <= largestMove;
    if (!known) {
        throw engine::Error(engine::ErrorKind::Usage, fmt::format("{} cannot be '{}'.", option, text),
                            "Give a kept direction and how many sigmas, as in bold=2.0.");
    }
    return {text.substr(0, sign), sigmas};
}

void moveCodes(engine::Codes& codes, const engine::ModelInfo& model, const std::string& option,
               const std::vector<std::string>& moves) {
    std::vector<std::string> names;
    std::vector<double> sigmas;
    for (const std::string& text : moves) {
        Move move = moveIn(option, text);
        names.push_back(std::move(move.name));
        sigmas.push_back(move.sigmas);
    }
    const std::vector<engine::LatentDirection> directions = keptDirections(model, option, names);
    for (std::size_t i = 0; i < codes.count; ++i) {
        const auto row = codes.row(i);
        for (std::size_t k = 0; k < directions.size(); ++k) {
            const double position = engine::positionOn(directions[k], row) + sigmas[k];
            const std::vector<float> moved = engine::movedTo(directions[k], row, position);
            std::copy(moved.begin(), moved.end(), row.begin());
        }
    }
}

} // namespace alphascope::app
