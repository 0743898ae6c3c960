// Journeys 5, 6, 9 and 10: find a hole and decode it; find out whether a sample is memorised; lasso a cluster
// and walk through it; hand a view to a colleague.

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

#include "journey.h"
#include "ui/panels/directions_panel.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/film_panel.h"
#include "ui/panels/judgement_view.h"
#include "ui/panels/map_side.h"
#include "ui/panels/map_workspace.h"
#include "ui/panels/neighbours_panel.h"
#include "ui/widgets/film_strip.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/picture_row.h"
#include "ui/widgets/scatter_map.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

namespace {

QByteArray contentsOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestJourneysSpace : public QObject {
    Q_OBJECT
    Journey journey_;

    /// The map of a run's codes, in front.
    bool showMap() {
        MainWindow& window = journey_.open();
        if (!journey_.explore(QStringLiteral("alpha-gan")))
            return false;
        journey_.key(Qt::Key_3);
        QComboBox* count = journey_.box(QStringLiteral("How many codes"));
        if (window.workspace() != Workspace::Map || !count)
            return false;
        Journey::choose(count, 0); // the fewest: a critic of few codes is soon trained
        if (!journey_.click("loadCodes"))
            return false;
        return QTest::qWaitFor([&] { return window.atlas().map() && !window.atlas().busy(); }, patience);
    }

private Q_SLOTS:
    /// Journey 5.
    void aHoleIsFoundAndDecoded() {
        QVERIFY(showMap());
        MainWindow& window = journey_.window();
        auto* field = journey_.find<QCheckBox>("mapField");
        QTest::mouseClick(field, Qt::LeftButton, {}, QPoint(8, field->height() / 2));
        QVERIFY(field->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(window.atlas().critic().has_value(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.mapWorkspace()->map()->hasField(), patience);
        // How far the field can be trusted stands beside it.
        QTRY_VERIFY(window.mapWorkspace()
                        ->codeSpace()
                        ->figure(QStringLiteral("accuracy"))
                        .contains(QLatin1Char('%')));
        QVERIFY(
            window.mapWorkspace()->codeSpace()->figure(QStringLiteral("holes")).contains(QLatin1Char('%')));
        journey_.keep(QStringLiteral("journey-hole-field"));
        QTRY_VERIFY(journey_.canClick("showHole"));
        QVERIFY(journey_.click("showHole"));
        QTRY_COMPARE_WITH_TIMEOUT(window.workspace(), Workspace::Explore, patience);
        QVERIFY2(window.explore().view().source.contains(QStringLiteral("hole")),
                 qPrintable(window.explore().view().source));
        QTRY_VERIFY_WITH_TIMEOUT(!window.explore().decoded().empty(), patience);
        journey_.keep(QStringLiteral("journey-hole"));
    }

    /// Journey 6.
    void aSampleIsHeldAgainstTheTrainingPictures() {
        MainWindow& window = journey_.open();
        QVERIFY(journey_.explore(QStringLiteral("alpha-gan")));
        QTabBar* tabs = window.exploreWorkspace()->sideTabs();
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
        NeighboursPanel* panel = window.exploreWorkspace()->neighbours();
        QVERIFY(panel->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!panel->row()->items().isEmpty(), patience);
        QVERIFY(!panel->verdict().isEmpty());
        const QString facts = panel->facts();
        journey_.key(Qt::Key_R); // another sample, other neighbours
        QTRY_VERIFY_WITH_TIMEOUT(panel->facts() != facts, patience);
        QTRY_VERIFY_WITH_TIMEOUT(journey_.canClick("judgeSamples"), patience);
        QVERIFY(journey_.click("judgeSamples"));
        QTRY_VERIFY_WITH_TIMEOUT(panel->judgement()->isVisible(), patience);
        QVERIFY(panel->judgement()->memory().contains(QStringLiteral("256")));
        QVERIFY(!panel->judgement()->variety().isEmpty());
        QVERIFY(panel->judgement()->pairs()->count() > 0);
        journey_.keep(QStringLiteral("journey-memory"));
    }

    /// Journey 9.
    void aClusterIsLassoedAndWalkedThrough() {
        QVERIFY(showMap());
        MainWindow& window = journey_.window();
        ScatterMap* map = window.mapWorkspace()->map();
        QTRY_VERIFY(map->count() > 0);
        // Around what lies in the middle of the right half.
        const QPoint middle(map->width() * 6 / 10, map->height() / 2);
        const int reach = map->height() / 6;
        QTest::mousePress(map, Qt::LeftButton, Qt::ShiftModifier, middle + QPoint(reach, 0));
        for (int i = 1; i < 24; ++i) {
            const double angle = i * 2.0 * M_PI / 24.0;
            const QPoint at = middle + QPoint(int(reach * std::cos(angle)), int(reach * std::sin(angle)));
            QMouseEvent move(QEvent::MouseMove, at, map->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                             Qt::ShiftModifier);
            QApplication::sendEvent(map, &move);
        }
        QTest::mouseRelease(map, Qt::LeftButton, Qt::ShiftModifier, middle + QPoint(reach, 0));
        SelectionPanel* selection = window.mapWorkspace()->selection();
        QVERIFY(selection->rows().size() > 1);
        QTRY_VERIFY(selection->grid()->count() > 1);
        journey_.keep(QStringLiteral("journey-lasso"));
        QVERIFY(journey_.click("walkSelection"));
        QTRY_COMPARE(window.workspace(), Workspace::Explore);
        const auto keyframes = window.explore().view().keyframes.size();
        QVERIFY(keyframes > 1);
        QTRY_COMPARE_WITH_TIMEOUT(std::size_t(window.exploreWorkspace()->film()->strip()->keyframes().size()),
                                  keyframes, patience);
        QVERIFY(journey_.click("playFilm"));
        QTRY_VERIFY_WITH_TIMEOUT(window.explore().position() > 0.02, patience);
        QVERIFY(journey_.click("playFilm"));
        QTRY_VERIFY_WITH_TIMEOUT(window.exploreWorkspace()->directions()->strip()->count() > 0, patience);
        journey_.keep(QStringLiteral("journey-walk"));
    }

    /// Journey 10.
    void aViewIsHandedOnAndDrawnWithoutADisplay() {
        MainWindow& window = journey_.open();
        QVERIFY(journey_.explore(QStringLiteral("alpha-gan")));
        journey_.key(Qt::Key_R);
        QTRY_VERIFY_WITH_TIMEOUT(window.bridge().model() && !window.bridge().model()->info.checksum.empty(),
                                 patience);
        const QString own = journey_.path(QStringLiteral("own.png"));
        journey_.dialogs().picked = own;
        journey_.key(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!contentsOf(own).isEmpty(), patience);
        journey_.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY(text.startsWith(QLatin1Char('{')));
        journey_.keep(QStringLiteral("journey-view"));

        // The colleague has the text and the checkpoint, and no display.
        const QString view = journey_.path(QStringLiteral("view.json"));
        QFile file(view);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
        file.close();
        QProcessEnvironment bare = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            bare.remove(QLatin1String(name));
        QProcess cli;
        cli.setProcessEnvironment(bare);
        const QString drawn = journey_.path(QStringLiteral("drawn.png"));
        cli.start(QStringLiteral(ALPHASCOPE_CLI),
                  {QStringLiteral("render"), view, QStringLiteral("--output"), drawn});
        QVERIFY(cli.waitForFinished(patience));
        QVERIFY2(cli.exitCode() == 0, cli.readAllStandardError().constData());
        QCOMPARE(contentsOf(drawn), contentsOf(own));
    }
};

QTEST_MAIN(TestJourneysSpace)
#include "tst_journeys_space.moc"
