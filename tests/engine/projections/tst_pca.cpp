// Principal components against scikit-learn's, the eigen solver against its definition.

#include "projections_support.h"

#include <limits>

#include "engine/exploring/projections/eigen.h"
#include "tests/engine/imaging/errors.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestPca : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void componentsAreThoseOfScikitLearn() {
        const auto codes = referenceCodes("pca.codes");
        const PrincipalComponents found = principalComponents(*codes, 0, 2);
        QVERIFY(relativeError(found.mean, reference("pca.mean").values) < 1e-5);
        QVERIFY(relativeError(found.components.values, reference("pca.components").values) < 1e-5);
        QVERIFY(relativeError(found.variance, reference("pca.variance").values) < 1e-5);
        QVERIFY(relativeError(found.ratio, reference("pca.ratio").values) < 1e-5);
        const Codes projection = projected(found, *codes, 3, 2);
        QVERIFY(relativeError(projection.values, reference("pca.projection").values) < 1e-5);
    }

    void fewerComponentsAreTheFirst() {
        const auto codes = clusteredCodes(500, 33, 3);
        const PrincipalComponents all = principalComponents(*codes, 0, 1);
        const PrincipalComponents two = principalComponents(*codes, 2, 3);
        QCOMPARE(two.components.count, std::size_t(2));
        QVERIFY(std::equal(two.components.values.begin(), two.components.values.end(),
                           all.components.values.begin()));
        QCOMPARE(two.ratio[1], all.ratio[1]);
    }

    void eigenvectorsAreOrthonormalAndRebuildTheMatrix() {
        // Of rank 6 in 40 dimensions: most eigenvalues are 0 and still have directions.
        constexpr std::size_t n = 40;
        const Codes factors = priorCodes(3, 6, n);
        std::vector<double> matrix(n * n, 0.0);
        for (std::size_t i = 0; i < n * n; ++i) {
            for (std::size_t k = 0; k < 6; ++k) {
                matrix[i] += double(factors.row(k)[i / n]) * factors.row(k)[i % n];
            }
        }
        const Eigen eigen = eigenOfCovariance(matrix, n);
        QVERIFY(std::is_sorted(eigen.values.rbegin(), eigen.values.rend()));
        QVERIFY(eigen.values[5] > 1.0 && eigen.values[6] < 1e-10);
        for (std::size_t a = 0; a < n; ++a) {
            for (std::size_t b = 0; b < n; ++b) {
                double product = 0.0;
                double rebuilt = 0.0;
                for (std::size_t k = 0; k < n; ++k) {
                    product += eigen.vectors[a * n + k] * eigen.vectors[b * n + k];
                    rebuilt += eigen.values[k] * eigen.vectors[k * n + a] * eigen.vectors[k * n + b];
                }
                QVERIFY(std::abs(product - (a == b ? 1.0 : 0.0)) < 1e-12);
                QVERIFY(std::abs(rebuilt - matrix[a * n + b]) < 1e-10);
            }
        }
    }

    void startsAreScaled() {
        const auto codes = clusteredCodes(300, 10, 3);
        const Points2D tsne = tsneStart(pcaStart(*codes));
        double square = 0.0;
        for (std::size_t i = 0; i < tsne.values.size(); i += 2) {
            square += double(tsne.values[i]) * tsne.values[i];
        }
        QVERIFY(std::abs(std::sqrt(square / 300) - 1e-4) < 1e-8);
        QVERIFY(std::abs(largestOf(umapStart(pcaStart(*codes)).values) - 10.0) < 1e-5);
    }

    void codesOfOneDimensionOrOnePlaceHaveAMap() {
        const Codes line = priorCodes(1, 20, 1);
        const Points2D map = pcaMap(principalComponents(line, 0, 1), line, 1);
        QCOMPARE(map.count(), std::size_t(20));
        QVERIFY(map.values[0] != map.values[2] && map.values[1] == 0.0F);
        const Codes place(20, 5);
        const PrincipalComponents none = principalComponents(place, 0, 1);
        QVERIFY(largestOf(none.variance) == 0.0 && largestOf(none.ratio) == 0.0);
        QVERIFY(largestOf(tsneStart(pcaMap(none, place, 1)).values) == 0.0);
    }

    void badInputIsRefused() {
        Codes broken = priorCodes(1, 9, 3);
        broken.row(8)[2] = std::numeric_limits<float>::infinity();
        EXPECT_ERROR(principalComponents(broken, 0, 1), ErrorKind::BadInput, "Row 8");
        EXPECT_ERROR(principalComponents(Codes(1, 3), 0, 1), ErrorKind::BadInput, "at least 2 codes");
        EXPECT_ERROR(principalComponents(Codes(9, 3), 4, 1), ErrorKind::Usage, "components");
        const PrincipalComponents fit = principalComponents(priorCodes(1, 9, 3), 0, 1);
        EXPECT_ERROR(projected(fit, Codes(9, 4), 2, 1), ErrorKind::BadInput, "3 numbers");
    }
};

QTEST_APPLESS_MAIN(TestPca)
#include "tst_pca.moc"
