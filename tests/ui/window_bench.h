#pragma once
// A main window over a fake engine, with dialogs that answer what the test says.

#include <QSettings>
#include <QTemporaryDir>

#include <functional>

#include "fake_engine.h"
#include "ui/main_window.h"

namespace alphascope::ui::test {

struct FakeDialogs : IDialogs {
    QString pickDataFolder(QWidget*, const QString&) override { return picked; }
    QString pickDataFile(QWidget*, const QString&) override { return picked; }
    QString pickFolder(QWidget*, const QString&, const QString&) override { return picked; }
    QString pickToOpen(QWidget*, const QString&) override { return picked; }
    QString pickToSave(QWidget*, const QString&, const QString&, const QString&) override { return picked; }
    QString askName(QWidget*, const QString&, const QString&, const QString&) override { return name; }
    std::optional<VideoChoice> askVideo(QWidget*, const QString&, int, const VideoChoice& usual) override {
        return cancelVideo ? std::nullopt : std::optional(videoChoice.value_or(usual));
    }
    CloseAnswer askCloseWhileTraining(QWidget*) override {
        ++closeQuestions;
        return closeAnswer;
    }
    StudyCloseAnswer askCloseWhileStudying(QWidget*) override {
        ++closeQuestions;
        return studyCloseAnswer;
    }
    std::optional<StudyOrder> askStudy(QWidget*, const StudyQuestion&) override { return studyOrder; }
    void showShortcuts(QWidget*, const QList<std::pair<QString, QString>>& list) override {
        shortcuts = list;
    }
    void showAbout(QWidget*) override {}
    void showInFileManager(const QString& folder) override { shown = folder; }

    QString picked;
    QString name;
    bool cancelVideo = false;
    std::optional<VideoChoice> videoChoice; ///< the usual one unless set
    QString shown;
    CloseAnswer closeAnswer = CloseAnswer::Cancel;
    StudyCloseAnswer studyCloseAnswer = StudyCloseAnswer::Cancel;
    std::optional<StudyOrder> studyOrder;
    int closeQuestions = 0;
    QList<std::pair<QString, QString>> shortcuts;
};

struct WindowBench {
    QTemporaryDir folder;
    std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
    FakeDialogs* dialogs = nullptr;
    std::unique_ptr<MainWindow> window;
    QString cli = QStringLiteral("/no/alphascope-cli"); ///< what runs studies, of the next window

    explicit WindowBench(const std::function<void(FakeEngine&, const QString& root)>& prepare = {}) {
        if (prepare)
            prepare(*engine, root());
        open();
    }

    QString root() const { return folder.filePath(QStringLiteral("runs")); }
    QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }

    /// A new window on the same settings, as after a new start.
    void open(bool reopen = true) {
        window.reset();
        auto answers = std::make_unique<FakeDialogs>();
        dialogs = answers.get();
        WindowServices services;
        services.engine = engine;
        services.dialogs = std::move(answers);
        services.settings = std::make_unique<QSettings>(path("settings.ini"), QSettings::IniFormat);
        services.runsRoot = root();
        services.cli = cli;
        window = std::make_unique<MainWindow>(std::move(services));
        window->restoreSession(reopen);
        window->show();
    }

    FakeSession& session() { return *engine->session; }
    bool enabled(const char* action) const {
        return window->action(QString::fromLatin1(action))->isEnabled();
    }
    void trigger(const char* action) { window->action(QString::fromLatin1(action))->trigger(); }
};

} // namespace alphascope::ui::test
