// Nearest neighbours and the symmetric graph of their weights.

#include "projections_support.h"

#include <limits>

#include "engine/exploring/projections/neighbour_graph.h"
#include "engine/exploring/projections/parallel.h"
#include "engine/exploring/projections/sparse_graph.h"
#include "tests/engine/imaging/errors.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestNeighbourGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neighboursAreThoseOfScikitLearn() {
        const auto codes = referenceCodes("neighbours.codes");
        const NeighbourGraph graph = nearestNeighbours(codes, 11, 2);
        QCOMPARE(graph.count, codes->count);
        QVERIFY(relativeError(graph.indices, reference("neighbours.indices").values) == 0.0);
        QVERIFY(relativeError(graph.distances, reference("neighbours.distances").values) < 1e-6);
    }

    void everyNumberOfThreadsFindsTheSame() {
        const auto codes = clusteredCodes(1003, 21, 7);
        const NeighbourGraph one = nearestNeighbours(codes, 30, 1);
        const NeighbourGraph three = nearestNeighbours(codes, 30, 3);
        QVERIFY(one.indices == three.indices);
        QVERIFY(one.distances == three.distances);
    }

    void equalRowsComeInTheirOrderAndWithoutTheRowItself() {
        auto codes = std::make_shared<Codes>(70, 3); // all in one place
        const NeighbourGraph graph = nearestNeighbours(codes, 2, 1);
        QVERIFY((std::vector(graph.indices.begin(), graph.indices.begin() + 6) ==
                 std::vector<std::uint32_t>{1, 2, 0, 2, 0, 1}));
        QVERIFY(largestOf(graph.distances) == 0.0);
        const NeighbourGraph all = nearestNeighbours(codes, 69, 1);
        QCOMPARE(all.indices[69 * 69 + 68], 68U);
    }

    void theSearchGoesInPieces() {
        NeighbourSearch search(clusteredCodes(6000, 64, 3), 5, 1);
        QCOMPARE(search.progress(), 0.0);
        QVERIFY(search.step());
        QVERIFY(search.progress() > 0.0 && search.progress() < 0.5);
        while (search.step()) {
        }
        QVERIFY(search.finished() && !search.step());
    }

    void badInputIsRefused() {
        auto broken = std::make_shared<Codes>(20, 4);
        broken->row(3)[1] = std::numeric_limits<float>::quiet_NaN();
        EXPECT_ERROR(nearestNeighbours(broken, 5, 1), ErrorKind::BadInput, "Row 3 of the codes");
        EXPECT_ERROR(nearestNeighbours(std::make_shared<Codes>(5, 4), 5, 1), ErrorKind::BadInput,
                     "at least 6");
        EXPECT_ERROR(nearestNeighbours(std::make_shared<Codes>(5, 0), 2, 1), ErrorKind::BadInput,
                     "no numbers");
        EXPECT_ERROR(nearestNeighbours(std::make_shared<Codes>(5, 4), 0, 1), ErrorKind::Usage, "neighbours");
        EXPECT_ERROR(nearestNeighbours(std::make_shared<Codes>(5, 4), 2, 0), ErrorKind::Usage, "threads");
    }

    void edgesAreUnited() {
        // 0 -> 1, 1 -> 0, 2 -> 1.
        const NeighbourGraph graph{3, 1, {1, 0, 1}, {1.0F, 1.0F, 1.0F}};
        const SparseGraph sum = symmetrised(graph, {0.5F, 0.25F, 0.75F}, Union::Sum, 1);
        QVERIFY(dense(sum) == (std::vector<double>{0, 0.75, 0, 0.75, 0, 0.75, 0, 0.75, 0}));
        const SparseGraph fuzzy = symmetrised(graph, {0.5F, 0.25F, 0.0F}, Union::Fuzzy, 2);
        QVERIFY(dense(fuzzy) == (std::vector<double>{0, 0.625, 0, 0.625, 0, 0, 0, 0, 0}));
        QCOMPARE(fuzzy.columns.size(), std::size_t(2));
    }

    void anErrorOnAThreadReachesTheCaller() {
        std::vector<int> done(100, 0);
        inParallel(done.size(), 4, [&](std::size_t piece) { ++done[piece]; });
        QVERIFY(done == std::vector<int>(100, 1));
        EXPECT_ERROR(inParallel(100, 4,
                                [](std::size_t piece) {
                                    if (piece == 50) {
                                        throw Error(ErrorKind::Internal, "fifty");
                                    }
                                }),
                     ErrorKind::Internal, "fifty");
    }
};

QTEST_APPLESS_MAIN(TestNeighbourGraph)
#include "tst_neighbour_graph.moc"
