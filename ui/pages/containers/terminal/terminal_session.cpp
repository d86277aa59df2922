// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_session.h"

#include "ui/pages/containers/terminal/shell_probe.h"

#include <QCoreApplication>
#include <QTimer>

#include <utility>

namespace roadstead::ui {

namespace {

constexpr int hangUpMilliseconds = 2000;

/// An engine leaves a shell running whose connection has gone. So it is asked to go: Ctrl+C ends
/// what runs in it, Ctrl+D the shell; then it is let go of, whatever it does.
void dismiss(std::unique_ptr<service::Conversation> conversation)
{
    auto *leaving = conversation.release();
    leaving->setParent(QCoreApplication::instance()); // where the program ends before it does
    QObject::disconnect(leaving, nullptr, nullptr, nullptr);
    if (leaving->end()) {
        leaving->deleteLater();
        return;
    }
    QObject::connect(leaving, &service::Conversation::readable, leaving,
                     [leaving] { static_cast<void>(leaving->take()); });
    QObject::connect(leaving, &service::Conversation::ended, leaving, &QObject::deleteLater);
    QTimer::singleShot(hangUpMilliseconds, leaving, &QObject::deleteLater);
    leaving->send("\x03\x04");
    static_cast<void>(leaving->take());
}

} // namespace

TerminalSession::TerminalSession(ContainerEngine *engine, TerminalChoice choice, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_choice(std::move(choice))
    , m_shell(m_choice.shell)
{
}

TerminalSession::~TerminalSession()
{
    // The conversation belongs to the engine's session, which may go next: no time to hang up.
    m_conversation.reset();
}

void TerminalSession::start(int rows, int columns)
{
    hangUp();
    m_rows = rows;
    m_columns = columns;
    m_filter = {};
    m_probe.reset();
    if (!m_choice.shell.empty()) {
        open(m_choice.shell, m_choice.user == "root" || m_choice.user == "0");
        return;
    }
    m_probe = std::make_unique<ShellProbe>(m_engine, m_choice.container, m_choice.user);
    connect(m_probe.get(), &ShellProbe::found, this, &TerminalSession::open);
    connect(m_probe.get(), &ShellProbe::noShell, this, [this] { setState(State::NoShell); });
    connect(m_probe.get(), &ShellProbe::failed, this, [this](const Error &error) {
        m_error = error;
        setState(State::Failed);
    });
    setState(State::Searching);
}

void TerminalSession::hangUp()
{
    m_probe.reset();
    if (m_conversation) {
        dismiss(std::move(m_conversation));
    }
    setState(State::Idle);
}

docker::CreateExec TerminalSession::command() const
{
    docker::CreateExec command;
    command.container = m_choice.container;
    command.command = m_shell;
    command.user = m_choice.user;
    command.workingDirectory = m_choice.folder;
    command.environment = {"TERM=xterm-256color"};
    command.input = true;
    command.tty = true;
    command.rows = m_rows;
    command.columns = m_columns;
    return command;
}

void TerminalSession::open(const std::vector<std::string> &shell, bool root)
{
    m_shell = shell;
    m_root = root;
    m_conversation = m_engine->exec(command(), service::Recorded::Yes);
    using service::Conversation;
    connect(m_conversation.get(), &Conversation::opened, this, [this] {
        m_openedAt = QDateTime::currentDateTime();
        setState(State::Open);
    });
    connect(m_conversation.get(), &Conversation::readable, this, &TerminalSession::readable);
    connect(m_conversation.get(), &Conversation::ended, this, &TerminalSession::finish);
    setState(State::Connecting);
}

void TerminalSession::finish()
{
    const Result<int> end = m_conversation->end().value_or(0);
    Q_EMIT readable(); // what was written last is shown above the end
    if (end) {
        m_exitCode = *end;
        setState(State::Ended);
    } else {
        m_error = end.error();
        setState(State::Failed);
    }
}

std::string TerminalSession::take()
{
    return m_conversation ? m_filter.pass(m_conversation->take()) : std::string();
}

bool TerminalSession::type(std::string_view bytes)
{
    return m_conversation && m_state == State::Open && m_conversation->send(bytes);
}

void TerminalSession::resize(int rows, int columns)
{
    m_rows = rows;
    m_columns = columns;
    if (m_conversation) {
        m_conversation->resize(rows, columns);
    }
}

void TerminalSession::setState(State state)
{
    if (std::exchange(m_state, state) != state) {
        Q_EMIT stateChanged();
    }
}

} // namespace roadstead::ui
