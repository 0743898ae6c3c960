// Choosing a method: families, the card, the keyboard, and what becomes of the settings.

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

#include "ui/models/method_text.h"
#include "ui/panels/chooser_popup.h"
#include "ui/panels/method_box.h"
#include "ui/panels/session_bar.h"
#include "ui/panels/setup_panel.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/method_diagram.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

namespace {

constexpr int rowPadding = 4; // of the style sheet

QStringList rows(const QListWidget* list) {
    QStringList result;
    for (int row = 0; row < list->count(); ++row)
        result << list->item(row)->text();
    return result;
}

QString labelText(const QWidget* parent, const char* name) {
    return parent->findChild<QLabel*>(QString::fromLatin1(name))->text();
}

void choose(const SetupPanel* setup, const char* method) {
    auto* box = setup->findChild<QComboBox*>(QStringLiteral("methodBox"));
    const int index = box->findData(QString::fromLatin1(method));
    box->setCurrentIndex(index);
    Q_EMIT box->activated(index);
}

} // namespace

class TestMethodChooser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void chainsNameEveryArrowOnce() {
        models::Diagram diagram;
        for (const char* name : {"x", "E", "z", "G", "D"})
            diagram.nodes.push_back({name});
        diagram.arrows = {{"x", "E"}, {"E", "z"}, {"z", "G"}, {"G", "D"}, {"x", "D"}};
        QCOMPARE(models::arrowChains(diagram), (std::vector<std::string>{"x → E → z → G → D", "x → D"}));
        diagram.arrows = {{"E", "G"}, {"G", "E"}};
        QCOMPARE(models::arrowChains(diagram), std::vector<std::string>{"E → G → E"});
        QVERIFY(models::arrowChains({}).empty());
    }

    void familiesStandTogether() {
        FakeEngine engine;
        MethodBox box(engine.methods());
        QCOMPARE(rows(box.popup()->list()),
                 (QStringList{titleText(QStringLiteral("Auto-encoding GAN")), QStringLiteral("α-GAN"),
                              QStringLiteral("ALI"), titleText(QStringLiteral("Variational")),
                              QStringLiteral("VAE"), titleText(QStringLiteral("Adversarial")),
                              QStringLiteral("DCGAN")}));
        QCOMPARE(box.itemText(1), QStringLiteral("ALI"));
        QVERIFY(box.itemData(0, Qt::ToolTipRole).toString().contains(QStringLiteral("2017")));
    }

    void theKeyboardChooses() {
        FakeEngine engine;
        MethodBox box(engine.methods());
        box.show();
        QSignalSpy activated(&box, &QComboBox::activated);
        box.showPopup();
        QListWidget* list = box.popup()->list();
        QVERIFY(box.popup()->isVisible());
        QCOMPARE(list->currentItem()->text(), QStringLiteral("α-GAN"));
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Down); // over the heading
        QCOMPARE(list->currentItem()->text(), QStringLiteral("VAE"));
        QCOMPARE(labelText(box.popup(), "methodTitle"), QStringLiteral("VAE"));
        QTest::keyClick(list, Qt::Key_Escape);
        QVERIFY(!box.popup()->isVisible());
        QCOMPARE(box.currentText(), QStringLiteral("α-GAN"));
        QCOMPARE(activated.count(), 0);

        box.showPopup();
        QTest::keyClicks(list, QStringLiteral("d"));
        QTest::keyClick(list, Qt::Key_Return);
        QVERIFY(!box.popup()->isVisible());
        QCOMPARE(box.currentText(), QStringLiteral("DCGAN"));
        QCOMPARE(activated.count(), 1);
    }

    void aClickChooses() {
        FakeEngine engine;
        MethodBox box(engine.methods());
        box.show();
        box.showPopup();
        QListWidget* list = box.popup()->list();
        const QRect heading = list->visualItemRect(list->item(3));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, heading.center());
        QVERIFY(box.popup()->isVisible());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(4)).center());
        QVERIFY(!box.popup()->isVisible());
        QCOMPARE(box.currentData().toString(), QStringLiteral("vae"));
    }

    void rowsAreWholeFromTheFirstOpening() {
        WindowBench bench;
        auto* box = bench.window->setupPanel()->findChild<MethodBox*>();
        box->showPopup();
        QListWidget* list = box->popup()->list();
        const QFontMetrics letters(list->font());
        for (int row = 1; row < list->count(); ++row) {
            const QRect place = list->visualItemRect(list->item(row));
            QVERIFY(place.height() >= letters.height() + 2 * rowPadding);
            QVERIFY(place.top() > list->visualItemRect(list->item(row - 1)).bottom());
            QVERIFY(place.width() >= letters.horizontalAdvance(list->item(row)->text()) + 2 * rowPadding);
        }
        QCOMPARE(box->popup()->grab().toImage().pixelColor(4, 4), tokens().panel);
    }

    void theCardIntroducesTheMethod() {
        FakeEngine engine;
        MethodBox box(engine.methods());
        box.show();
        box.setCurrentIndex(box.findData(QStringLiteral("dcgan")));
        box.showPopup();
        const ChooserPopup* popup = box.popup();
        QCOMPARE(labelText(popup, "methodFamily"), QStringLiteral("Adversarial · 2015"));
        QVERIFY(labelText(popup, "methodExplanation").contains(QStringLiteral("play")));
        QVERIFY(labelText(popup, "methodPaper").contains(QStringLiteral("Radford")));
        QVERIFY(labelText(popup, "methodLimits").contains(QStringLiteral("optimisation")));
        const auto* diagram = popup->findChild<MethodDiagram*>();
        QVERIFY(diagram->isVisible());
        QVERIFY(diagram->accessibleDescription().contains(QStringLiteral("z → G → D")));
        QVERIFY(diagram->accessibleDescription().contains(QStringLiteral("Networks: G, D.")));
    }

    void switchingSaysWhatWasKeptAndReset() {
        WindowBench bench;
        SetupPanel* setup = bench.window->setupPanel();
        engine::RunConfig config;
        config.preset = "quick";
        config.overrides = {{"batchSize", "32"}, {"lambdaEncoder", "3"}};
        setup->setConfig(config);
        QVERIFY(!setup->hasMessage());
        choose(setup, "dcgan");
        QCOMPARE(setup->config().method, std::string("dcgan"));
        QCOMPARE(setup->config().preset, std::string("standard"));
        QCOMPARE(setup->config().overrides, (std::map<std::string, std::string>{{"batchSize", "32"}}));
        QVERIFY(setup->hasMessage());
        const QString said = setup->messageBar()->text();
        QVERIFY(setup->messageBar()->kind() == MessageKind::Info);
        QVERIFY(said.contains(QStringLiteral("keeps your Batch size")));
        QVERIFY(said.contains(QStringLiteral("λ encoder")));
        QVERIFY(said.contains(QStringLiteral("size “quick”")));
        const auto* about = setup->findChild<QWidget*>(QStringLiteral("aboutMethod"));
        QCOMPARE(labelText(about, "methodFamily"), QStringLiteral("Adversarial · 2015"));
    }

    void nothingIsSaidWhereNothingWasSet() {
        WindowBench bench;
        SetupPanel* setup = bench.window->setupPanel();
        choose(setup, "vae");
        QCOMPARE(setup->config().method, std::string("vae"));
        QVERIFY(!setup->hasMessage());
    }

    void stepsAreThoseOfTheMethodThatWouldStart() {
        WindowBench bench;
        SetupPanel* setup = bench.window->setupPanel();
        choose(setup, "dcgan");
        const auto parts = [&] {
            QStringList names;
            for (const QAction* action : bench.window->sessionBar()->stepMenu()->actions())
                if (!action->isSeparator())
                    names << action->text();
            return names;
        };
        const QStringList dcgan{QStringLiteral("One iteration"), QStringLiteral("Only G: Generator"),
                                QStringLiteral("Only D: Discriminator")};
        QCOMPARE(parts(), dcgan);
        bench.trigger("run");
        bench.session().pushState(engine::SessionState::Preparing);
        bench.session().pushState(engine::SessionState::Running);
        bench.session().pushState(engine::SessionState::Stopped, 10);
        QTRY_VERIFY(bench.enabled("run") && !bench.enabled("stop"));
        // The run is still shown, but a step would begin a new one.
        choose(setup, "vae");
        QCOMPARE(parts(), (QStringList{QStringLiteral("One iteration"), QStringLiteral("Only E: Encoder"),
                                       QStringLiteral("Only G: Generator")}));
    }
};

QTEST_MAIN(TestMethodChooser)
#include "tst_method_chooser.moc"
