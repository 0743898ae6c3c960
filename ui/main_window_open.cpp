// Files: what is opened, dropped or pasted, and where it goes.

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>

#include "ui/main_window.h"
#include "ui/models/figures.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/monitor_workspace.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/setup_panel.h"
#include "ui/session/image_conversion.h"
#include "ui/widgets/drag_payload.h"

namespace alphascope::ui {

namespace {

bool looksLikeData(const QString& path) {
    const QString name = QFileInfo(path).fileName().toLower();
    return name.endsWith(QStringLiteral(".gz")) || name.contains(QStringLiteral("ubyte")) ||
           name.endsWith(QStringLiteral(".idx")) || name.endsWith(QStringLiteral(".bin"));
}

} // namespace

void MainWindow::openPath(const QString& path) {
    const QFileInfo info(path);
    const QString absolute = info.absoluteFilePath();
    if (!info.exists()) {
        Q_EMIT bridge_.problem(Area::Runs, tr("%1 does not exist.").arg(absolute),
                               tr("Check the path and open it again."));
        return;
    }
    if (info.isDir() && QFileInfo::exists(QDir(absolute).filePath(QStringLiteral("study.json"))))
        openStudy(absolute);
    else if (info.isFile() && info.fileName() == QStringLiteral("study.json"))
        openStudy(info.absolutePath());
    else if (info.isFile() && looksLikePicture(absolute))
        openPicture(absolute);
    else if (info.isFile() && absolute.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive))
        openView(absolute);
    else if (info.isFile() && looksLikeData(absolute))
        setup_->setData(absolute);
    else
        openCheckpointOrRun(absolute);
}

void MainWindow::openCheckpointOrRun(const QString& path) {
    bridge_.classifyPath(path.toStdString(), [this, path](const PathContent& content) {
        const bool isFile = QFileInfo(path).isFile();
        const QString folder = QString::fromStdString(content.runFolder);
        runs_->clearMessage();
        if (!folder.isEmpty()) {
            bridge_.listRuns(content.runFolder);
            if (isFile && path.endsWith(QStringLiteral(".safetensors")))
                display_.showCheckpoint(path, folder);
            else
                display_.showFolder(folder);
        } else if (isFile && path.endsWith(QStringLiteral(".safetensors"))) {
            display_.showCheckpoint(path, QString());
        } else if (content.holdsRuns) {
            setRunsRoot(path);
        } else if (!isFile && workspace() == Workspace::Explore && explore_.takesPictures()) {
            exploreWorkspace_->openDropped(path);
        } else if (!isFile) {
            // A folder without a run is taken for pictures; the set-up says so when it holds none.
            setup_->setData(path);
        } else {
            Q_EMIT bridge_.problem(
                Area::Runs,
                tr("%1 is no checkpoint, run, picture or data set.").arg(QFileInfo(path).fileName()),
                tr("Open a .safetensors file of this program, a run folder, a picture, or a folder of "
                   "pictures."));
        }
    });
}

void MainWindow::openPicture(const QString& path) {
    setWorkspace(Workspace::Explore);
    exploreWorkspace_->openPicture(path);
}

void MainWindow::openView(const QString& path) {
    setWorkspace(Workspace::Explore);
    bridge_.runJob(Area::Explore, [this, path]() -> std::function<void()> {
        return
            [this, path, view = bridge_.engine().readView(path.toStdString())] { restoreView(view, path); };
    });
}

void MainWindow::restoreView(const engine::ViewDocument& view, const QString& file) {
    setWorkspace(Workspace::Explore);
    const auto& model = bridge_.model();
    if (model && !bridge_.following() && model->info.checksum == view.model.checksum) {
        explore_.loadDocument(view);
        return;
    }
    const QString checkpoint = view.model.path.empty() || view.model.checksum.empty()
                                   ? QString()
                                   : QString::fromStdString(engine::viewCheckpoint(view, file.toStdString()));
    if (!checkpoint.isEmpty() && QFileInfo::exists(checkpoint)) {
        // Once: whatever is opened next, if it is not this one, the user has gone elsewhere.
        connect(
            &bridge_, &EngineBridge::modelOpened, &explore_,
            [this, view](const engine::ModelOpened& opened) {
                explore_.loadDocument(view);
                if (opened.info.checksum != view.model.checksum)
                    warnOfOtherCheckpoint(view);
            },
            Qt::SingleShotConnection);
        openCheckpointOrRun(checkpoint);
        return;
    }
    explore_.loadDocument(view);
    if (explore_.hasModel() && !view.model.checksum.empty())
        warnOfOtherCheckpoint(view);
}

void MainWindow::warnOfOtherCheckpoint(const engine::ViewDocument& view) {
    if (explore_.view().code.size() == view.model.latentSize)
        exploreWorkspace_->showWarning(
            tr("The view is of another checkpoint: %1, step %2. Its codes are shown with this model.")
                .arg(QString::fromStdString(view.model.method))
                .arg(view.model.step),
            tr("Open %1 for the pictures that it was saved with.")
                .arg(view.model.path.empty() ? tr("its checkpoint")
                                             : QString::fromStdString(view.model.path)));
}

void MainWindow::openInDialog() {
    const QString path = dialogs_->pickToOpen(this, runsRoot_);
    if (!path.isEmpty())
        openPath(path);
}

void MainWindow::paste() {
    const QMimeData* clipboard = QApplication::clipboard()->mimeData();
    if (clipboard && clipboard->hasText() && engine::looksLikeView(clipboard->text().toStdString())) {
        pasteView(clipboard->text().toStdString());
        return;
    }
    const DropContent content = readDrop(clipboard);
    if (!content.file.isEmpty()) {
        openPath(content.file);
    } else if (!content.image.isNull()) {
        setWorkspace(Workspace::Explore);
        explore_.encodePicture(content.image, tr("pasted picture"));
    } else {
        exploreWorkspace_->showProblem(tr("There is no picture or view on the clipboard."),
                                       tr("Copy a picture in another program, then press Ctrl+V here."));
    }
}

void MainWindow::pasteView(const std::string& text) {
    try {
        restoreView(engine::viewFromJson(text, tr("The clipboard's text").toStdString()), {});
    } catch (const engine::Error& error) {
        exploreWorkspace_->showProblem(QString::fromStdString(error.what()),
                                       QString::fromStdString(error.hint()));
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (canReadDrop(event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const DropContent content = readDrop(event->mimeData());
    if (!content.file.isEmpty()) {
        openPath(content.file);
    } else if (!content.image.isNull()) {
        setWorkspace(Workspace::Explore);
        explore_.encodePicture(content.image, tr("dropped picture"));
    } else {
        return;
    }
    event->acceptProposedAction();
}

void MainWindow::setRunsRoot(const QString& root) {
    const QString clean = QDir::cleanPath(root);
    if (clean == runsRoot_)
        return;
    runsRoot_ = clean;
    if (!rootWatcher_.directories().isEmpty())
        rootWatcher_.removePaths(rootWatcher_.directories());
    runModel_.setRuns({});
    listTimer_.start();
}

void MainWindow::explorePair(int index) {
    const engine::Image* picture = monitor_->originalPicture(index);
    if (!picture)
        return;
    setWorkspace(Workspace::Explore);
    explore_.encodePicture(toQImage(*picture), tr("held-out picture %1").arg(index + 1));
}

void MainWindow::exploreSample(int index) {
    std::vector<float> code = monitor_->sampleCode(index);
    if (code.empty())
        return;
    setWorkspace(Workspace::Explore);
    explore_.setCode(std::move(code), tr("sample %1").arg(index + 1));
}

void MainWindow::exploreCode(const QString& checkpoint, const QString& folder, const std::vector<float>& code,
                             const QString& source) {
    setWorkspace(Workspace::Explore);
    const auto& model = bridge_.model();
    if (model && !bridge_.following() && model->info.path == checkpoint.toStdString()) {
        explore_.setCode(code, source);
        return;
    }
    // Once: whatever is opened next, if it is not this one, the user has gone elsewhere.
    connect(
        &bridge_, &EngineBridge::modelOpened, &explore_,
        [this, checkpoint, code, source](const engine::ModelOpened& opened) {
            if (opened.info.path == checkpoint.toStdString())
                explore_.setCode(code, source);
        },
        Qt::SingleShotConnection);
    display_.showCheckpoint(checkpoint, folder);
}

} // namespace alphascope::ui
