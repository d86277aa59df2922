// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/real_engine.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcessEnvironment>

#include <csignal>

RealEngine::RealEngine(Kind kind, const QStringList &entering)
    : m_kind(kind)
    , m_entering(entering)
    , m_folder(QStringLiteral("/run/real-engine-XXXXXX"))
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

RealEngine::Kind RealEngine::kindMeant()
{
    return qEnvironmentVariable("ROADSTEAD_ENGINE").startsWith(QLatin1String("podman"))
               ? Kind::Podman
               : Kind::Docker;
}

QStringList RealEngine::enteringMeant()
{
    const QString root = qEnvironmentVariable("ROADSTEAD_ENGINE_ROOT");
    return root.isEmpty() ? QStringList()
                          : QStringList{qEnvironmentVariable("ROADSTEAD_ENGINE_ENTER"), root};
}

QString RealEngine::socketPath() const
{
    return m_folder.filePath(QStringLiteral("engine.sock"));
}

bool RealEngine::writeFile(const QString &name, const QByteArray &text) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QStringList RealEngine::dockerLine() const
{
    const QString base = m_folder.path();
    return {QStringLiteral("dockerd"),
            QStringLiteral("--host=unix://") + socketPath(),
            QStringLiteral("--data-root=/var/lib/docker"),
            QStringLiteral("--exec-root=") + base + QStringLiteral("/exec"),
            QStringLiteral("--pidfile=") + base + QStringLiteral("/pid"),
            QStringLiteral("--config-file=") + base + QStringLiteral("/daemon.json"),
            QStringLiteral("--iptables=false"),
            QStringLiteral("--ip6tables=false"),
            QStringLiteral("--live-restore")};
}

bool RealEngine::configurePodman()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("CONTAINERS_CONF"),
                       m_folder.filePath(QStringLiteral("containers.conf")));
    environment.insert(QStringLiteral("CONTAINERS_REGISTRIES_CONF"),
                       m_folder.filePath(QStringLiteral("registries.conf")));
    m_dockerd.setProcessEnvironment(environment);
    // There is no journal, and no rules for packets are wanted, as with dockerd. Builds ask for
    // more open files than a machine may allow.
    return writeFile(QStringLiteral("containers.conf"),
                     "[containers]\nlog_driver = \"k8s-file\"\n"
                     "default_ulimits = [\"nofile=1024:1024\", \"nproc=4096:4096\"]\n"
                     "[engine]\ncgroup_manager = \"cgroupfs\"\nevents_logger = \"file\"\n"
                     "[network]\nfirewall_driver = \"none\"\n") &&
           writeFile(QStringLiteral("registries.conf"),
                     "[[registry]]\nlocation = \"127.0.0.1:5000\"\ninsecure = true\n");
}

QStringList RealEngine::podmanLine() const
{
    return {QStringLiteral("podman"),
            QStringLiteral("--root=/var/lib/containers/storage"),
            QStringLiteral("--runroot=") + m_folder.filePath(QStringLiteral("run")),
            QStringLiteral("--tmpdir=") + m_folder.filePath(QStringLiteral("tmp")),
            QStringLiteral("system"),
            QStringLiteral("service"),
            QStringLiteral("--time=0"),
            QStringLiteral("unix://") + socketPath()};
}

bool RealEngine::start(const QStringList &more)
{
    const bool configured = m_kind == Kind::Podman ? configurePodman()
                                                   // not the machine's own
                                                   : writeFile(QStringLiteral("daemon.json"), "{}");
    if (!configured) {
        return false;
    }
    QStringList words = m_entering + (m_kind == Kind::Podman ? podmanLine() : dockerLine()) + more;
    const QString program = words.takeFirst();
    m_dockerd.start(program, words);
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
        qWarning("the engine did not start:\n%s", log.readAll().constData());
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
