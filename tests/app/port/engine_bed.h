// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>

namespace roadstead::test {

/// How a program ended and what it said; whitespace at the ends is cut off.
struct Outcome
{
    int status = -1;
    QByteArray output;
    QByteArray errors;
};

/// Runs a program to its end, at most two minutes.
Outcome run(const QStringList &command, const QByteArray &input = {});
/// The words of a line without quotes.
QStringList words(const QString &line);

/// A real dockerd in a namespace of its own that uses our forwarder and our runtime, on a machine
/// prepared by the script `bed`.
class EngineBed
{
public:
    ~EngineBed();
    /// Prepares the machine, starts the engine and makes the image "box"; empty or what went wrong.
    QByteArray prepare();
    /// Starts dockerd; empty or its log.
    QByteArray start();
    /// Ends dockerd and waits for its end.
    void end(int signal);
    /// Ends what stands for the launcher.
    void endLauncher();

    Outcome docker(const QString &arguments, const QByteArray &input = {});
    /// In the engine's namespace.
    Outcome inEngine(const QString &line, const QByteArray &input = {});
    /// On another machine.
    Outcome outside(const QString &line, const QByteArray &input = {});
    /// Process ids of forwarders whose command line contains `part`.
    QList<qint64> forwarders(const QByteArray &part);

private:
    QProcess m_launcher;
    qint64 m_dockerd = 0;
};

} // namespace roadstead::test
