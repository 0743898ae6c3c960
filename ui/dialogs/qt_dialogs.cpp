#include "ui/dialogs/qt_dialogs.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/dialogs/study_dialog.h"
#include "ui/dialogs/video_dialog.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"

namespace alphascope::ui {

QString QtDialogs::pickDataFolder(QWidget* parent, const QString& start) {
    return QFileDialog::getExistingDirectory(parent, tr("Folder of pictures, or of MNIST files"), start);
}

QString QtDialogs::pickDataFile(QWidget* parent, const QString& start) {
    return QFileDialog::getOpenFileName(parent, tr("Data file"), start,
                                        tr("IDX files (*-ubyte *-ubyte.gz *.idx *.idx.gz);;All files (*)"));
}

QString QtDialogs::pickFolder(QWidget* parent, const QString& title, const QString& start) {
    return QFileDialog::getExistingDirectory(parent, title, start);
}

QString QtDialogs::pickToOpen(QWidget* parent, const QString& start) {
    return QFileDialog::getOpenFileName(
        parent, tr("Open a checkpoint, a run, a study or a picture"), start,
        tr("Checkpoints, runs, studies, pictures (*.safetensors run.json study.json *.png "
           "*.jpg *.jpeg *.webp *.bmp *.tif *.tiff);;"
           "All files (*)"));
}

QString QtDialogs::pickToSave(QWidget* parent, const QString& title, const QString& suggested,
                              const QString& filter) {
    return QFileDialog::getSaveFileName(parent, title, suggested, filter);
}

QString QtDialogs::askName(QWidget* parent, const QString& title, const QString& label,
                           const QString& suggested) {
    return QInputDialog::getText(parent, title, label, QLineEdit::Normal, suggested).trimmed();
}

std::optional<VideoChoice> QtDialogs::askVideo(QWidget* parent, const QString& path, int side,
                                               const VideoChoice& usual) {
    VideoDialog dialog(path, side, usual, parent);
    return dialog.exec() == QDialog::Accepted ? std::optional(dialog.choice()) : std::nullopt;
}

CloseAnswer QtDialogs::askCloseWhileTraining(QWidget* parent) {
    QMessageBox box(parent);
    box.setWindowTitle(tr("Close Alphascope"));
    box.setText(tr("The training is not finished."));
    box.setInformativeText(tr("It can go on later from the checkpoint that is saved now."));
    QPushButton* save = box.addButton(tr("Save and close"), QMessageBox::AcceptRole);
    QPushButton* discard = box.addButton(tr("Close without saving"), QMessageBox::DestructiveRole);
    box.addButton(tr("Go on training"), QMessageBox::RejectRole);
    box.setDefaultButton(save);
    box.exec();
    if (box.clickedButton() == save)
        return CloseAnswer::SaveAndClose;
    return box.clickedButton() == discard ? CloseAnswer::CloseWithoutSaving : CloseAnswer::Cancel;
}

StudyCloseAnswer QtDialogs::askCloseWhileStudying(QWidget* parent) {
    QMessageBox box(parent);
    box.setWindowTitle(tr("Close Alphascope"));
    box.setText(tr("The study's trials are not finished."));
    box.setInformativeText(
        tr("They save what they have in either case: stopped, they go on when the study is "
           "run again; otherwise they go on without the window."));
    QPushButton* stop = box.addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    QPushButton* letRun = box.addButton(tr("Close, let them run"), QMessageBox::AcceptRole);
    box.addButton(QMessageBox::Cancel);
    box.setDefaultButton(stop);
    box.exec();
    if (box.clickedButton() == stop)
        return StudyCloseAnswer::StopAndClose;
    return box.clickedButton() == letRun ? StudyCloseAnswer::LetRunOn : StudyCloseAnswer::Cancel;
}

std::optional<StudyOrder> QtDialogs::askStudy(QWidget* parent, const StudyQuestion& question) {
    StudyDialog dialog(question, parent);
    return dialog.exec() == QDialog::Accepted ? std::optional(dialog.order()) : std::nullopt;
}

void QtDialogs::showShortcuts(QWidget* parent, const QList<std::pair<QString, QString>>& shortcuts) {
    // Not modal: the list may stay open beside a training.
    auto* dialog = new ShortcutsDialog(shortcuts, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void QtDialogs::showAbout(QWidget* parent) {
    auto* box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setModal(false);
    box->setWindowTitle(tr("About Alphascope"));
    box->setIconPixmap(applicationIcon().pixmap(64, 64));
    box->setText(tr("<b>Alphascope %1</b>").arg(QStringLiteral(ALPHASCOPE_VERSION)));
    box->setInformativeText(tr("Trains auto-encoding GANs and looks inside while they train.\n\n"
                               "Free software under the GNU General Public License, version 3 or later."));
    box->show();
}

void QtDialogs::showInFileManager(const QString& folder) {
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

} // namespace alphascope::ui
