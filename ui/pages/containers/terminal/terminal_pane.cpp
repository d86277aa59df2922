// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_pane.h"

#include "engine/docker/command.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

using SessionState = TerminalSession::State;

TerminalPane::TerminalPane(ContainerEngine *engine, const TerminalChoice &choice,
                           const QString &container, QWidget *parent)
    : QWidget(parent)
    , m_session(engine, choice)
    , m_container(container)
    , m_screen(new TerminalScreen(this))
    , m_frame(new Surface(Color::BgSunken, this))
    , m_message(new EmptyState(QStringLiteral("terminalMessage"), this))
    , m_stack(new QStackedLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *inner = new QVBoxLayout(m_frame);
    inner->setContentsMargins(space::s3, space::s2, space::s1, space::s2);
    inner->addWidget(m_screen);
    m_stack->addWidget(m_frame);
    m_stack->addWidget(m_message);
    layout->addWidget(buildQuestion());
    layout->addLayout(m_stack, 1);
    layout->addWidget(buildStatus());
    m_screen->display()->setAccessibleName(tr("Terminal of %1").arg(container));
    connect(m_screen, &TerminalScreen::typed, this, [this](const QByteArray &bytes) {
        m_session.type(std::string_view(bytes.constData(), std::size_t(bytes.size())));
    });
    connect(m_screen, &TerminalScreen::sized, this, [this](int rows, int columns) {
        m_session.resize(rows, columns);
        showStatus();
    });
    connect(m_screen, &TerminalScreen::roomMade, this, &TerminalPane::pump);
    connect(m_screen, &TerminalScreen::focusChanged, this, &TerminalPane::showFocus);
    connect(m_screen, &TerminalScreen::pasteQuestioned, this, [this](const QString &text) {
        m_pasted = text;
        m_question->show();
        announce(this, tr("The text has several lines. Each would run as it is pasted."));
    });
    connect(&m_session, &TerminalSession::readable, this, &TerminalPane::pump);
    connect(&m_session, &TerminalSession::stateChanged, this, &TerminalPane::showState);
    connect(m_message, &EmptyState::primaryPressed, this, &TerminalPane::start);
    showFocus();
    showState();
}

QWidget *TerminalPane::buildStatus()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, space::s1, 0, space::s1);
    row->setSpacing(space::s2);
    m_mark = new MarkLabel(StateMark::Running, 10, bar);
    m_status = new Label({}, FontRole::Small, Color::Text2, bar);
    m_status->setObjectName(QStringLiteral("terminalStatus"));
    m_reconnect =
        new Button(QStringLiteral("terminalReconnect"), tr("Reconnect"), ButtonKind::Normal, bar);
    m_reconnect->setLook(ButtonKind::Normal, ButtonSize::Small);
    connect(m_reconnect, &QAbstractButton::clicked, this, [this] {
        start();
        m_screen->setFocus();
    });
    auto *hints =
        new Label(tr("F6 leaves the terminal · Ctrl+Shift+P commands · Ctrl+Shift+C copy"),
                  FontRole::Small, Color::Text3, bar);
    hints->setMinimumWidth(1); // the state counts for more
    row->addWidget(m_mark);
    row->addWidget(m_status);
    row->addWidget(m_reconnect);
    row->addStretch(1);
    row->addWidget(hints);
    return bar;
}

/// In place of a dialog: several lines are about to be pasted into something that runs each.
QWidget *TerminalPane::buildQuestion()
{
    m_question = new Surface(Color::WarnTint, this);
    m_question->setObjectName(QStringLiteral("terminalPasteQuestion"));
    auto *row = new QHBoxLayout(m_question);
    row->setContentsMargins(space::s3, space::s1, space::s3, space::s1);
    row->setSpacing(space::s2);
    auto *words = new Label(tr("The text has several lines. Each would run as it is pasted."),
                            FontRole::Small, Color::Text, m_question);
    words->setWordWrap(true);
    auto *paste =
        new Button(QStringLiteral("terminalPasteAll"), tr("Paste"), ButtonKind::Normal, m_question);
    auto *cancel = new Button(QStringLiteral("terminalPasteCancel"), tr("Cancel"),
                              ButtonKind::Normal, m_question);
    row->addWidget(words, 1);
    row->addWidget(cancel);
    row->addWidget(paste);
    const auto close = [this] {
        m_pasted.clear();
        m_question->hide();
        m_screen->setFocus();
    };
    connect(paste, &QAbstractButton::clicked, this, [this, close] {
        m_screen->sendPasted(m_pasted);
        close();
    });
    connect(cancel, &QAbstractButton::clicked, this, close);
    m_question->hide();
    return m_question;
}

QString TerminalPane::title() const
{
    const std::vector<std::string> &words = m_session.shell();
    const QString shell = words.empty()
                              ? tr("shell")
                              : displayText(words.back().substr(words.back().rfind('/') + 1), 24);
    const std::string &user = m_session.choice().user;
    return user.empty() ? shell : tr("%1 as %2", "shell, user").arg(shell, displayText(user, 24));
}

void TerminalPane::start()
{
    m_session.start(m_screen->rows(), m_screen->columns());
}

/// What the emulator cannot take stays with the session, which then pauses the engine.
void TerminalPane::pump()
{
    if (!m_screen->hasRoom()) {
        return;
    }
    const std::string bytes = m_session.take();
    if (!bytes.empty()) {
        m_screen->write(bytes);
    }
}

void TerminalPane::showState()
{
    showStatus();
    const SessionState state = m_session.state();
    const bool message = state == SessionState::NoShell || state == SessionState::Failed;
    if (message) {
        showMessage();
    }
    m_stack->setCurrentWidget(message ? static_cast<QWidget *>(m_message) : m_frame);
    m_reconnect->setVisible(state == SessionState::Ended);
    setCommandHint(m_reconnect,
                   QString::fromStdString(docker::commandLine(m_session.command().arguments())));
    Q_EMIT titleChanged();
}

void TerminalPane::showStatus()
{
    QString text;
    StateMark mark = StateMark::Busy;
    switch (m_session.state()) {
    case SessionState::Idle:
        mark = StateMark::Exited;
        text = tr("Not connected");
        break;
    case SessionState::Searching:
        text = tr("Looking for a shell");
        break;
    case SessionState::Connecting:
        text = tr("Connecting");
        break;
    case SessionState::Open:
        mark = StateMark::Running;
        text = tr("Connected since %1 · %2 × %3 · UTF-8", "time, columns, rows")
                   .arg(QLocale().toString(m_session.openedAt().time(), QLocale::ShortFormat))
                   .arg(m_screen->columns())
                   .arg(m_screen->rows());
        break;
    case SessionState::Ended:
        mark = m_session.exitCode() == 0 ? StateMark::Exited : StateMark::Failed;
        text = tr("The shell ended with exit status %1").arg(m_session.exitCode());
        break;
    case SessionState::Failed:
        mark = StateMark::Failed;
        text = tr("Not connected");
        break;
    case SessionState::NoShell:
        mark = StateMark::Exited;
        text = tr("No shell");
        break;
    }
    m_mark->setMark(mark);
    m_status->setText(text);
}

void TerminalPane::showMessage()
{
    if (m_session.state() == SessionState::NoShell) {
        m_message->setIconName(QStringLiteral("terminal"));
        m_message->setTexts(tr("This container has no shell"),
                            tr("None of bash, ash, sh and busybox is in its image. Enter the "
                               "program that is to run in the field Shell."));
    } else {
        const Explanation words = describe(m_session.error(), m_container);
        m_message->setIconName(QStringLiteral("exclamation-circle"), Tone::Danger);
        m_message->setTexts(words.title, words.body());
    }
    m_message->setPrimary(tr("Try again"));
}

/// Shown at all times, since keys go there.
void TerminalPane::showFocus()
{
    m_frame->setRounded(6, m_screen->display()->hasFocus() ? Color::Accent : Color::BorderStrong);
}

} // namespace roadstead::ui
