#include "engine/exploring/neighbours/neighbour_index.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/neighbours/graph_file.h"
#include "engine/exploring/neighbours/hnsw_graph.h"
#include "engine/storage/atomic_file.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t mostRows = std::size_t(1) << 31; // node numbers have 32 bits

void checkRows(const Codes& rows) {
    if (rows.count == 0 || rows.size == 0) {
        throw Error(ErrorKind::BadInput, "There is nothing to search for neighbours in.",
                    "Give at least one picture.");
    }
    if (rows.count >= mostRows) {
        throw Error(ErrorKind::BadInput, "There are too many rows for a neighbour index.");
    }
    if (!std::all_of(rows.values.begin(), rows.values.end(), [](float x) { return std::isfinite(x); })) {
        throw Error(ErrorKind::BadInput, "Some of the numbers to search in are NaN or infinite.",
                    "Use a checkpoint from before the training broke.");
    }
}

} // namespace

struct NeighbourIndex::Impl {
    Impl(std::shared_ptr<const Codes> r, const NeighbourOptions& o)
        : rows(std::move(r)), options(o), space(rows->size) {
        checkRows(*rows);
        if (rows->count < options.exactBelow) {
            added = rows->count;
        } else {
            graph = std::make_unique<HnswGraph>(&space, rows->count, options.links, options.buildBreadth);
            graph->setEf(options.searchBreadth);
        }
    }

    void add(std::size_t i) {
        const float* const row = rows->row(i).data();
        graph->addPoint(&row, i);
    }
    bool finished() const { return added == rows->count; }

    std::shared_ptr<const Codes> rows;
    NeighbourOptions options;
    RowSpace space;
    std::unique_ptr<HnswGraph> graph; ///< none for few rows
    std::atomic<std::size_t> added{0};
};

NeighbourIndex::NeighbourIndex(std::shared_ptr<const Codes> rows, const NeighbourOptions& options)
    : NeighbourIndex(std::make_unique<Impl>(std::move(rows), options)) {}
NeighbourIndex::NeighbourIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
NeighbourIndex::~NeighbourIndex() = default;
NeighbourIndex::NeighbourIndex(NeighbourIndex&&) noexcept = default;
NeighbourIndex& NeighbourIndex::operator=(NeighbourIndex&&) noexcept = default;

std::size_t NeighbourIndex::addSome(std::size_t count, int threads) {
    std::size_t begin = impl_->added;
    const std::size_t end = begin + std::min(count, impl_->rows->count - begin);
    if (begin == end) {
        return end;
    }
    if (begin == 0) {
        impl_->add(begin++); // the others look for a node to enter by
    }
    inParallel(end - begin, threads, [&](std::size_t i) { impl_->add(begin + i); });
    impl_->added = end;
    return end;
}

std::size_t NeighbourIndex::added() const {
    return impl_->added;
}
bool NeighbourIndex::finished() const {
    return impl_->finished();
}
const Codes& NeighbourIndex::rows() const {
    return *impl_->rows;
}
bool NeighbourIndex::isExact() const {
    return impl_->graph == nullptr;
}

std::vector<Neighbour> NeighbourIndex::nearest(std::span<const float> query, std::size_t k) const {
    if (isExact() || !finished() || query.size() != impl_->rows->size) {
        return exactNearest(*impl_->rows, query, k);
    }
    const float* const row = query.data();
    auto found = impl_->graph->searchKnn(&row, std::min(k, impl_->rows->count)); // the farthest first
    std::vector<Neighbour> nearest(found.size());
    for (auto place = nearest.rbegin(); place != nearest.rend(); ++place) {
        *place = {found.top().second, std::sqrt(found.top().first)};
        found.pop();
    }
    return nearest;
}

void NeighbourIndex::save(const std::string& path) const {
    if (isExact() || !finished()) {
        throw Error(ErrorKind::Internal, "Only a finished neighbour index can be saved.");
    }
    writeFileAtomically(path, encodeGraph(*impl_->graph, *impl_->rows));
}

NeighbourIndex NeighbourIndex::load(const std::string& path, std::shared_ptr<const Codes> rows,
                                    const NeighbourOptions& options) {
    auto impl = std::make_unique<Impl>(std::move(rows), options);
    if (impl->graph) {
        const std::string bytes = readFile(path, graphFileLimit(*impl->rows, options.links));
        decodeGraph(bytes, path, *impl->rows, *impl->graph);
        impl->added = impl->rows->count;
    }
    return NeighbourIndex(std::move(impl));
}

} // namespace alphascope::engine
