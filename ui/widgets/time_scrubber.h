#pragma once
// One line for the whole run: from step 0 to the latest, a tick at every checkpoint, a triangle at every
// alarm, a Fork button and a Live pill. Choosing a tick shows that checkpoint in all views; Live follows the
// training; Fork begins a new run from the checkpoint shown. While the user holds the handle nothing moves
// it: new steps wait until it is released. GUI thread only.

#include <QVector>
#include <QWidget>

class QToolButton;

namespace alphascope::ui {

class StatusPill;

class TimeScrubber : public QWidget {
    Q_OBJECT
public:
    explicit TimeScrubber(QWidget* parent = nullptr);

    /// The latest step of the run; the handle follows it when live.
    void setLatestStep(qint64 step);
    qint64 latestStep() const { return latest_; }

    /// Steps of the checkpoints, ascending. The one chosen stays chosen by its step; if it is gone, live.
    void setCheckpoints(const QVector<qint64>& steps);
    const QVector<qint64>& checkpoints() const { return checkpoints_; }

    /// Where the training rang.
    void setAlarms(const QVector<qint64>& steps);
    const QVector<qint64>& alarms() const { return alarms_; }

    /// Index of the checkpoint shown, or -1 for live. Does not emit; ignored while the user holds the handle.
    void setCurrent(int index);
    int current() const { return current_; }
    bool isLive() const { return current_ < 0; }
    bool isHeld() const { return held_; }
    /// The step under the handle.
    qint64 shownStep() const;
    /// Whether training runs: the pill's dot is green. Without a session (only a checkpoint open) disable it.
    void setLiveAvailable(bool available);
    void setRunning(bool running);

    /// x of a step on the line, in widget coordinates.
    double xOf(qint64 step) const;
    QRectF lineRect() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Chosen by release, click or key.
    void checkpointChosen(int index);
    void liveChosen();
    /// While dragging over the ticks: index, or -1 over the live end.
    void checkpointPreviewed(int index);
    void forkRequested(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    int nearest(double x) const;
    void choose(int index);
    void release();
    void describe();
    void placeButtons();

    QVector<qint64> checkpoints_;
    QVector<qint64> pendingCheckpoints_;
    bool checkpointsPending_ = false;
    qint64 latest_ = 0;
    qint64 pendingLatest_ = -1;
    int current_ = -1;
    bool held_ = false;
    int heldIndex_ = -1;
    double heldX_ = 0;
    int hovered_ = -2;
    bool running_ = false;
    bool liveAvailable_ = true;
    QVector<qint64> alarms_;
    QToolButton* fork_;
    StatusPill* pill_;
};

} // namespace alphascope::ui
