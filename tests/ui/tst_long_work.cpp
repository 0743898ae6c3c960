// Searches and walks as the user sees them: progress, curve, pictures, Cancel, the class selector.

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include "fake_engine.h"
#include "ui/panels/class_row.h"
#include "ui/panels/decoded_panel.h"
#include "ui/panels/encoded_view.h"
#include "ui/panels/long_work_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/curve_plot.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::ExploreLane;

class TestLongWork : public QObject {
    Q_OBJECT

    struct Bench {
        std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
        EngineBridge bridge{engine};
        ExploreController explore{bridge};
        DecodedPanel panel{explore};

        explicit Bench(unsigned capabilities) {
            panel.resize(360, 620);
            panel.show();
            bridge.openModel("model");
            engine->explorer->pushModel(8, capabilities);
            [this] { QTRY_VERIFY(explore.hasModel()); }();
            engine->explorer->automatic = false;
        }
        FakeExplorer& explorer() { return *engine->explorer; }
        engine::ExploreRequest last(ExploreLane lane) { return explorer().requestsOf(lane).back(); }
        void push(ExploreLane lane, int step, int steps) {
            explorer().push(explorer().searchStep(last(lane), step, steps));
        }
    };

    static constexpr unsigned generateOnly = unsigned(models::Capability::Generate);
    static constexpr unsigned conditional =
        models::capabilities({models::Capability::Generate, models::Capability::Conditional});

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void aSearchIsSeenStepByStep() {
        Bench bench(generateOnly);
        LongWorkView* view = bench.panel.search();
        QVERIFY(!view->isVisible());
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        bench.push(ExploreLane::Encode, 1, 4);
        QTRY_VERIFY(view->isVisible());
        QVERIFY(view->isRunning());
        auto* bar = view->findChild<QProgressBar*>();
        QCOMPARE(bar->value(), 250);
        QCOMPARE(view->plot()->pointCount(QStringLiteral("curve")), 1);
        bench.push(ExploreLane::Encode, 3, 4);
        QTRY_COMPARE(bar->value(), 750);
        QCOMPARE(view->plot()->pointCount(QStringLiteral("curve")), 3);
        bench.push(ExploreLane::Encode, 4, 4);
        QTRY_VERIFY(!view->isRunning());
        QVERIFY(view->isVisible()); // the curve stays with the code it led to
        QVERIFY(!bar->isVisible());
        QVERIFY(bench.panel.encoded()->encoded().searched);
        bench.explore.setSeed(12);
        QTRY_VERIFY(!view->isVisible());
    }

    void cancelReachesTheExplorer() {
        Bench bench(generateOnly);
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        bench.push(ExploreLane::Encode, 1, 4);
        auto* cancel = bench.panel.search()->findChild<QPushButton*>(QStringLiteral("progressCancel"));
        QTRY_VERIFY(cancel->isVisible());
        cancel->click();
        QCOMPARE(bench.explorer().cancelled, std::vector<ExploreLane>{ExploreLane::Encode});
        QVERIFY(!cancel->isEnabled());
    }

    void anErrorEndsTheView() {
        Bench bench(generateOnly);
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        bench.push(ExploreLane::Encode, 1, 4);
        QTRY_VERIFY(bench.panel.search()->isVisible());
        engine::ExploreResult failed;
        failed.lane = ExploreLane::Encode;
        failed.stamp = bench.last(ExploreLane::Encode).stamp;
        failed.error = engine::Error(engine::ErrorKind::BadInput, "It is gone.");
        bench.explorer().push(failed);
        QTRY_VERIFY(!bench.panel.search()->isVisible());
    }

    void onlyConditionalModelsShowClasses() {
        Bench bench(generateOnly);
        auto* row = bench.panel.findChild<ClassRow*>();
        QVERIFY(!row->isVisible());
        bench.explorer().pushModel(8, conditional, 2);
        QTRY_VERIFY(row->isVisible());
        QCOMPARE(row->findChild<QComboBox*>(QStringLiteral("classBox"))->count(), 3);
    }

    void aWalkShowsPictureAndProbability() {
        Bench bench(conditional);
        bench.explore.setSeed(9);
        bench.panel.findChild<QComboBox*>(QStringLiteral("classBox"))->setCurrentIndex(1);
        bench.panel.findChild<QSpinBox*>(QStringLiteral("classSteps"))->setValue(30);
        bench.panel.findChild<QPushButton*>(QStringLiteral("classGo"))->click();
        const auto order = std::get<engine::SampleClass>(bench.last(ExploreLane::Class).what);
        QCOMPARE(order.label, std::int64_t(1));
        QCOMPARE(order.steps, 30);
        QCOMPARE(order.seed, std::uint64_t(9));
        bench.push(ExploreLane::Class, 2, 30);
        LongWorkView* view = bench.panel.walk();
        QTRY_VERIFY(view->isVisible());
        QCOMPARE(view->plot()->pointCount(QStringLiteral("curve")), 2);
        QCOMPARE(bench.panel.picture()->image().pixelColor(3, 3).red(), 20);
        view->findChild<QPushButton*>(QStringLiteral("progressCancel"))->click();
        QCOMPARE(bench.explorer().cancelled, std::vector<ExploreLane>{ExploreLane::Class});
    }

    void theButtonTellsWhatItTakes() {
        Bench bench(generateOnly);
        QPushButton* open = nullptr;
        for (QPushButton* button : bench.panel.findChildren<QPushButton*>())
            if (button->accessibleName() == QStringLiteral("Open a picture"))
                open = button;
        QVERIFY(open);
        QTRY_VERIFY(open->isEnabled());
        QVERIFY(open->toolTip().contains(QStringLiteral("optimisation")));
        bench.explorer().pushPointsModel(8);
        QTRY_VERIFY(!open->isEnabled());
        QVERIFY(open->toolTip().contains(QStringLiteral("points")));
    }
};

QTEST_MAIN(TestLongWork)
#include "tst_long_work.moc"
