// Search for codes and walks towards classes, on methods whose answers are known: the error falls to nothing
// where there is a code to find, the best on the way is kept, and nothing depends on what else is searched
// for.

#include <QTest>

#include <algorithm>
#include <cmath>

#include "engine/api/error.h"
#include "engine/exploring/class_walk.h"
#include "engine/exploring/code_search.h"
#include "engine/training/inference.h"
#include "tests/engine/exploring/fake_methods.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

constexpr std::int64_t latentSize = 6;

torch::Tensor codesOf(std::uint64_t seed, std::size_t count) {
    return toTensor(priorCodes(seed, count, latentSize), torch::kCPU).clone();
}

void runToItsEnd(CodeSearch& search) {
    while (!search.finished()) {
        search.step();
    }
}

} // namespace

class CodeSearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheCodeOfAGeneratedPicture() {
        LinearMethod method(latentSize);
        const torch::Tensor pictures = method.generate(codesOf(99, 5));
        CodeSearch search(method, pictures, {.steps = 300, .starts = 4, .rate = 0.1, .priorWeight = 0.0});
        QVERIFY(search.curve().empty() && !search.finished());
        QCOMPARE(search.progress(), 0.0);
        runToItsEnd(search);

        QCOMPARE(search.progress(), 1.0);
        const std::vector<float>& curve = search.curve();
        QCOMPARE(curve.size(), 300U);
        QVERIFY(std::is_sorted(curve.rbegin(), curve.rend())); // the best so far never gets worse
        QVERIFY2(curve.back() < 0.05F * curve.front(), QByteArray::number(curve.back()).constData());
        QVERIFY(torch::equal(search.pictures(), method.generate(search.codes())));
        QVERIFY(torch::allclose(search.errors(), meanAbsoluteError(search.pictures(), pictures)));
        QCOMPARE(search.errors().mean().item<float>(), curve.back());
        QVERIFY(torch::allclose(search.codes(), codesOf(99, 5), 0.0, 0.2));
    }

    /// A rate so high that the codes jump about: what was best is kept all the same.
    void theBestOnTheWayIsKept() {
        LinearMethod method(latentSize);
        const torch::Tensor pictures = method.generate(codesOf(99, 3));
        CodeSearch search(method, pictures, {.steps = 40, .starts = 2, .rate = 5.0, .priorWeight = 0.0});
        torch::Tensor before;
        while (!search.finished()) {
            search.step();
            if (before.defined()) {
                QVERIFY((search.errors() <= before).all().item<bool>());
            }
            before = search.errors();
        }
        QVERIFY(
            torch::allclose(search.errors(), meanAbsoluteError(method.generate(search.codes()), pictures)));
    }

    void morePicturesChangeNothing() {
        LinearMethod method(latentSize);
        const torch::Tensor pictures = method.generate(codesOf(99, 4));
        const CodeSearchOptions options{.steps = 30, .starts = 3};
        CodeSearch all(method, pictures, options);
        CodeSearch third(method, pictures.slice(0, 2, 3), options);
        runToItsEnd(all);
        runToItsEnd(third);
        QVERIFY(torch::allclose(all.codes().slice(0, 2, 3), third.codes(), 1e-3, 1e-3));
    }

    void hintsAreStartsToo() {
        LinearMethod method(latentSize);
        const torch::Tensor codes = codesOf(99, 4);
        const torch::Tensor pictures = method.generate(codes);
        CodeSearch search(method, pictures, {.steps = 1, .starts = 2}, codes);
        search.step();
        QVERIFY(search.finished());
        QVERIFY(torch::equal(search.codes(), codes));
        QVERIFY(search.curve().front() < 1e-6F);
    }

    void thePriorKeepsCodesSmall() {
        LinearMethod method(latentSize);
        const torch::Tensor white = torch::ones({1, 1, 4, 4}); // wants codes without bound
        const auto lengthWith = [&](double weight) {
            CodeSearch search(method, white, {.steps = 200, .starts = 2, .priorWeight = weight});
            runToItsEnd(search);
            return search.codes().norm().item<double>();
        };
        QVERIFY2(lengthWith(1.0) < 0.5 * lengthWith(0.0), QByteArray::number(lengthWith(1.0)).constData());
    }

    void impossibleOptionsAreRefused() {
        LinearMethod method(latentSize);
        const torch::Tensor pictures = torch::zeros({1, 1, 4, 4});
        for (const CodeSearchOptions& options :
             {CodeSearchOptions{.steps = 0}, CodeSearchOptions{.starts = 0}, CodeSearchOptions{.rate = 0.0},
              CodeSearchOptions{.rate = std::nan("")}, CodeSearchOptions{.priorWeight = -1.0}}) {
            QCOMPARE(errorOf([&] { CodeSearch(method, pictures, options); }).kind(), ErrorKind::Usage);
        }
    }

    void walksTowardsAClass() {
        TowardsConstants method(latentSize);
        ClassWalk walk(method, codesOf(1, 2), 4, {.label = 3, .steps = 60, .seed = 8});
        while (!walk.finished()) {
            walk.step();
        }
        QCOMPARE(walk.progress(), 1.0);
        QCOMPARE(walk.curve().size(), 60U);
        QVERIFY(walk.curve().front() < 0.01F && walk.curve().back() > 0.95F);
        QVERIFY(torch::allclose(walk.codes(), torch::full({2, latentSize}, 3.0), 0.0, 0.05));

        ClassWalk again(method, codesOf(1, 2), 4, {.label = 3, .steps = 60, .seed = 8});
        ClassWalk other(method, codesOf(1, 2), 4, {.label = 3, .steps = 60, .seed = 9});
        for (int step = 0; step < 60; ++step) {
            again.step();
            other.step();
        }
        QVERIFY(torch::equal(again.codes(), walk.codes()));
        QVERIFY(!torch::equal(other.codes(), walk.codes())); // its noise is another
    }

    void impossibleWalksAreRefused() {
        TowardsConstants method(latentSize);
        const torch::Tensor start = codesOf(1, 1);
        for (const ClassWalk::Options& options :
             {ClassWalk::Options{.label = 4}, ClassWalk::Options{.label = -1},
              ClassWalk::Options{.steps = 0}}) {
            QCOMPARE(errorOf([&] { ClassWalk(method, start, 4, options); }).kind(), ErrorKind::Usage);
        }
    }
};

QTEST_GUILESS_MAIN(CodeSearchTest)
#include "tst_code_search.moc"
