#pragma once
// The repulsion of t-SNE by Barnes and Hut's scheme (van der Maaten 2014, "Accelerating t-SNE using
// tree-based algorithms", JMLR 15): far cells of a quadtree stand for their points.
//
// Points are sorted along the Z-curve, so that a cell is a range and eight points in a row are neighbours,
// which descend together: a cell stands for its points when that holds for all eight, so the error is at most
// that of one by one.

#include <cstdint>
#include <span>
#include <vector>

namespace alphascope::engine {

class QuadTree {
public:
    /// Anew for the points [N,2], N > 0. Keeps its memory, not the points' own.
    void build(std::span<const float> positions);

    /// For every point i, with q = 1 / (1 + |y_i - y_j|^2): sum over j of q^2 (y_i - y_j) into `forces`
    /// [N,2]. Returns the sum of q over all pairs i, j of different points. A cell of side s at distance d
    /// stands for its points where s < theta d; theta 0 gives the exact sums. The same for any number of
    /// threads.
    double repel(double theta, int threads, std::span<float> forces) const;

private:
    struct Node {
        float x, y;               ///< centre of mass
        float squaredSide;        ///< of the cell
        float weight;             ///< points
        std::uint32_t begin, end; ///< of its points, along the curve
        std::uint32_t next;       ///< the first node that is not below this one
        bool leaf;
    };

    void sortAlongCurve(std::span<const float> positions);
    void addNode(std::uint32_t begin, std::uint32_t end, int level);
    void sumUp(Node& node, std::uint32_t at) const;
    double repelGroup(std::size_t group, float squaredTheta, float* forces) const;

    float side_ = 0.0F;                       ///< of the root
    std::vector<Node> nodes_;                 ///< depth first
    std::vector<std::uint64_t> keys_, spare_; ///< place on the curve << 32 | point
    std::vector<float> x_, y_;                ///< along the curve, the last point repeated to fill a group
};

} // namespace alphascope::engine
