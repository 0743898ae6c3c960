// Journeys 1 to 4: train and watch; bring a photo and refine it; make a direction of "bold"; film a loop.

#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QImageReader>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "../drop_files.h"
#include "journey.h"
#include "ui/panels/attribute_maker.h"
#include "ui/panels/decoded_panel.h"
#include "ui/panels/directions_panel.h"
#include "ui/panels/encoded_view.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/film_panel.h"
#include "ui/panels/monitor_workspace.h"
#include "ui/session/image_conversion.h"
#include "ui/widgets/curve_panel.h"
#include "ui/widgets/error_bars.h"
#include "ui/widgets/film_strip.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/slider_list.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

namespace {

double ink(const engine::Image& image) {
    double sum = 0.0;
    const QImage picture = toQImage(image).convertToFormat(QImage::Format_Grayscale8);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            sum += qGray(picture.pixel(x, y));
    return sum;
}

} // namespace

class TestJourneysPictures : public QObject {
    Q_OBJECT
    Journey journey_;

private Q_SLOTS:
    /// Journey 1.
    void startTrainWatch() {
        MainWindow& window = journey_.open();
        journey_.key(Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(window.bridge().status().state, engine::SessionState::Running, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.monitor()->samples()->count() > 0, patience);
        QVERIFY(window.monitor()->reconstructions()->count() > 0);
        QTRY_VERIFY_WITH_TIMEOUT(!window.monitor()->losses()->plot()->seriesNames().empty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.display().history().lastStep() > 20, patience);
        journey_.key(Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(window.bridge().status().state, engine::SessionState::Paused, patience);
        QVERIFY(!window.panelFor(Area::Monitor)->hasMessage());
        journey_.keep(QStringLiteral("journey-train"));
        journey_.key(Qt::Key_Period, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(window.bridge().status().state, engine::SessionState::Stopped, patience);
    }

    /// Journey 2.
    void aPhotoIsDroppedAndRefined() {
        MainWindow& window = journey_.open();
        QVERIFY(journey_.explore(QStringLiteral("alpha-gan")));
        // As a camera gives it: larger, not square, the digit somewhere on a dark table.
        const QString digit =
            Journey::digit(journey_.pictures(QStringLiteral("alpha-gan"), QStringLiteral("photo"), 200), 3);
        QVERIFY(!digit.isEmpty());
        QImage photo(640, 480, QImage::Format_RGB888);
        photo.fill(Qt::black);
        QPainter painter(&photo);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(QRect(110, 30, 420, 420), QImage(digit));
        painter.end();
        const QString file = journey_.path(QStringLiteral("photo.jpg"));
        QVERIFY(photo.save(file, nullptr, 95));

        dropFiles(&window, {file});
        EncodedView* encoded = window.exploreWorkspace()->decoded()->encoded();
        QTRY_VERIFY_WITH_TIMEOUT(!encoded->encoded().original.empty() && encoded->isVisible(), patience);
        const float before = encoded->encoded().l1;
        QTRY_VERIFY_WITH_TIMEOUT(journey_.canClick("refinePicture"), patience);
        QVERIFY(journey_.click("refinePicture"));
        QTRY_VERIFY_WITH_TIMEOUT(encoded->encoded().searchErrors.has_value(), patience);
        const auto& errors = *encoded->encoded().searchErrors;
        QVERIFY(errors.refined && errors.encoder);
        QVERIFY(*errors.refined < before);
        QTRY_COMPARE(encoded->starts()->bars().size(), 3);
        QVERIFY(!window.panelFor(Area::Explore)->hasMessage());
        journey_.keep(QStringLiteral("journey-refine"));
    }

    /// Journey 3.
    void boldIsMadeOfTwoSetsAndApplied() {
        MainWindow& window = journey_.open();
        QVERIFY(journey_.explore(QStringLiteral("alpha-gan")));
        DirectionsPanel* panel = window.exploreWorkspace()->directions();
        Journey::choose(panel->setChoice(), int(DirectionSet::Own));
        QTRY_VERIFY(panel->attributeMaker()->isVisible());
        dropFiles(panel->attributeMaker()->set(AttributeSets::With),
                  journey_.pictures(QStringLiteral("alpha-gan"), QStringLiteral("bold"), 40, 1));
        dropFiles(panel->attributeMaker()->set(AttributeSets::Without),
                  journey_.pictures(QStringLiteral("alpha-gan"), QStringLiteral("plain"), 40));
        QTRY_VERIFY_WITH_TIMEOUT(panel->attributeMaker()->makeButton()->isEnabled(), patience);
        QTest::keyClicks(panel->attributeMaker()->name(), QStringLiteral("bold"));
        QVERIFY(journey_.click("makeAttribute"));
        QTRY_COMPARE_WITH_TIMEOUT(panel->sliders()->count(), 1, patience);
        QVERIFY(panel->facts().contains(QStringLiteral("AUC")));

        // The slider is taken by its handle and pulled to the right, then to the left.
        const auto decodedAfter = [&](double position) {
            QSignalSpy decoded(&window.explore(), &ExploreController::pictureDecoded);
            const SliderRowGeometry row = panel->sliders()->rowGeometry(0);
            const Direction& direction = panel->sliders()->directions().front();
            const auto at = [&](double value) {
                return QPointF(row.xOf(direction, value), row.groove.center().y()).toPoint();
            };
            Journey::drag(panel->sliders()->viewport(), at(panel->sliders()->value(0)), at(position));
            // Whatever was asked for on the way has arrived when the newest has.
            if (!QTest::qWaitFor([&] { return !decoded.isEmpty(); }, patience))
                return -1.0;
            while (decoded.wait(400)) {
            }
            return ink(window.explore().decoded());
        };
        const double thick = decodedAfter(2.0);
        journey_.keep(QStringLiteral("journey-bold"));
        const double thin = decodedAfter(-2.0);
        QVERIFY2(thick > thin, qPrintable(QStringLiteral("%1 of ink with, %2 without").arg(thick).arg(thin)));
    }

    /// Journey 4.
    void aLoopBetweenThreeDigitsIsFilmed() {
        MainWindow& window = journey_.open();
        QVERIFY(journey_.explore(QStringLiteral("alpha-gan")));
        FilmPanel* film = window.exploreWorkspace()->film();
        const QStringList pictures =
            journey_.pictures(QStringLiteral("alpha-gan"), QStringLiteral("digits"), 200);
        for (const int label : {3, 8, 5}) {
            const QString picture = Journey::digit(pictures, label);
            QVERIFY2(!picture.isEmpty(), qPrintable(QString::number(label)));
            const auto before = film->strip()->keyframes().size();
            dropFiles(film->strip(), {picture});
            QTRY_COMPARE_WITH_TIMEOUT(film->strip()->keyframes().size(), before + 1, patience);
        }
        Journey::choose(journey_.find<QComboBox>("pathBox"), 2);
        QCOMPARE(window.explore().view().path, engine::PathKind::Cubic);
        QVERIFY(journey_.click("loopFilm"));
        QVERIFY(window.explore().view().loop);
        QSignalSpy position(&window.explore(), &ExploreController::positionChanged);
        QVERIFY(journey_.click("playFilm"));
        QTRY_VERIFY_WITH_TIMEOUT(position.size() > 5, patience);
        QVERIFY(journey_.click("playFilm"));
        journey_.keep(QStringLiteral("journey-film"));

        journey_.dialogs().picked = journey_.path(QStringLiteral("loop.gif"));
        window.action(QStringLiteral("saveVideo"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(journey_.dialogs().picked), patience);
        QImageReader reader(journey_.dialogs().picked);
        QVERIFY2(reader.canRead(), qPrintable(reader.errorString()));
        QVERIFY(reader.imageCount() > 30);
    }
};

QTEST_MAIN(TestJourneysPictures)
#include "tst_journeys_pictures.moc"
