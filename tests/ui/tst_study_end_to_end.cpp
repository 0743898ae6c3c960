// A study the whole way, with the real engine and the real command line: run from the window, paused, gone on
// with, seen, explored, drawn into a picture.

#include <QImage>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "study_support.h"
#include "ui/panels/study_bar.h"
#include "ui/panels/study_sheets_panel.h"
#include "ui/panels/study_workspace.h"
#include "ui/session/real_engine.h"
#include "ui/theme/theme.h"
#include "ui/window_capture.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

namespace {

// Generous: the machine may be building something else.
constexpr int patience = 180000;

/// Networks so small that a step takes milliseconds.
engine::Study tinyStudy(std::int64_t steps) {
    engine::Study study{.name = "tiny"};
    study.search = engine::StudySearch::Grid;
    study.steps = steps;
    study.checkpointEvery = 2;
    study.device = "cpu";
    study.data.push_back({.title = "Glyphs",
                          .data = "glyphs",
                          .fixed = {{"filters", "4"}, {"latentSize", "6"}, {"batchSize", "4"}}});
    study.methods.push_back({.method = "vae",
                             .title = "VAE",
                             .preset = "quick",
                             .ranges = {{.parameter = "rateEncoder", .values = {"0.001", "0.002"}}}});
    return study;
}

} // namespace

class TestStudyEndToEnd : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    QString made(const char* name, std::int64_t steps) {
        const QString path = folder_.filePath(QString::fromLatin1(name));
        engine::createStudy(path.toStdString(), tinyStudy(steps));
        return path;
    }

    std::unique_ptr<MainWindow> open(const QString& study) {
        WindowServices services;
        services.engine = makeRealEngine();
        services.dialogs = std::make_unique<FakeDialogs>();
        services.settings = std::make_unique<QSettings>(folder_.filePath(QStringLiteral("settings.ini")),
                                                        QSettings::IniFormat);
        services.runsRoot = folder_.filePath(QStringLiteral("runs"));
        services.cli = QStringLiteral(ALPHASCOPE_CLI);
        auto window = std::make_unique<MainWindow>(std::move(services));
        window->restoreSession(false);
        window->show();
        window->openPath(study);
        return window;
    }

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void runsFromTheWindow() {
        const auto window = open(made("study", 40));
        StudyController& study = window->study();
        QTRY_VERIFY_WITH_TIMEOUT(study.reading(), patience);
        QPushButton* run = window->studyWorkspace()->bar()->runButton();
        run->click();
        QTRY_COMPARE_WITH_TIMEOUT(study.reading()->over(), 2U, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window->studyRunner().busy(), patience);
        QVERIFY(!window->panelFor(Area::Study)->hasMessage());
        QVERIFY(study.figures(FirstSlot));
        QVERIFY(!run->isEnabled()); // nothing is left

        window->studyWorkspace()->showPanel(QStringLiteral("sheets"));
        QTRY_VERIFY_WITH_TIMEOUT(window->studyWorkspace()->sheets()->sheets().first()->count() > 0, patience);
        const std::size_t best = study.row(study.bestSettings().front())->best;
        QVERIFY(!window->studyWorkspace()->pictures().sheet(best).isNull());
        window->studyWorkspace()->actions().explore(study.bestSettings().front());
        QTRY_VERIFY_WITH_TIMEOUT(!window->explore().decoded().empty(), patience);
        QCOMPARE(window->workspace(), Workspace::Explore);
        QCOMPARE(window->explore().view().code.size(), 6U);
    }

    void pausesAndGoesOn() {
        const QString folder = made("long", 100000);
        const auto window = open(folder);
        StudyController& study = window->study();
        QTRY_VERIFY_WITH_TIMEOUT(study.reading(), patience);
        QPushButton* run = window->studyWorkspace()->bar()->runButton();
        run->click();
        // Both have a checkpoint: stopped from now on, they are paused ones.
        const auto begun = [&] {
            const auto& trials = study.reading()->trials;
            return std::all_of(trials.begin(), trials.end(), [](const auto& row) { return row.step > 0; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(begun(), patience);
        run->click();
        QTRY_VERIFY_WITH_TIMEOUT(!window->studyRunner().busy(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(study.reading()->count(engine::TrialState::Interrupted), 2U, patience);
        QVERIFY(!window->panelFor(Area::Study)->hasMessage());
        QCOMPARE(run->text(), QStringLiteral("Resume"));
        const std::int64_t before = study.reading()->trials[0].step;
        run->click();
        QTRY_VERIFY_WITH_TIMEOUT(study.reading()->trials[0].step > before, patience);
        run->click();
        QTRY_VERIFY_WITH_TIMEOUT(!window->studyRunner().busy(), patience);
    }

    void isDrawnIntoAPicture() {
        const StudyFolder folder(folder_.filePath(QStringLiteral("drawn")), sampleStudy());
        folder.finishAll();
        const auto window = open(folder.path());
        const QString file = folder_.filePath(QStringLiteral("study.png"));
        CaptureRequest request;
        request.file = file;
        request.openPath = folder.path();
        request.workspace = Workspace::Study;
        WindowCapture capture(*window, request);
        QSignalSpy finished(&capture, &WindowCapture::finished);
        capture.begin();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
        QVERIFY2(finished.first().first().toInt() == 0, qPrintable(finished.first()[1].toString()));
        QVERIFY(QImage(file).width() >= 1000);
    }
};

QTEST_MAIN(TestStudyEndToEnd)
#include "tst_study_end_to_end.moc"
