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
    enum class Kind { Docker, Podman };

    /// `entering`: the words in front of the engine's program for one that is not this system's
    /// (tests/support/engines).
    explicit RealEngine(Kind kind = Kind::Docker, const QStringList &entering = {});
    ~RealEngine();

    /// What ROADSTEAD_ENGINE and its like mean (tests/engine/matrix/run); this system's own dockerd
    /// where they are not set.
    static Kind kindMeant();
    static QStringList enteringMeant();
    RealEngine(const RealEngine &) = delete;
    RealEngine &operator=(const RealEngine &) = delete;

    /// Starts it and waits until it answers. False, with its log printed, when it does not. `more`:
    /// further options, which count before the usual ones.
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
    [[nodiscard]] QStringList dockerLine() const;
    /// Writes the settings that Podman has no options for, and names them in its environment.
    [[nodiscard]] bool configurePodman();
    [[nodiscard]] QStringList podmanLine() const;
    [[nodiscard]] bool writeFile(const QString &name, const QByteArray &text) const;

    Kind m_kind;
    QStringList m_entering;
    QTemporaryDir m_folder;
    QProcess m_dockerd;
};
