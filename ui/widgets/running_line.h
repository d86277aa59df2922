// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

#include <optional>

namespace roadstead::ui {

/// What views keep running for as long as they are looked at, such as a log that is followed: not a
/// task that ends, so it is in no history, but the command bar says it. GUI thread.
class RunningLines : public QObject
{
    Q_OBJECT
public:
    struct Line
    {
        QString command;
        QDateTime since;
    };

    static RunningLines &instance();

    /// `owner` runs this from now on, or (empty) nothing any more; it also ends with its owner.
    void set(const QObject *owner, const QString &command);
    [[nodiscard]] std::optional<Line> newest() const;

Q_SIGNALS:
    void changed();

private:
    struct Entry
    {
        const QObject *owner;
        Line line;
    };
    QList<Entry> m_entries; ///< newest last
};

} // namespace roadstead::ui
