#include "cli_process.h"

#include <QFile>
#include <QJsonDocument>

namespace {

constexpr int patience = 120000; // milliseconds; only a broken program reaches it

QStringList withThreads(QStringList arguments) {
    if (!arguments.isEmpty() && arguments.first() == QStringLiteral("train") &&
        !arguments.contains(QStringLiteral("--threads"))) {
        arguments.insert(1, QStringLiteral("--threads"));
        arguments.insert(2, QStringLiteral("1"));
    }
    return arguments;
}

} // namespace

QStringList words(const char* line) {
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QByteArray contentsOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray CliResult::faultUnless(int expectedCode, const QList<QByteArray>& words) const {
    const QByteArray seen = "code " + QByteArray::number(code) + ", standard error: " + errors;
    QByteArray line;
    for (const QByteArray& candidate : errors.split('\n')) {
        if (candidate.startsWith("alphascope-cli: ")) {
            if (!line.isEmpty()) {
                return "more than one sentence; " + seen;
            }
            line = candidate;
        }
    }
    if (code != expectedCode) {
        return "expected code " + QByteArray::number(expectedCode) + ", got " + seen;
    }
    if (!errors.endsWith(line + "\n") || !(line.endsWith('.') || line.endsWith('?') || line.endsWith('!'))) {
        return "no sentence at the end; " + seen;
    }
    for (const QByteArray& word : words) {
        if (!line.contains(word)) {
            return "'" + word + "' is missing; " + seen;
        }
    }
    return {};
}

QList<QJsonObject> CliResult::jsonLines() const {
    QList<QJsonObject> lines;
    for (const QByteArray& line : output.trimmed().split('\n')) {
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject()) {
            return {};
        }
        lines.append(document.object());
    }
    return lines;
}

CliResult runCli(const QStringList& arguments, const QString& folder) {
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral(ALPHASCOPE_CLI), withThreads(arguments));
    return finishCli(process);
}

std::unique_ptr<QProcess> startCli(const QStringList& arguments, const std::function<void()>& inChild) {
    auto process = std::make_unique<QProcess>();
    if (inChild) {
        process->setChildProcessModifier(inChild);
    }
    process->start(QStringLiteral(ALPHASCOPE_CLI), withThreads(arguments));
    process->waitForStarted(patience);
    return process;
}

CliResult finishCli(QProcess& process) {
    if (!process.waitForFinished(patience) && process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), "did not end: " + process.readAllStandardError()};
    }
    const int code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return {code, process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray readUntil(QProcess& process, QProcess::ProcessChannel channel, const QByteArray& text) {
    process.setReadChannel(channel);
    QByteArray all = process.readAll();
    while (!all.contains(text)) {
        if (!process.waitForReadyRead(patience)) {
            return {};
        }
        all += process.readAll();
    }
    return all;
}

QStringList tinyTraining(const QString& run, const QStringList& more) {
    return QStringList{QStringLiteral("train"),
                       QStringLiteral("--data"),
                       QStringLiteral("glyphs"),
                       QStringLiteral("--preset"),
                       QStringLiteral("quick"),
                       QStringLiteral("--set"),
                       QStringLiteral("filters=4"),
                       QStringLiteral("--set"),
                       QStringLiteral("batchSize=4"),
                       QStringLiteral("--set"),
                       QStringLiteral("codeWidth=8"),
                       QStringLiteral("--set"),
                       QStringLiteral("latentSize=6"),
                       QStringLiteral("--device"),
                       QStringLiteral("cpu"),
                       QStringLiteral("--run"),
                       run} +
           more;
}
