// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/real_engine.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcessEnvironment>

#include <csignal>

RealEngine::RealEngine()
    : m_folder(QStringLiteral("/run/real-engine-XXXXXX"))
{
    m_dockerd.setProcessChannelMode(QProcess::MergedChannels);
    m_dockerd.setStandardOutputFile(m_folder.filePath(QStringLiteral("log")));
}

RealEngine::~RealEngine()
{
    if (m_dockerd.state() == QProcess::NotRunning) {
        return;
    }
    thaw();
    const QByteArray ids = docker({QStringLiteral("ps"), QStringLiteral("-q")}).trimmed();
    if (!ids.isEmpty()) {
        docker(QStringList{QStringLiteral("kill")} +
               QString::fromLatin1(ids).split(QLatin1Char('\n')));
    }
    stop();
}

QString RealEngine::socketPath() const
{
    return m_folder.filePath(QStringLiteral("engine.sock"));
}

bool RealEngine::start(const QStringList &more)
{
    const QString base = m_folder.path();
    QFile configuration(base + QStringLiteral("/daemon.json")); // not the machine's own
    if (!configuration.open(QIODevice::WriteOnly) || configuration.write("{}") != 2) {
        return false;
    }
    configuration.close();
    m_dockerd.start(
        QStringLiteral("dockerd"),
        QStringList{QStringLiteral("--host=unix://") + socketPath(),
                    QStringLiteral("--data-root=/var/lib/docker"),
                    QStringLiteral("--exec-root=") + base + QStringLiteral("/exec"),
                    QStringLiteral("--pidfile=") + base + QStringLiteral("/pid"),
                    QStringLiteral("--config-file=") + base + QStringLiteral("/daemon.json"),
                    QStringLiteral("--iptables=false"), QStringLiteral("--ip6tables=false"),
                    QStringLiteral("--live-restore")} +
            more);
    if (!m_dockerd.waitForStarted()) {
        return false;
    }
    QDeadlineTimer deadline(30'000);
    while (!deadline.hasExpired() && m_dockerd.state() == QProcess::Running) {
        QProcess curl;
        curl.start(QStringLiteral("curl"),
                   {QStringLiteral("-sf"), QStringLiteral("-m2"), QStringLiteral("--unix-socket"),
                    socketPath(), QStringLiteral("http://localhost/_ping")});
        if (curl.waitForFinished() && curl.exitCode() == 0) {
            return true;
        }
        m_dockerd.waitForFinished(50);
    }
    QFile log(m_folder.filePath(QStringLiteral("log")));
    if (log.open(QIODevice::ReadOnly)) {
        qWarning("dockerd did not start:\n%s", log.readAll().constData());
    }
    return false;
}

bool RealEngine::importBusybox()
{
    const QString root = m_folder.filePath(QStringLiteral("image"));
    const QString tar = m_folder.filePath(QStringLiteral("image.tar"));
    QDir().mkpath(root + QStringLiteral("/bin"));
    QFile::copy(QStringLiteral("/usr/bin/busybox"), root + QStringLiteral("/bin/busybox"));
    QFile::setPermissions(root + QStringLiteral("/bin/busybox"),
                          QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther);
    QFile::link(QStringLiteral("busybox"), root + QStringLiteral("/bin/sh"));
    if (QProcess::execute(QStringLiteral("tar"), {QStringLiteral("-C"), root, QStringLiteral("-cf"),
                                                  tar, QStringLiteral(".")}) != 0) {
        return false;
    }
    return !docker({QStringLiteral("import"), tar, QStringLiteral("busybox")}).isEmpty();
}

void RealEngine::stop()
{
    m_dockerd.terminate();
    if (!m_dockerd.waitForFinished(20'000)) {
        kill();
    }
}

void RealEngine::kill()
{
    m_dockerd.kill();
    m_dockerd.waitForFinished();
}

void RealEngine::freeze()
{
    ::kill(static_cast<pid_t>(m_dockerd.processId()), SIGSTOP);
}

void RealEngine::thaw()
{
    ::kill(static_cast<pid_t>(m_dockerd.processId()), SIGCONT);
}

QByteArray RealEngine::docker(const QStringList &arguments) const
{
    QProcess process;
    process.start(QStringLiteral("docker"),
                  QStringList{QStringLiteral("--host=unix://") + socketPath()} + arguments);
    process.waitForFinished(60'000);
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        qWarning("docker %s: %s", qPrintable(arguments.join(QLatin1Char(' '))),
                 process.readAllStandardError().constData());
    }
    return process.readAllStandardOutput();
}
