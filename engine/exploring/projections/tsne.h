#pragma once
// Barnes-Hut t-SNE (van der Maaten 2014, JMLR 15), with the defaults and the schedule of scikit-learn 1.9's
// TSNE: early exaggeration with momentum 0.5, then momentum 0.8, gains per coordinate, the rate by the number
// of rows (Belkina et al. 2019). All iterations are done: it does not stop where little moves.

#include <memory>

#include "engine/exploring/projections/layout.h"
#include "engine/exploring/projections/tsne_gradient.h"

namespace alphascope::engine {

struct TsneOptions {
    double perplexity = 30.0; ///< how many neighbours a row counts, roughly; below N
    double earlyExaggeration = 12.0;
    int exaggerated = 250;     ///< iterations with it
    int iterations = 1000;     ///< in all
    double learningRate = 0.0; ///< 0: N / earlyExaggeration / 4, at least 50
    double theta = 0.5;        ///< 0 is exact and takes N^2; at most 1
    int threads = 1;
};

class TsneLayout : public Layout {
public:
    /// `start` as of tsneStart. Throws Error(Usage) for options out of range, a perplexity not below N among
    /// them, Error(BadInput) for codes or positions that are not finite.
    TsneLayout(std::shared_ptr<const Codes> codes, Points2D start, const TsneOptions& options = {});

    /// Of the positions now, in nats. Once prepared(); takes as long as an iteration.
    double divergence() { return gradient_.divergence(graph(), positions()); }

private:
    void weigh(const NeighbourGraph& neighbours, std::size_t begin, std::size_t end, float* weights) override;
    void prepareGraph(SparseGraph& graph) override;
    void iterate() override;

    TsneOptions options_;
    float rate_;
    TsneGradient gradient_;
    std::vector<float> update_; ///< the last move, [N,2]
    std::vector<float> gains_;
};

/// The joint probabilities: the graph divided by the sum of its weights.
void normalise(SparseGraph& graph);

} // namespace alphascope::engine
