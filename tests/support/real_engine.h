// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

/// A dockerd of its own for a test on a machine of its own (tests/support/machine), with an image
/// "busybox" made from the busybox program. Ended, with its containers, by the destructor.
class RealEngine
{
public:
    RealEngine();
    ~RealEngine();
    RealEngine(const RealEngine &) = delete;
    RealEngine &operator=(const RealEngine &) = delete;

    /// Starts dockerd and waits until it answers. False, with its log printed, when it does not.
    /// `more`: further options, which count before the usual ones.
    bool start(const QStringList &more = {});
    /// Makes the image. False when a step of it fails.
    bool importBusybox();
    /// SIGTERM, and waits for the end.
    void stop();
    void kill();   ///< kill -9
    void freeze(); ///< SIGSTOP
    void thaw();   ///< SIGCONT

    [[nodiscard]] QString socketPath() const;
    [[nodiscard]] qint64 processId() const { return m_dockerd.processId(); }

    /// Runs the docker command against it and yields what it printed; prints what went wrong.
    QByteArray docker(const QStringList &arguments) const;

private:
    QTemporaryDir m_folder;
    QProcess m_dockerd;
};
