// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_tab.h"

#include "engine/docker/command.h"
#include "ui/pages/containers/terminal/terminal_pane.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_bar.h"

#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr std::size_t mostSessions = 8; ///< in one container

} // namespace

TerminalTab::TerminalTab(ContainerEngine *engine, QWidget *parent)
    : DetailsTab(parent)
    , m_engine(engine)
    , m_message(new EmptyState(QStringLiteral("terminalNone"), this))
    , m_stack(new QStackedLayout)
{
    setObjectName(QStringLiteral("terminalTab"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s4, space::s2, space::s4, 0);
    layout->setSpacing(space::s2);
    layout->addWidget(buildBar());
    m_stack->addWidget(m_message);
    layout->addLayout(m_stack, 1);
    connect(m_message, &EmptyState::primaryPressed, this, &TerminalTab::openSession);
    showState();
}

TerminalTab::~TerminalTab() = default;

QWidget *TerminalTab::buildBar()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    m_tabs = new TabBar(QStringLiteral("terminalSessions"), tr("Sessions"), bar);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setMinimumWidth(1);
    m_add = new IconButton(QStringLiteral("terminalAdd"), QStringLiteral("plus-lg"),
                           tr("Open one more session"), bar);
    row->addWidget(m_tabs);
    row->addWidget(m_add);
    row->addStretch(1);
    row->addWidget(buildFields(bar));
    connect(m_add, &QAbstractButton::clicked, this, &TerminalTab::openSession);
    connect(m_tabs, &QTabBar::currentChanged, this, &TerminalTab::showState);
    return bar;
}

QWidget *TerminalTab::buildFields(QWidget *bar)
{
    auto *fields = new QWidget(bar);
    auto *row = new QHBoxLayout(fields);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    const auto add = [fields, row](const QString &text, QWidget *field, const QString &name) {
        auto *label = new Label(text, FontRole::Small, Color::Text2, fields);
        label->setBuddy(field);
        field->setObjectName(name);
        field->setAccessibleName(text);
        row->addWidget(label);
        row->addWidget(field);
    };
    m_shell = new QComboBox(fields);
    m_shell->setEditable(true);
    m_shell->setInsertPolicy(QComboBox::NoInsert);
    m_shell->addItems({{},
                       QStringLiteral("bash"),
                       QStringLiteral("ash"),
                       QStringLiteral("sh"),
                       QStringLiteral("busybox sh")});
    m_shell->lineEdit()->setPlaceholderText(tr("Found by itself"));
    m_user = new QLineEdit(fields);
    m_user->setPlaceholderText(tr("The image's"));
    m_folder = new QLineEdit(fields);
    m_folder->setPlaceholderText(tr("The image's"));
    add(tr("Shell"), m_shell, QStringLiteral("terminalShell"));
    add(tr("User"), m_user, QStringLiteral("terminalUser"));
    add(tr("Folder"), m_folder, QStringLiteral("terminalFolder"));
    for (QWidget *field : {static_cast<QWidget *>(m_shell), static_cast<QWidget *>(m_user),
                           static_cast<QWidget *>(m_folder)}) {
        field->setMaximumWidth(scaled(130));
        field->setToolTip(tr("For sessions that are opened from now on"));
    }
    for (QLineEdit *edit : {m_shell->lineEdit(), m_user, m_folder}) {
        connect(edit, &QLineEdit::returnPressed, this, &TerminalTab::openSession);
    }
    return fields;
}

TerminalChoice TerminalTab::choice() const
{
    TerminalChoice choice;
    choice.container = {m_id, m_name};
    const std::string shell = m_shell->currentText().trimmed().toStdString();
    if (shell == "busybox sh") {
        choice.shell = {"busybox", "sh"};
    } else if (!shell.empty()) {
        choice.shell = {shell};
    }
    choice.user = m_user->text().trimmed().toStdString();
    choice.folder = m_folder->text().trimmed().toStdString();
    return choice;
}

void TerminalTab::openSession()
{
    if (m_state != docker::ContainerState::Running || panes().size() >= mostSessions) {
        return;
    }
    auto *pane = new TerminalPane(m_engine, choice(), m_shownName, this);
    connect(pane, &TerminalPane::titleChanged, this, &TerminalTab::labelPanes);
    panes().push_back(pane);
    m_stack->addWidget(pane);
    showPanes();
    m_tabs->setCurrentIndex(m_tabs->count() - 1);
    showState();
    pane->start();
    // Who walks along the tabs with the keyboard goes on walking.
    if (!qobject_cast<QTabBar *>(QGuiApplication::focusObject()) ||
        QGuiApplication::mouseButtons() != Qt::NoButton) {
        pane->screen()->setFocus();
    }
}

void TerminalTab::closeSession(TerminalPane *pane)
{
    if (std::erase(panes(), pane) > 0) {
        pane->session()->hangUp();
        m_stack->removeWidget(pane);
        pane->deleteLater();
        showPanes();
    }
}

TerminalPane *TerminalTab::pane() const
{
    const auto found = m_panes.find(m_id);
    const int index = m_tabs->currentIndex();
    return found != m_panes.end() && index >= 0 && std::size_t(index) < found->second.size()
               ? found->second[std::size_t(index)]
               : nullptr;
}

/// One tab for each session of this container.
void TerminalTab::showPanes()
{
    const Panes mine = m_id.empty() ? Panes() : panes();
    while (m_tabs->count() > int(mine.size())) {
        m_tabs->removeTab(m_tabs->count() - 1);
    }
    while (m_tabs->count() < int(mine.size())) {
        m_tabs->addTab({});
    }
    for (int i = 0; i < m_tabs->count(); ++i) {
        auto *close = new IconButton(QStringLiteral("terminalClose%1").arg(i),
                                     QStringLiteral("x-lg"), tr("Close the session"), m_tabs);
        TerminalPane *pane = mine[std::size_t(i)];
        connect(close, &QAbstractButton::clicked, pane, [this, pane] { closeSession(pane); });
        if (QWidget *before = m_tabs->tabButton(i, QTabBar::RightSide)) {
            before->deleteLater(); // it may be what was pressed
        }
        m_tabs->setTabButton(i, QTabBar::RightSide, close);
    }
    labelPanes();
    showState();
}

void TerminalTab::labelPanes()
{
    const Panes mine = m_id.empty() ? Panes() : panes();
    for (int i = 0; i < m_tabs->count() && std::size_t(i) < mine.size(); ++i) {
        TerminalPane *pane = mine[std::size_t(i)];
        m_tabs->setTabText(i, pane->title());
        const bool root = pane->session()->isRoot();
        QWidget *badge = m_tabs->tabButton(i, QTabBar::LeftSide);
        if (root && !badge) {
            m_tabs->setTabButton(i, QTabBar::LeftSide,
                                 new Badge(QStringLiteral("root"), Tone::Warn, m_tabs));
        } else if (!root && badge) {
            m_tabs->setTabButton(i, QTabBar::LeftSide, nullptr);
            badge->deleteLater();
        }
    }
}

void TerminalTab::showState()
{
    const bool running = m_state == docker::ContainerState::Running;
    TerminalPane *front = pane();
    m_add->setEnabled(running && !m_id.empty() && panes().size() < mostSessions);
    m_stack->setCurrentWidget(front ? static_cast<QWidget *>(front) : m_message);
    m_message->setIconName(QStringLiteral("terminal"));
    if (running) {
        m_message->setTexts(tr("No session is open"),
                            tr("A session is a shell in the container, run by exec."));
        m_message->setPrimary(tr("Open a session"));
    } else if (m_state == docker::ContainerState::Paused) {
        m_message->setTexts(tr("%1 is paused").arg(m_shownName),
                            tr("Nothing can be run in it. Unpause it to open a terminal."));
        m_message->setPrimary({});
    } else {
        m_message->setTexts(tr("%1 is not running").arg(m_shownName),
                            tr("There is no process to join. Start it to open a terminal."));
        m_message->setPrimary({});
    }
}

void TerminalTab::setContainer(const ContainerRow &row)
{
    const bool other = m_id != row.id;
    if (other) {
        forgetEnded();
    }
    m_id = row.id;
    m_name = row.rawName;
    m_shownName = row.name;
    m_state = row.state;
    if (other) {
        showPanes();
    } else {
        showState();
    }
    docker::CreateExec line = TerminalSession(m_engine, choice()).command();
    if (line.command.empty()) {
        line.command = {"sh"};
    }
    setCommandHint(m_add, QString::fromStdString(docker::commandLine(line.arguments())));
}

void TerminalTab::clear()
{
    forgetEnded();
    m_id.clear();
    m_state = docker::ContainerState::Unknown;
    showPanes();
}

/// Shells that still run are kept while others are shown; those that do not say nothing any more.
void TerminalTab::forgetEnded()
{
    for (auto &[id, panes] : m_panes) {
        std::erase_if(panes, [this](TerminalPane *pane) {
            const bool ended = pane->session()->state() != TerminalSession::State::Open;
            if (ended) {
                pane->session()->hangUp();
                m_stack->removeWidget(pane);
                pane->deleteLater();
            }
            return ended;
        });
    }
    std::erase_if(m_panes, [](const auto &entry) { return entry.second.empty(); });
}

void TerminalTab::setShown(bool shown)
{
    // Opening the tab opens a shell; coming to another container with the tab open does not.
    if (!std::exchange(m_shown, shown) && shown && !m_id.empty() && panes().empty()) {
        openSession();
    }
}

} // namespace roadstead::ui
