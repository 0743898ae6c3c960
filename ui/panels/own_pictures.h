#pragma once
// Where a person's own pictures come from, one after the other: a folder that is stepped through, or a
// camera that is looked through until a picture is taken. One row; hidden while there is neither. GUI thread
// only.

#include <QWidget>

#include "ui/session/camera_controller.h"
#include "ui/session/folder_pictures.h"

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace alphascope::ui {

class ElidedLabel;
class FolderPopup;
class IDialogs;

class OwnPictures : public QWidget {
    Q_OBJECT
public:
    OwnPictures(EngineBridge& bridge, ExploreController& explore, IDialogs& dialogs,
                QWidget* parent = nullptr);

    /// Asks which folder.
    void chooseFolder();
    /// Shows its pictures to choose from.
    void openFolder(const QString& folder);
    /// To the next picture of the folder, or so many back; nothing without one.
    void step(int by);
    void startCamera();

    FolderPictures& folder() { return folder_; }
    CameraController& camera() { return camera_; }
    FolderPopup* popup() const { return popup_; }
    /// Beside which the popup opens.
    void setAnchor(const QWidget* anchor) { anchor_ = anchor; }

Q_SIGNALS:
    void pictureChosen(const QString& path);
    void problem(const QString& message, const QString& hint);

private:
    QWidget* buildFolderRow();
    QWidget* buildCameraRow();
    QToolButton* iconButton(QWidget* parent, const char* name, const char* iconName, const QString& text);
    void refreshFolder();
    void refreshCamera();

    IDialogs& dialogs_;
    FolderPictures folder_;
    CameraController camera_;
    const QWidget* anchor_;
    FolderPopup* popup_;
    QWidget* folderRow_ = nullptr;
    QToolButton* previous_ = nullptr;
    QToolButton* next_ = nullptr;
    QLabel* place_ = nullptr;
    ElidedLabel* name_ = nullptr;
    QWidget* cameraRow_ = nullptr;
    QComboBox* devices_ = nullptr;
    ElidedLabel* device_ = nullptr;
    QPushButton* take_ = nullptr;
    QString lastFolder_;
};

} // namespace alphascope::ui
