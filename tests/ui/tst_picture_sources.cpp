// A folder of pictures and a camera in Explore, over a fake engine: pictures are chosen and stepped through
// and encoded at once; a camera's frames are encoded as they come, until one is taken or it ends.

#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "ui/panels/decoded_panel.h"
#include "ui/panels/encoded_view.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/folder_popup.h"
#include "ui/panels/own_pictures.h"
#include "ui/session/folder_pictures.h"
#include "ui/theme/theme.h"
#include "ui/widgets/crop_view.h"
#include "ui/widgets/image_view.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::ExploreLane;

class TestPictureSources : public QObject {
    Q_OBJECT

    static QString name(const char* latin) { return QString::fromLatin1(latin); }

    struct Bench : WindowBench {
        explicit Bench(unsigned capabilities = 31) {
            window->setWorkspace(Workspace::Explore);
            window->bridge().openModel("/runs/a");
            engine->explorer->pushModel(8, capabilities);
            [this] { QTRY_VERIFY(window->explore().hasModel()); }();
        }
        ExploreWorkspace& workspace() { return *window->exploreWorkspace(); }
        OwnPictures& own() { return *workspace().ownPictures(); }
        FolderPictures& pictures() { return own().folder(); }
        QListView* list() { return own().popup()->list(); }
        DecodedPanel& panel() { return *workspace().decoded(); }
        FakeExplorer& explorer() { return *engine->explorer; }
        FakeCamera& camera() { return *engine->camera; }
        template <typename Widget>
        Widget* child(const char* objectName) {
            return own().findChild<Widget*>(QString::fromLatin1(objectName));
        }
        std::string lastFile() {
            const auto requests = explorer().requestsOf(ExploreLane::Encode);
            const auto* file =
                requests.empty() ? nullptr : std::get_if<engine::EncodeFile>(&requests.back().what);
            return file ? file->path : std::string();
        }
        void openFolder(const char* path = "/pictures") {
            own().openFolder(QString::fromLatin1(path));
            [this] { QTRY_VERIFY(own().popup()->isVisible()); }();
        }
        void startCamera() {
            Q_EMIT panel().cameraRequested();
            [this] { QVERIFY(own().camera().running()); }();
        }
        std::vector<engine::ExploreRequest> live() { return explorer().requestsOf(ExploreLane::Encode); }
    };

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void aFolderIsChosenFromAndEncodedAtOnce() {
        Bench bench;
        bench.dialogs->picked = name("/pictures");
        Q_EMIT bench.panel().openFolderRequested();
        QTRY_VERIFY(bench.own().popup()->isVisible());
        QCOMPARE(bench.pictures().count(), 12);
        QCOMPARE(bench.lastFile(), std::string("/pictures/bad3.png")); // the first at once
        QTest::keyClick(bench.list(), Qt::Key_Right);
        QCOMPARE(bench.lastFile(), std::string("/pictures/p0.png"));
        QTest::mouseClick(bench.list()->viewport(), Qt::LeftButton, {},
                          bench.list()->visualRect(bench.list()->model()->index(5, 0)).center());
        QCOMPARE(bench.lastFile(), std::string("/pictures/p5.png"));
        QCOMPARE(bench.child<QLabel>("folderPlace")->text(), name("6 of 12"));
        QTest::keyClick(bench.list(), Qt::Key_Return);
        QVERIFY(!bench.own().popup()->isVisible());
    }

    void picturesAreInTheOrderThatPeopleCount() {
        Bench bench;
        bench.openFolder();
        QCOMPARE(bench.pictures().name(2), name("p1.png")); // "bad3" comes first
        QCOMPARE(bench.pictures().name(11), name("p11.png"));
        QCOMPARE(bench.pictures().name(3), name("p2.png"));
    }

    void keysStepThroughIt() {
        Bench bench;
        bench.openFolder();
        bench.own().popup()->close();
        bench.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(bench.window.get()));
        ImageView* picture = bench.panel().picture();
        picture->setFocus();
        QTest::keyClick(picture, Qt::Key_PageDown);
        QCOMPARE(bench.pictures().current(), 1);
        QTest::keyClick(picture, Qt::Key_PageUp);
        QTest::keyClick(picture, Qt::Key_PageUp);
        QCOMPARE(bench.pictures().current(), 0);
        QVERIFY(!bench.child<QToolButton>("previousPicture")->isEnabled());
        bench.pictures().choose(11);
        QVERIFY(!bench.child<QToolButton>("nextPicture")->isEnabled());
        bench.child<QToolButton>("closeFolder")->click();
        QVERIFY(!bench.own().isVisible());
        QCOMPARE(bench.pictures().count(), 0);
    }

    void onlyWhatIsInSightIsDecoded() {
        Bench bench;
        bench.openFolder("/pictures5000");
        QCOMPARE(bench.pictures().count(), 5000);
        QSignalSpy arrived(&bench.pictures(), &FolderPictures::thumbnailArrived);
        bench.list()->viewport()->repaint();
        QTRY_VERIFY(!bench.pictures().thumbnail(20).isNull());
        QVERIFY(bench.pictures().thumbnail(300).isNull());
        const auto read = [&] {
            int count = 0;
            for (const std::string& line : bench.engine->log())
                count += line.starts_with("thumbnail") ? 1 : 0;
            return count;
        };
        QVERIFY(read() < 200);
        bench.pictures().choose(4000);
        QTRY_VERIFY([&] {
            bench.list()->viewport()->repaint();
            return !bench.pictures().thumbnail(4000).isNull();
        }());
        QVERIFY(read() < 400);
    }

    void anUnreadablePictureSaysWhy() {
        Bench bench;
        bench.openFolder();
        QTRY_VERIFY([&] {
            bench.list()->viewport()->repaint();
            return !bench.pictures().problemOf(0).isEmpty();
        }());
        const QModelIndex bad = bench.list()->model()->index(0, 0);
        QCOMPARE(bad.data(Qt::ToolTipRole).toString(), name("The picture is damaged."));
        QVERIFY(bench.pictures().problemOf(1).isEmpty());
    }

    void aFolderThatCannotBeReadIsAMessage() {
        Bench bench;
        QSignalSpy problems(&bench.pictures(), &FolderPictures::problem);
        bench.own().openFolder(name("/bad"));
        QTRY_COMPARE(problems.count(), 1);
        QVERIFY(bench.panel().hasMessage());
        bench.own().openFolder(name("/empty0"));
        QTRY_COMPARE(problems.count(), 2);
        QVERIFY(!bench.own().popup()->isVisible());
    }

    void aDroppedFolderIsAFolderOfPictures() {
        Bench bench;
        Q_EMIT bench.panel().fileDropped(bench.WindowBench::folder.path());
        QTRY_COMPARE(bench.pictures().count(), 12);
    }

    void framesAreEncodedOneAfterTheOther() {
        Bench bench;
        bench.explorer().automatic = false;
        bench.startCamera();
        const std::size_t before = bench.live().size();
        bench.camera().push(plainImage(64, 3, 10));
        QTRY_COMPARE(bench.live().size(), before + 1);
        const auto first = bench.live().back();
        for (std::uint8_t value : {20, 30, 40})
            bench.camera().push(plainImage(64, 3, value));
        QSignalSpy frames(&bench.own().camera(), &CameraController::frameArrived);
        QTRY_VERIFY(frames.count() >= 1);
        QCOMPARE(bench.live().size(), before + 1); // the first is not answered yet
        const std::vector<float> code = bench.window->explore().view().code;
        bench.explorer().push(bench.explorer().answer(first));
        QTRY_COMPARE(bench.live().size(), before + 2);
        // The newest, not the next.
        QCOMPARE(std::get<engine::EncodeImage>(bench.live().back().what).image.pixels[0], std::uint8_t(40));
        QVERIFY(bench.panel().encoded()->isVisible());
        QCOMPARE(bench.window->explore().view().code, code); // only looked at
        QCOMPARE(bench.window->explore().undoStack().count(), 0);
    }

    void aTakenFrameIsAPictureOfOnesOwn() {
        Bench bench;
        bench.startCamera();
        auto* take = bench.child<QPushButton>("takePicture");
        QVERIFY(!take->isEnabled());
        bench.camera().push(plainImage(64, 3, 77));
        QTRY_VERIFY(take->isEnabled());
        bench.window->explore().setCrop({3, 4, 20});
        bench.camera().push(plainImage(64, 3, 78));
        const auto arrived = [&] {
            const auto order = std::get<engine::EncodeImage>(bench.live().back().what);
            return order.image.pixels[0] == 78 && order.crop == engine::CropSquare{3, 4, 20};
        };
        QTRY_VERIFY(arrived());
        take->click();
        QVERIFY(!bench.own().camera().running());
        QVERIFY(!bench.own().isVisible());
        const auto order = std::get<engine::EncodeImage>(bench.live().back().what);
        QVERIFY(order.image.pixels[0] == 78 && order.crop == (engine::CropSquare{3, 4, 20}));
        QTRY_COMPARE(bench.window->explore().view().source, name("camera picture"));
        QCOMPARE(bench.window->explore().view().code.front(), 0.5F);
    }

    void aCameraThatEndsIsAMessage() {
        Bench bench;
        bench.startCamera();
        bench.camera().end(engine::Error(engine::ErrorKind::InputOutput, "The camera was disconnected.",
                                         "Connect it again."));
        QTRY_VERIFY(!bench.own().camera().running());
        QVERIFY(bench.panel().hasMessage());
        QVERIFY(!bench.own().isVisible());
    }

    void withoutACameraTheEngineSaysSo() {
        Bench bench;
        bench.engine->cameraList.clear();
        bench.startCamera();
        QCOMPARE(bench.camera().index, 0);
        bench.camera().end(
            engine::Error(engine::ErrorKind::InputOutput, "No camera is connected to this machine."));
        QTRY_VERIFY(bench.panel().hasMessage());
    }

    void ofSeveralCamerasOneIsChosen() {
        Bench bench;
        bench.engine->cameraList = {{0, "Front"}, {4, "Back"}};
        bench.startCamera();
        auto* devices = bench.child<QComboBox>("cameraDevice");
        QVERIFY(devices->isVisible());
        devices->setCurrentIndex(1);
        Q_EMIT devices->activated(1);
        QCOMPARE(bench.camera().index, 4);
        QVERIFY(bench.own().camera().running());
        bench.child<QPushButton>("stopCamera")->click();
        QVERIFY(!bench.own().camera().running());
        QVERIFY(!bench.panel().encoded()->isVisible()); // nothing was encoded before
    }

    void withoutAnEncoderTheCameraIsOnlyLookedThrough() {
        Bench bench(unsigned(models::Capability::Generate));
        bench.explorer().automatic = false;
        bench.startCamera();
        bench.camera().push(plainImage(64, 3, 55));
        QTRY_VERIFY(bench.panel().encoded()->isVisible());
        QVERIFY(bench.live().empty());
        bench.child<QPushButton>("takePicture")->click();
        QTRY_COMPARE(bench.live().size(), std::size_t{1}); // now it is searched for
    }

    void anotherModelGoesOnWithTheCamera() {
        Bench bench;
        bench.explorer().automatic = false;
        bench.startCamera();
        bench.camera().push(plainImage(64, 3, 10));
        QTRY_COMPARE(bench.live().size(), std::size_t{1});
        bench.explorer().pushModel(8, 31, 2); // never answers the first
        QTRY_COMPARE(bench.live().size(), std::size_t{2});
    }
};

QTEST_MAIN(TestPictureSources)
#include "tst_picture_sources.moc"
