// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/terminal/terminal_choice.h"
#include "ui/pages/containers/terminal/terminal_filter.h"

#include <QDateTime>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

class ShellProbe;

/// One terminal of a container, without a widget: a shell in it, its own process, or a shell beside
/// it. GUI thread only.
class TerminalSession : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Idle,
        Searching,  ///< for a shell
        Connecting, ///< it is known what is to run
        Open,
        Ended,    ///< exitCode() says how, where it is known
        Detached, ///< from the container's process, which runs on
        Failed,   ///< error() says why
        NoShell,  ///< the image has none
    };
    Q_ENUM(State)

    TerminalSession(ContainerEngine *engine, TerminalChoice choice, QObject *parent = nullptr);
    ~TerminalSession() override;

    /// From the beginning; whatever ran before is hung up.
    void start(int rows, int columns);
    /// Ends the shell as closing a terminal does; the container's own process is let go of.
    void hangUp();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const TerminalChoice &choice() const { return m_choice; }
    [[nodiscard]] const std::vector<std::string> &shell() const { return m_shell; }
    [[nodiscard]] bool isRoot() const { return m_root; }
    [[nodiscard]] std::optional<int> exitCode() const { return m_exitCode; }
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] QDateTime openedAt() const { return m_openedAt; }
    [[nodiscard]] std::string commandLine() const; ///< as it runs, or would run

    /// What may be shown of what was written since the last time.
    [[nodiscard]] std::string take();
    bool type(std::string_view bytes);
    void resize(int rows, int columns);

Q_SIGNALS:
    void stateChanged();
    void readable();

private:
    void setState(State state);
    void open(const std::vector<std::string> &shell, bool root);
    void converse(std::unique_ptr<service::Conversation> conversation);
    void finish();
    void askHowItEnded(int left);
    void noteDetachKeys(std::string_view bytes);

    ContainerEngine *m_engine;
    TerminalChoice m_choice;
    State m_state = State::Idle;
    TerminalFilter m_filter;
    std::unique_ptr<ShellProbe> m_probe;
    std::unique_ptr<service::Conversation> m_conversation;
    std::vector<std::string> m_shell;
    std::string m_echo; ///< typed to a process without a terminal, which echoes nothing
    std::string m_lastTyped;
    bool m_root = false;
    int m_conversations = 0; ///< so far: late answers are about an earlier one
    std::optional<int> m_exitCode;
    Error m_error;
    QDateTime m_openedAt;
    int m_rows = 0;
    int m_columns = 0;
};

} // namespace roadstead::ui
