#include "engine/storage/run_manifest.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "engine/api/error.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/json_reading.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::size_t maxManifest = std::size_t{16} << 20;

/// One list of keys for both directions.
template <typename Config, typename Visit>
void visitConfig(Config& config, Visit&& visit) {
    visit("method", config.method);
    visit("data", config.data);
    visit("transform", config.transform);
    visit("crop", config.crop);
    visit("size", config.size);
    visit("preset", config.preset);
    visit("overrides", config.overrides);
    visit("steps", config.steps);
    visit("seed", config.seed);
    visit("threads", config.threads);
    visit("device", config.device);
    visit("fork_from", config.forkFrom);
    visit("checkpoint_every", config.checkpointEvery);
    visit("metrics_every", config.metricsEvery);
    visit("keep_newest", config.keepNewest);
    visit("keep_every", config.keepEvery);
    visit("keep_best", config.keepBest);
    visit("command_line", config.commandLine);
}

template <typename Facts, typename Visit>
void visitFacts(Facts& facts, Visit&& visit) {
    visit("data_fingerprint", facts.dataFingerprint);
    visit("libtorch", facts.libtorch);
    visit("device", facts.device);
    visit("threads", facts.threads);
    visit("channels", facts.channels);
    visit("size", facts.size);
    visit("parameters", facts.parameters);
}

template <typename Parent, typename Visit>
void visitParent(Parent& parent, Visit&& visit) {
    visit("run", parent.run);
    visit("folder", parent.folder);
    visit("checksum", parent.checksum);
    visit("step", parent.step);
}

template <typename Manifest, typename Visit>
void visitOrigin(Manifest& manifest, Visit&& visit) {
    visit("program", manifest.program);
    visit("host", manifest.host);
    visit("started", manifest.started);
}

[[noreturn]] void throwBadManifest(const std::string& path, const std::string& why) {
    throw Error(ErrorKind::BadInput, fmt::format("'{}' does not describe a run: {}.", path, why),
                "Restore the file, or choose another run.");
}

bool fromJson(const ordered_json& value, std::string* out) {
    if (value.is_string()) {
        *out = value.get<std::string>();
    }
    return value.is_string();
}

template <std::integral Number>
bool fromJson(const ordered_json& value, Number* out) {
    // nlohmann converts silently; so compare what comes back.
    if (value.is_number_unsigned()) {
        *out = static_cast<Number>(value.get<std::uint64_t>());
        return std::cmp_equal(*out, value.get<std::uint64_t>());
    }
    if (value.is_number_integer()) {
        *out = static_cast<Number>(value.get<std::int64_t>());
        return std::cmp_equal(*out, value.get<std::int64_t>());
    }
    return false;
}

bool fromJson(const ordered_json& value, std::map<std::string, std::string>* out) {
    if (!value.is_object()) {
        return false;
    }
    for (const auto& [name, text] : value.items()) {
        if (!fromJson(text, &(*out)[name])) {
            return false;
        }
    }
    return true;
}

/// Reads the fields that are there: a later version of the program may leave some out.
auto fieldReader(const ordered_json& object, const std::string& path) {
    return [&object, &path](const char* key, auto& field) {
        const auto found = object.find(key);
        if (found != object.end() && !fromJson(*found, &field)) {
            throwBadManifest(path, fmt::format("its entry '{}' has the wrong type or is out of range", key));
        }
    };
}

auto fieldWriter(ordered_json& object) {
    return [&object](const char* key, const auto& field) { object[key] = field; };
}

const ordered_json& section(const ordered_json& root, const char* name, const std::string& path) {
    const auto found = root.find(name);
    if (found == root.end() || !found->is_object()) {
        throwBadManifest(path, fmt::format("its part '{}' is missing", name));
    }
    return *found;
}

/// As it is written: seen from `folder`, so that both may move together.
std::string pathSeenFrom(const std::string& folder, const std::string& path) {
    std::error_code failed;
    const fs::path relative = fs::proximate(fs::weakly_canonical(path), fs::weakly_canonical(folder), failed);
    return failed ? path : relative.string();
}

std::optional<RunParent> readParent(const ordered_json& root, const std::string& folder,
                                    const std::string& path) {
    const auto found = root.find("parent");
    if (found == root.end()) {
        return {};
    }
    RunParent parent;
    visitParent(parent, fieldReader(section(root, "parent", path), path));
    if (!parent.folder.empty()) {
        // Without the trailing slash that would make it another text than the folder's own.
        const fs::path there = (fs::absolute(folder) / parent.folder).lexically_normal();
        parent.folder = (there.has_filename() ? there : there.parent_path()).string();
    }
    return parent;
}

} // namespace

RunManifest makeManifest(const RunConfig& config, const RunFacts& facts) {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return {config, facts, "Alphascope " ALPHASCOPE_VERSION, host.data(),
            fmt::format("{:%FT%TZ}", fmt::gmtime(now))};
}

std::string toJson(const RunManifest& manifest) {
    ordered_json root;
    root["format"] = runFormatVersion;
    visitOrigin(manifest, fieldWriter(root));
    visitConfig(manifest.config, fieldWriter(root["config"]));
    visitFacts(manifest.facts, fieldWriter(root["facts"]));
    if (std::optional<RunParent> parent = manifest.facts.parent) {
        if (!parent->folder.empty()) {
            parent->folder = pathSeenFrom(manifest.config.runFolder, parent->folder);
        }
        visitParent(*parent, fieldWriter(root["parent"]));
    }
    // Paths need not be UTF-8; a replaced letter there is better than a run that cannot start.
    return root.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

RunManifest readManifest(const std::string& folder) {
    const std::string path = folder + "/" + manifestName;
    const std::string text = readFile(path, maxManifest);
    const std::optional<ordered_json> parsed = parseShallowJson(text, 8);
    if (!parsed || !parsed->is_object()) {
        throwBadManifest(path, "it is no JSON object");
    }
    const ordered_json& root = *parsed;
    const auto version = root.find("format");
    int number = 0;
    if (version == root.end() || !fromJson(*version, &number) || number < 1) {
        throwBadManifest(path, "its format version is missing");
    }
    if (number > runFormatVersion) {
        throw Error(
            ErrorKind::BadInput,
            fmt::format(
                "'{}' was written by a newer Alphascope: its format is {}, and this program reads up to {}.",
                path, number, runFormatVersion),
            "Update the program.");
    }
    RunManifest manifest;
    visitOrigin(manifest, fieldReader(root, path));
    visitConfig(manifest.config, fieldReader(section(root, "config", path), path));
    visitFacts(manifest.facts, fieldReader(section(root, "facts", path), path));
    manifest.facts.parent = readParent(root, folder, path);
    manifest.config.runFolder = folder;
    return manifest;
}

} // namespace alphascope::engine
