#include "ui/panels/own_pictures.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/dialogs/dialogs.h"
#include "ui/panels/folder_popup.h"
#include "ui/panels/form.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/elided_label.h"

namespace alphascope::ui {

OwnPictures::OwnPictures(EngineBridge& bridge, ExploreController& explore, IDialogs& dialogs, QWidget* parent)
    : QWidget(parent), dialogs_(dialogs), folder_(bridge), camera_(bridge, explore), anchor_(this),
      popup_(new FolderPopup(folder_, this)) {
    setObjectName(QStringLiteral("ownPictures"));
    folderRow_ = buildFolderRow();
    cameraRow_ = buildCameraRow();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(cameraRow_);
    layout->addWidget(folderRow_);
    connect(&folder_, &FolderPictures::changed, this, [this] {
        refreshFolder();
        if (folder_.count() > 0) {
            popup_->open(anchor_);
            folder_.choose(0);
        }
    });
    connect(&folder_, &FolderPictures::currentChanged, this, [this](int index) {
        camera_.stop();
        refreshFolder();
        Q_EMIT pictureChosen(folder_.path(index));
    });
    connect(&folder_, &FolderPictures::problem, this, &OwnPictures::problem);
    connect(&camera_, &CameraController::runningChanged, this, &OwnPictures::refreshCamera);
    connect(&camera_, &CameraController::frameArrived, take_, [this] { take_->setEnabled(true); });
    connect(&camera_, &CameraController::problem, this, &OwnPictures::problem);
    refreshFolder();
    refreshCamera();
}

QToolButton* OwnPictures::iconButton(QWidget* parent, const char* name, const char* iconName,
                                     const QString& text) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setProperty("flat", true);
    button->setIcon(icon(QLatin1String(iconName), IconColor::Muted));
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

QWidget* OwnPictures::buildFolderRow() {
    auto* row = new QWidget(this);
    previous_ = iconButton(row, "previousPicture", "chevron-left", tr("Previous picture (Page Up)"));
    next_ = iconButton(row, "nextPicture", "chevron-right", tr("Next picture (Page Down)"));
    place_ = textLabel(row, "folderPlace", "caption");
    place_->setWordWrap(false);
    place_->setFont(tabularFont(place_->font()));
    name_ = new ElidedLabel(row);
    name_->setElideMode(Qt::ElideMiddle);
    auto* all = iconButton(row, "allPictures", "grid", tr("All pictures of the folder"));
    auto* close = iconButton(row, "closeFolder", "close", tr("Leave the folder"));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(previous_);
    layout->addWidget(place_);
    layout->addWidget(next_);
    layout->addWidget(name_, 1);
    layout->addWidget(all);
    layout->addWidget(close);
    connect(previous_, &QToolButton::clicked, this, [this] { step(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { step(1); });
    connect(all, &QToolButton::clicked, this, [this] { popup_->open(anchor_); });
    connect(close, &QToolButton::clicked, &folder_, &FolderPictures::close);
    return row;
}

QWidget* OwnPictures::buildCameraRow() {
    auto* row = new QWidget(this);
    auto* picture = new QLabel(row);
    picture->setPixmap(icon(QStringLiteral("camera"), IconColor::Accent).pixmap(16, 16));
    device_ = new ElidedLabel(row);
    devices_ = new FormCombo(row);
    devices_->setObjectName(QStringLiteral("cameraDevice"));
    devices_->setAccessibleName(tr("Camera"));
    take_ = new QPushButton(tr("Take"), row);
    take_->setObjectName(QStringLiteral("takePicture"));
    take_->setProperty("primary", true);
    take_->setToolTip(tr("Keeps the picture that is seen, with its square, and ends the camera"));
    auto* stop = new QPushButton(tr("Stop"), row);
    stop->setObjectName(QStringLiteral("stopCamera"));
    stop->setToolTip(tr("Ends the camera without a picture"));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(picture);
    layout->addWidget(device_, 1);
    layout->addWidget(devices_, 1);
    layout->addWidget(take_);
    layout->addWidget(stop);
    connect(take_, &QPushButton::clicked, &camera_, &CameraController::take);
    connect(stop, &QPushButton::clicked, &camera_, &CameraController::stop);
    connect(devices_, &QComboBox::activated, this,
            [this] { camera_.start(devices_->currentData().toInt()); });
    return row;
}

void OwnPictures::chooseFolder() {
    const QString folder = dialogs_.pickFolder(this, tr("Folder of pictures"), lastFolder_);
    if (!folder.isEmpty())
        openFolder(folder);
}

void OwnPictures::openFolder(const QString& folder) {
    lastFolder_ = folder;
    folder_.open(folder);
}

void OwnPictures::step(int by) {
    folder_.step(by);
}

void OwnPictures::startCamera() {
    const auto cameras = camera_.cameras();
    devices_->clear();
    for (const engine::CameraInfo& camera : cameras)
        devices_->addItem(QString::fromStdString(camera.name), camera.index);
    devices_->setVisible(cameras.size() > 1);
    device_->setVisible(cameras.size() <= 1);
    device_->setText(devices_->currentText());
    // Also without one: the engine has the sentence that says why.
    camera_.start(cameras.empty() ? 0 : cameras.front().index);
}

void OwnPictures::refreshFolder() {
    const int count = folder_.count();
    const int current = folder_.current();
    folderRow_->setVisible(count > 0);
    place_->setText(tr("%L1 of %L2").arg(current + 1).arg(count));
    name_->setText(current < 0 ? QString() : folder_.name(current));
    previous_->setEnabled(current > 0);
    next_->setEnabled(current + 1 < count);
    setVisible(count > 0 || camera_.running());
}

void OwnPictures::refreshCamera() {
    cameraRow_->setVisible(camera_.running());
    take_->setEnabled(camera_.canTake());
    setVisible(folder_.count() > 0 || camera_.running());
}

} // namespace alphascope::ui
