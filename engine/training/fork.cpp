#include "engine/api/fork.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "engine/api/runs.h"
#include "engine/storage/checkpoint_meta.h"
#include "engine/storage/run_folder.h"
#include "engine/training/snapshot.h"
#include "models/schema/method_traits.h"

namespace alphascope::engine {

namespace {

/// The preset that the run was started with, where this version still has it.
std::string knownPreset(const models::MethodTraits& traits, const std::string& preset) {
    const bool known =
        std::any_of(traits.presets.begin(), traits.presets.end(),
                    [&](const models::MethodPreset& candidate) { return candidate.name == preset; });
    return known || traits.presets.empty() ? preset : traits.presets.front().name;
}

/// What makes the parameters of `spec` out of a preset.
std::map<std::string, std::string> changesFrom(const models::MethodTraits& traits, const std::string& preset,
                                               const models::ModelSpec& spec) {
    std::map<std::string, std::string> changes = spec.parameters.toTexts();
    for (const auto& [name, text] : models::resolveParameters(traits, preset, {}, spec.image).toTexts()) {
        if (changes.at(name) == text) {
            changes.erase(name);
        }
    }
    return changes;
}

} // namespace

ForkPoint readForkPoint(const std::string& checkpoint) {
    const ResolvedCheckpoint found = resolveCheckpoint(checkpoint);
    const CheckpointMeta meta = parseMetadata(found.state.metadata, found.path);
    const models::ModelSpec spec = specOf(meta, found.path);
    const models::MethodTraits& traits = models::findMethod(meta.method);
    ForkPoint point;
    point.step = meta.step;
    RunConfig& config = point.config;
    if (findRunFolder(found.path, &point.run)) {
        config = readRunConfig(point.run);
    }
    config.method = meta.method;
    config.data = meta.data;
    config.transform = meta.transform;
    config.crop = meta.crop;
    config.size = meta.size;
    config.seed = meta.seed;
    config.preset = knownPreset(traits, config.preset);
    config.overrides = changesFrom(traits, config.preset, spec);
    config.steps = config.steps > meta.step ? config.steps : 0;
    config.forkFrom = std::filesystem::absolute(found.path).lexically_normal().string();
    config.resume = false;
    config.runFolder.clear();
    config.commandLine.clear();
    return point;
}

} // namespace alphascope::engine
