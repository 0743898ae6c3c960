#pragma once
// Runs a study's trials in a child process, `alphascope-cli study run`: what it trains does not share the
// window's memory and goes on when the window is closed, if that is wanted. GUI thread only; never waits,
// except in the destructor, where a child that still runs saves and stops.

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QString>

namespace alphascope::ui {

struct StudyRunOrder {
    QString folder;
    int jobs = 0;       ///< trials at once; 0 = as many as fit into the machine
    bool retry = false; ///< also trials that diverged or failed
};

class StudyRunner : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Running, Stopping };
    Q_ENUM(State)

    /// `program`: "" = alphascope-cli beside this program.
    explicit StudyRunner(const QString& program = {}, QObject* parent = nullptr);
    ~StudyRunner() override;

    State state() const { return state_; }
    bool busy() const { return state_ != State::Idle; }
    const StudyRunOrder& order() const { return order_; } ///< of the run under way, or the last one

    /// Ignored while busy. stateChanged() follows, and ended() in the end.
    void start(const StudyRunOrder& order);
    /// Every trial saves and stops: start() goes on with them. A second call no longer waits for them.
    void stop();
    /// The same, then a process of its own goes on with them, whatever becomes of this one.
    void handOver();

Q_SIGNALS:
    void stateChanged(alphascope::ui::StudyRunner::State state);
    void trialEnded(qulonglong trial, const QString& state, const QString& reason);
    /// No child runs any more. `problem`: its last sentence; "" when it was done, or stopped by us.
    void ended(const QString& problem, const QString& hint);

private:
    void setState(State state);
    void takeLines();
    void finish(int code, QProcess::ExitStatus status);
    QStringList arguments() const;
    bool startApart() const;
    QString lastSentence() const;

    QString program_;
    QProcess process_;
    StudyRunOrder order_;
    State state_ = State::Idle;
    bool handOver_ = false;
    QByteArray errors_; ///< end of its standard error
};

} // namespace alphascope::ui
