// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/helper/fault_tools.h"

#include "tests/app/helper/live_machine.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/fanotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

namespace roadstead::live {

using namespace Qt::StringLiterals;

namespace {

void reloadBus()
{
    shell(u"dbus-send --system --print-reply --dest=org.freedesktop.DBus / "
          "org.freedesktop.DBus.ReloadConfig"_s);
}

} // namespace

Aside::Aside(QString path)
    : m_path(std::move(path))
{
    shell(u"mv %1 %1.aside"_s.arg(m_path));
    reloadBus();
}

Aside::~Aside()
{
    shell(u"mv %1.aside %1"_s.arg(m_path));
    reloadBus();
}

Gate::Gate(const QString &path)
    : m_path(QFile::encodeName(path))
{
    QDir().mkpath(QFileInfo(path).path());
    ::unlink(m_path.constData());
    ::mkfifo(m_path.constData(), 0600);
}

Gate::~Gate()
{
    ::unlink(m_path.constData());
    ::close(m_end);
}

bool Gate::isReached()
{
    if (m_end < 0) {
        m_end = ::open(m_path.constData(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    }
    return m_end >= 0;
}

Held::Held(const QString &path)
    : m_path(path)
{
    // In place of the program, since not every file system has leases.
    shell(u"cp -p %1 /run/held; mount --bind /run/held %1"_s.arg(path));
    ::signal(SIGIO, SIG_IGN); // how the kernel says that somebody waits
    m_file = ::open("/run/held", O_RDONLY | O_CLOEXEC);
    m_isHeld = ::fcntl(m_file, F_SETLEASE, F_WRLCK) == 0;
}

Held::~Held()
{
    letGo();
    shell(u"umount --lazy %1"_s.arg(m_path));
}

bool Held::isWanted() const
{
    return ::fcntl(m_file, F_GETLEASE) != F_WRLCK;
}

void Held::letGo()
{
    ::close(std::exchange(m_file, -1));
}

OpenGate::OpenGate(const QString &folder, const QString &name)
    : m_path(QFile::encodeName(folder + u'/' + name))
    , m_group(::fanotify_init(FAN_CLASS_CONTENT | FAN_CLOEXEC | FAN_NONBLOCK,
                              O_RDONLY | O_CLOEXEC | O_LARGEFILE))
    , m_isSet(::fanotify_mark(m_group, FAN_MARK_ADD, FAN_OPEN_PERM | FAN_EVENT_ON_CHILD, AT_FDCWD,
                              QFile::encodeName(folder).constData()) == 0)
{
}

OpenGate::~OpenGate()
{
    ::close(m_group);
}

bool OpenGate::isReached()
{
    alignas(fanotify_event_metadata) std::array<char, 4096> bytes{};
    ssize_t left = ::read(m_group, bytes.data(), bytes.size());
    for (const auto *event = reinterpret_cast<const fanotify_event_metadata *>(bytes.data());
         FAN_EVENT_OK(event, left); event = FAN_EVENT_NEXT(event, left)) {
        std::array<char, 4096> opened{};
        const QByteArray link = "/proc/self/fd/" + QByteArray::number(event->fd);
        const ssize_t length = ::readlink(link.constData(), opened.data(), opened.size());
        if (QByteArrayView(opened.data(), std::max<ssize_t>(0, length)) == m_path) {
            m_waiting = event->pid; // unanswered, it waits
        } else {
            const fanotify_response pass{event->fd, FAN_ALLOW};
            (void)!::write(m_group, &pass, sizeof(pass));
        }
        ::close(event->fd);
    }
    return m_waiting != 0;
}

char stateOf(qint64 pid)
{
    const QByteArray line = contents(u"/proc/%1/stat"_s.arg(pid));
    const qsizetype name = line.lastIndexOf(") ");
    return name < 0 ? ' ' : line.at(name + 2);
}

} // namespace roadstead::live
