// t-SNE: probabilities, gradient and moves against scikit-learn's; clusters, threads, cancelling, bad input.

#include "projections_support.h"

#include <limits>
#include <numeric>

#include "engine/exploring/projections/perplexity.h"
#include "engine/exploring/projections/trustworthiness.h"
#include "engine/exploring/projections/tsne.h"
#include "tests/engine/imaging/errors.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

SparseGraph jointProbabilities(const std::shared_ptr<const Codes>& codes, double perplexity) {
    const NeighbourGraph graph = nearestNeighbours(codes, neighboursFor(perplexity, codes->count), 1);
    std::vector<float> weights(graph.indices.size());
    conditionalProbabilities(graph, perplexity, 0, graph.count, weights.data());
    SparseGraph joint = symmetrised(graph, weights, Union::Sum, 1);
    normalise(joint);
    return joint;
}

} // namespace

class TestTsne : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jointProbabilitiesAreThoseOfScikitLearn() {
        const SparseGraph joint = jointProbabilities(referenceCodes("tsne.codes"), 12.0);
        QVERIFY(relativeError(dense(joint), reference("tsne.joint").values) < 1e-5);
    }

    void theExactGradientIsThatOfScikitLearn() {
        const SparseGraph joint = jointProbabilities(referenceCodes("tsne.codes"), 12.0);
        const std::vector<float> positions = referenceFloats("tsne.positions");
        TsneGradient gradient(0.0, 2);
        QVERIFY(relativeError(gradient.compute(joint, positions, 1.0), reference("tsne.gradient").values) <
                1e-5);
        const double expected = reference("tsne.divergence").values.front();
        QVERIFY(std::abs(gradient.divergence(joint, positions) - expected) < 1e-5 * expected);
    }

    void movesAreThoseOfScikitLearn() {
        TsneOptions options;
        options.perplexity = 12.0;
        options.learningRate = 2.0;
        options.exaggerated = 10;
        options.iterations = 20;
        options.theta = 0.0;
        TsneLayout layout(referenceCodes("tsne.codes"), Points2D{referenceFloats("tsne.start")}, options);
        const double error = relativeError(finishedPositions(layout), reference("tsne.moved").values);
        QVERIFY2(error < 1e-3, std::to_string(error).c_str());
        QCOMPARE(layout.iteration(), 20);
    }

    void theTreeIsCloseToTheExactGradient() {
        const auto codes = clusteredCodes(2000, 10, 5);
        const SparseGraph joint = jointProbabilities(codes, 20.0);
        Codes positions = priorCodes(2, 2000, 2, 20.0);
        std::copy_n(positions.values.begin(), 40, positions.values.begin() + 200); // some in one place
        const std::vector<float> exact = TsneGradient(0.0, 2).compute(joint, positions.values, 1.0);
        const std::vector<double> expected(exact.begin(), exact.end());
        QVERIFY(relativeError(TsneGradient(0.5, 2).compute(joint, positions.values, 1.0), expected) < 0.02);
        QVERIFY(relativeError(TsneGradient(0.2, 2).compute(joint, positions.values, 1.0), expected) < 0.003);
    }

    void pointsAllInOnePlaceStay() {
        QuadTree tree;
        const std::vector<float> positions(2 * 100, 3.0F);
        std::vector<float> forces(positions.size(), 1.0F);
        tree.build(positions);
        QCOMPARE(tree.repel(0.5, 1, forces), 100.0 * 99.0);
        QVERIFY(largestOf(forces) == 0.0);
    }

    void clustersStayTogetherAndNeighboursStayNeighbours() {
        const auto codes = clusteredCodes(600, 12, 4);
        TsneOptions options;
        options.iterations = 500;
        options.threads = 2;
        TsneLayout layout(codes, tsneStart(pcaStart(*codes)), options);
        while (!layout.prepared()) {
            layout.step();
        }
        const double before = layout.divergence();
        const std::vector<float> positions = finishedPositions(layout);
        QVERIFY(layout.divergence() < 0.5 * before);
        QCOMPARE(clusterPurity(positions, 4), 1.0);
        QVERIFY(trustworthiness(*codes, positions).value > 0.9);
    }

    void everyNumberOfThreadsGivesTheSameMap() {
        const auto codes = clusteredCodes(700, 8, 3);
        TsneOptions options;
        options.exaggerated = 20;
        options.iterations = 60;
        std::vector<std::vector<float>> maps;
        for (const int threads : {1, 2, 3}) {
            options.threads = threads;
            TsneLayout layout(codes, tsneStart(pcaStart(*codes)), options);
            maps.push_back(finishedPositions(layout));
        }
        QVERIFY(maps[0] == maps[1] && maps[0] == maps[2]);
    }

    void preparationGoesInPiecesAndMayBeLeft() {
        const auto codes = clusteredCodes(6000, 64, 3);
        std::weak_ptr<const Codes> watched;
        {
            auto owned = std::make_shared<const Codes>(*codes);
            watched = owned;
            TsneLayout left(owned, tsneStart(pcaStart(*codes)));
            owned.reset();
            QVERIFY(left.step() && !left.prepared() && !watched.expired());
        }
        QVERIFY(watched.expired()); // cancelled: nothing goes on
        TsneLayout layout(codes, tsneStart(pcaStart(*codes)));
        checkPreparation(layout, layout.positions());
        QVERIFY(layout.step());
        QCOMPARE(layout.iteration(), 1);
        QCOMPARE(layout.iterations(), 1000);
    }

    void aFinishedMapStays() {
        const auto codes = clusteredCodes(50, 4, 2);
        TsneOptions options;
        options.perplexity = 10;
        options.exaggerated = 1;
        options.iterations = 3;
        TsneLayout layout(codes, tsneStart(pcaStart(*codes)), options);
        const std::vector<float> positions = finishedPositions(layout);
        QVERIFY(layout.finished() && !layout.step());
        QVERIFY(layout.positions() == positions);
        QCOMPARE(layout.iteration(), 3);
    }

    void badInputIsRefused() {
        const auto codes = clusteredCodes(30, 4, 2);
        const Points2D start = tsneStart(pcaStart(*codes));
        EXPECT_ERROR(TsneLayout(codes, start), ErrorKind::Usage, "perplexity of 30 needs more than 30 codes");
        TsneOptions options;
        options.perplexity = 5;
        auto broken = std::make_shared<Codes>(*codes);
        broken->row(7)[0] = std::numeric_limits<float>::quiet_NaN();
        EXPECT_ERROR(TsneLayout(broken, start, options), ErrorKind::BadInput, "Row 7");
        EXPECT_ERROR(TsneLayout(codes, Points2D{{1.0F, 2.0F}}, options), ErrorKind::BadInput,
                     "1 positions for 30 rows");
        Points2D far = start;
        far.values[9] = std::numeric_limits<float>::infinity();
        EXPECT_ERROR(TsneLayout(codes, far, options), ErrorKind::BadInput, "position of row 4");
        options.theta = 2.0;
        EXPECT_ERROR(TsneLayout(codes, start, options), ErrorKind::Usage, "theta");
        options.theta = 0.5;
        options.exaggerated = 2000;
        EXPECT_ERROR(TsneLayout(codes, start, options), ErrorKind::Usage, "exaggerated iterations");
        EXPECT_ERROR(TsneLayout(std::make_shared<Codes>(), {}), ErrorKind::Usage, "more than 0 codes");
    }
};

QTEST_APPLESS_MAIN(TestTsne)
#include "tst_tsne.moc"
