// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>

#include <atomic>
#include <thread>

namespace roadstead::test {

/// Whether a text stands in the arguments of a process of this machine now.
inline bool isInArguments(const QByteArray &text)
{
    const QDir processes(QStringLiteral("/proc"));
    for (const QString &process : processes.entryList(QDir::Dirs)) {
        QFile line(processes.filePath(process) + QStringLiteral("/cmdline"));
        if (line.open(QIODevice::ReadOnly) && line.readAll().contains(text)) {
            return true;
        }
    }
    return false;
}

/// Looks for a text in the arguments of all processes, again and again, in a thread of its own.
class ArgumentWatch
{
public:
    explicit ArgumentWatch(QByteArray text)
        : m_text(std::move(text))
        , m_thread([this] {
            while (!m_isOver) {
                m_wasSeen = m_wasSeen || isInArguments(m_text);
                ++m_looks;
            }
        })
    {
    }
    ~ArgumentWatch() { stop(); }
    ArgumentWatch(const ArgumentWatch &) = delete;
    ArgumentWatch &operator=(const ArgumentWatch &) = delete;

    void stop()
    {
        m_isOver = true;
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }
    [[nodiscard]] bool wasSeen() const { return m_wasSeen; }
    [[nodiscard]] int looks() const { return m_looks; }

private:
    const QByteArray m_text;
    std::atomic<bool> m_isOver = false;
    std::atomic<bool> m_wasSeen = false;
    std::atomic<int> m_looks = 0;
    std::thread m_thread; ///< last: it begins when all else is there
};

} // namespace roadstead::test
