// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_session.h"

#include "ui/pages/containers/terminal/debug_shell.h"
#include "ui/pages/containers/terminal/shell_probe.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int hangUpMilliseconds = 2000;
/// An engine ends a connection some time before it says that the process has ended.
constexpr int endLooks = 6;
constexpr int endLookMilliseconds = 300;
constexpr std::string_view typedToDetach = "\x10\x11";

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
    m_exitCode.reset();
    if (m_choice.kind == TerminalKind::Attach) {
        const bool sized = m_choice.tty;
        converse(m_engine->attach(attachmentOf(m_choice), {sized ? rows : 0, sized ? columns : 0},
                                  service::Recorded::Yes));
        return;
    }
    if (m_choice.kind == TerminalKind::Debug) {
        m_root = true;
        converse(std::make_unique<DebugShell>(m_engine, m_choice.container,
                                              DebugShell::installedArchive(), rows, columns));
        return;
    }
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
    if (m_choice.kind == TerminalKind::Attach) {
        m_conversation.reset(); // keys would reach the container's own process
    } else if (m_conversation) {
        dismiss(std::move(m_conversation));
    }
    setState(State::Idle);
}

std::string TerminalSession::commandLine() const
{
    TerminalChoice running = m_choice;
    running.shell = m_shell;
    return commandLineOf(running);
}

void TerminalSession::open(const std::vector<std::string> &shell, bool root)
{
    m_shell = shell;
    m_root = root;
    TerminalChoice running = m_choice;
    running.shell = m_shell;
    docker::CreateExec command = execOf(running);
    command.rows = m_rows;
    command.columns = m_columns;
    converse(m_engine->exec(command, service::Recorded::Yes));
}

void TerminalSession::converse(std::unique_ptr<service::Conversation> conversation)
{
    ++m_conversations;
    m_echo.clear();
    m_lastTyped.clear();
    m_conversation = std::move(conversation);
    using service::Conversation;
    connect(m_conversation.get(), &Conversation::opened, this, [this] {
        m_openedAt = QDateTime::currentDateTime();
        setState(State::Open);
    });
    connect(m_conversation.get(), &Conversation::readable, this, &TerminalSession::readable);
    connect(m_conversation.get(), &Conversation::ended, this, &TerminalSession::finish);
    setState(State::Connecting);
    if (m_conversation && m_conversation->end()) {
        finish(); // before anybody listened
    }
}

void TerminalSession::finish()
{
    const Result<int> end = m_conversation->end().value_or(0);
    Q_EMIT readable(); // what was written last is shown above the end
    if (!end) {
        m_error = end.error();
        setState(State::Failed);
    } else if (m_choice.kind == TerminalKind::Attach) {
        if (m_lastTyped == typedToDetach) {
            setState(State::Detached);
        } else {
            askHowItEnded(endLooks);
        }
    } else {
        if (m_choice.kind == TerminalKind::Shell) {
            m_exitCode = *end;
        }
        setState(State::Ended);
    }
}

/// The end of a connection does not tell whether the process has ended, too.
void TerminalSession::askHowItEnded(int left)
{
    const auto ours = [this, asked = m_conversations] {
        return asked == m_conversations && m_state == State::Open;
    };
    m_engine->inspect(m_choice.container.reference)
        .then(this, [this, ours, left](const Result<docker::ContainerDetails> &details) {
            if (!ours()) {
                return;
            }
            const bool runs = details && details->state == docker::ContainerState::Running;
            if (details && !runs) {
                m_exitCode = details->exitCode;
            }
            if (!runs) {
                setState(State::Ended);
            } else if (left <= 0) {
                setState(State::Detached);
            } else {
                QTimer::singleShot(endLookMilliseconds, this, [this, ours, left] {
                    if (ours()) {
                        askHowItEnded(left - 1);
                    }
                });
            }
        });
}

std::string TerminalSession::take()
{
    std::string written = std::exchange(m_echo, {});
    if (m_conversation) {
        written += m_conversation->take();
    }
    if (m_choice.kind == TerminalKind::Attach && !m_choice.tty) {
        // No terminal has made the ends of its lines.
        for (std::size_t at = 0; (at = written.find('\n', at)) != std::string::npos; at += 2) {
            written.insert(at, 1, '\r');
        }
    }
    return m_filter.pass(written);
}

bool TerminalSession::type(std::string_view bytes)
{
    if (!m_conversation || m_state != State::Open) {
        return false;
    }
    noteDetachKeys(bytes);
    if (m_choice.kind != TerminalKind::Attach || m_choice.tty) {
        return m_conversation->send(bytes);
    }
    std::string line(bytes);
    std::ranges::replace(line, '\r', '\n');
    if (!m_choice.input || !m_conversation->send(line)) {
        return false;
    }
    m_echo += line;
    Q_EMIT readable();
    return true;
}

void TerminalSession::noteDetachKeys(std::string_view bytes)
{
    m_lastTyped.append(bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 2)));
    m_lastTyped.erase(0, m_lastTyped.size() - std::min<std::size_t>(m_lastTyped.size(), 2));
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
