// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <sys/types.h>

/// What makes the helper's surroundings fail at a chosen moment. Root only.
namespace roadstead::live {

/// Moves a file aside while it lives, and tells the bus.
class Aside
{
public:
    explicit Aside(QString path);
    ~Aside();
    Q_DISABLE_COPY_MOVE(Aside)

private:
    QString m_path;
};

/// Stands in the place of a file that the helper reads, and stops it there: a pipe, whose reader
/// waits until somebody writes. Nobody but root may look into it.
class Gate
{
public:
    explicit Gate(const QString &path);
    ~Gate();
    Q_DISABLE_COPY_MOVE(Gate)

    /// True once the helper waits; it goes on waiting as long as this lives.
    bool isReached();

private:
    QByteArray m_path;
    int m_end = -1;
};

/// A program that cannot be executed until letGo(): whoever tries waits (a lease, fcntl(2)).
class Held
{
public:
    explicit Held(const QString &path);
    ~Held();
    Q_DISABLE_COPY_MOVE(Held)

    [[nodiscard]] bool isHeld() const { return m_isHeld; }
    [[nodiscard]] bool isWanted() const;
    void letGo();

private:
    QString m_path;
    int m_file = -1;
    bool m_isHeld = false;
};

/// Stops whoever opens the file of that name in a folder, once it is there and has nothing in it
/// yet (fanotify(7)). Others wait for isReached() to be asked.
class OpenGate
{
public:
    OpenGate(const QString &folder, const QString &name);
    ~OpenGate(); ///< who waits goes on
    Q_DISABLE_COPY_MOVE(OpenGate)

    [[nodiscard]] bool isSet() const { return m_isSet; }
    bool isReached();
    [[nodiscard]] pid_t waiting() const { return m_waiting; } ///< 0 = nobody

private:
    QByteArray m_path;
    int m_group = -1;
    bool m_isSet = false;
    pid_t m_waiting = 0;
};

/// The state letter of a process (proc_pid_stat(5)); 'T' is stopped.
char stateOf(qint64 pid);

} // namespace roadstead::live
