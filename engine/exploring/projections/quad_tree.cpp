#include "engine/exploring/projections/quad_tree.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "engine/exploring/projections/parallel.h"
#include "engine/exploring/projections/vectorised.h"

namespace alphascope::engine {

namespace {

constexpr int levels = 16;              ///< halvings of the root's side
constexpr std::uint32_t leafPoints = 8; ///< what a leaf holds at most, except at the last level
constexpr std::size_t groupsPerPiece = 16;

/// The bits of a 16-bit number at the even places of 32.
constexpr std::uint32_t evenBits(std::uint32_t v) {
    v = (v | v << 8) & 0x00FF00FF;
    v = (v | v << 4) & 0x0F0F0F0F;
    v = (v | v << 2) & 0x33333333;
    return (v | v << 1) & 0x55555555;
}

struct Box {
    float lowX, lowY, highX, highY;
};

Box boxOf(const float* x, const float* y, std::size_t stride, std::size_t count) {
    Box box{x[0], y[0], x[0], y[0]};
    for (std::size_t i = 1; i < count; ++i) {
        box.lowX = std::min(box.lowX, x[i * stride]);
        box.lowY = std::min(box.lowY, y[i * stride]);
        box.highX = std::max(box.highX, x[i * stride]);
        box.highY = std::max(box.highY, y[i * stride]);
    }
    return box;
}

/// By the upper halves, which hold the place on the curve; stable, so that points of one place keep their
/// order.
void radixSort(std::vector<std::uint64_t>& keys, std::vector<std::uint64_t>& spare) {
    constexpr int digit = 11;
    constexpr int passes = 3; // 33 bits
    spare.resize(keys.size());
    for (int pass = 0; pass < passes; ++pass) {
        const int shift = 32 + digit * pass;
        std::array<std::uint32_t, (1U << digit) + 1> starts{};
        const auto place = [&](std::uint64_t key) { return key >> shift & ((1U << digit) - 1); };
        for (const std::uint64_t key : keys) {
            ++starts[place(key) + 1];
        }
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        for (const std::uint64_t key : keys) {
            spare[starts[place(key)]++] = key;
        }
        keys.swap(spare);
    }
}

} // namespace

void QuadTree::sortAlongCurve(std::span<const float> positions) {
    const std::size_t count = positions.size() / 2;
    const Box box = boxOf(positions.data(), positions.data() + 1, 2, count);
    side_ = std::max({box.highX - box.lowX, box.highY - box.lowY, std::numeric_limits<float>::min()});
    constexpr std::uint32_t last = (1U << levels) - 1;
    const float scale = static_cast<float>(1U << levels) / side_;
    const auto cell = [&](float v, float low) {
        return std::min(static_cast<std::uint32_t>((v - low) * scale), last);
    };
    keys_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t place =
            evenBits(cell(positions[2 * i], box.lowX)) | evenBits(cell(positions[2 * i + 1], box.lowY)) << 1;
        keys_[i] = place << 32 | i;
    }
    radixSort(keys_, spare_);

    const std::size_t padded = (count + lanes - 1) / lanes * lanes;
    x_.resize(padded);
    y_.resize(padded);
    for (std::size_t i = 0; i < padded; ++i) {
        const std::size_t point = static_cast<std::uint32_t>(keys_[std::min(i, count - 1)]);
        x_[i] = positions[2 * point];
        y_[i] = positions[2 * point + 1];
    }
}

void QuadTree::build(std::span<const float> positions) {
    sortAlongCurve(positions);
    nodes_.clear();
    addNode(0, static_cast<std::uint32_t>(keys_.size()), 0);
}

void QuadTree::addNode(std::uint32_t begin, std::uint32_t end, int level) {
    const auto quarter = [&](std::uint32_t i) { return keys_[i] >> (32 + 2 * (levels - 1 - level)) & 3; };
    // Cells with all their points in one quarter would only be longer ways to it.
    while (level < levels && end - begin > leafPoints && quarter(begin) == quarter(end - 1)) {
        ++level;
    }
    const auto at = static_cast<std::uint32_t>(nodes_.size());
    const float side = side_ / static_cast<float>(1U << level);
    Node node{0.0F, 0.0F, side * side, static_cast<float>(end - begin), begin, end, 0, true};
    if (level < levels && end - begin > leafPoints) {
        node.leaf = false;
        nodes_.push_back(node);
        for (std::uint32_t from = begin; from < end;) {
            const auto here = quarter(from);
            const auto to =
                std::partition_point(keys_.begin() + from, keys_.begin() + end, [&](std::uint64_t key) {
                    return (key >> (32 + 2 * (levels - 1 - level)) & 3) == here;
                });
            const auto until = static_cast<std::uint32_t>(to - keys_.begin());
            addNode(from, until, level + 1);
            from = until;
        }
    } else {
        nodes_.push_back(node);
    }
    node.next = static_cast<std::uint32_t>(nodes_.size());
    sumUp(node, at);
    nodes_[at] = node;
}

void QuadTree::sumUp(Node& node, std::uint32_t at) const {
    double x = 0.0;
    double y = 0.0;
    if (node.leaf) {
        for (std::uint32_t i = node.begin; i < node.end; ++i) {
            x += x_[i];
            y += y_[i];
        }
    } else {
        for (std::uint32_t child = at + 1; child < node.next; child = nodes_[child].next) {
            x += static_cast<double>(nodes_[child].x) * nodes_[child].weight;
            y += static_cast<double>(nodes_[child].y) * nodes_[child].weight;
        }
    }
    node.x = static_cast<float>(x / node.weight);
    node.y = static_cast<float>(y / node.weight);
}

ALPHASCOPE_VECTORISED
double QuadTree::repelGroup(std::size_t group, float squaredTheta, float* forces) const {
    const std::size_t first = group * lanes;
    const Lanes x = *reinterpret_cast<const Lanes*>(x_.data() + first);
    const Lanes y = *reinterpret_cast<const Lanes*>(y_.data() + first);
    const Box box = boxOf(x_.data() + first, y_.data() + first, 1, lanes);
    Lanes forceX{}, forceY{}, sum{};
    const auto end = static_cast<std::uint32_t>(nodes_.size());
    for (std::uint32_t at = 0; at < end;) {
        const Node& node = nodes_[at];
        const float nearX = std::max({box.lowX - node.x, node.x - box.highX, 0.0F});
        const float nearY = std::max({box.lowY - node.y, node.y - box.highY, 0.0F});
        if (node.squaredSide < squaredTheta * (nearX * nearX + nearY * nearY)) {
            const Lanes dx = x - node.x;
            const Lanes dy = y - node.y;
            const Lanes q = 1.0F / (1.0F + dx * dx + dy * dy);
            const Lanes weighted = node.weight * q;
            sum += weighted;
            forceX += weighted * q * dx;
            forceY += weighted * q * dy;
            at = node.next;
        } else if (node.leaf) {
            for (std::uint32_t i = node.begin; i < node.end; ++i) {
                const Lanes dx = x - x_[i];
                const Lanes dy = y - y_[i];
                const Lanes q = 1.0F / (1.0F + dx * dx + dy * dy);
                sum += q;
                forceX += q * q * dx;
                forceY += q * q * dy;
            }
            at = node.next;
        } else {
            ++at;
        }
    }
    double total = 0.0;
    for (std::size_t lane = 0; lane < lanes && first + lane < keys_.size(); ++lane) {
        const std::size_t point = static_cast<std::uint32_t>(keys_[first + lane]);
        forces[2 * point] = forceX[lane];
        forces[2 * point + 1] = forceY[lane];
        total += sum[lane] - 1.0F; // itself, which lies in a leaf and pushes with no force
    }
    return total;
}

double QuadTree::repel(double theta, int threads, std::span<float> forces) const {
    const std::size_t groups = x_.size() / lanes;
    const auto squaredTheta = static_cast<float>(theta * theta);
    std::vector<double> sums(groups);
    inParallelRows(groups, groupsPerPiece, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t group = begin; group < end; ++group) {
            sums[group] = repelGroup(group, squaredTheta, forces.data());
        }
    });
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

} // namespace alphascope::engine
