// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/base/result.h"

#include <QObject>
#include <QString>

#include <memory>

class QSocketNotifier;

namespace roadstead::desktop {

/// Keeps one window per user and engine: the first program holds a lock and listens on a socket
/// beside it, a later one asks the first to show its window. Works without a session bus. GUI
/// thread.
class SingleInstance : public QObject
{
    Q_OBJECT
public:
    enum class Role {
        First, ///< we are it, until destroyed
        Later  ///< another one runs, and was asked to show its window
    };

    /// `folder`: where lock and socket are made; must be ours alone (0700). `key` tells instances
    /// apart that may run side by side.
    SingleInstance(const QString &folder, const QString &key, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// The folder for this user: $XDG_RUNTIME_DIR, or one of our own in the temporary folder, made
    /// and checked. Fails with Io or PermissionDenied when neither is ours alone.
    static Result<QString> userFolder();

    /// Takes the lock, or asks its holder to show its window, handing over `activationToken` (of
    /// the desktop's start-up notification, may be empty). May take up to `patienceMilliseconds`
    /// while the first one does not answer. Fails with NotAnswering or Io. Call once; needs no
    /// QCoreApplication.
    Result<Role> claim(const QString &activationToken, int patienceMilliseconds = 3000);
    /// Answers later ones from now on. Needs a QCoreApplication; what came before it waits.
    void serve();

Q_SIGNALS:
    /// Somebody started the program again.
    void activationRequested(const QString &activationToken);

private:
    Result<Role> listen();
    [[nodiscard]] bool askFirst(const QByteArray &line, int patienceMilliseconds) const;
    void acceptOne();

    QString m_lockPath;
    QString m_socketPath;
    FileDescriptor m_lock;
    FileDescriptor m_listener;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace roadstead::desktop
