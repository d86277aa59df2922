// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/exec.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::service {

class EngineSession;

/// A conversation with a process in a container. GUI thread only; every signal is emitted there.
/// What the process writes waits here until it is taken: when nobody does, the engine is stopped,
/// and with it the process.
class Conversation : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// What has been written since the last time, as it was written.
    [[nodiscard]] virtual std::string take() = 0;
    /// Has the process read `bytes`. False, and nothing is sent, when too much waits already.
    virtual bool send(std::string_view bytes) = 0;
    /// The size of its terminal, in characters.
    virtual void resize(int rows, int columns) = 0;
    /// How it ended: its exit status, or what went wrong. None while it lasts.
    [[nodiscard]] virtual const std::optional<Result<int>> &end() const = 0;

Q_SIGNALS:
    void opened();   ///< from now on the process reads what is sent
    void readable(); ///< take() has something
    void ended();    ///< end() is known; what was written before can still be taken
};

/// Whether the history tells of it.
enum class Recorded {
    Yes,
    No ///< what we ask for ourselves: which shells there are
};

/// A command run in a container by exec. Begins at once. Going away ends the connection; what
/// becomes of the process then is the engine's affair.
class ExecSession final : public Conversation
{
    Q_OBJECT
public:
    ExecSession(EngineSession *engine, const docker::CreateExec &command, Recorded recorded);
    ~ExecSession() override;

    [[nodiscard]] std::string take() override;
    bool send(std::string_view bytes) override;
    void resize(int rows, int columns) override;
    [[nodiscard]] const std::optional<Result<int>> &end() const override { return m_end; }

private:
    struct Shared;

    void start(EngineSession *engine, const docker::CreateExec &command);
    void setOpened(const std::string &id);
    void finish(Result<int> end);
    void sendSize();

    QPointer<EngineSession> m_engine;
    std::shared_ptr<Shared> m_shared;
    std::optional<Result<int>> m_end;
    std::optional<quint64> m_record; ///< in the history
    std::string m_id;                ///< of the exec; empty until opened
    int m_rows;
    int m_columns;
    bool m_sizeChanged = false;
};

} // namespace roadstead::service
