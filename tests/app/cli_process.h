#pragma once
// Runs the real alphascope-cli.

#include <functional>
#include <memory>

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

/// What stands between the blanks of a line.
QStringList words(const char* line);

/// All bytes of a file; none when it cannot be read.
QByteArray contentsOf(const QString& path);

struct CliResult {
    int code = -1;
    QByteArray output;
    QByteArray errors;

    /// Code, and one line "alphascope-cli: ....", that holds each of `words`; otherwise what is wrong.
    QByteArray faultUnless(int expectedCode, const QList<QByteArray>& words) const;
    /// Standard output as JSON lines; empty when one is no object.
    QList<QJsonObject> jsonLines() const;
};

/// To its end.
CliResult runCli(const QStringList& arguments, const QString& folder = {});

/// Started, not waited for; killed by the destructor. `inChild` runs before the program does.
std::unique_ptr<QProcess> startCli(const QStringList& arguments, const std::function<void()>& inChild = {});

/// Waits for the end.
CliResult finishCli(QProcess& process);

/// Waits until standard output (or error) holds `text`; gives everything read so far, or nothing when it
/// ended.
QByteArray readUntil(QProcess& process, QProcess::ProcessChannel channel, const QByteArray& text);

/// "train" with networks so small that a step takes milliseconds.
QStringList tinyTraining(const QString& run, const QStringList& more = {});
