// A person's own picture in Explore: its figures, Refine with its three errors, another square, many codes.

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "fake_engine.h"
#include "ui/panels/decoded_panel.h"
#include "ui/panels/encoded_view.h"
#include "ui/panels/long_work_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/crop_view.h"
#include "ui/widgets/error_bars.h"
#include "ui/widgets/image_view.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::ExploreLane;

class TestOwnPictures : public QObject {
    Q_OBJECT

    struct Bench {
        std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
        EngineBridge bridge{engine};
        ExploreController explore{bridge};
        DecodedPanel panel{explore};

        explicit Bench(unsigned capabilities = 31) {
            panel.resize(360, 700);
            panel.show();
            bridge.openModel("model");
            engine->explorer->pushModel(8, capabilities);
            [this] { QTRY_VERIFY(explore.hasModel()); }();
        }
        FakeExplorer& explorer() { return *engine->explorer; }
        EncodedView* view() { return panel.encoded(); }
        QPushButton* button(const char* name) { return view()->findChild<QPushButton*>(QLatin1String(name)); }
        QString text(const char* name) { return view()->findChild<QLabel*>(QLatin1String(name))->text(); }
        ErrorBars* bars() { return view()->starts(); }
        void encode() {
            explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
            [this] { QTRY_VERIFY(view()->isVisible()); }();
        }
        engine::ExploreRequest last(ExploreLane lane) { return explorer().requestsOf(lane).back(); }
        void pushSearch(int step, int steps, std::optional<engine::SearchErrors> errors) {
            engine::ExploreResult result = explorer().searchStep(last(ExploreLane::Encode), step, steps);
            result.searchErrors = errors;
            explorer().push(result);
        }
    };

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void itsFiguresAreShown() {
        Bench bench;
        QVERIFY(!bench.view()->isVisible());
        bench.encode();
        const QString figures = bench.text("encodedFigures");
        QVERIFY(figures.contains(QStringLiteral("L1 0.08")));
        QVERIFY(figures.contains(QStringLiteral("PSNR 21.5 dB")));
        QVERIFY(figures.contains(QStringLiteral("1 − SSIM 0.2")));
        QTRY_VERIFY(bench.text("heldOutRank").contains(QStringLiteral("75 %"))); // 3 of 4 are lower
        QVERIFY(bench.text("encodedNotes").contains(QStringLiteral("blue too dark")));
        QVERIFY(!bench.bars()->isVisible());
    }

    void heldOutPicturesAreMeasuredOncePerModel() {
        Bench bench;
        bench.encode();
        QTRY_COMPARE(bench.explorer().requestsOf(ExploreLane::HeldOut).size(), 1U);
        QTRY_VERIFY(bench.text("heldOutRank").contains(QStringLiteral("75 %")));
        QSignalSpy encoded(&bench.explore, &ExploreController::pictureEncoded);
        bench.explore.encodeFile(QStringLiteral("/pictures/eight.jpg"));
        QTRY_COMPARE(encoded.count(), 1);
        QCOMPARE(bench.explorer().requestsOf(ExploreLane::HeldOut).size(), 1U);
        bench.explorer().pushModel(8, 31, 2);
        QTRY_VERIFY(bench.bridge.model()->epoch == 2);
        bench.explore.encodeFile(QStringLiteral("/pictures/eight.jpg"));
        QTRY_COMPARE(bench.explorer().requestsOf(ExploreLane::HeldOut).size(), 2U);
    }

    void missingDataIsNoProblemOfTheUsers() {
        Bench bench;
        bench.explorer().automatic = false;
        QSignalSpy problems(&bench.explore, &ExploreController::problem);
        QSignalSpy changed(&bench.explore, &ExploreController::heldOutChanged);
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        bench.explorer().push(bench.explorer().answer(bench.last(ExploreLane::Encode)));
        QTRY_COMPARE(bench.explorer().requestsOf(ExploreLane::HeldOut).size(), 1U);
        engine::ExploreResult failed;
        failed.lane = ExploreLane::HeldOut;
        failed.stamp = 1;
        failed.epoch = 1;
        failed.error = engine::Error(engine::ErrorKind::InputOutput, "The data is gone.");
        bench.explorer().push(failed);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(problems.count(), 0);
        QVERIFY(!bench.view()->findChild<QLabel*>(QStringLiteral("heldOutRank"))->isVisible());
    }

    void refineShowsThreeErrorsAndBecomesTheCode() {
        Bench bench;
        bench.encode();
        QTRY_COMPARE(bench.explore.view().code.front(), 0.5F);
        bench.explorer().automatic = false;
        bench.button("refinePicture")->click();
        const auto order = std::get<engine::EncodeFile>(bench.last(ExploreLane::Encode).what);
        QCOMPARE(order.options.by, engine::EncodeBy::Refine);
        QCOMPARE(order.path, std::string("/pictures/seven.jpg"));
        QVERIFY(!bench.button("refinePicture")->isEnabled());
        const engine::SearchErrors errors{
            .randomStart = 0.5F, .randomFound = 0.2F, .encoder = 0.08F, .refined = 0.05F};
        bench.pushSearch(1, 4, errors);
        QTRY_VERIFY(bench.panel.search()->isVisible());
        QVERIFY(bench.bars()->isVisible());
        bench.pushSearch(4, 4, errors);
        QTRY_COMPARE(bench.explore.view().code.front(), 0.4F);
        QVERIFY(bench.explore.view().source.contains(QStringLiteral("refined")));
        const QList<ErrorBars::Bar>& bars = bench.bars()->bars();
        QCOMPARE(bars.size(), 3);
        QCOMPARE(bars[0].value, double(0.2F));
        QCOMPARE(bars[1].value, double(0.08F));
        QCOMPARE(bars[2].value, double(0.05F));
        QVERIFY(bench.button("refinePicture")->isEnabled());
        // Held-out pictures were not searched for: that is offered.
        QVERIFY(!bench.view()->findChild<QLabel*>(QStringLiteral("heldOutRank"))->isVisible());
        QVERIFY(bench.button("rankBySearch")->isVisible());
        bench.explore.undoStack().undo();
        QCOMPARE(bench.explore.view().code.front(), 0.5F);
    }

    void aSearchedCodeIsComparedWithSearchedOnes() {
        Bench bench;
        bench.encode();
        bench.explorer().automatic = false;
        bench.button("refinePicture")->click();
        bench.pushSearch(4, 4, engine::SearchErrors{});
        QTRY_VERIFY(bench.button("rankBySearch")->isVisible());
        bench.button("rankBySearch")->click();
        const auto request = bench.last(ExploreLane::HeldOut);
        const auto order = std::get<engine::MeasureHeldOut>(request.what);
        QCOMPARE(order.options.by, engine::EncodeBy::Refine);
        QCOMPARE(order.count, std::size_t{32});
        QVERIFY(!bench.button("rankBySearch")->isVisible());
        auto* progress = bench.view()->findChild<QWidget*>(QStringLiteral("heldOutSearch"));
        QVERIFY(progress->isVisible());
        engine::ExploreResult step;
        step.lane = ExploreLane::HeldOut;
        step.stamp = request.stamp;
        step.epoch = 1;
        step.finished = false;
        step.progress = 0.5;
        QSignalSpy progressed(&bench.explore, &ExploreController::searchedHeldOutProgressed);
        bench.explorer().push(step);
        QTRY_COMPARE(progressed.count(), 1);
        step.finished = true;
        step.heldOutL1 = {0.01F, 0.02F, 0.3F, 0.4F};
        bench.explorer().push(step);
        QTRY_VERIFY(bench.view()->findChild<QLabel*>(QStringLiteral("heldOutRank"))->isVisible());
        QVERIFY(bench.text("heldOutRank").contains(QStringLiteral("50 %")));
        QVERIFY(!progress->isVisible());
    }

    void theComparisonCanBeGivenUp() {
        Bench bench(unsigned(models::Capability::Generate));
        bench.explorer().automatic = false;
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        bench.pushSearch(4, 4, engine::SearchErrors{});
        QTRY_VERIFY(bench.button("rankBySearch")->isVisible());
        bench.button("rankBySearch")->click();
        const auto request = bench.last(ExploreLane::HeldOut);
        QCOMPARE(std::get<engine::MeasureHeldOut>(request.what).options.by, engine::EncodeBy::Search);
        bench.explore.cancelSearchedHeldOut();
        QCOMPARE(bench.explorer().cancelled.back(), ExploreLane::HeldOut);
        engine::ExploreResult ended;
        ended.lane = ExploreLane::HeldOut;
        ended.stamp = request.stamp;
        ended.epoch = 1;
        ended.cancelled = true;
        bench.explorer().push(ended);
        QTRY_VERIFY(bench.button("rankBySearch")->isVisible());
        QVERIFY(!bench.explore.searchesHeldOut());
    }

    void aRefinementCancelledAtOnceLeavesEverything() {
        Bench bench;
        bench.encode();
        bench.explorer().automatic = false;
        bench.button("refinePicture")->click();
        engine::ExploreResult nothing;
        nothing.lane = ExploreLane::Encode;
        nothing.stamp = bench.last(ExploreLane::Encode).stamp;
        nothing.epoch = 1;
        nothing.cancelled = true;
        bench.explorer().push(nothing);
        QTRY_VERIFY(bench.button("refinePicture")->isEnabled());
        QCOMPARE(bench.explore.view().code.front(), 0.5F);
        QVERIFY(bench.text("encodedFigures").contains(QStringLiteral("L1 0.08")));
    }

    void withoutEncoderThereAreTwoErrors() {
        Bench bench(unsigned(models::Capability::Generate));
        bench.explorer().automatic = false;
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        const engine::SearchErrors errors{
            .randomStart = 0.5F, .randomFound = 0.2F, .encoder = {}, .refined = {}};
        bench.pushSearch(4, 4, errors);
        QTRY_VERIFY(bench.view()->isVisible());
        QCOMPARE(bench.bars()->bars().size(), 2);
        QCOMPARE(bench.bars()->bars()[0].value, 0.5);
        QVERIFY(bench.explorer().requestsOf(ExploreLane::HeldOut).empty());
    }

    void anotherSquareIsEncodedAtOnce() {
        Bench bench;
        bench.encode();
        bench.button("cropPicture")->click();
        auto* crop = bench.view()->findChild<CropView*>();
        QVERIFY(crop->isVisible());
        QCOMPARE(crop->square(), QRect(0, 0, 600, 600));
        const int steps = bench.explore.undoStack().count();
        QSignalSpy encoded(&bench.explore, &ExploreController::pictureEncoded);
        QTest::keyClick(crop, Qt::Key_Minus);
        QTRY_COMPARE(encoded.count(), 1);
        const auto order = std::get<engine::EncodeFile>(bench.last(ExploreLane::Encode).what);
        QVERIFY((order.crop == engine::CropSquare{28, 28, 545}));
        QVERIFY(bench.explore.undoStack().count() <= steps + 1);
        crop->parentWidget()->close();
    }

    void aPresetOfTheModelsStays() {
        Bench bench;
        engine::ModelOpened opened = *bench.bridge.model();
        opened.epoch = 2;
        opened.info.crop = "108";
        bench.explorer().epoch = 2;
        bench.explorer().automatic = false;
        bench.explorer().push(opened);
        QTRY_VERIFY(bench.bridge.model()->epoch == 2);
        bench.explore.encodeFile(QStringLiteral("/pictures/face.jpg"));
        engine::ExploreResult result = bench.explorer().answer(bench.last(ExploreLane::Encode));
        result.source.crop.reset();
        bench.explorer().push(result);
        QTRY_VERIFY(bench.view()->isVisible());
        QVERIFY(!bench.button("cropPicture")->isEnabled());
        QVERIFY(bench.button("cropPicture")->toolTip().contains(QStringLiteral("108")));
    }

    void manyCodesGiveAMap() {
        Bench bench;
        bench.encode();
        QVERIFY(bench.explorer().requestsOf(ExploreLane::Variation).empty());
        bench.button("varyPicture")->click();
        const auto order = std::get<engine::VaryPicture>(bench.last(ExploreLane::Variation).what);
        QCOMPARE(order.samples, 32);
        QCOMPARE(order.radius, 0.25);
        QCOMPARE(order.code.values.front(), 0.5F);
        QTRY_VERIFY(bench.text("deviationNote").contains(QStringLiteral("0.031")));
        QVERIFY(bench.text("deviationNote").contains(QStringLiteral("perturbed, radius 0.25 σ")));
        bench.explorer().spread = engine::CodeSpread::Encoder;
        bench.explore.encodeFile(QStringLiteral("/pictures/eight.jpg")); // follows the picture
        QTRY_COMPARE(bench.explorer().requestsOf(ExploreLane::Variation).size(), 2U);
        QTRY_VERIFY(bench.text("deviationNote").contains(QStringLiteral("drawn by the stochastic encoder")));
        bench.button("varyPicture")->click();
        QVERIFY(!bench.view()->findChild<QLabel*>(QStringLiteral("deviationNote"))->isVisible());
    }
};

QTEST_MAIN(TestOwnPictures)
#include "tst_own_pictures.moc"
