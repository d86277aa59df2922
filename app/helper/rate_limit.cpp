// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/rate_limit.h"

#include <QFile>
#include <QList>
#include <QSaveFile>

namespace roadstead::helper {

namespace {
constexpr qint64 largestFile = 64 * 1024;
constexpr qint64 window = 60;
} // namespace

bool admitCall(const QString &path, uid_t uid, std::chrono::seconds now)
{
    QByteArray kept;
    int calls = 0;
    QFile old(path);
    if (old.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> lines = old.read(largestFile).split('\n');
        for (const QByteArray &line : lines) {
            const QList<QByteArray> words = line.split(' ');
            const qint64 age = words.size() == 2 ? now.count() - words[1].toLongLong() : window;
            if (age < 0 || age >= window) {
                continue;
            }
            kept += line + '\n';
            calls += words[0].toUInt() == uid ? 1 : 0;
        }
    }
    if (calls >= callsPerMinute) {
        return false;
    }
    kept += QByteArray::number(uid) + ' ' + QByteArray::number(qint64(now.count())) + '\n';
    QSaveFile fresh(path);
    return kept.size() <= largestFile && fresh.open(QIODevice::WriteOnly) &&
           fresh.write(kept) == kept.size() && fresh.commit();
}

} // namespace roadstead::helper
