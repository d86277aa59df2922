// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/service/operation.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace roadstead::embedded {

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
    ~EmbeddedEngine() override;

    [[nodiscard]] State state() const;
    [[nodiscard]] std::optional<Failure> failure() const; ///< set in State::Failed
    [[nodiscard]] QString socketPath() const;             ///< /run/roadstead/<uid>/engine.sock
    /// What an administrator prompt for start, stop or restart will run, word for word, for the
    /// command bar.
    [[nodiscard]] QString startCommand() const;
    [[nodiscard]] QString stopCommand() const;
    [[nodiscard]] QString restartCommand() const;

    /// The window the administrator prompt belongs to (a WId), 0 = none.
    void setParentWindow(quintptr windowId);

    service::Operation<service::Done> start();
    service::Operation<service::Done> stop();
    service::Operation<service::Done> restart();
    void lookAgain(); ///< reads the true state again

Q_SIGNALS:
    void stateChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace roadstead::embedded
