// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <memory>

/// The machine of tests/support/machine as the live tests of the helper use it: real bus, real
/// polkitd, real users alice (1001) and bob (1002). Root only.
namespace roadstead::live {

struct Ended
{
    int status = -1;
    QByteArray output; ///< standard output
    QByteArray errors;
};

/// Runs a program to its end; 30 s at most, then status -1.
Ended run(const QString &program, const QStringList &arguments, int milliseconds = 30'000);
/// A shell script as root.
Ended shell(const QString &script);

/// Copies the programs to where users can reach them, and makes /dev/log a file that can be read.
/// False with the reason on standard error.
bool prepare();

/// What polkit does with Roadstead's actions for alice and bob: "ask", "yes", "no", "none".
void setConsent(const QString &what);

/// What is in a file; empty when it cannot be read.
QByteArray contents(const QString &path);

/// A text of a JSON object.
QString field(const QJsonObject &object, const char *name);

/// A user who has started a verb, with an agent that gives `answers`, or without one when empty.
class Request
{
public:
    /// `delay`: seconds that the agent takes for each answer; `input`: standard input.
    Request(const QString &user, const QString &verb, const QString &answers = {}, int delay = 0,
            const QByteArray &input = {});
    ~Request();

    /// The JSON object it ended with; empty when it did not within the time.
    QJsonObject result(int milliseconds = 60'000);
    [[nodiscard]] QString outcome(int milliseconds = 60'000);
    [[nodiscard]] bool isOver() const { return m_process.state() == QProcess::NotRunning; }
    /// Questions the agent was asked so far.
    [[nodiscard]] QList<QJsonObject> questions() const;
    void kill();

private:
    QProcess m_process;
    QString m_agentLog;
};

/// Runs a verb to its end.
QJsonObject ask(const QString &user, const QString &verb, const QString &answers = {});
/// The same for setting exactly these options, as a file has them.
QJsonObject configure(const QString &user, const QByteArray &options, const QString &answers = {});
/// The line of such a file for a registry without encryption.
QByteArray insecure(const QString &registry);
/// Stops the engines of both users, and removes their options and what the helper counts.
void stopAndForget();
/// Where that file is.
QString optionsFile(int uid = 1001);

/// A direct call of the helper on the bus as `user`: "reply <code> <outcome> <detail>" for a reply
/// of KAuth's, or "error <D-Bus error name>". `arguments` is one of "good", "empty", "unknown",
/// "uid", "version", "long", "bomb"; or, for options, "options-good" and others that are hostile.
QByteArray rawCall(const QString &user, const QString &action, const QString &arguments,
                   const QString &detailKey = {}, const QString &detailValue = {});
/// main() of a test program; also makes that call, which is the program's other face.
int liveMain(QObject &test, int argc, char **argv);

/// Process id of the helper, of polkitd; 0 when there is none.
qint64 helperPid();
qint64 polkitdPid();
/// False when there is no such process.
bool signalProcess(qint64 pid, int number);
/// Kills the helper if there is one; returns once the bus knows.
void killHelper();
/// Process id of the launcher of alice's engine, 0 when there is none.
qint64 launcherPid();
void startPolkitd();
/// True when something of alice's engine runs or is left.
bool hasEngine();
/// Everything that went to syslog so far.
QByteArray syslog();

} // namespace roadstead::live
