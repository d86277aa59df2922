// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/exec.h"
#include "engine/service/exec_session.h"
#include "engine/service/operation.h"
#include "engine/service/pending.h"

#include <QObject>

#include <memory>
#include <string>

namespace roadstead::service {

class EngineSession;

/// Runs one program of a running container, without a shell, and tells how it ended. In the history
/// it failed when the program says so. Deletes itself at the end; going away before cancels it.
/// GUI thread.
class FileErrand final : public QObject
{
    Q_OBJECT
public:
    FileErrand(EngineSession *session, const docker::CreateExec &command, std::string operation,
               QObject *parent);
    ~FileErrand() override;

    /// NotInstalled: the container has no such program. EngineFailed with the exit status as code
    /// and the program's words as detail: it ended badly.
    [[nodiscard]] Operation<Done> operation();

private:
    void listen();
    void end();
    void stop();
    void finish(const Result<Done> &result);

    EngineSession *m_session;
    const std::string m_operation;
    const std::shared_ptr<Pending<Done>> m_pending = std::make_shared<Pending<Done>>();
    std::string m_said; ///< the beginning of what it wrote
    quint64 m_record = 0;
    bool m_isFinished = false;
    ExecSession m_process;
};

/// How a program ended, as a result: see FileErrand::operation().
Result<Done> errandResult(const Result<int> &end, const std::string &said,
                          const std::string &operation);

} // namespace roadstead::service
