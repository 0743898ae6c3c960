#include "engine/storage/checkpoint_meta.h"

#include <fmt/format.h>

#include <string_view>

#include "engine/api/error.h"
#include "engine/storage/number_text.h"

namespace alphascope::engine {
namespace {

constexpr const char* formatKey = "alphascope.format";
constexpr std::string_view cropKey = "crop";
constexpr std::string_view parameterPrefix = "parameter.";

std::string labelKey(std::size_t number) {
    return fmt::format("label.{}", number);
}

/// One list of keys for both directions: `visit(key, field)` sees every field but version and parameters.
template <typename Meta, typename Visit>
void visitFields(Meta& meta, Visit&& visit) {
    visit("program", meta.program);
    visit("method", meta.method);
    visit("channels", meta.channels);
    visit("size", meta.size);
    visit("step", meta.step);
    visit("part_updates", meta.partUpdates);
    visit("batches_drawn", meta.batchesDrawn);
    visit("seed", meta.seed);
    visit("threads", meta.threads);
    visit("device", meta.device);
    visit("data", meta.data);
    visit("transform", meta.transform);
    visit(cropKey, meta.crop);
    visit("data_fingerprint", meta.dataFingerprint);
    visit("libtorch", meta.libtorch);
    visit("ema", meta.hasEma);
}

std::string toText(const std::string& value) {
    return value;
}
std::string toText(bool value) {
    return value ? "true" : "false";
}
template <typename Number>
std::string toText(Number value) {
    return fmt::format("{}", value);
}

bool fromText(const std::string& text, std::string* out) {
    *out = text;
    return true;
}
bool fromText(const std::string& text, bool* out) {
    *out = text == "true";
    return *out || text == "false";
}
template <typename Number>
bool fromText(const std::string& text, Number* out) {
    return parseNumber(text, out);
}

[[noreturn]] void throwBadCheckpoint(const std::string& path, const std::string& why) {
    throw Error(ErrorKind::BadInput, fmt::format("'{}' is no usable checkpoint: {}.", path, why),
                "Use another checkpoint.");
}

void checkVersion(const std::map<std::string, std::string>& metadata, const std::string& path, int* version) {
    const auto found = metadata.find(formatKey);
    if (found == metadata.end()) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("'{}' is a safetensors file but no Alphascope checkpoint.", path),
                    "Choose a file from a run's checkpoints folder.");
    }
    if (!parseNumber(found->second, version) || *version < 1) {
        throwBadCheckpoint(path, fmt::format("its format version '{}' is no version", found->second));
    }
    if (*version > checkpointFormatVersion) {
        throw Error(
            ErrorKind::BadInput,
            fmt::format(
                "'{}' was written by a newer Alphascope: its format is {}, and this program reads up to {}.",
                path, *version, checkpointFormatVersion),
            "Update the program.");
    }
}

} // namespace

std::map<std::string, std::string> toMetadata(const CheckpointMeta& meta) {
    std::map<std::string, std::string> metadata{{formatKey, toText(meta.formatVersion)}};
    visitFields(meta,
                [&](std::string_view key, const auto& field) { metadata[std::string(key)] = toText(field); });
    for (const auto& [name, value] : meta.parameters) {
        metadata[std::string(parameterPrefix) + name] = value;
    }
    for (std::size_t number = 0; number < meta.labels.size(); ++number) {
        metadata[labelKey(number)] = meta.labels[number];
    }
    return metadata;
}

CheckpointMeta parseMetadata(const std::map<std::string, std::string>& metadata, const std::string& path) {
    CheckpointMeta meta;
    checkVersion(metadata, path, &meta.formatVersion);
    visitFields(meta, [&](std::string_view key, auto& field) {
        const auto found = metadata.find(std::string(key));
        if (found == metadata.end() && key == cropKey) {
            return;
        }
        if (found == metadata.end()) {
            throwBadCheckpoint(path, fmt::format("its entry '{}' is missing", key));
        }
        if (!fromText(found->second, &field)) {
            throwBadCheckpoint(path, fmt::format("its entry '{}' is '{}'", key, found->second.substr(0, 80)));
        }
    });
    if (meta.channels < 1 || meta.size < 1 || meta.step < 0 || meta.partUpdates < 0 ||
        meta.batchesDrawn < 0) {
        throwBadCheckpoint(path, "a size or counter in it is negative");
    }
    for (auto entry = metadata.lower_bound(std::string(parameterPrefix));
         entry != metadata.end() && entry->first.starts_with(parameterPrefix); ++entry) {
        meta.parameters[entry->first.substr(parameterPrefix.size())] = entry->second;
    }
    for (auto entry = metadata.find(labelKey(0)); entry != metadata.end();
         entry = metadata.find(labelKey(meta.labels.size()))) {
        meta.labels.push_back(entry->second);
    }
    return meta;
}

} // namespace alphascope::engine
