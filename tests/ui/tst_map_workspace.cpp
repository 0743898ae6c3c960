// The Map workspace over a fake engine: codes are encoded and laid out, coloured, found and selected; what
// comes of a selection; the critic's field and the way to a hole. And the pure functions beneath.

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <set>

#include "ui/models/figures.h"
#include "ui/models/map_math.h"
#include "ui/models/map_places.h"
#include "ui/panels/map_side.h"
#include "ui/panels/map_workspace.h"
#include "ui/panels/place_list.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bar_row.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/scatter_map.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::AtlasTask;

namespace {

/// Rows of two numbers: the map's plane is the code space itself.
engine::CodeSet smallSet(const std::vector<float>& values) {
    engine::CodeSet set;
    set.codes = engine::Codes(values.size() / 2, 2);
    set.codes.values = values;
    for (std::size_t i = 0; i < set.codes.count; ++i) {
        set.numbers.push_back(10 + i);
        set.labels.push_back(int(i % 3) - 1);
    }
    set.labelNames = {"ankle boot", "bag"};
    return set;
}

engine::CodeMap turnedPlane() {
    engine::CodeMap map;
    map.origin = {1, 2, 3};
    map.across = {0, 1, 0};
    map.up = {0, 0, -1};
    return map;
}

} // namespace

class TestMapWorkspace : public QObject {
    Q_OBJECT

    static QString name(const char* latin) { return QString::fromLatin1(latin); }

    struct Bench : WindowBench {
        explicit Bench(unsigned capabilities = 31) {
            window->setWorkspace(Workspace::Map);
            window->bridge().openModel("/runs/a");
            engine->explorer->pushModel(8, capabilities);
        }
        MapWorkspace& workspace() { return *window->mapWorkspace(); }
        FakeAtlas& atlas() { return *engine->atlas; }
        template <typename Widget>
        Widget* child(const char* objectName) {
            return workspace().findChild<Widget*>(QString::fromLatin1(objectName));
        }
        QPushButton* load() { return child<QPushButton>("loadCodes"); }
        void choose(const char* combo, int index) {
            auto* box = child<QComboBox>(combo);
            box->setCurrentIndex(index);
            Q_EMIT box->activated(index);
        }
        void find(const char* text) {
            auto* line = child<QLineEdit>("findOnMap");
            line->setText(QString::fromLatin1(text));
            Q_EMIT line->returnPressed();
        }
    };
    /// With 40 codes on the map.
    struct FullBench : Bench {
        FullBench() {
            QTRY_VERIFY(load()->isEnabled());
            load()->click();
            atlas().pushCodes();
            QTRY_COMPARE(workspace().map()->count(), 40);
        }
    };

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void anotherStepIsToldNotEncoded() {
        FullBench bench;
        QCOMPARE(bench.load()->text(), name("Encode again"));
        const std::size_t loads = bench.atlas().loads.size();
        engine::ModelOpened opened = *bench.window->bridge().model();
        opened.epoch += 1;
        opened.info.step = bench.window->atlas().codes()->model.step + 3000;
        bench.engine->explorer->push(opened); // the scrubber went there
        const QString step = stepText(opened.info.step);
        QTRY_COMPARE(bench.load()->text(), name("Encode at step %1").arg(step));
        QVERIFY(bench.workspace().messagePanel()->caption().contains(step));
        QCOMPARE(bench.atlas().loads.size(), loads); // minutes for a large set: on demand only
        bench.load()->click();
        QCOMPARE(bench.atlas().loads.size(), loads + 1);
    }

    void placesAndCodesAreInverse() {
        const engine::CodeMap map = turnedPlane();
        QVERIFY(hasPlane(map));
        QVERIFY(!hasPlane(engine::CodeMap{}));
        const std::vector<float> code = codeAt(map, {2.0, -1.5});
        QCOMPARE(code, (std::vector<float>{1, 4, 4.5F}));
        const QPointF place = placeOf(map, code);
        QVERIFY(std::abs(place.x() - 2.0) < 1e-6 && std::abs(place.y() + 1.5) < 1e-6);
    }

    void aGridGoesFromTheTopLeft() {
        const engine::Codes grid = codeGrid(turnedPlane(), {0, 0, 2, 4}, 2);
        QCOMPARE(grid.count, std::size_t{4});
        // Upper left cell's centre: x 0.5, y 3.
        QCOMPARE(std::vector<float>(grid.row(0).begin(), grid.row(0).end()),
                 (std::vector<float>{1, 2.5F, 0}));
        QCOMPARE(std::vector<float>(grid.row(3).begin(), grid.row(3).end()),
                 (std::vector<float>{1, 3.5F, 2}));
    }

    void extentsLeaveOutWhatIsNoPlace() {
        engine::CodeMap map;
        map.positions = {0, 0, 10, 5, std::nanf(""), 1e30F};
        const QRectF extent = extentOf(map);
        QVERIFY(extent.contains(QPointF(0, 0)) && extent.contains(QPointF(10, 5)));
        QVERIFY(extent.width() < 12.0);
        QVERIFY(extentOf(engine::CodeMap{}).isNull());
    }

    void aWalkTakesFarRowsInAnOrderOfNeighbours() {
        const engine::CodeSet set = smallSet({0, 0, 0.1F, 0, 10, 0, 10, 0.1F, 5, 0});
        const auto walk = walkThrough(set, {0, 1, 2, 3, 4}, 3);
        QCOMPARE(walk.size(), std::size_t{3});
        QCOMPARE(walk[0], 0U);
        QCOMPARE(walk[1], 4U);
        QVERIFY(walk[2] == 2U || walk[2] == 3U);
        QCOMPARE(walkThrough(set, {3, 1}, 8).size(), std::size_t{2});
    }

    void rowsAreMeantByLabelOrNumber() {
        const engine::CodeSet set = smallSet(std::vector<float>(12, 0.0F)); // labels -1, 0, 1, -1, 0, 1
        QCOMPARE(rowsMeant(set, name("bag")), (std::vector<std::uint32_t>{2, 5}));
        QCOMPARE(rowsMeant(set, name("ANK")), (std::vector<std::uint32_t>{1, 4}));
        QCOMPARE(rowsMeant(set, name("#12")), (std::vector<std::uint32_t>{2}));
        QCOMPARE(rowsMeant(set, name("11")), (std::vector<std::uint32_t>{1}));
        for (const char* nothing : {"", "#", "#99", "99999999999999999999999", "-1", "shoe"})
            QVERIFY(rowsMeant(set, name(nothing)).empty());
    }

    void theMostExtremeCodesAreMarked() {
        engine::CodeMap map; // x and y are the first two numbers
        map.origin = {0, 0, 0};
        map.across = {1, 0, 0};
        map.up = {0, 1, 0};
        engine::Codes codes(9, 3);
        const float rows[9][3] = {{1, 0, 7},  {1.5F, 0, 0}, {-2, -1, 0}, {0, 1, 0}, {3, 3, 0},
                                  {-3, 3, 0}, {3, -3, 0},   {0, 0, 0},   {0, 3, 0}};
        for (std::size_t i = 0; i < 9; ++i)
            std::copy_n(rows[i], 3, codes.row(i).begin());
        const std::vector<float> logRatios{
            -4.0F, // a hole
            -3.0F, // beside a deeper one
            -5.0F, // the deepest
            -1.0F, // not ten times rarer
            6.0F,  // dense, but nobody's picture
            4.0F,  // the first of the pictures': a leak
            -8.0F, // a picture where there are few
            2.0F,  // not ten times denser
            3.0F,  // another leak
        };
        const auto places = extremePlaces(map, codes, logRatios, 5, 1.0);
        QCOMPARE(places.size(), std::size_t{4});
        QVERIFY(places[0].kind == MapPlace::Kind::Hole && places[0].number == 1);
        QCOMPARE(places[0].place, QPointF(-2, -1));
        QCOMPARE(places[0].logRatio, -5.0);
        QCOMPARE(places[1].number, 2);
        QCOMPARE(places[1].code, (std::vector<float>{1, 0, 7})); // the whole code
        QVERIFY(places[2].kind == MapPlace::Kind::Leak && places[2].number == 1);
        QCOMPARE(places[2].place, QPointF(-3, 3));
        QCOMPARE(places[3].place, QPointF(0, 3));
        QCOMPARE(extremePlaces(map, codes, logRatios, 5, 0.1).size(), std::size_t{5});
        QCOMPARE(extremePlaces(map, codes, logRatios, 5, 1.0, 1).size(), std::size_t{2});
        QVERIFY(extremePlaces({}, codes, logRatios, 5, 1.0).empty());
        QVERIFY(extremePlaces(map, codes, {}, 5, 1.0).empty());
    }

    void manyCodesAreAnEllipse() {
        const engine::CodeMap map = turnedPlane();
        engine::Codes codes(4, 3);
        // On the plane: x = +-2 and y = +-1 about (1, 1); the number that the plane leaves out does not
        // count.
        const float offsets[4][2] = {{2, 1}, {2, -1}, {-2, 1}, {-2, -1}};
        for (std::size_t i = 0; i < 4; ++i) {
            const auto code = codeAt(map, {1.0 + offsets[i][0], 1.0 + offsets[i][1]});
            std::copy(code.begin(), code.end(), codes.row(i).begin());
            codes.row(i)[0] += float(i);
        }
        const CodeCloud cloud = cloudOf(map, codes);
        QCOMPARE(cloud.points.size(), std::size_t{4});
        QVERIFY(std::abs(cloud.mean.x() - 1.0) < 1e-6 && std::abs(cloud.mean.y() - 1.0) < 1e-6);
        QVERIFY(std::abs(cloud.variance[0] - 16.0 / 3.0) < 1e-5);
        QVERIFY(std::abs(cloud.variance[2] - 4.0 / 3.0) < 1e-5);
        const QRectF two = cloud.ellipse(2.0).boundingRect();
        QVERIFY(std::abs(two.width() - 4.0 * std::sqrt(16.0 / 3.0)) < 0.02);
        QVERIFY(std::abs(two.height() - 4.0 * std::sqrt(4.0 / 3.0)) < 0.02);
        // A correlated pair is a line.
        engine::Codes pair(2, 3);
        for (std::size_t i = 0; i < 2; ++i) {
            const auto code = codeAt(map, {double(i), double(i)});
            std::copy(code.begin(), code.end(), pair.row(i).begin());
        }
        for (const QPointF& point : cloudOf(map, pair).ellipse(1.0))
            QVERIFY(std::abs(point.x() - point.y()) < 1e-6);
    }

    void codesAreEncodedMappedAndDescribed() {
        Bench bench;
        QTRY_VERIFY(bench.load()->isEnabled());
        QVERIFY(!bench.child<QComboBox>("mapKind")->isEnabled());
        bench.load()->click();
        QCOMPARE(bench.atlas().loads.size(), std::size_t{1});
        QCOMPARE(bench.atlas().loads.front().count, std::size_t{10'000});
        QVERIFY(!bench.load()->isEnabled());
        QVERIFY(bench.workspace().progress()->isVisible());
        bench.atlas().pushCodes();
        QTRY_COMPARE(bench.workspace().map()->count(), 40);
        QVERIFY(bench.load()->isEnabled());
        QVERIFY(!bench.workspace().progress()->isVisible());
        QVERIFY(bench.workspace().map()->coloring() == ScatterColoring::Category);
        QTRY_COMPARE(bench.workspace().codeSpace()->figure(name("dimensions")), name("8 / 8"));
        QCOMPARE(bench.workspace().codeSpace()->spread()->values().size(), 8);
    }

    void aMethodWithoutAnEncoderSearchesOrDraws() {
        Bench bench(17);
        QTRY_VERIFY(bench.load()->isEnabled());
        QCOMPARE(bench.load()->text(), name("Search"));
        bench.load()->click();
        QVERIFY(bench.atlas().loads.back().codes == engine::AtlasCodes::Search);
        QCOMPARE(bench.atlas().loads.back().count, std::size_t{100});
        bench.atlas().push(engine::AtlasEnded{AtlasTask::Load, std::nullopt});
        QTRY_VERIFY(bench.load()->isEnabled());
        bench.choose("codeSource", 2);
        QCOMPARE(bench.load()->text(), name("Draw"));
        bench.load()->click();
        QVERIFY(bench.atlas().loads.back().codes == engine::AtlasCodes::Prior);
        QCOMPARE(bench.atlas().loads.back().count, std::size_t{10'000});
    }

    void codesOfThePriorHaveNeitherErrorsNorACritic() {
        Bench bench;
        QTRY_VERIFY(bench.load()->isEnabled());
        bench.choose("mapColour", 1);
        bench.choose("codeSource", 2);
        bench.load()->click();
        bench.atlas().pushCodes(40, engine::AtlasCodes::Prior);
        QTRY_COMPARE(bench.workspace().map()->count(), 40);
        QVERIFY(!bench.child<QCheckBox>("mapField")->isEnabled());
        QVERIFY(!bench.workspace().codeSpace()->criticButton()->isEnabled());
        QCOMPARE(bench.atlas().errorOrders, 0);
        QVERIFY(bench.workspace().map()->coloring() == ScatterColoring::Plain);
    }

    void workCanBeCancelledAndFailuresAreSaid() {
        Bench bench;
        QTRY_VERIFY(bench.load()->isEnabled());
        bench.load()->click();
        Q_EMIT bench.workspace().progress()->cancelRequested();
        QCOMPARE(bench.atlas().cancelled, std::vector<AtlasTask>{AtlasTask::Load});
        bench.atlas().push(engine::AtlasEnded{AtlasTask::Load, std::nullopt});
        QTRY_VERIFY(bench.load()->isEnabled());
        QVERIFY(!bench.workspace().messagePanel()->hasMessage());
        bench.load()->click();
        bench.atlas().push(engine::AtlasEnded{
            AtlasTask::Load, engine::Error(engine::ErrorKind::BadInput, "The set is gone.", "Point to it.")});
        QTRY_VERIFY(bench.workspace().messagePanel()->hasMessage());
        QVERIFY(bench.load()->isEnabled());
    }

    void layoutsAreOrderedWithWhatTheCodesAllow() {
        FullBench bench;
        bench.choose("mapKind", 1);
        QCOMPARE(bench.atlas().maps.size(), std::size_t{1});
        QVERIFY(bench.atlas().maps.back().kind == engine::MapKind::TSne);
        QCOMPARE(bench.atlas().maps.back().perplexity, 13.0);      // of 40 codes
        QVERIFY(!bench.child<QCheckBox>("mapField")->isEnabled()); // no plane
        bench.choose("mapKind", 2);
        QVERIFY(bench.atlas().maps.back().kind == engine::MapKind::Umap);
    }

    void errorsAreMeasuredWhenTheyAreAskedFor() {
        FullBench bench;
        bench.choose("mapColour", 1);
        QCOMPARE(bench.atlas().errorOrders, 1);
        bench.atlas().push(engine::ErrorsMeasured{std::make_shared<const std::vector<float>>(40, 0.1F)});
        QTRY_VERIFY(bench.workspace().map()->coloring() == ScatterColoring::Value);
        bench.choose("mapColour", 2);
        QVERIFY(bench.workspace().map()->coloring() == ScatterColoring::Density);
    }

    void whatIsFoundIsSelected() {
        FullBench bench;
        bench.find("one");
        QCOMPARE(bench.workspace().selection()->rows().size(), std::size_t{20});
        QCOMPARE(bench.workspace().map()->selection().size(), 20);
        QCOMPARE(bench.workspace().selection()->grid()->count(), 20);
        bench.find("#7");
        QCOMPARE(bench.workspace().selection()->rows(), (std::vector<std::uint32_t>{7}));
        bench.find("nowhere");
        QVERIFY(bench.workspace().messagePanel()->hasMessage());
        bench.child<QLineEdit>("findOnMap")->clear();
        QVERIFY(bench.workspace().selection()->rows().empty());
    }

    void aSelectionBecomesAWalk() {
        FullBench bench;
        bench.find("zero");
        bench.workspace().selection()->walkButton()->click();
        QVERIFY(bench.window->workspace() == Workspace::Explore);
        const auto& keyframes = bench.window->explore().view().keyframes;
        QCOMPARE(keyframes.size(), std::size_t{8});
        std::set<std::vector<float>> different;
        for (const CodeKeyframe& keyframe : keyframes)
            different.insert(keyframe.code);
        QCOMPARE(different.size(), std::size_t{8});
    }

    void selectionsBecomeAnAttributesSets() {
        FullBench bench;
        bench.find("one");
        bench.workspace().selection()->setButton(0)->click();
        bench.find("zero");
        bench.workspace().selection()->setButton(1)->click();
        const AttributeSets& sets = bench.window->attributeSets();
        QCOMPARE(sets.codes(AttributeSets::With).count, std::size_t{20});
        QCOMPARE(sets.codes(AttributeSets::Without).count, std::size_t{20});
        QVERIFY(sets.ready());
        QVERIFY(sets.codes(AttributeSets::With).row(0)[0] > sets.codes(AttributeSets::Without).row(0)[0]);
    }

    void aPointOpensInExplore() {
        FullBench bench;
        Q_EMIT bench.workspace().map()->pointOpened(5);
        QVERIFY(bench.window->workspace() == Workspace::Explore);
        const auto expected = bench.window->atlas().codes()->codes.row(5);
        QCOMPARE(bench.window->explore().view().code, std::vector<float>(expected.begin(), expected.end()));
    }

    void codesWithoutAMapYetHaveNoPoints() {
        FullBench bench;
        auto set = std::make_shared<engine::CodeSet>();
        set->codes = engine::priorCodes(1, 3, 8);
        set->labels = {0, 1, 0};
        set->numbers = {0, 1, 2};
        bench.atlas().push(engine::CodesLoaded{set, {}, 0.1});
        QTRY_COMPARE(bench.window->atlas().codes()->count(), std::size_t{3});
        QCOMPARE(bench.workspace().map()->count(), 0);
        QVERIFY(bench.workspace().selection()->rows().empty());
    }

    void theFieldNeedsACriticWhichIsTrained() {
        FullBench bench;
        bench.child<QCheckBox>("mapField")->setChecked(true);
        QCOMPARE(bench.atlas().criticOrders, 1);
        QVERIFY(!bench.workspace().map()->hasField());
        engine::CodeCriticReport report;
        report.accuracy = 0.61;
        report.calibration = 0.02;
        bench.atlas().push(engine::CriticTrained{report});
        QTRY_VERIFY(bench.workspace().map()->hasField());
        QCOMPARE(bench.workspace().codeSpace()->figure(name("accuracy")), name("61.0 %"));
        QCOMPARE(bench.workspace().codeSpace()->figure(name("calibration")), name("2.0 %"));
        bench.child<QCheckBox>("mapField")->setChecked(false);
        QVERIFY(!bench.workspace().map()->hasField());
    }

    void aHoleIsDecoded() {
        FullBench bench;
        QVERIFY(!bench.workspace().codeSpace()->holeButton()->isEnabled());
        bench.workspace().codeSpace()->criticButton()->click();
        bench.atlas().push(engine::CriticTrained{});
        QTRY_VERIFY(bench.workspace().codeSpace()->holeButton()->isEnabled());
        bench.workspace().codeSpace()->holeButton()->click();
        QTRY_VERIFY(bench.window->workspace() == Workspace::Explore);
        // The fake's critic is the first number: the deepest hole is where that is smallest.
        QVERIFY(bench.window->explore().view().code[0] < -3.0F);
    }

    void holesAndLeaksAreListedAndDecoded() {
        FullBench bench;
        bench.child<QCheckBox>("mapField")->setChecked(true);
        engine::CodeCriticReport report;
        report.calibration = 0.02;
        report.heldOut = 500;
        report.reliability.assign(10, 0.04F);
        bench.atlas().push(engine::CriticTrained{report});
        PlaceList* places = bench.workspace().codeSpace()->places();
        QTRY_VERIFY(places->isVisible());
        QVERIFY(places->list()->count() >= 2); // the fake sees as log q/p the first number
        QVERIFY(places->list()->item(0)->toolTip().contains(name("4 %")));
        int numbered = -1;
        for (int i = 0; i < bench.workspace().map()->marks().size() && numbered < 0; ++i)
            if (bench.workspace().map()->marks()[i].role != ScatterMarkRole::Pinned &&
                bench.workspace().map()->marks()[i].role != ScatterMarkRole::Current)
                numbered = i;
        QVERIFY(numbered >= 0);
        const QPointF place = bench.workspace().map()->marks()[numbered].position;
        Q_EMIT bench.workspace().map()->markClicked(numbered);
        QCOMPARE(places->current(), 0);
        QVERIFY(places->decodeButton()->text().startsWith(name("Decode ")));
        places->decodeButton()->click();
        QVERIFY(bench.window->workspace() == Workspace::Explore);
        QVERIFY(std::abs(bench.window->explore().view().code[0] - place.x()) < 1e-4);
        QVERIFY(place.x() < -2.3); // a code of the prior, a hole
        QVERIFY(bench.window->explore().view().source.contains(name("log q/p")));
        bench.window->setWorkspace(Workspace::Map);
        // The button beside the list finds the same one.
        const auto first = bench.window->explore().view().code;
        bench.window->explore().setCode(std::vector<float>(first.size(), 0.0F), name("middle"));
        bench.child<QPushButton>("showHole")->click();
        QTRY_VERIFY(bench.window->workspace() == Workspace::Explore);
        QCOMPARE(bench.window->explore().view().code, first);
        bench.window->setWorkspace(Workspace::Map);
        bench.child<QCheckBox>("mapField")->setChecked(false);
        QCOMPARE(bench.workspace().map()->marks().size(), numbered); // no longer there
    }

    void anUnreliableCriticMarksNothing() {
        FullBench bench;
        bench.child<QCheckBox>("mapField")->setChecked(true);
        engine::CodeCriticReport report;
        report.calibration = 0.3;
        report.heldOut = 500;
        bench.atlas().push(engine::CriticTrained{report});
        PlaceList* places = bench.workspace().codeSpace()->places();
        QTRY_VERIFY(bench.workspace().map()->hasField());
        QCOMPARE(places->list()->count(), 0);
        QVERIFY(places->note().contains(name("30 %")));
        report.heldOut = 12;
        bench.atlas().push(engine::CriticTrained{report});
        QTRY_VERIFY(places->note().contains(name("Too few")));
    }

    void theOwnPicturesCodesLieOnTheMap() {
        FullBench bench;
        auto* box = bench.child<QCheckBox>("mapCloud");
        QTRY_VERIFY(box->isEnabled());
        box->setChecked(true);
        QVERIFY(bench.workspace().messagePanel()->hasMessage()); // there is none yet
        QVERIFY(bench.workspace().map()->cloud().points.isEmpty());
        bench.window->explore().encodeFile(name("/pictures/seven.png"));
        QTRY_COMPARE(bench.workspace().map()->cloud().points.size(), 32);
        QCOMPARE(bench.workspace().map()->cloud().outlines.size(), 2);
        QVERIFY(bench.workspace().map()->cloud().caption.contains(name("seven.png")));
        QVERIFY(bench.workspace().map()->cloud().caption.contains(name("perturbed")));
        box->setChecked(false);
        QVERIFY(bench.workspace().map()->cloud().points.isEmpty());
        bench.choose("mapKind", 1); // a layout has no plane
        QVERIFY(!box->isEnabled());
    }

    void theMapIsSavedAsAPicture() {
        FullBench bench;
        bench.dialogs->picked = bench.path("map.png");
        bench.workspace().exportMap();
        QTRY_VERIFY(bench.workspace().messagePanel()->hasMessage());
        QVERIFY(QFileInfo(bench.path("map.png")).size() > 1000);
        bench.dialogs->picked = name("/no/such/place/map.png");
        bench.workspace().messagePanel()->clearMessage();
        QSignalSpy problems(&bench.window->bridge(), &EngineBridge::problem);
        bench.workspace().exportMap();
        QTRY_COMPARE(problems.size(), 1);
    }
};

QTEST_MAIN(TestMapWorkspace)
#include "tst_map_workspace.moc"
