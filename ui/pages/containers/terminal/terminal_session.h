// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/terminal/terminal_filter.h"

#include <QDateTime>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

class ShellProbe;

/// What a terminal is to run.
struct TerminalChoice
{
    docker::Target container;
    std::vector<std::string> shell; ///< empty = found by itself
    std::string user;               ///< empty = the container's
    std::string folder;             ///< empty = the container's
    bool operator==(const TerminalChoice &) const = default;
};

/// One shell in a container, without a widget. GUI thread only.
class TerminalSession : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Idle,
        Searching,  ///< for a shell
        Connecting, ///< a shell was chosen
        Open,
        Ended,   ///< exitCode() says how
        Failed,  ///< error() says why
        NoShell, ///< the image has none
    };
    Q_ENUM(State)

    TerminalSession(ContainerEngine *engine, TerminalChoice choice, QObject *parent = nullptr);
    ~TerminalSession() override;

    /// From the beginning; whatever ran before is hung up.
    void start(int rows, int columns);
    /// Ends the shell as closing a terminal does.
    void hangUp();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const TerminalChoice &choice() const { return m_choice; }
    [[nodiscard]] const std::vector<std::string> &shell() const { return m_shell; }
    [[nodiscard]] bool isRoot() const { return m_root; }
    [[nodiscard]] int exitCode() const { return m_exitCode; }
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] QDateTime openedAt() const { return m_openedAt; }
    [[nodiscard]] docker::CreateExec command() const; ///< as it runs, or would run

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
    void finish();

    ContainerEngine *m_engine;
    TerminalChoice m_choice;
    State m_state = State::Idle;
    TerminalFilter m_filter;
    std::unique_ptr<ShellProbe> m_probe;
    std::unique_ptr<service::Conversation> m_conversation;
    std::vector<std::string> m_shell;
    bool m_root = false;
    int m_exitCode = 0;
    Error m_error;
    QDateTime m_openedAt;
    int m_rows = 0;
    int m_columns = 0;
};

} // namespace roadstead::ui
