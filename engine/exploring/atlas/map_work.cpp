#include "engine/exploring/atlas/map_work.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/projections/procrustes.h"
#include "engine/exploring/projections/trustworthiness.h"
#include "engine/exploring/projections/tsne.h"
#include "engine/exploring/projections/umap.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t fewestForTrust = 20;

std::vector<std::uint32_t> spreadRows(std::size_t count, std::size_t most) {
    const std::size_t kept = most == 0 ? count : std::min(most, count);
    std::vector<std::uint32_t> rows(kept);
    for (std::size_t i = 0; i < kept; ++i) {
        rows[i] = static_cast<std::uint32_t>(i * count / kept);
    }
    return rows;
}

Codes rowsOf(const Codes& codes, const std::vector<std::uint32_t>& rows) {
    Codes chosen(rows.size(), codes.size);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::copy_n(codes.row(rows[i]).begin(), codes.size, chosen.row(i).begin());
    }
    return chosen;
}

std::unique_ptr<Layout> layoutOf(const std::shared_ptr<const Codes>& codes, Points2D start,
                                 const MapOrder& order, int threads) {
    if (order.kind == MapKind::TSne) {
        TsneOptions options;
        options.perplexity = order.perplexity;
        options.iterations = order.iterations == 0 ? options.iterations : order.iterations;
        options.exaggerated = std::min(options.exaggerated, options.iterations);
        options.threads = threads;
        return std::make_unique<TsneLayout>(codes, tsneStart(std::move(start)), options);
    }
    UmapOptions options;
    options.neighbours = static_cast<std::size_t>(std::max(0, order.neighbours));
    options.minDistance = order.minDistance;
    options.epochs = order.iterations;
    options.seed = order.seed;
    options.threads = threads;
    return std::make_unique<UmapLayout>(codes, umapStart(std::move(start)), options);
}

/// Turns, and for a layout scales and shifts, a map onto the rows that an earlier one shares with it.
void layOn(CodeMap& map, const CodeMap* earlier) {
    if (earlier == nullptr || earlier->positions.empty()) {
        return;
    }
    const std::vector<std::uint64_t> rows(map.rows->begin(), map.rows->end());
    const std::vector<std::uint64_t> earlierRows(earlier->rows->begin(), earlier->rows->end());
    Similarity turn = alignment(map.positions, earlier->positions, commonRows(rows, earlierRows));
    if (map.kind == MapKind::Components) {
        turn.scale = 1.0F; // its unit is the code space's
        turn.shift = {0.0F, 0.0F};
    }
    turn.apply(map.positions);
    // The same turn of the plane's axes, if there are two: a point a + b must stay where its code says.
    const auto& r = turn.rotation;
    for (std::size_t i = 0; i < map.up.size(); ++i) {
        const float across = map.across[i], up = map.up[i];
        map.across[i] = r[0] * across + r[1] * up;
        map.up[i] = r[2] * across + r[3] * up;
    }
}

} // namespace

MapWork::MapWork(std::shared_ptr<const CodeSet> codes, const PrincipalComponents& components,
                 const MapOrder& order, int threads, const CodeMap* earlier)
    : codes_(std::move(codes)), order_(order), threads_(threads) {
    if (order.iterations < 0 || order.iterations > 1'000'000) {
        throw Error(ErrorKind::Usage, fmt::format("A map cannot take {} iterations.", order.iterations));
    }
    std::vector<std::uint32_t> rows = spreadRows(codes_->count(), order.most);
    chosen_ = std::make_shared<const Codes>(rowsOf(codes_->codes, rows));
    rows_ = std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
    Points2D start = pcaMap(components, *chosen_, threads);
    if (order.kind != MapKind::Components) {
        layout_ = layoutOf(chosen_, std::move(start), order, threads);
        return;
    }
    plane_.kind = MapKind::Components;
    plane_.rows = rows_;
    plane_.positions = std::move(start.values);
    plane_.origin = components.mean;
    const auto component = [&](std::size_t i) -> std::vector<float> {
        const auto row = components.components.row(i);
        return {row.begin(), row.end()};
    };
    plane_.across = component(0);
    if (components.components.count > 1) {
        plane_.up = component(1);
    }
    layOn(plane_, earlier);
}

bool MapWork::step() {
    if (layout_ && !layout_->finished()) {
        layout_->step();
        return true;
    }
    if (!judged_) {
        judge();
    }
    return false;
}

void MapWork::judge() {
    judged_ = true;
    if (chosen_->count < fewestForTrust) {
        return;
    }
    TrustworthinessOptions options;
    options.threads = threads_;
    const Trustworthiness found =
        trustworthiness(*chosen_, layout_ ? layout_->positions() : plane_.positions, options);
    trustworthiness_ = found.value;
    judgedRows_ = found.rows;
}

double MapWork::progress() const {
    if (!layout_) {
        return judged_ ? 1.0 : 0.0;
    }
    // The neighbours take about as long as a tenth of the iterations.
    constexpr double preparing = 0.1;
    const double moved = static_cast<double>(layout_->iteration()) / std::max(1, layout_->iterations());
    return preparing * layout_->preparation() + (1.0 - preparing) * moved;
}

std::shared_ptr<CodeMap> MapWork::now(const CodeMap* earlier) const {
    auto map = std::make_shared<CodeMap>(plane_);
    if (layout_) {
        map->kind = order_.kind;
        map->rows = rows_;
        map->positions = layout_->positions();
        map->iteration = layout_->iteration();
        map->iterations = layout_->iterations();
        layOn(*map, earlier);
    }
    map->finished = judged_;
    map->trustworthiness = trustworthiness_;
    map->judgedRows = judgedRows_;
    return map;
}

} // namespace alphascope::engine
