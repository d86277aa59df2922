// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/process_look.h"

#include <QFile>
#include <QList>

#include <cerrno>
#include <csignal>

namespace roadstead::embedded {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 longestPidFile = 64;
constexpr qint64 longestCommandLine = 64 * 1024;
} // namespace

qint64 livingProcess(const QString &pidFile, const QByteArray &program, const QByteArray &argument)
{
    QFile file(pidFile);
    const int pid =
        file.open(QIODevice::ReadOnly) ? file.read(longestPidFile).trimmed().toInt() : 0;
    // It is root's: being refused to send it a signal is proof of life.
    if (pid <= 1 || (::kill(pid, 0) != 0 && errno != EPERM)) {
        return 0;
    }
    QFile commandLine(u"/proc/%1/cmdline"_s.arg(pid));
    if (!commandLine.open(QIODevice::ReadOnly)) {
        return pid;
    }
    const QList<QByteArray> words = commandLine.read(longestCommandLine).split('\0');
    const QByteArray name = words.constFirst().sliced(words.constFirst().lastIndexOf('/') + 1);
    const bool isMeant = name == program && (argument.isEmpty() || words.contains(argument));
    return isMeant ? pid : 0;
}

} // namespace roadstead::embedded
