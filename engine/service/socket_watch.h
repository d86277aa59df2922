// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <sys/types.h>

class QSocketNotifier;

namespace roadstead::service {

/// Which file a path names: another one of the same name is not equal.
struct FileIdentity
{
    dev_t device = 0;
    ino_t inode = 0;
    bool operator==(const FileIdentity &) const = default;
};

/// Says at once when the file of a socket comes, goes, is replaced or changes its permissions
/// (inotify(7)), also when folders on the way to it do not exist yet. Costs nothing while nothing
/// happens. Without inotify (its user limit reached) it stays silent, and retries by time remain.
/// GUI thread.
class SocketWatch : public QObject
{
    Q_OBJECT
public:
    /// An empty path is none: nothing is watched.
    explicit SocketWatch(QString path, QObject *parent = nullptr);
    ~SocketWatch() override;

    void start();
    void stop();

    /// What the path names now; nothing when there is nothing.
    [[nodiscard]] std::optional<FileIdentity> identity() const;

Q_SIGNALS:
    void changed();

private:
    void drain();
    void watchNearest();
    [[nodiscard]] int watchFolder(const QString &folder) const;

    const QString m_path;
    FileDescriptor m_inotify;
    std::unique_ptr<QSocketNotifier> m_notifier;
    int m_watch = -1;
    QString m_watched;  ///< the nearest existing folder above the socket
    QByteArray m_child; ///< the name in it that leads to the socket
};

} // namespace roadstead::service
