// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/log_tail.h"

#include <QFile>

#include <algorithm>

namespace roadstead::embedded {

namespace {
constexpr qint64 window = 64 * 1024;
constexpr qsizetype lineCount = 20;
constexpr qsizetype longestLine = 1000;
} // namespace

QStringList lastLines(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const qint64 start = std::max<qint64>(file.size() - window, 0);
    file.seek(start);
    QByteArray bytes = file.read(window);
    if (start > 0) {
        // The first line is most likely only the end of one.
        bytes.remove(0, bytes.indexOf('\n') + 1);
    }
    QStringList lines;
    const QList<QByteArray> raw = bytes.split('\n');
    for (auto line = raw.crbegin(); line != raw.crend() && lines.size() < lineCount; ++line) {
        const QString text = QString::fromUtf8(line->trimmed());
        if (text.size() > longestLine) {
            lines.prepend(text.first(longestLine) + QChar(u'…'));
        } else if (!text.isEmpty()) {
            lines.prepend(text);
        }
    }
    return lines;
}

} // namespace roadstead::embedded
