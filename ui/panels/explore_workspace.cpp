#include "ui/panels/explore_workspace.h"

#include <QApplication>
#include <QClipboard>
#include <QDataStream>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QIODevice>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

#include "ui/dialogs/dialogs.h"
#include "ui/panels/arithmetic_panel.h"
#include "ui/panels/decoded_panel.h"
#include "ui/panels/directions_panel.h"
#include "ui/panels/film_panel.h"
#include "ui/panels/neighbours_panel.h"
#include "ui/panels/own_pictures.h"
#include "ui/panels/pad_panel.h"
#include "ui/session/attribute_sets.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/progress_row.h"

namespace alphascope::ui {

namespace {

constexpr int stripPictures = 9;
constexpr int gridSide = 8;
constexpr int arithmeticWidth = 250;
constexpr int largePicture = 8; // times

} // namespace

ExploreWorkspace::ExploreWorkspace(EngineBridge& bridge, ExploreController& controller,
                                   DirectionController& directions, NeighbourController& neighbours,
                                   AttributeSets& sets, IDialogs& dialogs, QWidget* parent)
    : QWidget(parent), controller_(controller), dialogs_(dialogs), exports_(bridge, controller),
      decoded_(new DecodedPanel(controller)), pad_(new PadPanel(controller)),
      directions_(new DirectionsPanel(directions, sets, dialogs)),
      neighbours_(new NeighboursPanel(neighbours, controller)), sideTabs_(new QTabBar),
      film_(new FilmPanel(controller)), arithmetic_(new ArithmeticPanel(bridge, controller)),
      own_(new OwnPictures(bridge, controller, dialogs, decoded_)), rows_(new QSplitter(Qt::Vertical)),
      columns_(new QSplitter(Qt::Horizontal)) {
    for (QSplitter* splitter : {rows_, columns_}) {
        splitter->setHandleWidth(tokens().gap);
        splitter->setChildrenCollapsible(false);
    }
    columns_->addWidget(decoded_);
    columns_->addWidget(pad_);
    columns_->addWidget(buildSide());
    columns_->setSizes({340, 330, 330});
    rows_->addWidget(columns_);
    auto* bottom = new QWidget;
    auto* bottomLayout = new QHBoxLayout(bottom);
    bottomLayout->setContentsMargins(0, 0, 0, 0);
    bottomLayout->setSpacing(tokens().gap);
    bottomLayout->addWidget(film_, 1);
    bottomLayout->addWidget(arithmetic_);
    arithmetic_->setFixedWidth(arithmeticWidth);
    rows_->addWidget(bottom);
    rows_->setSizes({460, 150});
    rows_->setStretchFactor(0, 1);
    rows_->setStretchFactor(1, 0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(rows_);
    buildMenus();
    connectOwnPictures();

    connect(&controller_, &ExploreController::problem, this, &ExploreWorkspace::showProblem);
    connect(&sets, &AttributeSets::problem, this, &ExploreWorkspace::showProblem);
    connect(&controller_, &ExploreController::modelChanged, this, [this] { decoded_->clearMessage(); });
    connect(&controller_, &ExploreController::pictureEncoded, this, [this] {
        if (!std::exchange(offering_, false))
            decoded_->clearMessage();
    });
    connect(decoded_, &DecodedPanel::fileDropped, this, &ExploreWorkspace::openDropped);
    connect(&exports_, &ExploreExports::viewFound, this, &ExploreWorkspace::offerView);
    ProgressRow* progress = film_->progress();
    connect(&exports_, &ExploreExports::started, progress, [this, progress](const QString& what) {
        film_->clearMessage();
        progress->setText(what);
        progress->show();
    });
    connect(&exports_, &ExploreExports::progressed, progress,
            [progress](qint64 done, qint64 total, double secondsLeft) {
                progress->setProgress(done, total);
                progress->setSecondsLeft(secondsLeft);
            });
    connect(&exports_, &ExploreExports::finished, progress, &ProgressRow::finish);
    connect(progress, &ProgressRow::cancelRequested, &exports_, &ExploreExports::cancel);
    connect(&exports_, &ExploreExports::failed, film_,
            [this](const QString& message) { film_->showMessage(MessageKind::Error, message); });
    connect(&exports_, &ExploreExports::saved, this, [this](const QString& path) {
        film_->clearMessage();
        decoded_->showMessage(MessageKind::Success, tr("Saved %1.").arg(QFileInfo(path).fileName()), path,
                              tr("Show"),
                              [this, path] { dialogs_.showInFileManager(QFileInfo(path).absolutePath()); });
    });
}

void ExploreWorkspace::connectOwnPictures() {
    decoded_->addSourceRow(own_);
    own_->setAnchor(decoded_);
    CameraController& camera = own_->camera();
    connect(decoded_, &DecodedPanel::openFolderRequested, own_, &OwnPictures::chooseFolder);
    connect(decoded_, &DecodedPanel::cameraRequested, own_, [this] {
        decoded_->clearMessage();
        own_->startCamera();
    });
    connect(own_, &OwnPictures::pictureChosen, this, &ExploreWorkspace::openPicture);
    connect(own_, &OwnPictures::problem, this, &ExploreWorkspace::showProblem);
    connect(&camera, &CameraController::frameArrived, this, [this](const QImage& frame) {
        if (!controller_.canEncode())
            decoded_->showFrame(frame);
    });
    connect(&camera, &CameraController::runningChanged, this, [this](bool running) {
        if (!running)
            decoded_->endLive();
    });
    for (const auto& [key, by] : {std::pair(Qt::Key_PageUp, -1), std::pair(Qt::Key_PageDown, 1)}) {
        auto* shortcut = new QShortcut(key, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        shortcut->setEnabled(false); // without a folder the keys scroll
        connect(shortcut, &QShortcut::activated, own_, [this, by = by] { own_->step(by); });
        connect(&own_->folder(), &FolderPictures::changed, shortcut,
                [this, shortcut] { shortcut->setEnabled(own_->folder().count() > 0); });
    }
}

void ExploreWorkspace::openDropped(const QString& path) {
    if (QFileInfo(path).isDir())
        own_->openFolder(path);
    else
        openPicture(path);
}

/// One beside the other would leave each too little room.
QWidget* ExploreWorkspace::buildSide() {
    auto* side = new QWidget;
    auto* pages = new QStackedWidget;
    sideTabs_->setDrawBase(false);
    sideTabs_->setExpanding(false);
    sideTabs_->setAccessibleName(tr("Directions or neighbours"));
    for (Panel* panel : {static_cast<Panel*>(directions_), static_cast<Panel*>(neighbours_)}) {
        sideTabs_->addTab(panel->title());
        pages->addWidget(panel);
    }
    sideTabs_->setTabToolTip(1, tr("The training pictures nearest to what is decoded: is it memory?"));
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(sideTabs_);
    layout->addWidget(pages, 1);
    connect(sideTabs_, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    return side;
}

void ExploreWorkspace::showProblem(const QString& message, const QString& hint) {
    film_->clearMessage();
    decoded_->showMessage(MessageKind::Error, message, hint);
}

void ExploreWorkspace::showWarning(const QString& message, const QString& hint) {
    decoded_->showMessage(MessageKind::Warning, message, hint);
}

void ExploreWorkspace::openPicture(const QString& path) {
    offering_ = false;
    own_->camera().stop();
    controller_.encodeFile(path);
    exports_.lookForView(path);
}

void ExploreWorkspace::offerView(const QString& picture, const engine::ViewDocument& view) {
    offering_ = true;
    decoded_->showMessage(
        MessageKind::Info,
        tr("%1 carries the view that it was saved from.").arg(QFileInfo(picture).fileName()), {},
        tr("Restore its view"), [this, picture, view] {
            offering_ = false;
            decoded_->clearMessage();
            Q_EMIT viewWanted(view, picture);
        });
}

void ExploreWorkspace::copyView() {
    if (!controller_.hasModel())
        return;
    QApplication::clipboard()->setText(
        QString::fromStdString(engine::viewToJson(controller_.document(engine::ViewKind::Picture))));
    warnOfTraining();
}

void ExploreWorkspace::saveView(engine::ViewKind show) {
    if (!controller_.hasModel() || (show == engine::ViewKind::Film && pathSegments(controller_.view()) == 0))
        return;
    const QString path =
        dialogs_.pickToSave(this, tr("Save the view"), QStringLiteral("view.json"), tr("Views (*.json)"));
    if (path.isEmpty())
        return;
    exports_.saveView(path, show);
    warnOfTraining();
}

void ExploreWorkspace::warnOfTraining() {
    if (!exports_.fromCheckpoint())
        showWarning(tr("The view has no checkpoint: its model is in training."),
                    tr("Its codes can be restored with this run. Open a checkpoint first for a view that is "
                       "drawn the same everywhere."));
}

void ExploreWorkspace::buildMenus() {
    auto* picture = new QMenu(decoded_);
    picture->addAction(icon(QStringLiteral("save")), tr("Save picture…"), this, [this] { exportPicture(1); });
    picture->addAction(icon(QStringLiteral("zoom-in")),
                       tr("Save picture, %1 times as large…").arg(largePicture), this,
                       [this] { exportPicture(largePicture); });
    picture->addAction(icon(QStringLiteral("copy")), tr("Copy picture"), this,
                       &ExploreWorkspace::copyPicture);
    picture->addSeparator();
    picture->addAction(icon(QStringLiteral("copy")), tr("Copy view"), this, &ExploreWorkspace::copyView);
    picture->addAction(icon(QStringLiteral("save")), tr("Save view…"), this,
                       [this] { saveView(engine::ViewKind::Picture); });
    decoded_->exportButton()->setMenu(picture);
    auto* film = new QMenu(film_);
    film->addAction(icon(QStringLiteral("film")), tr("Save strip of %1 pictures…").arg(stripPictures), this,
                    &ExploreWorkspace::exportStrip);
    film->addAction(icon(QStringLiteral("camera")), tr("Save video…"), this, &ExploreWorkspace::exportVideo);
    QAction* grid =
        film->addAction(icon(QStringLiteral("image")), tr("Save grid between the first four keyframes…"),
                        this, &ExploreWorkspace::exportGrid);
    grid->setObjectName(QStringLiteral("saveGrid"));
    connect(film, &QMenu::aboutToShow, grid, [this, grid] {
        grid->setEnabled(controller_.view().keyframes.size() >= ExploreExports::gridCorners);
    });
    film->addAction(icon(QStringLiteral("save")), tr("Save the film's view…"), this,
                    [this] { saveView(engine::ViewKind::Film); });
    film->addSeparator();
    film->addAction(icon(QStringLiteral("trash")), tr("Remove all keyframes"), &controller_,
                    &ExploreController::clearKeyframes);
    film_->exportButton()->setMenu(film);
}

void ExploreWorkspace::exportPicture(int scale) {
    if (controller_.decoded().empty())
        return;
    const QString path = dialogs_.pickToSave(this, tr("Save the picture"), QStringLiteral("decoded.png"),
                                             tr("Pictures (*.png *.jpg *.webp *.bmp *.tiff)"));
    if (!path.isEmpty())
        exports_.savePicture(path, scale);
}

void ExploreWorkspace::exportStrip() {
    if (pathSegments(controller_.view()) == 0)
        return;
    const QString path = dialogs_.pickToSave(this, tr("Save the strip"), QStringLiteral("strip.png"),
                                             tr("Pictures (*.png *.jpg *.webp *.bmp *.tiff)"));
    if (!path.isEmpty())
        exports_.saveStrip(path, stripPictures, 1);
}

void ExploreWorkspace::exportVideo() {
    if (pathSegments(controller_.view()) == 0)
        return;
    const QString path = dialogs_.pickToSave(this, tr("Save the video"), QStringLiteral("film.mp4"),
                                             tr("Videos (*.mp4 *.avi *.gif)"));
    if (path.isEmpty())
        return;
    if (const auto choice = dialogs_.askVideo(this, path, exports_.frameSide(), exports_.usualVideo()))
        exports_.saveVideo(path, *choice);
}

void ExploreWorkspace::exportGrid() {
    const QString path = dialogs_.pickToSave(this, tr("Save the grid"), QStringLiteral("grid.png"),
                                             tr("Pictures (*.png *.jpg *.webp *.bmp *.tiff)"));
    if (!path.isEmpty())
        exports_.saveGrid(path, gridSide);
}

void ExploreWorkspace::copyPicture() {
    if (!controller_.decoded().empty())
        QApplication::clipboard()->setImage(toQImage(controller_.decoded()));
}

QByteArray ExploreWorkspace::saveLayout() const {
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << rows_->saveState() << columns_->saveState();
    return bytes;
}

void ExploreWorkspace::restoreLayout(const QByteArray& layout) {
    QDataStream stream(layout);
    QByteArray rows;
    QByteArray columns;
    stream >> rows >> columns;
    if (stream.status() != QDataStream::Ok)
        return;
    rows_->restoreState(rows);
    columns_->restoreState(columns);
}

} // namespace alphascope::ui
