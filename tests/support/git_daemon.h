// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTcpSocket>
#include <QTest>

namespace roadstead::test {

/// A repository at `path` whose branch "main" builds and whose branch "broken" does not; the same
/// Dockerfile stands in "sub", too.
inline bool makeRepository(const QString &path)
{
    const QString script = QStringLiteral(R"(set -e
git init -q -b main "$0" && cd "$0"
git config user.name Test && git config user.email test@example.org
printf 'FROM busybox\nCOPY word /word\nRUN true\n' > Dockerfile && echo main > word
mkdir sub && cp Dockerfile sub && echo below > sub/word
git add . && git commit -qm one
git checkout -q -b broken
printf 'FROM busybox\nRUN echo sorry && exit 3\n' > Dockerfile
git commit -qam two && git checkout -q main
)");
    return QProcess::execute(QStringLiteral("bash"), {QStringLiteral("-c"), script, path}) == 0;
}

/// Serves repositories on loopback by git's own protocol, on its usual port.
class GitDaemon
{
public:
    ~GitDaemon() { stop(); }
    /// Those below `folder`; false when it does not begin.
    bool serve(const QString &folder)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedChannels);
        m_process.start(QStringLiteral("git"),
                        {QStringLiteral("daemon"), QStringLiteral("--reuseaddr"),
                         QStringLiteral("--export-all"), QStringLiteral("--listen=127.0.0.1"),
                         QStringLiteral("--port=9418"), QStringLiteral("--base-path=") + folder,
                         folder});
        return QTest::qWaitFor(
            [] {
                QTcpSocket socket;
                socket.connectToHost(QStringLiteral("127.0.0.1"), 9418);
                return socket.waitForConnected(200);
            },
            20'000);
    }
    void stop()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

private:
    QProcess m_process;
};

} // namespace roadstead::test
