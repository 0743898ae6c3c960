#pragma once
// Draws the window into a picture file once everything that was asked for is in it, then ends the program.
// Waits for signals only. GUI thread only.

#include <QObject>
#include <QString>
#include <QStringList>

#include "engine/api/error.h"
#include "ui/main_window.h"

namespace alphascope::ui {

struct CaptureRequest {
    QString file;
    QString openPath;   ///< "" for none
    QStringList models; ///< runs and checkpoints to stand side by side in Compare
    bool train = false; ///< start a training
    qint64 steps = 0;   ///< and draw it at this step at the earliest
    Workspace workspace = Workspace::Monitor;
};

class WindowCapture : public QObject {
    Q_OBJECT
public:
    WindowCapture(MainWindow& window, CaptureRequest request, QObject* parent = nullptr);
    void begin();

Q_SIGNALS:
    /// Exit code, and one sentence when it is not 0.
    void finished(int code, const QString& message);

private:
    void check();
    bool complete() const;
    bool exploreComplete() const;
    bool mapComplete() const;
    bool compareComplete() const;
    bool studyComplete() const;
    void loadCodes();
    void draw();
    void fail(engine::ErrorKind kind, const QString& message);
    void finish(int code, const QString& message);

    MainWindow& window_;
    CaptureRequest request_;
    bool previewShown_ = false;
    bool curvesShown_ = false;
    bool pictureShown_ = false;
    bool fieldShown_ = false;
    bool stripShown_ = false;
    bool codesAsked_ = false;
    bool runRead_ = false;
    bool emptyRun_ = false;
    bool drawn_ = false;
    bool done_ = false;
    int code_ = 0;
    QString message_;
};

} // namespace alphascope::ui
