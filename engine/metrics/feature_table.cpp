#include "engine/metrics/feature_table.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
#include "engine/metrics/growing_rows.h"
#include "engine/storage/safetensors.h"
#include "engine/training/named_tensor.h"

namespace alphascope::engine {

namespace {

/// Features above this are not written: they would need their size in memory once more.
constexpr std::size_t mostKeptBytes = std::size_t(128) << 20;

std::string tableFile(JudgedPictures& source, std::span<const std::uint64_t> rows, FeatureNet& net,
                      bool keepFeatures, const std::string& folder) {
    Fingerprint content;
    content.add(source.fingerprint());
    content.add(net.checksum());
    content.add(std::uint64_t(keepFeatures));
    for (const std::uint64_t row : rows) {
        content.add(row);
    }
    return (std::filesystem::path(folder) / fmt::format("features-{:016x}.safetensors", content.value()))
        .string();
}

void keepTable(const std::string& path, const FeatureTable& table) {
    ModelState state;
    const FeatureStatistics::Sums sums = table.statistics.sums();
    state.arrays = {toArray("count", torch::tensor(sums.count)),
                    toArray("origin", sums.origin),
                    toArray("sum", sums.sum),
                    toArray("outer", sums.outer),
                    toArray("logits", table.logits),
                    toArray("labels", torch::tensor(table.labels))};
    if (table.features.defined()) {
        state.arrays.push_back(toArray("features", table.features));
    }
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    writeSafetensors(path, state);
}

/// Nothing for a file that is not there, damaged, or of another layout: the table is then computed anew.
std::optional<FeatureTable> readTable(const std::string& path, bool keepFeatures) {
    if (!std::filesystem::exists(path)) {
        return std::nullopt;
    }
    try {
        std::map<std::string, torch::Tensor> tensors;
        for (const NamedArray& array : readSafetensors(path).arrays) {
            tensors[array.name] = viewOf(array).clone();
        }
        FeatureTable table;
        table.statistics = FeatureStatistics({tensors.at("count").item<std::int64_t>(), tensors.at("origin"),
                                              tensors.at("sum"), tensors.at("outer")});
        table.logits = tensors.at("logits");
        const torch::Tensor labels = tensors.at("labels");
        table.labels.assign(labels.const_data_ptr<std::int64_t>(),
                            labels.const_data_ptr<std::int64_t>() + labels.numel());
        if (keepFeatures) {
            table.features = tensors.at("features");
        }
        return table;
    } catch (const std::exception&) { // damaged, of another layout or type
        return std::nullopt;
    }
}

FeatureTable computeTable(JudgedPictures& source, std::span<const std::uint64_t> rows, FeatureNet& net,
                          bool keepFeatures, const TableListener& listener) {
    FeatureTable table;
    table.labels.reserve(rows.size());
    GrowingRows features(rows.size()), logits(rows.size());
    const auto batch = static_cast<std::size_t>(net.batch());
    for (std::size_t begin = 0; begin < rows.size(); begin += batch) {
        listener(static_cast<double>(begin) / static_cast<double>(rows.size()));
        const torch::Tensor pictures =
            source.read(rows.subspan(begin, std::min(batch, rows.size() - begin)), &table.labels);
        if (pictures.size(0) == 0) {
            continue;
        }
        const FeatureBatch found = net.run(pictures);
        table.statistics.add(found.features);
        logits.add(found.logits);
        if (keepFeatures) {
            features.add(found.features);
        }
    }
    if (logits.count() == 0) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("'{}' holds no picture that can be read.", source.name()),
                    "Give other pictures.");
    }
    table.logits = logits.take();
    if (keepFeatures) {
        table.features = features.take();
    }
    return table;
}

} // namespace

FeatureTable featureTable(JudgedPictures& source, std::span<const std::uint64_t> rows, FeatureNet& net,
                          bool keepFeatures, const std::string& folder, const TableListener& listener) {
    const std::string path =
        folder.empty() ? std::string() : tableFile(source, rows, net, keepFeatures, folder);
    if (!path.empty()) {
        if (std::optional<FeatureTable> kept = readTable(path, keepFeatures)) {
            return std::move(*kept);
        }
    }
    FeatureTable table = computeTable(source, rows, net, keepFeatures, listener);
    const bool small = !keepFeatures || table.features.nbytes() + table.logits.nbytes() <= mostKeptBytes;
    if (!path.empty() && small) {
        keepTable(path, table);
    }
    return table;
}

} // namespace alphascope::engine
