#pragma once
// Maps of codes in the plane, grown step by step: what t-SNE and UMAP share. Standard library and threads
// only.
//
// The caller's thread drives it with step(), looks at positions() in between, and cancels by stepping no
// more. Both begin alike: nearest neighbours, a weight for every neighbour, a symmetric graph of the weights;
// then come the visible iterations.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/api/codes.h"
#include "engine/exploring/projections/neighbour_graph.h"
#include "engine/exploring/projections/sparse_graph.h"

namespace alphascope::engine {

/// N points of the plane: x0, y0, x1, y1, ...
struct Points2D {
    std::vector<float> values;

    std::size_t count() const { return values.size() / 2; }
    bool operator==(const Points2D&) const = default;
};

/// One thread drives it; a step may use several of its own and returns when they are done. The same codes,
/// start and options give the same positions at any number of threads.
class Layout {
public:
    virtual ~Layout() = default;
    Layout(const Layout&) = delete;
    Layout& operator=(const Layout&) = delete;

    /// A short piece of the preparation, or, once prepared, one iteration. False when finished: then it has
    /// done nothing.
    bool step();

    bool prepared() const { return stage_ == Stage::Iterations; }
    double preparation() const; ///< how much of it is done, 0 to 1
    bool finished() const { return prepared() && iteration_ == iterations_; }
    int iteration() const { return iteration_; } ///< iterations done
    int iterations() const { return iterations_; }

    /// [N,2]; the start until the first iteration.
    const std::vector<float>& positions() const { return positions_; }
    std::size_t count() const { return positions_.size() / 2; }

protected:
    /// Throws Error(BadInput) for codes or a start that are not finite or do not fit each other.
    Layout(std::shared_ptr<const Codes> codes, std::size_t neighbours, Points2D start, int iterations,
           Union combine, int threads);

    int threads() const { return threads_; }
    const SparseGraph& graph() const { return graph_; } ///< once prepared
    std::vector<float>& movable() { return positions_; }

private:
    enum class Stage { Neighbours, Weights, Graph, Iterations };

    /// Writes what the rows begin to end - 1 give to their neighbours, [end - begin, k].
    virtual void weigh(const NeighbourGraph& neighbours, std::size_t begin, std::size_t end,
                       float* weights) = 0;
    /// Before the first call of weigh.
    virtual void beforeWeights(const NeighbourGraph& neighbours) { static_cast<void>(neighbours); }
    /// The last of the preparation: may change the symmetric graph.
    virtual void prepareGraph(SparseGraph& graph) = 0;
    virtual void iterate() = 0;

    void prepareStep();
    void weighSome();

    Stage stage_ = Stage::Neighbours;
    int threads_;
    Union combine_;
    std::vector<float> positions_;
    int iteration_ = 0;
    int iterations_;
    std::optional<NeighbourSearch> search_;
    NeighbourGraph neighbours_;
    std::vector<float> weights_; ///< [N,k]
    std::size_t weighted_ = 0;   ///< rows
    SparseGraph graph_;
};

} // namespace alphascope::engine
