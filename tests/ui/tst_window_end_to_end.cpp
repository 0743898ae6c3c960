// The whole way once, with the real engine: start, watch, explore while it trains, stop, open the checkpoint.

#include <QImage>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/main_window.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/monitor_workspace.h"
#include "ui/panels/pad_panel.h"
#include "ui/panels/setup_panel.h"
#include "ui/session/explore_exports.h"
#include "ui/session/real_engine.h"
#include "ui/theme/theme.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/latent_pad.h"
#include "ui/window_capture.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::SessionState;

namespace {

// Generous: the machine may be building something else.
constexpr int patience = 120000;

} // namespace

class TestWindowEndToEnd : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    std::unique_ptr<MainWindow> open(const char* settings) {
        WindowServices services;
        services.engine = makeRealEngine();
        services.dialogs = std::make_unique<FakeDialogs>();
        services.settings = std::make_unique<QSettings>(folder_.filePath(QString::fromLatin1(settings)),
                                                        QSettings::IniFormat);
        services.runsRoot = folder_.filePath(QStringLiteral("runs"));
        auto window = std::make_unique<MainWindow>(std::move(services));
        window->restoreSession(false);
        window->show();
        return window;
    }

    static SessionState state(MainWindow& window) { return window.bridge().status().state; }

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void trainsAndExploresAtOnce() {
        const auto window = open("a.ini");
        window->startTraining();
        // Pictures and curves arrive.
        QTRY_VERIFY_WITH_TIMEOUT(window->monitor()->samples()->count() > 0, patience);
        QVERIFY(window->monitor()->reconstructions()->count() > 0);
        QTRY_VERIFY_WITH_TIMEOUT(window->display().history().lastStep() > 5, patience);
        QVERIFY(!window->panelFor(Area::Monitor)->hasMessage());

        // The explorer follows the training, and the pad moves the picture.
        window->setWorkspace(Workspace::Explore);
        QTRY_VERIFY_WITH_TIMEOUT(window->explore().hasModel(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window->explore().decoded().empty(), patience);
        const engine::Image before = window->explore().decoded();
        LatentPad* pad = window->exploreWorkspace()->padPanel()->pad();
        const QPoint from = pad->toWidget({-2, 2}).toPoint();
        const QPoint to = pad->toWidget({2, -2}).toPoint();
        QTest::mousePress(pad, Qt::LeftButton, {}, from);
        for (int i = 1; i <= 10; ++i)
            QTest::mouseMove(pad, from + (to - from) * i / 10);
        QTest::mouseRelease(pad, Qt::LeftButton, {}, to);
        QTRY_VERIFY_WITH_TIMEOUT(!(window->explore().decoded() == before), patience);
        QVERIFY(window->explore().undoStack().canUndo());
        QSignalSpy field(&window->explore(), &ExploreController::fieldComputed);
        QTRY_VERIFY_WITH_TIMEOUT(!field.isEmpty(), patience);

        // A picture of one's own is encoded while it trains.
        QImage picture(60, 40, QImage::Format_RGB888);
        picture.fill(QColor(200, 40, 90));
        window->explore().encodePicture(picture, QStringLiteral("red"));
        QTRY_COMPARE_WITH_TIMEOUT(window->explore().view().source, QStringLiteral("red"), patience);

        window->togglePause();
        QTRY_VERIFY_WITH_TIMEOUT(state(*window) == SessionState::Paused, patience);
        const auto step = window->bridge().status().step;
        window->step();
        QTRY_COMPARE_WITH_TIMEOUT(window->bridge().status().step, step + 1, patience);
        window->stop();
        QTRY_VERIFY_WITH_TIMEOUT(state(*window) == SessionState::Stopped, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window->display().checkpoints().empty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(window->runModel().rowCount() == 1, patience);
    }

    void opensWhatWasSaved() {
        const auto window = open("b.ini");
        QTRY_VERIFY_WITH_TIMEOUT(window->runModel().rowCount() == 1, patience);
        const QModelIndex run = window->runModel().index(0, 0);
        QVERIFY(window->runModel().rowCount(run) > 0);
        window->openPath(run.data(RunTreeModel::FolderRole).toString());
        QTRY_VERIFY_WITH_TIMEOUT(window->display().history().lastStep() > 5, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window->explore().hasModel(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window->display().checkpoints().empty(), patience);
        window->display().showStep(0);
        QTRY_VERIFY_WITH_TIMEOUT(window->monitor()->samples()->count() > 0, patience);
        QVERIFY(!window->panelFor(Area::Monitor)->hasMessage());
    }

    /// The picture carries its view, and drawn from that by the command line's own function it is the same
    /// to the last byte.
    void whatIsSavedIsDrawnTheSameElsewhere() {
        const auto window = open("e.ini");
        QTRY_VERIFY_WITH_TIMEOUT(window->runModel().rowCount() == 1, patience);
        const QModelIndex run = window->runModel().index(0, 0);
        window->openPath(run.data(RunTreeModel::FolderRole).toString());
        QTRY_VERIFY_WITH_TIMEOUT(!window->display().checkpoints().empty(), patience);
        window->display().showStep(0);
        QTRY_VERIFY_WITH_TIMEOUT(window->bridge().model() && !window->bridge().model()->info.checksum.empty(),
                                 patience);
        window->explore().setSeed(12);
        window->explore().setTruncation(0.8);
        ExploreExports exports(window->bridge(), window->explore());
        QSignalSpy saved(&exports, &ExploreExports::saved);
        const std::string picture = folder_.filePath(QStringLiteral("saved.png")).toStdString();
        exports.savePicture(QString::fromStdString(picture), 2);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        engine::ViewDocument view = engine::readView(picture);
        engine::Model model = engine::openViewModel(view, engine::viewCheckpoint(view));
        const std::string again = folder_.filePath(QStringLiteral("again.png")).toStdString();
        engine::renderView(model, view, again);
        const auto bytes = [](const std::string& path) {
            QFile file(QString::fromStdString(path));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QVERIFY(!bytes(picture).isEmpty());
        QCOMPARE(bytes(again), bytes(picture));
        // And the window goes back to it.
        const std::vector<float> code = window->explore().view().code;
        window->explore().setSeed(13);
        window->explore().loadDocument(view);
        QCOMPARE(window->explore().view().code, code);
        QCOMPARE(window->explore().view().truncation, 0.8);
    }

    void drawsThePictureThatWasAskedFor() {
        const auto window = open("c.ini");
        CaptureRequest request;
        request.file = folder_.filePath(QStringLiteral("shot.png"));
        QTRY_VERIFY_WITH_TIMEOUT(window->runModel().rowCount() == 1, patience);
        request.openPath = window->runModel().index(0, 0).data(RunTreeModel::FolderRole).toString();
        request.workspace = Workspace::Explore;
        WindowCapture capture(*window, request);
        QSignalSpy finished(&capture, &WindowCapture::finished);
        capture.begin();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
        QCOMPARE(finished[0][0].toInt(), 0);
        const QImage shot(request.file);
        QCOMPARE(shot.size(), window->size() * window->devicePixelRatio());
    }

    void aForeignFileIsOneSentence() {
        const auto window = open("d.ini");
        const QString path = folder_.filePath(QStringLiteral("foreign.safetensors"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no checkpoint at all");
        file.close();
        window->openPath(path);
        QTRY_VERIFY_WITH_TIMEOUT(window->panelFor(Area::Runs)->hasMessage(), patience);
        QVERIFY(window->panelFor(Area::Runs)
                    ->messageBar()
                    ->text()
                    .contains(QStringLiteral("foreign.safetensors")));
    }
};

QTEST_MAIN(TestWindowEndToEnd)
#include "tst_window_end_to_end.moc"
