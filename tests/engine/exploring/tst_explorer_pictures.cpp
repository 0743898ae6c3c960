// A person's own pictures in the explorer: what part is taken, how the rebuilt one is measured, what searches
// start from, how far many codes of one picture lie apart, and the held-out errors to compare with.

#include <QTest>

#include <algorithm>
#include <cmath>

#include "engine/api/model.h"
#include "engine/imaging/images.h"
#include "tests/engine/exploring/explorer_support.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// Black on the left half, white on the right.
Image halves(int width, int height) {
    Image picture(width, height, 3);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        picture.pixels[i] = i / 3 % std::size_t(width) < std::size_t(width) / 2 ? 0 : 255;
    }
    return picture;
}

ExploreResult answerTo(ExplorerCore& core, ExploreRequest request) {
    core.request(std::move(request));
    runDry(core);
    return onlyResult(core);
}

} // namespace

class ExplorerPicturesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { path_ = livelyCheckpoint(folderIn(dir_, "run")); }

    void aSquareIsCutOut() {
        ExplorerCore core({}, {});
        core.open(path_);
        const ExploreResult centred = answerTo(core, {ExploreLane::Encode, 1, EncodeImage{halves(600, 300)}});
        QVERIFY(!centred.error);
        QCOMPARE(centred.source.width, 600);
        QCOMPARE(centred.source.height, 300);
        QCOMPARE(centred.source.picture.width, 256);
        QCOMPARE(centred.source.picture.height, 128);
        QVERIFY((centred.source.crop == CropSquare{150, 0, 300}));
        QCOMPARE(int(centred.original.pixels.front()), 0);
        QCOMPARE(int(centred.original.pixels.back()), 255);

        const CropSquare right{400, 50, 200};
        const ExploreResult moved =
            answerTo(core, {ExploreLane::Encode, 2, EncodeImage{halves(600, 300), {}, right}});
        QVERIFY(!moved.error && moved.source.crop == right);
        QVERIFY(std::all_of(moved.original.pixels.begin(), moved.original.pixels.end(),
                            [](std::uint8_t value) { return value == 255; }));

        for (const CropSquare& outside :
             {CropSquare{401, 50, 200}, CropSquare{0, 0, 301}, CropSquare{-1, 0, 10}, CropSquare{0, 0, 0}}) {
            const ExploreResult refused =
                answerTo(core, {ExploreLane::Encode, 3, EncodeImage{halves(600, 300), {}, outside}});
            QVERIFY(refused.error);
            QCOMPARE(refused.error->kind(), ErrorKind::Usage);
        }
    }

    void theRebuiltPictureIsMeasured() {
        ExplorerCore core({}, {});
        core.open(path_);
        const ExploreResult result = answerTo(core, {ExploreLane::Encode, 1, EncodeImage{halves(40, 40)}});
        QVERIFY(!result.error && !result.searchErrors);
        QVERIFY(result.errorMap == errorMap(result.original, result.images[0]));
        QCOMPARE(result.psnr, peakSignalToNoise(result.original, result.images[0]));
        QCOMPARE(result.ssimError, 1.0 - structuralSimilarity(result.original, result.images[0]));
        QVERIFY(result.psnr > 0.0 && result.ssimError > 0.0);
    }

    void aRefinementTellsWhatItBeganWith() {
        ExplorerCore core({}, {});
        core.open(path_);
        const ExploreResult encoded = answerTo(core, {ExploreLane::Encode, 1, EncodeImage{halves(40, 40)}});
        const CodeSearchOptions search{.steps = 30, .starts = 2};
        const ExploreResult refined =
            answerTo(core, {ExploreLane::Encode, 2, EncodeImage{halves(40, 40), {EncodeBy::Refine, search}}});
        QVERIFY(!refined.error && refined.searchErrors);
        const SearchErrors& errors = *refined.searchErrors;
        QVERIFY(errors.encoder && std::abs(*errors.encoder - encoded.l1) < 1e-3F);
        QVERIFY(errors.refined && *errors.refined < *errors.encoder);
        QVERIFY(errors.randomFound < errors.randomStart);
        QCOMPARE(refined.l1, std::min(*errors.refined, errors.randomFound));

        const ExploreResult searched =
            answerTo(core, {ExploreLane::Encode, 3, EncodeImage{halves(40, 40), {EncodeBy::Search, search}}});
        QVERIFY(searched.searchErrors && !searched.searchErrors->encoder && !searched.searchErrors->refined);
        QCOMPARE(searched.searchErrors->randomFound, searched.l1);
        QCOMPARE(searched.searchErrors->randomStart, searched.curve.front());
        QCOMPARE(searched.searchErrors->randomFound,
                 errors.randomFound); // the starts do not disturb each other
    }

    /// alpha-GAN's encoder gives one code, which is perturbed; the VAE's gives a posterior.
    void manyCodesOfOnePicture() {
        ExplorerCore core({}, {});
        core.open(path_);
        const ExploreResult encoded = answerTo(core, {ExploreLane::Encode, 1, EncodeImage{halves(40, 40)}});
        const VaryPicture order{.picture = encoded.original, .code = encoded.codes, .samples = 12};
        const ExploreResult varied = answerTo(core, {ExploreLane::Variation, 1, order});
        QVERIFY(!varied.error && varied.spread == CodeSpread::Perturbed);
        QCOMPARE(varied.deviationMap.width, 28);
        QVERIFY(varied.deviation > 0.0F);

        // The definition, from decodings of the same codes.
        Codes codes = priorCodes(order.seed, 12, 6);
        for (std::size_t i = 0; i < codes.values.size(); ++i) {
            codes.values[i] = encoded.codes.values[i % 6] + 0.25F * codes.values[i];
        }
        const std::vector<Image> pictures = Model::open(path_).decode(codes);
        double sum = 0.0;
        for (std::size_t i = 0; i < pictures[0].pixels.size(); ++i) {
            double mean = 0.0;
            double square = 0.0;
            for (const Image& picture : pictures) {
                const double value = picture.pixels[i] / 127.5;
                mean += value / 12.0;
                square += value * value / 12.0;
            }
            sum += std::sqrt(std::max(0.0, square - mean * mean));
        }
        QVERIFY(std::abs(varied.deviation - sum / double(pictures[0].pixels.size())) < 1e-3);

        VaryPicture wide = order;
        wide.radius = 0.5;
        QVERIFY(answerTo(core, {ExploreLane::Variation, 2, wide}).deviation > varied.deviation);
        wide.samples = 1;
        QVERIFY(answerTo(core, {ExploreLane::Variation, 3, wide}).error);
        wide = order;
        wide.code = priorCodes(1, 1, 7);
        QVERIFY(answerTo(core, {ExploreLane::Variation, 4, wide}).error);

        const QTemporaryDir dir;
        Trainer trainer(tinyRun("vae", folderIn(dir, "run")));
        trainer.steps(1);
        core.open(trainer->saveCheckpoint().path);
        const ExploreResult posterior = answerTo(core, {ExploreLane::Variation, 5, order});
        QVERIFY(!posterior.error && posterior.spread == CodeSpread::Posterior);
        QVERIFY(posterior.deviation > 0.0F);
    }

    /// alpha-GAN's stochastic encoder has no density: it is asked again and again, with noise of a seed.
    void aStochasticEncoderIsAskedAgainAndAgain() {
        const QTemporaryDir dir;
        RunConfig config = tinyRun("alpha-gan", folderIn(dir, "run"));
        config.overrides["stochasticEncoder"] = "true";
        Trainer trainer(config);
        trainer.steps(5);
        ExplorerCore core({}, {});
        core.open(trainer->saveCheckpoint().path);
        const ExploreResult encoded = answerTo(core, {ExploreLane::Encode, 1, EncodeImage{halves(40, 40)}});
        VaryPicture order{.picture = encoded.original, .code = encoded.codes, .samples = 70};
        const ExploreResult varied = answerTo(core, {ExploreLane::Variation, 1, order});
        QVERIFY(!varied.error && varied.spread == CodeSpread::Encoder);
        QCOMPARE(varied.drawn.count, 70U);
        const auto row = [&](const ExploreResult& result, std::size_t i) {
            const auto code = result.drawn.row(i);
            return std::vector<float>(code.begin(), code.end());
        };
        QVERIFY(row(varied, 0) != row(varied, 1));
        QVERIFY(row(varied, 0) != row(varied, 69)); // of another batch
        // Not the perturbation: that would have a quarter of the prior's spread around the code.
        QVERIFY(row(varied, 0) != encoded.codes.values);
        QVERIFY(answerTo(core, {ExploreLane::Variation, 2, order}).drawn == varied.drawn);
        order.seed = 2;
        QVERIFY(!(answerTo(core, {ExploreLane::Variation, 3, order}).drawn == varied.drawn));
    }

    void heldOutPicturesAreSearchedForInPieces() {
        ExplorerCore core({}, {});
        core.open(path_);
        MeasureHeldOut order{.count = 10};
        order.options.by = EncodeBy::Refine;
        order.options.search = {.steps = 4, .starts = 2};
        core.request({ExploreLane::HeldOut, 1, order});
        std::vector<double> progress;
        ExploreResult measured;
        while (core.turn()) {
            for (ExploreResult& result : core.takeResults()) {
                progress.push_back(result.progress);
                measured = std::move(result);
            }
        }
        QVERIFY(!measured.error && measured.finished && measured.searched);
        QCOMPARE(measured.heldOutL1.size(), 10U);
        QVERIFY(progress.size() > 8U && std::is_sorted(progress.begin(), progress.end()));
        QCOMPARE(progress.back(), 1.0);
        // What a search from the encoder's code finds is at least as good as that code.
        const ExploreResult encoded = answerTo(core, {ExploreLane::HeldOut, 2, MeasureHeldOut{10}});
        for (std::size_t i = 0; i < 10; ++i) {
            QVERIFY(measured.heldOutL1[i] <= encoded.heldOutL1[i] + 1e-5F);
        }
    }

    void aSearchForHeldOutPicturesCanBeCancelled() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("dcgan", folderIn(dir, "run"))); // without an encoder
        trainer.steps(1);
        ExplorerCore core({}, {});
        core.open(trainer->saveCheckpoint().path);
        MeasureHeldOut order{.count = 16};
        order.options.by = EncodeBy::Search;
        order.options.search = {.steps = 1000, .starts = 1};
        core.request({ExploreLane::HeldOut, 1, order});
        for (int i = 0; i < 6; ++i) {
            QVERIFY(core.turn());
        }
        core.cancel(ExploreLane::HeldOut);
        runDry(core);
        const ExploreResult last = onlyResult(core);
        QVERIFY(last.cancelled && last.heldOutL1.empty());
    }

    void heldOutPicturesAreMeasured() {
        ExplorerCore core({}, {});
        core.open(path_);
        const ExploreResult measured = answerTo(core, {ExploreLane::HeldOut, 1, MeasureHeldOut{20}});
        QVERIFY(!measured.error);
        QCOMPARE(measured.heldOutL1.size(), 20U);
        QVERIFY(std::is_sorted(measured.heldOutL1.begin(), measured.heldOutL1.end()));
        Model model = Model::open(path_);
        std::vector<float> expected;
        model.reconstruct(model.prepare({model.info().data}, "test", 20).images, &expected);
        std::sort(expected.begin(), expected.end());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(std::abs(measured.heldOutL1[i] - expected[i]) < 1e-4F);
        }
        QVERIFY(answerTo(core, {ExploreLane::HeldOut, 2, MeasureHeldOut{0}}).heldOutL1.empty());
    }

    void aModelWithoutEncoderHasNoHeldOutErrors() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("dcgan", folderIn(dir, "run")));
        trainer.steps(1);
        ExplorerCore core({}, {});
        core.open(trainer->saveCheckpoint().path);
        const ExploreResult refused = answerTo(core, {ExploreLane::HeldOut, 1, MeasureHeldOut{20}});
        QVERIFY(refused.error);
        QCOMPARE(refused.error->kind(), ErrorKind::Usage);
    }

private:
    QTemporaryDir dir_;
    std::string path_;
};

QTEST_GUILESS_MAIN(ExplorerPicturesTest)
#include "tst_explorer_pictures.moc"
