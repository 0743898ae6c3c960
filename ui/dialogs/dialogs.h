#pragma once
// Every question the window asks the user, behind an interface, so that tests can answer. GUI thread only.

#include <QString>
#include <QStringList>

#include <optional>

#include "ui/models/study_draft.h"
#include "ui/session/engine_interface.h"

class QWidget;

namespace alphascope::ui {

enum class CloseAnswer { SaveAndClose, CloseWithoutSaving, Cancel };
enum class StudyCloseAnswer { StopAndClose, LetRunOn, Cancel };

class IDialogs {
public:
    virtual ~IDialogs() = default;
    // Each gives "" when the user cancelled.
    virtual QString pickDataFolder(QWidget* parent, const QString& start) = 0;
    virtual QString pickDataFile(QWidget* parent, const QString& start) = 0;
    virtual QString pickFolder(QWidget* parent, const QString& title, const QString& start) = 0;
    virtual QString pickToOpen(QWidget* parent, const QString& start) = 0;
    virtual QString pickToSave(QWidget* parent, const QString& title, const QString& suggested,
                               const QString& filter) = 0;
    virtual QString askName(QWidget* parent, const QString& title, const QString& label,
                            const QString& suggested) = 0;
    /// How a film of frames of `side` pixels is to be written to `path`; nothing when cancelled.
    virtual std::optional<VideoChoice> askVideo(QWidget* parent, const QString& path, int side,
                                                const VideoChoice& usual) = 0;
    virtual CloseAnswer askCloseWhileTraining(QWidget* parent) = 0;
    /// While this program runs a study's trials.
    virtual StudyCloseAnswer askCloseWhileStudying(QWidget* parent) = 0;
    /// Plans a study; nothing when cancelled.
    virtual std::optional<StudyOrder> askStudy(QWidget* parent, const StudyQuestion& question) = 0;
    virtual void showShortcuts(QWidget* parent, const QList<std::pair<QString, QString>>& shortcuts) = 0;
    virtual void showAbout(QWidget* parent) = 0;
    virtual void showInFileManager(const QString& folder) = 0;
};

} // namespace alphascope::ui
