// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_pane.h"

#include "engine/docker/command.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QResizeEvent>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

using SessionState = TerminalSession::State;

/// The box round the screen. It shows at all times whether keys go there.
class TerminalFrame : public QWidget
{
public:
    using QWidget::QWidget;
    void setFocused(bool focused)
    {
        m_focused = focused;
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        paintBox(&painter, rect(), radius::control, color(Color::BgSunken),
                 color(m_focused ? Color::Accent : Color::BorderStrong),
                 m_focused ? border::focusWidth : border::width);
    }

private:
    bool m_focused = false;
};

TerminalPane::TerminalPane(ContainerEngine *engine, const TerminalChoice &choice,
                           const QString &container, QWidget *parent)
    : QWidget(parent)
    , m_session(engine, choice)
    , m_container(container)
    , m_screen(new TerminalScreen(this))
    , m_frame(new TerminalFrame(this))
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
    connectScreen();
    connect(&m_session, &TerminalSession::readable, this, &TerminalPane::pump);
    connect(&m_session, &TerminalSession::stateChanged, this, &TerminalPane::showState);
    connect(m_message, &EmptyState::primaryPressed, this, &TerminalPane::start);
    connect(m_message, &EmptyState::secondaryPressed, this, &TerminalPane::debugWanted);
    showFocus();
    showState();
}

void TerminalPane::connectScreen()
{
    m_screen->display()->setAccessibleName(tr("Terminal of %1").arg(m_container));
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
    m_hints = buildHints(bar);
    row->addWidget(m_mark);
    row->addWidget(m_status);
    row->addWidget(m_reconnect);
    row->addStretch(1);
    row->addWidget(m_hints);
    bar->setMinimumHeight(heightFor(FontRole::Body, size::hitTargetMin) + 2 * space::s1);
    return bar;
}

QWidget *TerminalPane::buildHints(QWidget *bar)
{
    auto *hints = new QWidget(bar);
    hints->setMinimumWidth(1);
    auto *row = new QHBoxLayout(hints);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1);
    const auto add = [&](const QStringList &keys, const QString &does) {
        if (row->count() > 0) {
            row->addSpacing(space::s2);
        }
        for (const QString &key : keys) {
            row->addWidget(new KeyCap(key, hints));
        }
        auto *label = new Label(does, FontRole::Small, Color::Text2, hints);
        row->addWidget(label);
    };
    const QString ctrl = QStringLiteral("Ctrl");
    const QString shift = tr("Shift", "the key");
    add({QStringLiteral("F6")}, tr("leaves the terminal"));
    if (m_session.choice().kind == TerminalKind::Attach && m_session.choice().tty) {
        add({ctrl, QStringLiteral("P"), ctrl, QStringLiteral("Q")}, tr("detaches"));
    } else {
        add({ctrl, shift, QStringLiteral("P")}, tr("commands"));
    }
    add({ctrl, shift, QStringLiteral("C")}, tr("copy"));
    return hints;
}

/// The state counts for more than the hints.
void TerminalPane::placeHints()
{
    const int rest = m_mark->sizeHint().width() + m_status->sizeHint().width() + 4 * space::s2 +
                     (m_reconnect->isHidden() ? 0 : m_reconnect->sizeHint().width());
    m_hints->setVisible(rest + m_hints->sizeHint().width() <= width());
}

void TerminalPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeHints();
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
    if (m_session.choice().kind == TerminalKind::Attach) {
        return tr("attached");
    }
    if (m_session.choice().kind == TerminalKind::Debug) {
        return tr("debug shell");
    }
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

bool TerminalPane::isInUse() const
{
    return m_session.state() == SessionState::Open && m_screen->wasUsed();
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
    m_reconnect->setVisible(state == SessionState::Ended || state == SessionState::Detached);
    setCommandHint(m_reconnect, QString::fromStdString(m_session.commandLine()));
    placeHints();
    Q_EMIT titleChanged();
}

void TerminalPane::showStatus()
{
    const TerminalKind kind = m_session.choice().kind;
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
        text = kind == TerminalKind::Debug ? tr("Making a container of the tools image")
                                           : tr("Connecting");
        break;
    case SessionState::Open:
        mark = StateMark::Running;
        text = (kind == TerminalKind::Attach
                    ? tr("Attached since %1 · %2 × %3 · UTF-8", "time, columns, rows")
                    : tr("Connected since %1 · %2 × %3 · UTF-8", "time, columns, rows"))
                   .arg(QLocale().toString(m_session.openedAt().time(), QLocale::ShortFormat))
                   .arg(m_screen->columns())
                   .arg(m_screen->rows());
        break;
    case SessionState::Ended:
        mark = m_session.exitCode().value_or(0) == 0 ? StateMark::Exited : StateMark::Failed;
        text = endText();
        break;
    case SessionState::Detached:
        mark = StateMark::Exited;
        text = tr("Detached. %1 runs on.").arg(m_container);
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

QString TerminalPane::endText() const
{
    const std::optional<int> code = m_session.exitCode();
    if (m_session.choice().kind != TerminalKind::Attach) {
        return code ? tr("The shell ended with exit status %1").arg(*code)
                    : tr("The debug shell ended. Its container is removed.");
    }
    return code ? tr("%1 ended with exit status %2").arg(m_container).arg(*code)
                : tr("%1 ended, and is gone").arg(m_container);
}

QString TerminalPane::failureTitle() const
{
    switch (m_session.choice().kind) {
    case TerminalKind::Attach:
        return tr("Could not attach to %1").arg(m_container);
    case TerminalKind::Debug:
        return tr("Could not open a debug shell beside %1").arg(m_container);
    case TerminalKind::Shell:
        break;
    }
    return tr("Could not open a terminal in %1").arg(m_container);
}

void TerminalPane::showMessage()
{
    m_message->setSecondary({});
    if (m_session.state() == SessionState::NoShell) {
        m_message->setIconName(QStringLiteral("terminal"));
        m_message->setTexts(tr("This container has no shell"),
                            tr("None of bash, ash, sh and busybox is in its image. A debug shell "
                               "runs beside it and sees its processes, its network and its files. "
                               "Or name the program that is to run in the field Shell."));
        m_message->setPrimary(tr("Try again"));
        m_message->setSecondary(tr("Open a debug shell"));
        return;
    }
    const Error &error = m_session.error();
    m_message->setIconName(QStringLiteral("exclamation-circle"), Tone::Danger);
    if (error.operation == "debug.load") {
        m_message->setTexts(
            tr("The tools image is not on this computer"),
            tr("The debug shell needs %1, which Roadstead's package brings. Install Roadstead "
               "again, or run a shell of another image beside the container.")
                .arg(displayText(error.detail, 200)));
    } else {
        m_message->setTexts(failureTitle(), describe(error, m_container).body());
    }
    m_message->setPrimary(tr("Try again"));
}

/// Shown at all times, since keys go there.
void TerminalPane::showFocus()
{
    m_frame->setFocused(m_screen->display()->hasFocus());
}

} // namespace roadstead::ui
