// UMAP: curve and fuzzy graph against SciPy and NumPy; clusters, seeds, threads, bad input.

#include "projections_support.h"

#include <limits>

#include "engine/exploring/projections/trustworthiness.h"
#include "engine/exploring/projections/umap.h"
#include "tests/engine/imaging/errors.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

std::vector<float> mapOf(const std::shared_ptr<const Codes>& codes, const UmapOptions& options) {
    UmapLayout layout(codes, umapStart(pcaStart(*codes)), options);
    return finishedPositions(layout);
}

} // namespace

class TestUmap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void curvesAreThoseOfSciPy() {
        const std::vector<double>& settings = reference("umap.settings").values;
        const std::vector<double>& curves = reference("umap.curves").values;
        for (std::size_t i = 0; i < settings.size(); i += 2) {
            const DistanceCurve curve = fitDistanceCurve(settings[i], settings[i + 1]);
            QVERIFY2(std::abs(curve.a - curves[i]) < 1e-4 * curves[i], std::to_string(curve.a).c_str());
            QVERIFY2(std::abs(curve.b - curves[i + 1]) < 1e-4 * curves[i + 1],
                     std::to_string(curve.b).c_str());
        }
    }

    void theFuzzyGraphIsThatOfThePaper() {
        const NeighbourGraph graph = nearestNeighbours(referenceCodes("umap.codes"), 7, 1);
        std::vector<float> weights(graph.indices.size());
        fuzzyMemberships(graph, meanDistance(graph), 0, graph.count, weights.data());
        const SparseGraph fuzzy = symmetrised(graph, weights, Union::Fuzzy, 1);
        QVERIFY(relativeError(dense(fuzzy), reference("umap.fuzzy").values) < 1e-4);
    }

    void rowsAllInOnePlaceAreFullMembers() {
        const NeighbourGraph graph = nearestNeighbours(std::make_shared<Codes>(20, 3), 4, 1);
        std::vector<float> weights(graph.indices.size());
        fuzzyMemberships(graph, meanDistance(graph), 0, graph.count, weights.data());
        QVERIFY(weights == std::vector<float>(weights.size(), 1.0F));
    }

    void clustersStayTogetherAndNeighboursStayNeighbours() {
        const auto codes = clusteredCodes(600, 12, 4);
        UmapOptions options;
        options.threads = 2;
        const std::vector<float> positions = mapOf(codes, options);
        QVERIFY(clusterPurity(positions, 4) > 0.99);
        QVERIFY(trustworthiness(*codes, positions).value > 0.85);
        QVERIFY(largestOf(positions) < 60.0);
    }

    void theSeedAloneDecides() {
        const auto codes = clusteredCodes(400, 8, 3);
        UmapOptions options;
        options.epochs = 40;
        const std::vector<float> one = mapOf(codes, options);
        options.threads = 3;
        QVERIFY(mapOf(codes, options) == one);
        options.seed = 2;
        QVERIFY(mapOf(codes, options) != one);
    }

    void epochsFollowTheNumberOfRows() {
        const auto few = clusteredCodes(9'999, 2, 3);
        const auto many = clusteredCodes(10'000, 2, 3);
        QCOMPARE(UmapLayout(few, pcaStart(*few)).iterations(), 500);
        QCOMPARE(UmapLayout(many, pcaStart(*many)).iterations(), 200);
    }

    void preparationGoesInPieces() {
        const auto codes = clusteredCodes(2000, 20, 3);
        UmapLayout layout(codes, umapStart(pcaStart(*codes)));
        checkPreparation(layout, layout.positions());
        QVERIFY(layout.step());
        QCOMPARE(layout.iteration(), 1);
    }

    void badInputIsRefused() {
        const auto codes = clusteredCodes(30, 4, 2);
        const Points2D start = pcaStart(*codes);
        UmapOptions options;
        options.neighbours = 31;
        EXPECT_ERROR(UmapLayout(codes, start, options), ErrorKind::BadInput, "at least 31 codes");
        options.neighbours = 1;
        EXPECT_ERROR(UmapLayout(codes, start, options), ErrorKind::Usage, "neighbours");
        options = {};
        options.minDistance = 2.0;
        EXPECT_ERROR(UmapLayout(codes, start, options), ErrorKind::Usage, "least distance");
        auto broken = std::make_shared<Codes>(*codes);
        broken->row(0)[3] = std::numeric_limits<float>::infinity();
        EXPECT_ERROR(UmapLayout(broken, start), ErrorKind::BadInput, "Row 0");
    }
};

QTEST_APPLESS_MAIN(TestUmap)
#include "tst_umap.moc"
