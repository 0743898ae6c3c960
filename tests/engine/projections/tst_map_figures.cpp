// Trustworthiness against scikit-learn's, alignment against SciPy's Procrustes.

#include "projections_support.h"

#include <limits>
#include <numeric>

#include "engine/exploring/projections/procrustes.h"
#include "engine/exploring/projections/trustworthiness.h"
#include "tests/engine/imaging/errors.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

std::vector<RowPair> allRows(std::size_t count) {
    std::vector<RowPair> pairs(count);
    for (std::size_t i = 0; i < count; ++i) {
        pairs[i] = {std::uint32_t(i), std::uint32_t(i)};
    }
    return pairs;
}

} // namespace

class TestMapFigures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void trustworthinessIsThatOfScikitLearn() {
        const auto codes = referenceCodes("trust.codes");
        const std::vector<float> positions = referenceFloats("trust.positions");
        const std::vector<double>& expected = reference("trust.values").values;
        const std::size_t neighbours[] = {1, 5, 12};
        for (std::size_t i = 0; i < 3; ++i) {
            TrustworthinessOptions options;
            options.neighbours = neighbours[i];
            options.threads = int(i) + 1;
            const Trustworthiness found = trustworthiness(*codes, positions, options);
            QVERIFY2(std::abs(found.value - expected[i]) < 1e-12, std::to_string(found.value).c_str());
            QCOMPARE(found.rows, codes->count);
        }
    }

    void aTrueMapIsTrustedAndARandomOneIsNot() {
        const Codes plane = priorCodes(1, 500, 2);
        QCOMPARE(trustworthiness(plane, plane.values).value, 1.0);
        const double random = trustworthiness(plane, priorCodes(2, 500, 2).values).value;
        QVERIFY(std::abs(random - 0.5) < 0.03);
    }

    void manyRowsAreSampledBySeed() {
        const Codes codes = priorCodes(1, 3000, 6);
        const std::vector<float> map = pcaStart(codes).values;
        const double all = trustworthiness(codes, map).value;
        TrustworthinessOptions options;
        options.mostRows = 1500;
        const Trustworthiness some = trustworthiness(codes, map, options);
        QCOMPARE(some.rows, std::size_t(1500));
        QVERIFY(some.value != all && std::abs(some.value - all) < 0.02);
        QCOMPARE(trustworthiness(codes, map, options).value, some.value);
        options.seed = 2;
        QVERIFY(trustworthiness(codes, map, options).value != some.value);
    }

    void trustworthinessRefusesBadInput() {
        const Codes codes = priorCodes(1, 10, 3);
        std::vector<float> map(20, 0.0F);
        EXPECT_ERROR(trustworthiness(codes, map), ErrorKind::Usage, "more than 10 rows");
        map.pop_back();
        EXPECT_ERROR(trustworthiness(codes, map), ErrorKind::BadInput, "10 rows");
    }

    void alignmentIsThatOfSciPy() {
        std::vector<float> moved = referenceFloats("procrustes.moving");
        const Similarity found = alignment(moved, referenceFloats("procrustes.fixed"), allRows(40));
        QVERIFY(found.reflects());
        QVERIFY(std::abs(found.scale - reference("procrustes.scale").values.front()) < 1e-5);
        found.apply(moved);
        QVERIFY(relativeError(moved, reference("procrustes.aligned").values) < 1e-5);
    }

    void aMovedMapComesBackByTheRowsThatBothHave() {
        const std::vector<float> earlier = priorCodes(4, 50, 2).values;
        const Similarity away{{0.8F, -0.6F, 0.6F, 0.8F}, 3.0F, {7.0F, -4.0F}};
        std::vector<float> moved = earlier;
        away.apply(moved);
        // Rows 10 to 49 alone are common; those before them were somewhere else.
        std::vector<std::uint64_t> ids(50), earlierIds(50);
        std::iota(ids.begin(), ids.end(), 100);
        std::iota(earlierIds.begin(), earlierIds.end(), 100);
        for (std::size_t i = 0; i < 10; ++i) {
            ids[i] = i;
            moved[2 * i] = 1000.0F;
        }
        const std::vector<RowPair> pairs = commonRows(ids, earlierIds);
        QCOMPARE(pairs.size(), std::size_t(40));
        const Similarity back = alignment(moved, earlier, pairs);
        QVERIFY(!back.reflects() && std::abs(back.scale - 1.0F / 3.0F) < 1e-5F);
        back.apply(moved);
        for (std::size_t i = 20; i < moved.size(); ++i) {
            QVERIFY(std::abs(moved[i] - earlier[i]) < 1e-5F);
        }
    }

    void alignmentWithoutEnoughPointsOnlyShifts() {
        const std::vector<float> map{1.0F, 2.0F, 3.0F, 4.0F};
        const std::vector<float> earlier{5.0F, 7.0F};
        const Similarity none = alignment(map, earlier, {});
        QVERIFY(none.scale == 1.0F && none.shift[0] == 0.0F);
        const std::vector<RowPair> one{{1, 0}};
        std::vector<float> moved = map;
        alignment(map, earlier, one).apply(moved);
        QVERIFY((moved == std::vector<float>{3.0F, 5.0F, 5.0F, 7.0F}));
    }

    void alignmentRefusesBadInput() {
        const std::vector<float> map{1.0F, 2.0F};
        const std::vector<RowPair> missing{{0, 1}};
        EXPECT_ERROR(alignment(map, map, missing), ErrorKind::BadInput, "a map has fewer");
        const std::vector<float> broken{1.0F, std::numeric_limits<float>::quiet_NaN()};
        EXPECT_ERROR(alignment(broken, map, {}), ErrorKind::BadInput, "row 0 is not finite");
    }
};

QTEST_APPLESS_MAIN(TestMapFigures)
#include "tst_map_figures.moc"
