#pragma once
// A UMAP layout (McInnes, Healy, Melville 2018, section 4.2): neighbours attract each other as often as they
// are members of each other's sets, rows drawn at random repel.
//
// Unlike the authors' program, which moves both ends of an edge at once and so depends on the order of edges,
// an epoch moves every row by its own edges, seen from where the others stood when the epoch began. So it can
// use several threads, and the same seed gives the same map at any number of them.

#include <cstdint>
#include <memory>

#include "engine/exploring/projections/layout.h"
#include "engine/exploring/projections/umap_graph.h"

namespace alphascope::engine {

struct UmapOptions {
    std::size_t neighbours = 15; ///< with the row itself; at least 2, at most N
    double minDistance = 0.1;    ///< how close neighbours may lie
    double spread = 1.0;
    int negativeSamples = 5; ///< rows that repel, for each that attracts
    int epochs = 0;          ///< 0: 500 below 10,000 rows, otherwise 200
    double learningRate = 1.0;
    double repulsion = 1.0;
    std::uint64_t seed = 1;
    int threads = 1;
};

class UmapLayout : public Layout {
public:
    /// `start` as of umapStart. Throws Error(Usage) for options out of range, Error(BadInput) for codes or
    /// positions that are not finite or fewer than the neighbours.
    UmapLayout(std::shared_ptr<const Codes> codes, Points2D start, const UmapOptions& options = {});

private:
    struct Point {
        float x, y;
    };

    void weigh(const NeighbourGraph& neighbours, std::size_t begin, std::size_t end, float* weights) override;
    void beforeWeights(const NeighbourGraph& neighbours) override;
    void prepareGraph(SparseGraph& graph) override;
    void iterate() override;
    void moveRow(std::uint32_t row, float rate);
    void attract(Point& point, std::uint32_t other, float rate) const;
    void repel(Point& point, std::uint32_t other, float rate) const;

    UmapOptions options_;
    float a_, b_;
    double meanDistance_ = 0.0;
    std::vector<float> before_; ///< [N,2], where the epoch began
};

} // namespace alphascope::engine
