// The dialog that plans a study, filled in by hand: presets, files, ranges, sets, and what it says of them.

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include "models/schema/method_traits.h"
#include "study_support.h"
#include "ui/dialogs/study_dialog.h"
#include "ui/dialogs/study_editors.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

class TestStudyDialog : public QObject {
    Q_OBJECT

    QTemporaryDir home_;

    static QString name(const char* latin) { return QString::fromLatin1(latin); }

    StudyQuestion question() const {
        StudyQuestion question;
        question.methods = models::methodCatalog();
        question.metrics = {{"critic", "Critic", "An independent critic."}, {"is", "Score", "Of samples."}};
        question.data = {name("glyphs"), name("color-glyphs")};
        question.parentFolder = home_.path();
        return question;
    }

    static QString outcome(const StudyDialog& dialog) {
        return dialog.findChild<QLabel*>(name("studyOutcome"))->text();
    }
    static bool canBeMade(const StudyDialog& dialog) {
        return dialog.findChild<QPushButton*>(name("makeStudy"))->isEnabled();
    }
    /// Waits for the check.
    static bool says(const StudyDialog& dialog, const QString& words) {
        return QTest::qWaitFor([&] { return outcome(dialog).contains(words); }, 10000);
    }
    static void type(StudyDialog& dialog, const char* method, const char* parameter, const char* values) {
        QListWidget* list = dialog.methods()->list();
        list->setCurrentItem(list->findItems(QString::fromUtf8(method), Qt::MatchExactly).value(0));
        QTableWidget* table = dialog.methods()->table();
        for (int row = 0; row < table->rowCount(); ++row)
            if (QTableWidgetItem* cell = table->item(row, 1);
                cell->data(Qt::UserRole).toString() == name(parameter))
                cell->setText(name(values));
    }

private Q_SLOTS:
    void presetsAreCountedAndTakenOver() {
        StudyDialog dialog(question());
        QVERIFY2(says(dialog, name("48 trials")), qPrintable(outcome(dialog)));
        QVERIFY(canBeMade(dialog));
        const StudyOrder order = dialog.order();
        QCOMPARE(order.folder, home_.filePath(name("paper-mini")));
        engine::Study preset = engine::studyPreset("paper-mini");
        QCOMPARE(QByteArray::fromStdString(engine::toJson(order.study)),
                 QByteArray::fromStdString(engine::toJson(preset))); // nothing is lost in the form
        dialog.findChild<QSpinBox*>(name("studySeeds"))->setValue(3);
        QVERIFY2(says(dialog, name("72 trials")), qPrintable(outcome(dialog)));
    }

    void anEmptyPlanIsFilledIn() {
        StudyDialog dialog(question());
        dialog.startFrom({});
        QVERIFY2(says(dialog, name("methods")), qPrintable(outcome(dialog)));
        QVERIFY(!canBeMade(dialog));
        type(dialog, "VAE", "rateEncoder", "0.0001, 0.0002, 0.0004");           // ticks the method as well
        QVERIFY2(says(dialog, name("asked for")), qPrintable(outcome(dialog))); // more than there are
        dialog.findChild<QComboBox*>(name("studySearch"))->setCurrentIndex(0);
        QVERIFY2(says(dialog, name("3 trials")), qPrintable(outcome(dialog)));
        const StudyOrder order = dialog.order();
        QCOMPARE(order.study.methods.size(), 1U);
        QCOMPARE(order.study.methods.front().ranges.front().values.size(), 3U);
        QCOMPARE(order.study.search, engine::StudySearch::Grid);
    }

    void badTextsAreToldAndComeBack() {
        StudyDialog dialog(question());
        type(dialog, "DCGAN", "rateGenerator", "1e-4 to many");
        QVERIFY2(says(dialog, name("DCGAN: rateGenerator")), qPrintable(outcome(dialog)));
        QVERIFY(!canBeMade(dialog));
        dialog.methods()->list()->setCurrentRow(1);
        dialog.methods()->list()->setCurrentRow(0);
        bool kept = false;
        for (int row = 0; row < dialog.methods()->table()->rowCount(); ++row)
            kept = kept || dialog.methods()->table()->item(row, 1)->text() == name("1e-4 to many");
        QVERIFY(kept);
        type(dialog, "DCGAN", "rateGenerator", "1e-4 to 1e-3");
        QVERIFY2(says(dialog, name("48 trials")), qPrintable(outcome(dialog)));
    }

    void setsAreAddedAndRemoved() {
        StudyDialog dialog(question());
        const auto buttons = dialog.sets()->findChildren<QAbstractButton*>();
        QAbstractButton* add = nullptr;
        QAbstractButton* remove = nullptr;
        for (QAbstractButton* button : buttons) {
            add = button->accessibleName() == name("Another set") ? button : add;
            remove = button->accessibleName() == name("Remove the set") ? button : remove;
        }
        QVERIFY(add && remove && !remove->isEnabled()); // a study has at least one
        add->click();
        QVERIFY2(says(dialog, name("2 sets")), qPrintable(outcome(dialog)));
        QCOMPARE(dialog.order().study.data[1].data, std::string("glyphs"));
        dialog.sets()->table()->item(1, 0)->setText(name("ColorMNIST"));
        QVERIFY2(says(dialog, name("twice")), qPrintable(outcome(dialog)));
        dialog.sets()->table()->setCurrentCell(1, 0);
        remove->click();
        QVERIFY(says(dialog, name("1 set ")));
        QCOMPARE(dialog.order().study.data.front().fixed.at("filters"), std::string("16"));
    }

    void placesAreChecked() {
        StudyDialog dialog(question());
        const StudyFolder there(home_.filePath(name("there")), sampleStudy());
        dialog.findChild<QLineEdit*>(name("studyName"))->setText(name("there"));
        QVERIFY2(says(dialog, name("already")), qPrintable(outcome(dialog)));
        QVERIFY(!canBeMade(dialog));
        dialog.findChild<QLineEdit*>(name("studyName"))->clear();
        QVERIFY2(says(dialog, name("needs a name")), qPrintable(outcome(dialog)));
    }

    void plansComeFromFiles() {
        const StudyFolder folder(home_.filePath(name("source")), sampleStudy());
        StudyDialog dialog(question());
        dialog.startFrom(folder.path() + name("/study.json"));
        QVERIFY2(says(dialog, name("7 trials")), qPrintable(outcome(dialog)));
        dialog.startFrom(home_.filePath(name("none.json")));
        QVERIFY2(says(dialog, name("none.json")), qPrintable(outcome(dialog)));
        QVERIFY(overwrite(home_.filePath(name("bad.json")), "{"));
        dialog.startFrom(home_.filePath(name("bad.json")));
        QVERIFY2(says(dialog, name("bad.json")), qPrintable(outcome(dialog)));
    }
};

QTEST_MAIN(TestStudyDialog)
#include "tst_study_dialog.moc"
