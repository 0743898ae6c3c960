// Views in the window: copied, pasted, saved, opened and dropped; what is exported is drawn from them.

#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

#include "ui/panels/decoded_panel.h"
#include "ui/panels/explore_workspace.h"
#include "ui/session/explore_exports.h"
#include "ui/theme/theme.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

class TestExploreViews : public QObject {
    Q_OBJECT

    struct Bench : WindowBench {
        explicit Bench(std::size_t latentSize = 8, const char* checksum = "c0ffee") {
            window->bridge().openModel("m");
            engine->explorer->path = "/nowhere/m.safetensors";
            engine->explorer->checksum = checksum;
            engine->explorer->pushModel(latentSize);
            [this] { QTRY_VERIFY(explore().hasModel()); }();
        }
        ExploreController& explore() { return window->explore(); }
        const ExploreView& view() { return explore().view(); }
        void addKeyframes(unsigned count) {
            for (unsigned i = 0; i < count; ++i) {
                explore().setSeed(20 + i);
                explore().addKeyframe();
            }
        }
        QString told() {
            Panel* panel = window->panelFor(Area::Explore);
            return panel->hasMessage() ? panel->messageBar()->text() : QString();
        }
        bool logged(const std::string& begin) {
            const auto log = engine->log();
            return std::any_of(log.begin(), log.end(),
                               [&](const std::string& line) { return line.starts_with(begin); });
        }
        QString touch(const char* name) {
            QFile file(path(name));
            return file.open(QIODevice::WriteOnly) ? path(name) : QString();
        }
    };

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void aCopiedViewIsPastedAsOneStep() {
        Bench bench;
        bench.addKeyframes(3);
        bench.explore().setPath(engine::PathKind::Cubic);
        bench.explore().setLoop(true);
        bench.explore().setTruncation(0.7);
        const ExploreView before = bench.view();
        bench.trigger("copyView");
        QCOMPARE(bench.told(), QString());
        bench.explore().clearKeyframes();
        bench.explore().setSeed(99);
        const ExploreView moved = bench.view();
        const int steps = bench.explore().undoStack().count();
        bench.trigger("paste");
        QCOMPARE(bench.explore().undoStack().count(), steps + 1);
        QCOMPARE(bench.view().code, before.code);
        QCOMPARE(bench.view().truncation, before.truncation);
        QCOMPARE(bench.view().keyframes.size(), before.keyframes.size());
        QCOMPARE(bench.view().keyframes[1].code, before.keyframes[1].code);
        QVERIFY(bench.view().path == before.path && bench.view().loop);
        bench.explore().undoStack().undo();
        QVERIFY(bench.view() == moved);
    }

    void foundGeodesicsTravelAlong() {
        Bench bench;
        bench.addKeyframes(2);
        engine::ViewDocument view = bench.explore().document(engine::ViewKind::Strip);
        view.path = engine::PathKind::Geodesic;
        engine::Codes way(3, 8);
        std::copy_n(view.keyframes[0].code.begin(), 8, way.row(0).begin());
        std::copy_n(view.keyframes[1].code.begin(), 8, way.row(2).begin());
        view.ways = {way};
        bench.explore().loadDocument(view);
        QCOMPARE(bench.explore().path().waysMissing(), std::size_t(0));
        QCOMPARE(bench.explore().path().at(0.5), std::vector<float>(8, 0.0F));
        QVERIFY(bench.explore().document(engine::ViewKind::Strip).ways == view.ways);
    }

    void aViewOfAnotherSizeIsRefused() {
        Bench bench;
        engine::ViewDocument view = bench.explore().document(engine::ViewKind::Picture);
        view.model.latentSize = 3;
        view.model.checksum = "other";
        view.at->code.resize(3);
        const ExploreView before = bench.view();
        QApplication::clipboard()->setText(QString::fromStdString(engine::viewToJson(view)));
        bench.trigger("paste");
        QVERIFY(bench.told().contains(QStringLiteral("3 numbers")));
        QVERIFY(bench.view() == before);
    }

    void aViewOfAnotherCheckpointSaysSo() {
        Bench bench;
        engine::ViewDocument view = bench.explore().document(engine::ViewKind::Picture);
        view.model.checksum = "other";
        view.at->code[0] = 2.5F;
        QApplication::clipboard()->setText(QString::fromStdString(engine::viewToJson(view)));
        bench.trigger("paste");
        QCOMPARE(bench.view().code[0], 2.5F);
        QVERIFY(bench.told().contains(QStringLiteral("another checkpoint")));
    }

    void aDamagedViewIsOneSentence() {
        Bench bench;
        QApplication::clipboard()->setText(
            QStringLiteral("{\"format\": \"alphascope-view\", \"version\": 9}"));
        bench.trigger("paste");
        QVERIFY(bench.told().contains(QStringLiteral("version")));
    }

    void aViewFileOpensItsCheckpoint() {
        Bench bench;
        const QString checkpoint = bench.touch("kept.safetensors");
        const QString file = bench.touch("walk.json");
        engine::ViewDocument view = bench.explore().document(engine::ViewKind::Picture);
        view.model.path = "kept.safetensors"; // beside the view
        view.model.checksum = "kept";
        view.at->code[0] = -1.5F;
        bench.engine->setView(file.toStdString(), view);
        bench.window->openPath(file);
        QTRY_COMPARE(bench.engine->explorer->opened.back(), checkpoint.toStdString());
        QVERIFY(bench.view().code[0] != -1.5F);
        bench.engine->explorer->checksum = "kept";
        bench.engine->explorer->pushModel(8, 31, 2);
        QTRY_COMPARE(bench.view().code[0], -1.5F);
        QCOMPARE(bench.told(), QString());
    }

    void aPictureOffersItsView() {
        Bench bench;
        const QString picture = bench.touch("saved.png");
        engine::ViewDocument view = bench.explore().document(engine::ViewKind::Picture);
        view.at->code[0] = 1.25F;
        bench.engine->setView(picture.toStdString(), view);
        bench.window->openPath(picture);
        QTRY_VERIFY(bench.told().contains(QStringLiteral("carries the view")));
        QTRY_COMPARE(bench.view().source, QStringLiteral("saved.png")); // it was encoded as any other
        QVERIFY(bench.told().contains(QStringLiteral("carries the view")));
        const auto buttons =
            bench.window->panelFor(Area::Explore)->messageBar()->findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 1);
        buttons[0]->click();
        QCOMPARE(bench.view().code[0], 1.25F);
        QCOMPARE(bench.told(), QString());
    }

    void exportsOfACheckpointAreDrawnFromTheirView() {
        Bench bench;
        bench.addKeyframes(4);
        ExploreExports exports(bench.window->bridge(), bench.explore());
        QSignalSpy saved(&exports, &ExploreExports::saved);
        exports.savePicture(QStringLiteral("/out/a.png"), 8);
        exports.saveStrip(QStringLiteral("/out/b.png"), 9, 1);
        exports.saveGrid(QStringLiteral("/out/c.png"), 6);
        exports.saveVideo(QStringLiteral("/out/d.gif"), {.scale = 3, .side = 0, .framesPerSecond = 10.0});
        QTRY_COMPARE(saved.size(), 4);
        QVERIFY(bench.logged("render /out/a.png picture of c0ffee"));
        QVERIFY(bench.logged("render /out/b.png strip of c0ffee 9 0 x1"));
        QVERIFY(bench.logged("render /out/c.png grid of c0ffee"));
        const int seconds = int(3 * bench.explore().secondsPerSegment() * 10.0) + 1;
        QVERIFY(bench.logged("render /out/d.gif film of c0ffee " + std::to_string(seconds) + " 0 x3"));
        QVERIFY(!exports.makingVideo());
    }

    void theFilmsViewIsSavedWithoutTheFilm() {
        Bench bench;
        bench.addKeyframes(3);
        bench.explore().setSecondsPerSegment(2.0);
        bench.explore().setFramesPerSecond(10);
        bench.dialogs->picked = bench.path("film.json");
        bench.window->exploreWorkspace()->saveView(engine::ViewKind::Film);
        QTRY_VERIFY(QFile::exists(bench.path("film.json")));
        QFile file(bench.path("film.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const engine::ViewDocument view = engine::viewFromJson(file.readAll().toStdString(), "film.json");
        QVERIFY(view.show == engine::ViewKind::Film);
        QCOMPARE(view.frames, std::size_t(41));
        bench.explore().setSecondsPerSegment(9.0);
        bench.explore().loadDocument(view);
        QCOMPARE(bench.explore().secondsPerSegment(), 2.0); // it plays as long as before
    }

    void aModelInTrainingHasNoCheckpoint() {
        Bench bench(8, "");
        ExploreExports exports(bench.window->bridge(), bench.explore());
        QVERIFY(!exports.fromCheckpoint());
        bench.dialogs->picked = bench.path("live.json");
        bench.trigger("saveView");
        QVERIFY(bench.told().contains(QStringLiteral("in training")));
        QTRY_VERIFY(QFile::exists(bench.path("live.json")));
        QFile file(bench.path("live.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const engine::ViewDocument view = engine::viewFromJson(file.readAll().toStdString(), "live.json");
        QVERIFY(view.model.checksum.empty());
        QCOMPARE(view.at->code, bench.view().code);
    }
};

QTEST_MAIN(TestExploreViews)
#include "tst_explore_views.moc"
