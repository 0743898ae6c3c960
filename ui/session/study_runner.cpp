#include "ui/session/study_runner.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <csignal>
#include <sys/resource.h>

namespace alphascope::ui {

namespace {

constexpr qsizetype longestErrors = 16384; // bytes kept of its standard error
constexpr int niceness = 5;                // the window stays quick while every core trains
constexpr int joinMilliseconds = 20000;

/// In the child, before the program.
void lowerPriority() {
    ::setpriority(PRIO_PROCESS, 0, niceness);
}

/// Beside this program, else wherever programs lie.
QString usualProgram() {
    const QString name = QStringLiteral("alphascope-cli");
    const QString beside = QDir(QCoreApplication::applicationDirPath()).filePath(name);
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(name);
}

void interrupt(const QProcess& process) {
    if (const qint64 id = process.processId(); id > 0)
        ::kill(pid_t(id), SIGINT);
}

} // namespace

StudyRunner::StudyRunner(const QString& program, QObject* parent)
    : QObject(parent), program_(program.isEmpty() ? usualProgram() : program) {
    process_.setStandardInputFile(QProcess::nullDevice());
    process_.setChildProcessModifier(lowerPriority);
    connect(&process_, &QProcess::started, this, [this] {
        if (state_ == State::Stopping)
            interrupt(process_); // it was asked to before it was there
    });
    connect(&process_, &QProcess::readyReadStandardOutput, this, &StudyRunner::takeLines);
    connect(&process_, &QProcess::readyReadStandardError, this,
            [this] { errors_ = (errors_ + process_.readAllStandardError()).right(longestErrors); });
    connect(&process_, &QProcess::finished, this, &StudyRunner::finish);
    connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return; // the others end in finished()
        const QString reason = process_.errorString();
        setState(State::Idle);
        Q_EMIT ended(tr("The program %1 could not be started.").arg(QFileInfo(process_.program()).fileName()),
                     reason);
    });
}

StudyRunner::~StudyRunner() {
    process_.disconnect(this);
    if (process_.state() == QProcess::NotRunning)
        return;
    interrupt(process_);
    process_.waitForFinished(
        joinMilliseconds); // else QProcess kills it: its trials are killed too, and go on later
}

QStringList StudyRunner::arguments() const {
    QStringList words{QStringLiteral("study"), QStringLiteral("run"), order_.folder,
                      QStringLiteral("--json")};
    if (order_.jobs > 0)
        words << QStringLiteral("--jobs") << QString::number(order_.jobs);
    if (order_.retry)
        words << QStringLiteral("--retry");
    return words;
}

void StudyRunner::start(const StudyRunOrder& order) {
    if (busy())
        return;
    order_ = order;
    errors_.clear();
    handOver_ = false;
    if (program_.isEmpty()) {
        Q_EMIT ended(tr("The program alphascope-cli, which runs the trials, is not beside this one."),
                     tr("Install it, or run the study in a terminal."));
        return;
    }
    setState(State::Running);
    process_.start(program_, arguments());
}

void StudyRunner::stop() {
    if (!busy())
        return;
    setState(State::Stopping);
    interrupt(process_);
}

void StudyRunner::handOver() {
    handOver_ = true;
    stop();
}

void StudyRunner::setState(State state) {
    if (std::exchange(state_, state) != state)
        Q_EMIT stateChanged(state);
}

void StudyRunner::takeLines() {
    while (process_.canReadLine()) {
        const QJsonObject line = QJsonDocument::fromJson(process_.readLine()).object();
        if (line.contains(QStringLiteral("trial")))
            Q_EMIT trialEnded(qulonglong(line.value(QStringLiteral("trial")).toInteger()),
                              line.value(QStringLiteral("state")).toString(),
                              line.value(QStringLiteral("reason")).toString());
    }
}

/// The last line that is a message of the program: "alphascope-cli: ...".
QString StudyRunner::lastSentence() const {
    const QStringList lines = QString::fromUtf8(errors_).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line)
        if (const qsizetype colon = line->indexOf(QStringLiteral(": "));
            line->startsWith(QStringLiteral("alphascope-cli")) && colon > 0)
            return line->mid(colon + 2).trimmed();
    return lines.isEmpty() ? QString() : lines.last().trimmed();
}

/// Without us, and without the terminal that we may have been started from: what it says goes to a file.
bool StudyRunner::startApart() const {
    QProcess other;
    const QString log = QDir(order_.folder).filePath(QStringLiteral("study.log"));
    other.setStandardInputFile(QProcess::nullDevice());
    other.setStandardOutputFile(QProcess::nullDevice());
    other.setStandardErrorFile(log, QIODevice::Append);
    other.setChildProcessModifier(lowerPriority);
    other.setProgram(program_);
    other.setArguments(arguments());
    return other.startDetached();
}

void StudyRunner::finish(int code, QProcess::ExitStatus status) {
    errors_ = (errors_ + process_.readAllStandardError()).right(longestErrors);
    const bool ours = state_ == State::Stopping;
    const bool wellDone = status == QProcess::NormalExit && (code == 0 || ours);
    QString problem;
    QString hint;
    if (!wellDone && status == QProcess::NormalExit)
        problem = lastSentence();
    else if (!wellDone && !ours)
        problem = tr("The process that runs the trials was ended from outside.");
    if (!problem.isEmpty())
        hint = tr("What the trials saved is kept: run the study again to go on.");
    if (ours && handOver_ && !startApart())
        problem = tr("The trials could not be handed over to a process of their own.");
    setState(State::Idle);
    Q_EMIT ended(problem, hint);
}

} // namespace alphascope::ui
