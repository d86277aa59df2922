// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/engine_options.h"
#include "engine/base/result.h"
#include "engine/service/operation.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace roadstead::embedded {

class LocalHost;

/// The life of this user's embedded engine.
enum class State {
    NotInstalled, ///< dockerd or our helper is missing; ended by installing it and looking again
    Stopped,      ///< no unit and no process; ended by start()
    Starting, ///< start was granted, the socket does not answer yet; ended by its first answer or a
              ///< failure
    Running,  ///< dockerd answers on the socket; ended by stop(), restart(), a crash or silence
    Stopping, ///< stop was granted, dockerd still runs; ended by its exit
    Failed,   ///< dockerd ended by itself or never came up; ended by start()
    Unreachable ///< dockerd runs but does not answer; ended by an answer, its exit, or restart()
};

/// Why the engine failed, in a form that has a known remedy.
enum class FailureCause {
    Unknown,
    DockerdMissing,
    DockerdTooOld,
    PortTaken,
    BridgeClash,
    AddressPoolClash,
    NoCgroups,
    NoIptables,
    DiskFull,
    CrashLoop,
    DataRootUnusable,
    StartTimeout
};

/// What an engine that runs cannot do, as far as its launcher has found out.
enum class Note {
    None,
    ForwardBlocked,    ///< the host's firewall keeps containers from other machines
    NetworkIncomplete, ///< some of its network could not be set up; the log says what
    CertificatesHidden ///< it does not see the certificates that were set for it
};

struct Failure
{
    FailureCause cause = FailureCause::Unknown;
    QStringList logLines; ///< last 20 lines of the engine's log, plain text, capped
    QString subject;      ///< what the cause speaks of: a port, an address range, a version
};

/// Starts, stops and watches this user's private dockerd, through the privileged helper. GUI
/// thread. No call blocks.
class EmbeddedEngine : public QObject
{
    Q_OBJECT
public:
    explicit EmbeddedEngine(QObject *parent = nullptr);
    /// On a machine of a test's own.
    explicit EmbeddedEngine(std::unique_ptr<LocalHost> host, QObject *parent = nullptr);
    ~EmbeddedEngine() override;

    [[nodiscard]] State state() const;
    [[nodiscard]] std::optional<Failure> failure() const; ///< set in State::Failed
    [[nodiscard]] QString socketPath() const;             ///< /run/roadstead/<uid>/engine.sock
    [[nodiscard]] Note note() const;                      ///< None unless it runs
    /// What does the same in a root shell as start, stop or restart after the administrator prompt,
    /// for the command bar. The prompt itself names the launcher, which systemd or the helper runs.
    [[nodiscard]] QString startCommand() const;
    [[nodiscard]] QString stopCommand() const;
    [[nodiscard]] QString restartCommand() const;

    /// The window the administrator prompt belongs to (a WId), 0 = none.
    void setParentWindow(quintptr windowId);

    service::Operation<service::Done> start();
    service::Operation<service::Done> stop();
    service::Operation<service::Done> restart();
    /// Replaces all options by these. Done when the engine that runs has been given them; one that
    /// does not run has them at its next start.
    service::Operation<service::Done> configure(const EngineOptions &wanted);
    /// As root's file has them now: a small file, read at once. None where it cannot be read.
    [[nodiscard]] EngineOptions options() const;
    [[nodiscard]] QString optionsFile() const;
    /// The folder in which the engine's certificates of registries are while it runs, one folder
    /// for each registry.
    [[nodiscard]] QString certificatesFolder() const;
    void lookAgain(); ///< reads the true state again

Q_SIGNALS:
    void stateChanged(); ///< state, failure or note
    /// The docker CLI's context of a start that was asked for here. Conflict: a context of that
    /// name leads elsewhere, so it was left alone.
    void contextWritten(const roadstead::Result<void> &result);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace roadstead::embedded
