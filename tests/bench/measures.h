// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

#include <algorithm>
#include <vector>

/// What benchmarks measure with.
namespace roadstead::bench {

/// -1 of nothing.
inline double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? -1 : values[values.size() / 2];
}

/// The named value of /proc/self/status in MiB; -1 when it cannot be read.
inline double memory(const char *name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (file.open(QFile::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith(name)) {
                return line.simplified().split(' ').value(1).toDouble() / 1024;
            }
        }
    }
    return -1;
}

/// How far this process's memory grows from its making on.
class MemoryMark
{
public:
    MemoryMark()
    {
        QFile file(QStringLiteral("/proc/self/clear_refs"));
        if (file.open(QFile::WriteOnly)) {
            file.write("5"); // the kernel counts the most from now on
        }
        m_before = memory("VmRSS");
    }
    /// MiB at its most.
    [[nodiscard]] double grown() const { return memory("VmHWM") - m_before; }

private:
    double m_before = 0;
};

} // namespace roadstead::bench
