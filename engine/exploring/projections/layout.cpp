#include "engine/exploring/projections/layout.h"

#include <algorithm>

#include "engine/exploring/projections/checks.h"
#include "engine/exploring/projections/parallel.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t weightRowsPerStep = 8192;
constexpr std::size_t weightBlock = 128;
constexpr double searchShare = 0.85; ///< of the preparation, roughly; the graph's is what the weights leave
constexpr double weightShare = 0.12;

} // namespace

Layout::Layout(std::shared_ptr<const Codes> codes, std::size_t neighbours, Points2D start, int iterations,
               Union combine, int threads)
    : threads_(threads), combine_(combine), positions_(std::move(start.values)), iterations_(iterations) {
    requireWithin(iterations, 1, 1'000'000, "iterations");
    requirePoints(positions_, codes->count);
    search_.emplace(std::move(codes), neighbours, threads);
}

double Layout::preparation() const {
    switch (stage_) {
    case Stage::Neighbours:
        return searchShare * search_->progress();
    case Stage::Weights:
        return searchShare + weightShare * static_cast<double>(weighted_) / static_cast<double>(count());
    case Stage::Graph:
        return searchShare + weightShare;
    case Stage::Iterations:
        break;
    }
    return 1.0;
}

bool Layout::step() {
    if (finished()) {
        return false;
    }
    if (prepared()) {
        iterate();
        ++iteration_;
    } else {
        prepareStep();
    }
    return true;
}

void Layout::prepareStep() {
    switch (stage_) {
    case Stage::Neighbours:
        search_->step();
        if (search_->finished()) {
            neighbours_ = search_->take();
            search_.reset();
            weights_.resize(neighbours_.indices.size());
            beforeWeights(neighbours_);
            stage_ = Stage::Weights;
        }
        break;
    case Stage::Weights:
        weighSome();
        if (weighted_ == count()) {
            stage_ = Stage::Graph;
        }
        break;
    case Stage::Graph:
        graph_ = symmetrised(neighbours_, weights_, combine_, threads_);
        neighbours_ = {};
        weights_ = {};
        prepareGraph(graph_);
        stage_ = Stage::Iterations;
        break;
    case Stage::Iterations:
        break;
    }
}

void Layout::weighSome() {
    const std::size_t begin = weighted_;
    weighted_ = std::min(begin + weightRowsPerStep, count());
    inParallelRows(weighted_ - begin, weightBlock, threads_, [&](std::size_t from, std::size_t to) {
        weigh(neighbours_, begin + from, begin + to,
              weights_.data() + (begin + from) * neighbours_.neighbours);
    });
}

} // namespace alphascope::engine
