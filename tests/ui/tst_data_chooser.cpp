// Choosing data: what is here and what is not, a look into it, fetching with progress, Cancel and errors.

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "ui/panels/chooser_popup.h"
#include "ui/panels/data_box.h"
#include "ui/panels/data_card.h"
#include "ui/panels/setup_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/image_grid.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

class TestDataChooser : public QObject {
    Q_OBJECT

    struct Bench : WindowBench {
        SetupPanel* setup = window->setupPanel();
        DataBox* box = setup->findChild<DataBox*>();
        DataCard* card = box->popup()->findChild<DataCard*>();

        /// The panel, open on one set, as the library knows it.
        void openOn(const char* name) {
            QTRY_VERIFY(!window->library().sets().empty());
            box->showPopup();
            box->popup()->setCurrent(QString::fromLatin1(name));
            QCOMPARE(card->set(), QString::fromLatin1(name));
        }
        QString text(const char* label) const {
            return card->findChild<QLabel*>(QString::fromLatin1(label))->text();
        }
        QPushButton* button(const char* name) const {
            return card->findChild<QPushButton*>(QString::fromLatin1(name));
        }
        QProgressBar* progress() const {
            return setup->findChild<QWidget*>(QStringLiteral("fetchProgress"))->findChild<QProgressBar*>();
        }
        bool here(const char* name) {
            const engine::KnownDataSet* set = window->library().find(QString::fromLatin1(name));
            return set && set->ready;
        }
    };

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void labelsAreListed() {
        QCOMPARE(labelsText({}), QStringLiteral("No labels."));
        QCOMPARE(labelsText({"cat", "dog"}), QStringLiteral("2 labels: cat, dog"));
        QVERIFY(labelsText(std::vector<std::string>(1000, "a"), 3).endsWith(QStringLiteral("a, a, a, …")));
    }

    void aReadySetShowsPicturesAndLabels() {
        Bench bench;
        bench.openOn("glyphs");
        const auto* pictures = bench.card->findChild<ImageGrid*>(QStringLiteral("dataPictures"));
        QTRY_COMPARE(pictures->count(), 64);
        QVERIFY(bench.text("dataState").startsWith(QStringLiteral("ready")));
        QVERIFY(!bench.button("dataFetch")->isVisible());
        QVERIFY(bench.text("dataLabels").contains(QStringLiteral("labels")));
    }

    void aSideThatWasGivenCountsBeforeTheSetIsDescribed() {
        Bench bench;
        QSignalSpy described(&bench.window->bridge(), &EngineBridge::dataSetInspected);
        engine::RunConfig wanted = bench.setup->config();
        wanted.data = "shapes";
        wanted.size = 64;
        bench.setup->setConfig(wanted);
        QCOMPARE(bench.setup->config().size, 64); // nobody has looked at shapes yet
        QTRY_VERIFY(!described.isEmpty() && described.last().front() == QStringLiteral("shapes"));
        QCOMPARE(bench.setup->config().size, 64);
        wanted.data = "glyphs";
        wanted.size = 0;
        bench.setup->setConfig(wanted);
        QCOMPARE(bench.setup->config().size, 0); // its own, whatever shapes were trained at
        QTRY_COMPARE(described.last().front().toString(), QStringLiteral("glyphs"));
        QCOMPARE(bench.setup->config().size, 28);
    }

    void whatIsNotHereIsNotChosen() {
        Bench bench;
        bench.openOn("mnist");
        QVERIFY(bench.text("dataState").startsWith(QStringLiteral("not here")));
        QVERIFY(bench.text("dataState").contains(QStringLiteral("11 MB")));
        QTest::keyClick(bench.box->popup()->list(), Qt::Key_Return);
        QVERIFY(bench.box->popup()->isVisible());
        QCOMPARE(bench.setup->config().data, std::string("color-glyphs"));
        bench.box->hidePopup();
    }

    void aSetIsFetched() {
        Bench bench;
        bench.openOn("mnist");
        QVERIFY(bench.button("dataFetch")->isVisible());
        bench.button("dataFetch")->click();
        QTRY_COMPARE(bench.progress()->value(), 500);
        QVERIFY(!bench.button("dataFetch")->isEnabled());
        bench.engine->letFetchGoOn();
        QTRY_VERIFY(bench.here("mnist"));
        QTRY_VERIFY(!bench.button("dataFetch")->isVisible());
        QTRY_COMPARE(bench.card->findChild<ImageGrid*>(QStringLiteral("dataPictures"))->count(), 64);
        QTest::keyClick(bench.box->popup()->list(), Qt::Key_Return);
        QCOMPARE(bench.setup->config().data, std::string("mnist"));
    }

    void aFetchCanBeCancelled() {
        Bench bench;
        bench.window->library().fetch(QStringLiteral("mnist"));
        QTRY_COMPARE(bench.progress()->value(), 500);
        bench.setup->findChild<QWidget*>(QStringLiteral("fetchProgress"))
            ->findChild<QPushButton*>(QStringLiteral("progressCancel"))
            ->click();
        QTRY_VERIFY(!bench.window->library().fetching());
        QVERIFY(!bench.progress()->isVisible());
        QVERIFY(!bench.here("mnist"));
    }

    void aFailedFetchSaysWhyAndWhatToDo() {
        Bench bench;
        bench.engine->makeFetchFail(
            engine::Error(engine::ErrorKind::InputOutput, "The server did not answer.", "Try a mirror."));
        bench.engine->letFetchGoOn();
        bench.window->library().fetch(QStringLiteral("mnist"));
        QTRY_VERIFY(bench.setup->hasMessage());
        QVERIFY(bench.setup->messageBar()->kind() == MessageKind::Error);
        QCOMPARE(bench.setup->messageBar()->text(), QStringLiteral("The server did not answer."));
        QCOMPARE(bench.setup->messageBar()->details(), QStringLiteral("Try a mirror."));
    }

    void closingTheWindowEndsAFetch() {
        Bench bench;
        bench.window->library().fetch(QStringLiteral("mnist"));
        QTRY_COMPARE(bench.progress()->value(), 500);
        bench.window.reset(); // waits for the thread, which was told to stop
        QVERIFY(!bench.engine->knownDataSets()[1].ready);
    }

    void setsThatMustBeFetchedByHandSayHow() {
        Bench bench;
        bench.openOn("celeba");
        QVERIFY(bench.text("dataByHand").contains(QStringLiteral("authors")));
        QVERIFY(!bench.button("dataFetch")->isVisible());
        bench.dialogs->picked = bench.path("celeba");
        bench.button("dataFolder")->click();
        QVERIFY(!bench.box->popup()->isVisible());
        QCOMPARE(bench.setup->config().data, bench.path("celeba").toStdString());
        QTRY_COMPARE(bench.box->currentText(), QStringLiteral("celeba"));
    }
};

QTEST_MAIN(TestDataChooser)
#include "tst_data_chooser.moc"
