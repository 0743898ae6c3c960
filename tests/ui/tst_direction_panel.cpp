// Directions in the window over a fake engine: sets to choose from, moves and undo, what is found anew where
// the code comes to rest, attributes from two sets of pictures, what is kept with the run.

#include <QComboBox>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <cmath>

#include "ui/models/direction_text.h"
#include "ui/panels/attribute_maker.h"
#include "ui/panels/directions_panel.h"
#include "ui/panels/explore_workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/slider_list.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::ExploreLane;

class TestDirectionPanel : public QObject {
    Q_OBJECT

    static QString name(const char* latin) { return QString::fromLatin1(latin); }

    /// A window in Explore with a model of 8 numbers that lies in the run folder "/runs/a".
    struct Bench : WindowBench {
        explicit Bench(unsigned capabilities = 31) {
            window->setWorkspace(Workspace::Explore);
            engine->setRuns("/runs", {sampleRun("/runs/a", {10})});
            window->bridge().openModel("/runs/a");
            engine->explorer->path = "/runs/a/checkpoints/step-000000000010.safetensors";
            engine->explorer->pushModel(8, capabilities);
        }
        DirectionController& controller() { return window->directions(); }
        DirectionsPanel& panel() { return *window->exploreWorkspace()->directions(); }
        std::vector<float> code() { return window->explore().view().code; }
        FakeExplorer& explorer() { return *engine->explorer; }
        void choose(DirectionSet set) {
            panel().setChoice()->setCurrentIndex(int(set));
            Q_EMIT panel().setChoice()->activated(int(set));
        }
        std::size_t asked(ExploreLane lane) { return explorer().requestsOf(lane).size(); }
        bool saved(const char* line) {
            const auto log = engine->log();
            return std::any_of(log.begin(), log.end(),
                               [&](const std::string& one) { return one.find(line) != std::string::npos; });
        }
    };

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void dimensionsComeFirst() {
        Bench bench;
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        QCOMPARE(float(bench.panel().sliders()->value(3)), bench.code()[3]);
        QTRY_COMPARE(bench.panel().strip()->count(), 7);
        QTRY_COMPARE(bench.panel().sliders()->profile().size(), 13);
        QCOMPARE(bench.panel().sliders()->profileRow(), 0);
    }

    void localDirectionsFollowTheCodeButNotWhileItMoves() {
        Bench bench;
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        bench.choose(DirectionSet::Local);
        QTRY_COMPARE(bench.panel().sliders()->count(), 3);
        const std::size_t before = bench.asked(ExploreLane::Directions);
        for (int i = 1; i <= 20; ++i)
            bench.controller().move(0, i * 0.1);
        QCOMPARE(bench.asked(ExploreLane::Directions), before);
        QVERIFY(std::abs(bench.controller().position(0) - 2.0) < 1e-5);
        bench.window->explore().endGesture();
        QTRY_VERIFY(bench.asked(ExploreLane::Directions) > before);
        // Found anew where the code stands now: that is 0 on them.
        QTRY_VERIFY(std::abs(bench.controller().position(0)) < 1e-5);
    }

    void aDragAlongADirectionIsOneUndoStep() {
        Bench bench;
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        const auto start = bench.code();
        bench.choose(DirectionSet::Factors);
        QTRY_COMPARE(bench.panel().sliders()->count(), 3);
        for (int i = 1; i <= 10; ++i)
            bench.controller().move(1, i * 0.1);
        bench.window->explore().endGesture();
        QVERIFY(std::abs(bench.code()[6] - 1.0F) < 1e-5F); // the fake's second factor is number 7
        QCOMPARE(bench.window->explore().undoStack().count(), 1);
        bench.window->explore().undoStack().undo();
        QCOMPARE(bench.code(), start);
        QTRY_VERIFY(std::abs(bench.panel().sliders()->value(1) - double(start[6])) < 1e-5);
    }

    void componentsNeedAnEncoderAndAreEncodedFor() {
        Bench bench;
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        QVERIFY(!bench.panel().encodeButton()->isVisible());
        bench.choose(DirectionSet::Components);
        QCOMPARE(bench.panel().sliders()->count(), 0);
        QTRY_VERIFY(bench.panel().encodeButton()->isVisible());
        bench.panel().encodeButton()->click();
        QVERIFY(bench.engine->atlas);
        QCOMPARE(bench.engine->atlas->loads.size(), std::size_t{1});
        QVERIFY(!bench.panel().encodeButton()->isVisible());
        bench.engine->atlas->pushCodes();
        QTRY_COMPARE(bench.panel().sliders()->count(), 1);
        QVERIFY(bench.panel().facts().contains(QLatin1String("50")));
    }

    void withoutAnEncoderThereIsNoFidelityAndTheReasonIsSaid() {
        Bench bench(17); // generates, and judges codes
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        bench.choose(DirectionSet::Components);
        QVERIFY(!bench.panel().encodeButton()->isVisible());
        QVERIFY(bench.controller().emptyReason().contains(name("no encoder")));
        bench.choose(DirectionSet::Factors);
        QTRY_COMPARE(bench.panel().strip()->count(), 7);
        QCOMPARE(bench.asked(ExploreLane::Fidelity), std::size_t{0});
    }

    void aKeptDirectionStaysWithTheRun() {
        Bench bench;
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        bench.choose(DirectionSet::Factors);
        QTRY_COMPARE(bench.panel().sliders()->count(), 3);
        bench.controller().keep(2, name("bold"));
        QTRY_VERIFY(bench.saved("save 1 directions in /runs/a"));
        bench.choose(DirectionSet::Own);
        QCOMPARE(bench.panel().sliders()->count(), 1);
        QCOMPARE(bench.panel().sliders()->directions().front().label, name("bold"));
        bench.controller().setRange(0, 5.0);
        QCOMPARE(bench.panel().sliders()->directions().front().maximum, 5.0);
        // It comes back with the run, under another model of it.
        bench.engine->explorer->pushModel(8, 31, 2);
        QTRY_COMPARE(bench.panel().sliders()->count(), 1);
        QCOMPARE(bench.panel().sliders()->directions().front().label, name("bold"));
        bench.controller().removeOwn(0);
        QCOMPARE(bench.panel().sliders()->count(), 0);
    }

    void anAttributeIsMadeFromTwoSets() {
        Bench bench;
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        bench.choose(DirectionSet::Own);
        AttributeMaker& maker = *bench.panel().attributeMaker();
        QTRY_VERIFY(maker.isVisible());
        QVERIFY(!maker.makeButton()->isEnabled());
        AttributeSets& sets = bench.window->attributeSets();
        engine::Codes with = engine::priorCodes(1, 12, 8);
        for (std::size_t i = 0; i < with.count; ++i)
            with.row(i)[2] += 3.0F;
        sets.add(AttributeSets::With, with);
        sets.add(AttributeSets::Without, engine::priorCodes(2, 12, 8));
        QVERIFY(maker.makeButton()->isEnabled());
        maker.name()->setText(name("bold"));
        maker.makeButton()->click();
        QTRY_COMPARE(bench.panel().sliders()->count(), 1);
        const engine::LatentDirection made = bench.controller().directions().front();
        QCOMPARE(made.name, std::string("bold"));
        QVERIFY(made.vector[2] > 0.8F);
        QVERIFY(bench.panel().facts().contains(name("AUC")));
        // One that goes along with the first in part, set apart from it.
        engine::Codes other = with;
        for (std::size_t i = 0; i < other.count; ++i)
            other.row(i)[5] += 2.0F;
        bench.controller().makeAttribute(name("rest"), other, engine::priorCodes(2, 12, 8), {name("bold")});
        QTRY_COMPARE(bench.panel().sliders()->count(), 2);
        const auto& rest = bench.controller().directions().back();
        double dot = 0.0;
        for (std::size_t i = 0; i < 8; ++i)
            dot += double(rest.vector[i]) * made.vector[i];
        QVERIFY(std::abs(dot) < 1e-5);
    }

    void droppedFilesAreEncodedOneAfterTheOther() {
        Bench bench;
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        AttributeSets& sets = bench.window->attributeSets();
        sets.addFiles(AttributeSets::With, {name("/p/a.png"), name("/p/b.png")});
        sets.addFiles(AttributeSets::Without, {name("/p/c.png")});
        QTRY_COMPARE(sets.codes(AttributeSets::With).count, std::size_t{2});
        QTRY_COMPARE(sets.codes(AttributeSets::Without).count, std::size_t{1});
        QCOMPARE(sets.thumbnails(AttributeSets::With).size(), 2);
        QVERIFY(!sets.busy());
        QCOMPARE(bench.asked(ExploreLane::Set), std::size_t{2});
    }

    void nothingIsAskedWhileAnotherWorkspaceIsInFront() {
        Bench bench;
        QTRY_COMPARE(bench.panel().strip()->count(), 7);
        bench.window->setWorkspace(Workspace::Monitor);
        const std::size_t before = bench.asked(ExploreLane::DirectionStrip);
        QSignalSpy strips(&bench.controller(), &DirectionController::stripDecoded);
        bench.window->explore().setSeed(9);
        QVERIFY(!strips.wait(400)); // longer than the code takes to come to rest
        QCOMPARE(bench.asked(ExploreLane::DirectionStrip), before);
        bench.window->setWorkspace(Workspace::Explore);
        QTRY_VERIFY(bench.asked(ExploreLane::DirectionStrip) > before);
    }

    void equalSetsAreAMessage() {
        Bench bench;
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        QSignalSpy problems(&bench.window->bridge(), &EngineBridge::problem);
        const engine::Codes codes = engine::priorCodes(1, 5, 8);
        bench.controller().makeAttribute(name("none"), codes, codes, {});
        QTRY_COMPARE(problems.size(), 1);
        QVERIFY(problems.front()[1].toString().contains(name("same mean code")));
    }

    void anotherModelHasOtherDirections() {
        Bench bench;
        QTRY_COMPARE(bench.panel().sliders()->count(), 8);
        bench.choose(DirectionSet::Local);
        QTRY_COMPARE(bench.panel().sliders()->count(), 3);
        bench.choose(DirectionSet::Dimensions);
        bench.engine->explorer->pushModel(5, 31, 2);
        QTRY_COMPARE(bench.panel().sliders()->count(), 5);
        QVERIFY(bench.controller().directions(DirectionSet::Local).empty());
    }
};

QTEST_MAIN(TestDirectionPanel)
#include "tst_direction_panel.moc"
