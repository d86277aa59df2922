// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The further ways to a terminal that TerminalTab offers.

#include "ui/pages/containers/terminal/terminal_tab.h"

#include "ui/pages/containers/terminal/session_tabs.h"
#include "ui/pages/containers/terminal/terminal_fields.h"
#include "ui/pages/containers/terminal/terminal_form.h"
#include "ui/pages/containers/terminal/terminal_pane.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/surface.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>

namespace roadstead::ui {

void TerminalTab::askOptions()
{
    m_form->show();
    if (!m_fieldsInBar) {
        m_form->takeFields(m_fields);
    }
    m_form->focusFirst();
    showHints();
}

bool TerminalTab::isFormFilled() const
{
    return !m_form->isHidden() && m_form->isFilled();
}

void TerminalTab::closeForm()
{
    if (!m_form->isHidden()) {
        m_form->hide();
        m_form->reset();
        showHints();
    }
}

/// Whose the shell would be, and whether there is a process to attach to.
void TerminalTab::readDetails()
{
    const auto asked = [this, id = m_id] { return id == m_id; };
    m_engine->inspect(m_id).then(this, [this, asked](const Result<docker::ContainerDetails> &own) {
        if (!own || !asked()) {
            return;
        }
        m_fields->showOwn(*own);
        if (const auto facts = docker::decodeTerminalFacts(own->raw)) {
            m_facts = *facts;
        }
    });
}

docker::Arguments TerminalTab::outsideLine() const
{
    TerminalChoice outside = choice();
    if (const TerminalPane *front = pane()) {
        outside = const_cast<TerminalPane *>(front)->session()->choice();
        outside.shell = const_cast<TerminalPane *>(front)->session()->shell();
    }
    if (outside.kind == TerminalKind::Attach) {
        return attachmentOf(outside).arguments();
    }
    outside.kind = TerminalKind::Shell;
    if (outside.shell.empty()) {
        outside.shell = {"sh"};
    }
    docker::CreateExec command = execOf(outside);
    command.detachKeys.clear();
    command.environment = outside.environment; // that terminal says by itself what it is
    return command.arguments();
}

void TerminalTab::openOutside()
{
    const auto words =
        ExternalTerminal::words(m_desktop.surroundings, m_engine->cliEngine(), outsideLine());
    if (!words) {
        tell(words.error() == ExternalTerminal::Problem::NoDocker
                 ? tr("The docker command is not installed on this computer, and a terminal of the "
                      "desktop needs it to get into the container. Install the package docker-cli.")
                 : tr("No terminal program was found. Install one, or name yours in the variable "
                      "TERMINAL."));
        return;
    }
    if (!m_desktop.start(*words)) {
        tell(tr("%1 could not be started. Name another terminal in the variable TERMINAL.")
                 .arg(QFileInfo(words->constFirst()).fileName()));
    }
}

void TerminalTab::showMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("terminalTabMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addSessionEntries(menu);
    if (pane()) {
        menu->addSeparator();
        addScreenEntries(menu);
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void TerminalTab::addSessionEntries(QMenu *menu)
{
    const auto add = [this, menu](const char *name, const char *iconName, const QString &text,
                                  bool enabled, const QString &line, auto slot) {
        QAction *action = menu->addAction(icon(QLatin1StringView(iconName)), text, this, slot);
        action->setObjectName(QLatin1StringView(name));
        action->setEnabled(enabled);
        setCommandHint(action, line);
    };
    const auto lineOf = [this](TerminalKind kind) {
        return QString::fromStdString(commandLineOf(plainChoice(kind)));
    };
    add("terminalOptions", "sliders", tr("New terminal…"), canOpen(), lineOf(TerminalKind::Shell),
        &TerminalTab::askOptions);
    add("terminalAttach", "plug", tr("Attach to the container's process"), canOpen() && canAttach(),
        lineOf(TerminalKind::Attach), &TerminalTab::openAttached);
    add("terminalDebug", "hammer", tr("Open a debug shell"), canOpen(), lineOf(TerminalKind::Debug),
        &TerminalTab::openDebugShell);
    add("terminalOutside", "box-arrow-up-right", tr("Open in the desktop's terminal"),
        m_state == docker::ContainerState::Running,
        ExternalTerminal::shownLine(m_engine->cliEngine(), outsideLine()),
        &TerminalTab::openOutside);
}

void TerminalTab::addScreenEntries(QMenu *menu)
{
    TerminalScreen *screen = pane()->screen();
    const auto add = [menu, screen](const char *name, const QString &text, auto slot) {
        QAction *action = menu->addAction(text, screen, slot);
        action->setObjectName(QLatin1StringView(name));
    };
    add("terminalTabCopy", tr("Copy"), &TerminalScreen::copy);
    add("terminalTabPaste", tr("Paste"), &TerminalScreen::paste);
    add("terminalTabLarger", tr("Larger text"), [screen] { screen->zoom(1); });
    add("terminalTabSmaller", tr("Smaller text"), [screen] { screen->zoom(-1); });
    add("terminalTabClear", tr("Clear"), &TerminalScreen::clearScreen);
    menu->addSeparator();
    menu->addAction(m_close);
}

} // namespace roadstead::ui
