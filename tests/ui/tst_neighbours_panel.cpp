// The nearest training pictures in the window over a fake engine: nothing happens unseen, every decoded
// picture is asked about, samples are judged, what is clicked is explored, what cannot be says why.

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

#include <algorithm>

#include "models/schema/method_traits.h"
#include "ui/panels/decoded_panel.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/judgement_view.h"
#include "ui/panels/neighbours_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bar_row.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/picture_row.h"
#include "ui/widgets/progress_row.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::ExploreLane;
using engine::NeighbourSpace;
using engine::NeighbourTask;
using models::Capability;

class TestNeighboursPanel : public QObject {
    Q_OBJECT

    static constexpr unsigned everything = 31;

    struct Bench : WindowBench {
        explicit Bench(unsigned capabilities = everything) {
            window->setWorkspace(Workspace::Explore);
            window->bridge().openModel("/runs/a");
            engine->explorer->path = "/runs/a/checkpoints/step-000000000010.safetensors";
            engine->explorer->pushModel(8, capabilities);
            opened = QTest::qWaitFor([this] { return !window->explore().decoded().empty(); });
        }
        bool opened = false; ///< and a picture was decoded
        ExploreWorkspace& workspace() { return *window->exploreWorkspace(); }
        NeighboursPanel& panel() { return *workspace().neighbours(); }
        void look() { workspace().sideTabs()->setCurrentIndex(1); }
        FakeNeighbourFinder& finder() { return *engine->neighbours; }
        bool lookAndFind(float distance = 3.0F) {
            look();
            finder().pushReady();
            finder().pushFound(distance);
            return QTest::qWaitFor([this] { return !panel().row()->items().isEmpty(); });
        }
    };

    static QString label(const NeighboursPanel& panel, const char* name) {
        return panel.findChild<QLabel*>(QString::fromLatin1(name))->text();
    }

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void nothingHappensUnseen() {
        Bench bench;
        QVERIFY(bench.opened);
        bench.window->explore().setSeed(5);
        QVERIFY(!bench.engine->neighbours);
        bench.look();
        QVERIFY(bench.engine->neighbours);
        QCOMPARE(bench.finder().opened.size(), std::size_t(1));
        QCOMPARE(bench.finder().opened[0].checkpoint, bench.engine->explorer->path);
        QCOMPARE(bench.finder().opened[0].space, NeighbourSpace::Pixel);
        const std::size_t asked = bench.finder().asked.size();
        QVERIFY(asked >= 1);
        bench.workspace().sideTabs()->setCurrentIndex(0);
        QCOMPARE(bench.finder().pauses.back(), true);
        const QSignalSpy decoded(&bench.window->explore(), &ExploreController::pictureDecoded);
        bench.window->explore().setSeed(6);
        QTRY_COMPARE(decoded.count(), 1);
        QCOMPARE(bench.finder().asked.size(), asked);
        bench.look();
        QCOMPARE(bench.finder().pauses.back(), false);
        QCOMPARE(bench.finder().opened.size(), std::size_t(1)); // what was begun goes on
        QCOMPARE(bench.finder().asked.size(), asked + 1);
        bench.window->setWorkspace(Workspace::Monitor);
        QCOMPARE(bench.finder().pauses.back(), true);
    }

    void everyMoveIsAskedAbout() {
        Bench bench;
        QVERIFY(bench.lookAndFind());
        const std::size_t before = bench.finder().asked.size();
        for (int i = 0; i < 5; ++i) {
            const QSignalSpy decoded(&bench.window->explore(), &ExploreController::pictureDecoded);
            bench.window->explore().setDimension(0, 0.1 * (i + 1));
            QTRY_COMPARE(decoded.count(), 1);
        }
        QCOMPARE(bench.finder().asked.size(), before + 5);
        QVERIFY(std::is_sorted(bench.finder().asked.begin(), bench.finder().asked.end()));
    }

    void neighboursAreShownWithDistanceAndLabel() {
        Bench bench;
        QVERIFY(bench.lookAndFind(3.0F));
        const auto& items = bench.panel().row()->items();
        QCOMPARE(items.size(), 6);
        QCOMPARE(items[1].figure, QStringLiteral("4"));
        QCOMPARE(items[1].note, QStringLiteral("1"));
        QVERIFY(items[1].toolTip.contains(QStringLiteral("train #1")));
        QVERIFY(items[5].apart);
        QVERIFY(items[5].toolTip.contains(QStringLiteral("not seen")));
        QVERIFY(bench.panel().verdict().contains(QStringLiteral("25 %")));
        QVERIFY(bench.panel().facts().contains(QStringLiteral("0.8")));
        bench.finder().pushFound(0.0F);
        QTRY_VERIFY(bench.panel().verdict().contains(QStringLiteral("is a training picture")));
    }

    void aNeighbourIsEncoded() {
        Bench bench;
        QVERIFY(bench.lookAndFind());
        PictureRow* row = bench.panel().row();
        const std::size_t before = bench.engine->explorer->requestsOf(ExploreLane::Encode).size();
        QTest::mouseClick(row, Qt::LeftButton, {}, row->pictureRect(2).center().toPoint());
        const auto requests = bench.engine->explorer->requestsOf(ExploreLane::Encode);
        QCOMPARE(requests.size(), before + 1);
        const auto* order = std::get_if<engine::EncodeImage>(&requests.back().what);
        QVERIFY(order);
        QCOMPARE(order->image.pixels.front(), std::uint8_t(80)); // of label 2
        row->setFocus();
        QTest::keyClick(row, Qt::Key_Left);
        QTest::keyClick(row, Qt::Key_Return);
        QCOMPARE(bench.engine->explorer->requestsOf(ExploreLane::Encode).size(), before + 2);
    }

    void spacesOfTheModelCanBeChosen() {
        Bench bench;
        QVERIFY(bench.lookAndFind());
        QComboBox* choice = bench.panel().spaceChoice();
        choice->setCurrentIndex(choice->findData(int(NeighbourSpace::Feature)));
        Q_EMIT choice->activated(choice->currentIndex());
        QCOMPARE(bench.finder().opened.size(), std::size_t(2));
        QCOMPARE(bench.finder().opened.back().space, NeighbourSpace::Feature);
        QVERIFY(bench.panel().row()->items().isEmpty()); // those were distances of pixels
        // Late news of the first order are of another space.
        bench.finder().push(engine::NeighboursReady{NeighbourSpace::Pixel, 1, 1, 1});
        bench.finder().pushReady(NeighbourSpace::Feature);
        QTRY_VERIFY(bench.window->neighbours().finished().has_value());
        QCOMPARE(bench.window->neighbours().ready()->reference, std::size_t(200));
    }

    void spacesThatAreMissingSayWhy() {
        Bench bench(unsigned(Capability::Generate));
        bench.look();
        auto* model = qobject_cast<QStandardItemModel*>(bench.panel().spaceChoice()->model());
        QVERIFY(model->item(0)->isEnabled());
        QVERIFY(!model->item(1)->isEnabled());
        QVERIFY(model->item(1)->toolTip().contains(QStringLiteral("no encoder")));
        QVERIFY(!model->item(2)->isEnabled());
        QVERIFY(model->item(2)->toolTip().contains(QStringLiteral("no discriminator")));
        bench.window->neighbours().setSpace(NeighbourSpace::Code);
        QCOMPARE(bench.window->neighbours().space(), NeighbourSpace::Pixel);
    }

    void pointsHaveNoNeighbours() {
        Bench bench;
        bench.engine->explorer->pushPointsModel(2);
        QTRY_VERIFY(bench.window->bridge().model()->info.isPoints());
        bench.look();
        QVERIFY(!bench.engine->neighbours);
        QTRY_VERIFY(label(bench.panel(), "neighboursReason").contains(QStringLiteral("points")));
        QVERIFY(!bench.panel().judgeButton()->isVisible());
    }

    void progressAndCancel() {
        Bench bench;
        bench.look();
        bench.finder().push(
            engine::NeighbourProgress{NeighbourTask::Open, "placing training pictures", 0.5, 3});
        QTRY_VERIFY(bench.panel().progress()->isVisible());
        QVERIFY(!bench.panel().judgeButton()->isEnabled());
        // Samples are judged before the index is there.
        bench.finder().push(engine::NeighboursMeasured{});
        bench.finder().push(engine::NeighbourProgress{NeighbourTask::Open, "building the index", 0.1, 9});
        QTRY_VERIFY(bench.panel().judgeButton()->isEnabled());
        bench.panel().progress()->findChild<QPushButton*>()->click();
        QCOMPARE(bench.finder().cancelled.size(), std::size_t(1));
        QCOMPARE(bench.finder().cancelled[0], NeighbourTask::Open);
        bench.finder().push(engine::NeighboursEnded{NeighbourTask::Open, std::nullopt});
        QTRY_VERIFY(bench.panel().searchButton()->isVisible());
        QVERIFY(!bench.panel().progress()->isVisible());
        // Given up stays given up until it is asked for.
        bench.workspace().sideTabs()->setCurrentIndex(0);
        bench.look();
        QCOMPARE(bench.finder().opened.size(), std::size_t(1));
        bench.panel().searchButton()->click();
        QCOMPARE(bench.finder().opened.size(), std::size_t(2));
        QVERIFY(!bench.panel().searchButton()->isVisible());
    }

    void failuresAreSaid() {
        Bench bench;
        bench.look();
        bench.finder().push(engine::NeighboursEnded{
            NeighbourTask::Open,
            engine::Error(engine::ErrorKind::BadInput, "The set is gone.", "Bring it back.")});
        QTRY_VERIFY(bench.panel().hasMessage());
        QVERIFY(bench.panel().searchButton()->isVisible());
        bench.panel().searchButton()->click();
        QVERIFY(!bench.panel().hasMessage());
    }

    void samplesAreJudged() {
        Bench bench;
        QVERIFY(bench.lookAndFind());
        QVERIFY(!bench.panel().judgement()->isVisible());
        bench.panel().judgeButton()->click();
        QCOMPARE(bench.finder().judged.size(), std::size_t(1));
        QCOMPARE(bench.finder().judged[0], (std::pair<std::size_t, std::uint64_t>{256, 1}));
        QVERIFY(!bench.panel().judgeButton()->isEnabled());
        bench.finder().pushJudged();
        QTRY_VERIFY(bench.panel().judgement()->isVisible());
        JudgementView& view = *bench.panel().judgement();
        QVERIFY(view.memory().contains(QStringLiteral("repeated")));
        QVERIFY(view.variety().contains(QStringLiteral("near-duplicates")));
        QVERIFY(view.codes().contains(QStringLiteral("z 3")));
        QCOMPARE(view.bars()->values().size(), 8);
        QCOMPARE(view.bars()->values()[0], 0.9);
        view.statistic()->setCurrentIndex(2);
        QCOMPARE(view.bars()->values()[2], 4.1);
        QVERIFY(bench.panel().judgeButton()->isEnabled());
    }

    /// The journey: from the judgement to the most suspicious sample, and what it is a copy of.
    void aSuspiciousSampleIsExplored() {
        Bench bench;
        QVERIFY(bench.lookAndFind());
        bench.panel().judgeButton()->click();
        bench.finder().pushJudged();
        QTRY_VERIFY(bench.panel().judgement()->isVisible());
        ImageGrid* pairs = bench.panel().judgement()->pairs();
        QCOMPARE(pairs->pairMode(), PairMode::Pairs);
        QCOMPARE(qGray(pairs->cell(0).pixel(0, 0)), 7);
        Q_EMIT pairs->cellClicked(0);
        const engine::Codes codes = engine::priorCodes(1, 256, 8);
        const auto seventh = codes.row(7);
        QCOMPARE(bench.window->explore().view().code, std::vector<float>(seventh.begin(), seventh.end()));
        bench.trigger("undo");
        QVERIFY(bench.window->explore().view().code != std::vector<float>(seventh.begin(), seventh.end()));
    }

    void anotherModelIsSearchedAnew() {
        Bench bench;
        QVERIFY(bench.lookAndFind());
        bench.panel().judgeButton()->click();
        bench.finder().pushJudged();
        QTRY_VERIFY(bench.panel().judgement()->isVisible());
        bench.engine->explorer->path = "/runs/b/checkpoints/step-000000000020.safetensors";
        bench.engine->explorer->pushModel(8, everything, 2);
        QTRY_COMPARE(bench.finder().opened.size(), std::size_t(2));
        QCOMPARE(bench.finder().opened.back().checkpoint, bench.engine->explorer->path);
        QVERIFY(!bench.panel().judgement()->isVisible());
        QVERIFY(bench.panel().row()->items().isEmpty());
    }

    void notesAreShown() {
        Bench bench;
        bench.look();
        bench.finder().push(engine::NeighboursReady{NeighbourSpace::Pixel, 200, 50, 10});
        bench.finder().push(engine::NeighboursFinished{{"The kept neighbours are damaged."}, false, 1.0});
        QTRY_VERIFY(label(bench.panel(), "neighboursNotes").contains(QStringLiteral("damaged")));
    }

    /// Codes of a model in training are of one moment, and the panel says when that has passed.
    void aModelInTrainingMovesOn() {
        Bench bench;
        engine::ModelOpened opened = *bench.window->bridge().model();
        opened.live = true;
        opened.epoch = 3;
        opened.info.path.clear();
        opened.info.step = 10;
        bench.engine->explorer->push(opened);
        QTRY_VERIFY(bench.window->bridge().model()->live);
        bench.look();
        QVERIFY(bench.finder().opened.back().checkpoint.empty());
        bench.finder().pushReady(NeighbourSpace::Pixel, 10);
        QTRY_VERIFY(bench.window->neighbours().finished().has_value());
        QVERIFY(!bench.panel().refreshButton()->isVisible());
        bench.engine->explorer->push(engine::WeightsUpdated{30});
        QTRY_VERIFY(bench.panel().refreshButton()->isVisible());
        // Samples are those of the weights of now.
        bench.panel().judgeButton()->click();
        QCOMPARE(bench.finder().opened.size(), std::size_t(2));
        QCOMPARE(bench.finder().judged.size(), std::size_t(1));
    }
};

QTEST_MAIN(TestNeighboursPanel)
#include "tst_neighbours_panel.moc"
