#pragma once
// hnswlib over rows that lie elsewhere: a node holds the address of its row, not a copy. Inside this room
// only.

#include <cstddef>
#include <cstring>
#include <span>
#include <stdexcept>

// This room has its own distance; and hnswlib's would define functions that are not inline.
#define NO_MANUAL_VECTORIZATION
#include <hnswlib/hnswlib.h>

#include "engine/api/codes.h"
#include "engine/exploring/neighbours/distance.h"

namespace alphascope::engine {

class RowSpace final : public hnswlib::SpaceInterface<float> {
public:
    explicit RowSpace(std::size_t size) : metric_{squaredDistance(), size} {}
    std::size_t get_data_size() override { return sizeof(const float*); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return &between; }
    void* get_dist_func_param() override { return &metric_; }

private:
    struct Metric {
        SquaredDistance distance;
        std::size_t size;
    };
    static float between(const void* a, const void* b, const void* metric) {
        const auto* const m = static_cast<const Metric*>(metric);
        return m->distance(rowAt(a), rowAt(b), m->size);
    }
    /// The graph packs its nodes: what it keeps of a row lies at any address.
    static const float* rowAt(const void* kept) {
        const float* row = nullptr;
        std::memcpy(&row, kept, sizeof row);
        return row;
    }

    Metric metric_;
};

using HnswGraph = hnswlib::HierarchicalNSW<float>;

} // namespace alphascope::engine
