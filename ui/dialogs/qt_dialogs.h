#pragma once
// The window's questions as real dialogs. GUI thread only.

#include "ui/dialogs/dialogs.h"

namespace alphascope::ui {

class QtDialogs : public IDialogs {
public:
    QString pickDataFolder(QWidget* parent, const QString& start) override;
    QString pickDataFile(QWidget* parent, const QString& start) override;
    QString pickFolder(QWidget* parent, const QString& title, const QString& start) override;
    QString pickToOpen(QWidget* parent, const QString& start) override;
    QString pickToSave(QWidget* parent, const QString& title, const QString& suggested,
                       const QString& filter) override;
    QString askName(QWidget* parent, const QString& title, const QString& label,
                    const QString& suggested) override;
    std::optional<VideoChoice> askVideo(QWidget* parent, const QString& path, int side,
                                        const VideoChoice& usual) override;
    CloseAnswer askCloseWhileTraining(QWidget* parent) override;
    StudyCloseAnswer askCloseWhileStudying(QWidget* parent) override;
    std::optional<StudyOrder> askStudy(QWidget* parent, const StudyQuestion& question) override;
    void showShortcuts(QWidget* parent, const QList<std::pair<QString, QString>>& shortcuts) override;
    void showAbout(QWidget* parent) override;
    void showInFileManager(const QString& folder) override;
};

} // namespace alphascope::ui
