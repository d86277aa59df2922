// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/socket_watch.h"

#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>

#include <array>
#include <cstring>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace roadstead::service {

SocketWatch::SocketWatch(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
}

SocketWatch::~SocketWatch()
{
    stop();
}

void SocketWatch::start()
{
    if (m_inotify.isOpen() || m_path.isEmpty()) {
        return;
    }
    m_inotify.reset(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!m_inotify.isOpen()) {
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_inotify.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SocketWatch::drain);
    watchNearest();
}

void SocketWatch::stop()
{
    m_notifier.reset();
    m_inotify.reset();
    m_watch = -1;
    m_watched.clear();
}

std::optional<FileIdentity> SocketWatch::identity() const
{
    struct stat status = {};
    if (::stat(QFile::encodeName(m_path).constData(), &status) != 0) {
        return std::nullopt;
    }
    return FileIdentity{.device = status.st_dev, .inode = status.st_ino};
}

/// Watches the deepest folder that exists and may be read. A folder may appear, or be given to its
/// owner, between looking and watching, so it looks again until nothing changes.
void SocketWatch::watchNearest()
{
    for (int attempt = 0; attempt < 8; ++attempt) {
        QString folder = QFileInfo(m_path).path();
        QString child = QFileInfo(m_path).fileName();
        int watch = -1;
        while ((watch = watchFolder(folder)) < 0 && folder != QStringLiteral("/")) {
            child = QFileInfo(folder).fileName();
            folder = QFileInfo(folder).path();
        }
        if (folder == m_watched && watch == m_watch) {
            return;
        }
        if (m_watch >= 0 && m_watch != watch) {
            ::inotify_rm_watch(m_inotify.get(), m_watch);
        }
        m_watch = watch;
        m_watched = folder;
        m_child = QFile::encodeName(child);
    }
}

/// The watch on a folder, the same as before for the same folder; -1 when there is no such folder
/// or it is not ours to read.
int SocketWatch::watchFolder(const QString &folder) const
{
    constexpr unsigned mask = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB |
                              IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
    return ::inotify_add_watch(m_inotify.get(), QFile::encodeName(folder).constData(), mask);
}

void SocketWatch::drain()
{
    alignas(inotify_event) std::array<char, 8192> buffer;
    bool relevant = false;
    for (;;) {
        const auto got = ::read(m_inotify.get(), buffer.data(), buffer.size());
        if (got <= 0) {
            break;
        }
        for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
            inotify_event event;
            std::memcpy(&event, buffer.data() + at, sizeof event);
            const char *name = event.len > 0 ? buffer.data() + at + sizeof event : "";
            at += sizeof event + event.len;
            if ((event.mask & IN_IGNORED) != 0 && event.wd == m_watch) {
                m_watch = -1; // the folder itself is gone
                relevant = true;
            } else if (event.wd == m_watch) {
                // Without a name it is about the folder: its permissions decide as well.
                relevant |= event.len == 0 || m_child == name;
            }
            relevant |= (event.mask & IN_Q_OVERFLOW) != 0;
        }
    }
    if (relevant) {
        watchNearest();
        Q_EMIT changed();
    }
}

} // namespace roadstead::service
