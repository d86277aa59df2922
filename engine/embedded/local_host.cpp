// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/local_host.h"

#include "engine/base/engine_paths.h"
#include "engine/embedded/log_tail.h"
#include "engine/embedded/process_look.h"

#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace roadstead::embedded {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds probePatience{3};
constexpr qint64 largestStateFile = 4096;
constexpr qsizetype longestStatusLine = 1024;

QByteArray readSmall(const QString &path, qint64 largest = largestStateFile)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(largest) : QByteArray();
}

bool isInstalled()
{
    constexpr std::array ours{"/usr/libexec/roadstead/roadstead-launcher",
                              "/usr/share/dbus-1/system-services/org.roadstead.engine.service"};
    const auto exists = [](std::string_view path) { return ::access(path.data(), F_OK) == 0; };
    return std::ranges::any_of(dockerdPaths, exists) && std::ranges::all_of(ours, exists);
}

/// Only a socket of our own is spoken to.
bool isOwnSocket(const QString &path)
{
    struct stat status{};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 && S_ISSOCK(status.st_mode) &&
           status.st_uid == ::getuid();
}

} // namespace

Places::Places(uint uid)
    : runtimeFolder(u"/run/roadstead-engine/%1"_s.arg(uid))
    , socket(u"/run/roadstead/%1/engine.sock"_s.arg(uid))
    , log(u"/var/log/roadstead/%1/engine.log"_s.arg(uid))
    , options(QString::fromStdString(engineOptionsPath(uid)))
{
}

LocalHost::LocalHost(QObject *parent)
    : Host(parent)
    , m_places(::getuid())
{
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &Host::changed);
    connect(&m_socket, &QLocalSocket::connected, this, [this] {
        m_socket.write("GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n");
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, &LocalHost::readAnswer);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] { endProbe(false); });
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] { endProbe(false); });
    m_probeTimer.setSingleShot(true);
    connect(&m_probeTimer, &QTimer::timeout, this, [this] { endProbe(false); });
}

LocalHost::~LocalHost()
{
    m_socket.disconnect(this);
    m_socket.abort();
}

Observation LocalHost::observe()
{
    watch();
    const QString &folder = m_places.runtimeFolder;
    Observation seen;
    seen.installed = isInstalled();
    const auto word = [&folder] { return parseState(readSmall(folder + u"/state"_s)); };
    const auto lookAtProcesses = [&] {
        seen.launcherAlive = livingProcess(folder + u"/launcher.pid"_s, "roadstead-launcher",
                                           QByteArray::number(::getuid())) != 0;
        seen.dockerdPid = livingProcess(folder + u"/dockerd.pid"_s, "dockerd");
    };
    seen.file = word();
    lookAtProcesses();
    if (!seen.launcherAlive) {
        // It may have ended since its word was read: then the last one counts, with the cause of a
        // failure. Or another has begun, whose word is not that of the one that is gone.
        auto last = word();
        if (last != seen.file) {
            seen.file = std::move(last);
            lookAtProcesses();
        }
    }
    return seen;
}

void LocalHost::watch()
{
    // The folder comes and goes with the engine; while it is away, ticks are all there is.
    if (m_watcher.directories().isEmpty() && QFileInfo::exists(m_places.runtimeFolder)) {
        m_watcher.addPath(m_places.runtimeFolder);
    }
}

void LocalHost::probe()
{
    m_probing = true;
    m_answer.clear();
    m_socket.abort();
    m_probeTimer.start(probePatience);
    if (isOwnSocket(m_places.socket)) {
        m_socket.connectToServer(m_places.socket);
    } else {
        QMetaObject::invokeMethod(this, [this] { endProbe(false); }, Qt::QueuedConnection);
    }
}

void LocalHost::readAnswer()
{
    m_answer += m_socket.read(longestStatusLine - m_answer.size());
    const qsizetype end = m_answer.indexOf("\r\n");
    if (end >= 0 || m_answer.size() >= longestStatusLine) {
        const QByteArray line = m_answer.first(std::max<qsizetype>(end, 0));
        endProbe(line.startsWith("HTTP/1.1 200") || line.startsWith("HTTP/1.0 200"));
    }
}

void LocalHost::endProbe(bool answered)
{
    if (m_probing) {
        m_probing = false;
        m_probeTimer.stop();
        m_socket.abort();
        Q_EMIT probed(answered);
    }
}

service::Operation<privilege::Reply> LocalHost::request(privilege::Verb verb,
                                                        const std::optional<EngineOptions> &options)
{
    return m_client.request(verb, options);
}

QByteArray LocalHost::optionsText() const
{
    return readSmall(m_places.options, qint64(longestEngineOptions));
}

QString LocalHost::optionsMark()
{
    return QString::fromStdString(engineOptionsMark(optionsText().toStdString()));
}

QStringList LocalHost::logTail()
{
    return lastLines(m_places.log);
}

} // namespace roadstead::embedded
