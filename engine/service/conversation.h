// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::docker {
class Call;
}

namespace roadstead::service {

class EngineSession;
struct ConversationEnds;

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

/// A conversation through an engine's upgraded connection, whatever it is with.
class EngineConversation : public Conversation
{
    Q_OBJECT
public:
    ~EngineConversation() override;

    [[nodiscard]] std::string take() override;
    bool send(std::string_view bytes) override;
    void resize(int rows, int columns) override;
    [[nodiscard]] const std::optional<Result<int>> &end() const override { return m_end; }

protected:
    /// `line`: for the history; empty = it says nothing of it. No rows: there is no terminal.
    EngineConversation(EngineSession *engine, const QString &line, int rows, int columns);

    /// What the engine is given to read and to write to. `input`: the process reads.
    [[nodiscard]] ConversationEnds makeEnds(bool input);
    void begin(const docker::Call &call); ///< once, with the call that has the ends
    [[nodiscard]] EngineSession *engine() const { return m_engine; }
    /// Tells the engine the size; `done` may be called in any thread.
    virtual void sendSize(const std::string &id, int rows, int columns,
                          std::move_only_function<void()> done) = 0;
    /// A process that was there before draws itself once its terminal changes.
    [[nodiscard]] virtual bool wantsRedrawing() const { return false; }

private:
    struct Shared;

    void setOpened(const std::string &id);
    void finish(Result<int> end);
    void tellSize();

    QPointer<EngineSession> m_engine;
    std::shared_ptr<Shared> m_shared;
    std::optional<Result<int>> m_end;
    std::optional<quint64> m_record; ///< in the history
    std::string m_id;                ///< of the exec or the container; empty until opened
    int m_rows;
    int m_columns;
    bool m_sizeChanged = false;
};

} // namespace roadstead::service
