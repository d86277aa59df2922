// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/port/engine_bed.h"

#include <QDir>
#include <QFile>
#include <csignal>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace roadstead::test {
namespace {

constexpr int patience = 120'000;

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList inNamespace(const QString &line)
{
    return words(QStringLiteral("nsenter --net=/run/roadstead-engine/1001/netns ") + line);
}

} // namespace

QStringList words(const QString &line)
{
    return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

Outcome run(const QStringList &command, const QByteArray &input)
{
    QProcess process;
    process.start(command.first(), command.mid(1));
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), "did not end in time"};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput().trimmed(), process.readAllStandardError().trimmed()};
}

EngineBed::~EngineBed()
{
    if (m_dockerd > 0) {
        end(SIGKILL);
    }
    endLauncher();
}

QByteArray EngineBed::prepare()
{
    const Outcome made = run({QStringLiteral(BED), QStringLiteral(PEER)});
    if (made.status != 0) {
        return made.errors;
    }
    if (const QByteArray problem = start(); !problem.isEmpty()) {
        return problem;
    }
    const Outcome packed = run(words(QStringLiteral("tar -C /tmp/image -cf /tmp/image.tar .")));
    const Outcome imported = docker(QStringLiteral("import /tmp/image.tar box"));
    return packed.errors + (imported.status == 0 ? QByteArray() : imported.errors);
}

QByteArray EngineBed::start()
{
    // The shell starts dockerd for each line it reads, tells its process id and waits for its end.
    const QString script = QStringLiteral(
        "export PATH=/usr/libexec/roadstead/path:/usr/sbin:/usr/bin\n"
        "while read -r _; do\n"
        "setsid nsenter --net=/run/roadstead-engine/1001/netns dockerd "
        "--host=unix:///run/engine.sock "
        "--data-root=/var/lib/roadstead/1001 --exec-root=/run/roadstead-engine/1001/exec "
        "--pidfile=/run/roadstead-engine/1001/dockerd.pid --live-restore "
        "--userland-proxy-path=/usr/libexec/roadstead/roadstead-port "
        "--add-runtime=roadstead=/usr/libexec/roadstead/roadstead-runtime "
        "--default-runtime=roadstead 2>&1 &\n"
        "echo pid=$!\n"
        "wait\n"
        "done\n");
    if (m_launcher.state() == QProcess::NotRunning) {
        m_launcher.setProcessChannelMode(QProcess::MergedChannels);
        m_launcher.start(QStringLiteral("/usr/libexec/roadstead/roadstead-launcher"),
                         {QStringLiteral("-c"), script});
    }
    m_launcher.readAll();
    m_launcher.write("start\n");
    QByteArray log;
    while (!log.contains("API listen on")) {
        if (!m_launcher.waitForReadyRead(patience / 4)) {
            return "dockerd does not start:\n" + log;
        }
        log += m_launcher.readAll();
    }
    m_dockerd = log.sliced(log.indexOf("pid=") + 4).split('\n').first().toLongLong();
    return m_dockerd > 0 ? QByteArray() : log;
}

void EngineBed::end(int signal)
{
    const int process = static_cast<int>(syscall(SYS_pidfd_open, m_dockerd, 0));
    pollfd ended = {process, POLLIN, 0};
    kill(static_cast<pid_t>(m_dockerd), signal);
    poll(&ended, 1, patience);
    close(process);
    m_dockerd = 0;
}

void EngineBed::endLauncher()
{
    m_launcher.kill();
    m_launcher.waitForFinished();
}

Outcome EngineBed::docker(const QString &arguments, const QByteArray &input)
{
    return run(words(QStringLiteral("docker -H unix:///run/engine.sock ") + arguments), input);
}

Outcome EngineBed::inEngine(const QString &line, const QByteArray &input)
{
    return run(inNamespace(line), input);
}

Outcome EngineBed::outside(const QString &line, const QByteArray &input)
{
    return run(words(QStringLiteral("ip netns exec outside ") + line), input);
}

QList<qint64> EngineBed::forwarders(const QByteArray &part)
{
    QList<qint64> found;
    for (const QString &process : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        const QByteArray line = contentOf(QStringLiteral("/proc/%1/cmdline").arg(process));
        if (line.startsWith("/usr/libexec/roadstead/roadstead-port") &&
            QByteArray(line).replace('\0', ' ').contains(part)) {
            found.append(process.toLongLong());
        }
    }
    return found;
}

} // namespace roadstead::test
