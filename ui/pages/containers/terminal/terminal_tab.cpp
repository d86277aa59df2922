// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_tab.h"

#include "ui/pages/containers/terminal/session_tabs.h"
#include "ui/pages/containers/terminal/terminal_fields.h"
#include "ui/pages/containers/terminal/terminal_form.h"
#include "ui/pages/containers/terminal/terminal_pane.h"
#include "ui/pages/containers/terminal/terminal_panes.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QPointer>
#include <QProcess>
#include <QStackedLayout>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr std::size_t mostSessions = 8; ///< in one container
constexpr int leastBarOfFields = 860;   ///< a bar with less room than this leaves them to the form

bool startDetached(const QStringList &words)
{
    return QProcess::startDetached(words.constFirst(), words.mid(1));
}

} // namespace

TerminalTab::TerminalTab(ContainerEngine *engine, QWidget *parent)
    : DetailsTab(parent)
    , m_engine(engine)
    , m_panes(TerminalPanes::of(engine))
    , m_fields(new TerminalFields(this))
    , m_form(new TerminalForm(this))
    , m_message(new EmptyState(QStringLiteral("terminalNone"), this))
    , m_stack(new QStackedLayout)
{
    setObjectName(QStringLiteral("terminalTab"));
    setDesktop({});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s4, space::s2, space::s4, 0);
    layout->setSpacing(space::s2);
    layout->addWidget(buildBar());
    layout->addWidget(m_form);
    layout->addWidget(buildNotice());
    m_stack->addWidget(m_message);
    layout->addLayout(m_stack, 1);
    m_form->takeFields(m_fields);
    m_form->hide();
    connect(m_message, &EmptyState::primaryPressed, this, &TerminalTab::openSession);
    connect(m_fields, &TerminalFields::entered, this,
            [this] { m_form->isHidden() ? openSession() : m_form->accept(); });
    connect(m_fields, &TerminalFields::changed, this, &TerminalTab::showHints);
    connect(m_form, &TerminalForm::changed, this, &TerminalTab::showHints);
    connect(m_form, &TerminalForm::accepted, this, [this] {
        openSession();
        closeForm();
    });
    connect(m_form, &TerminalForm::closed, this, &TerminalTab::closeForm);
    m_following = connect(m_panes, &TerminalPanes::changed, this, [this](const std::string &id) {
        if (m_shown && id == m_id) {
            showPanes();
        }
    });
    showState();
}

/// The panes shown here die with this widget, as its children: by then there is no tab to update.
TerminalTab::~TerminalTab()
{
    disconnect(m_following);
}

void TerminalTab::setDesktop(Desktop desktop)
{
    m_desktop = std::move(desktop);
    if (!m_desktop.start) {
        m_desktop.start = startDetached;
    }
}

QWidget *TerminalTab::buildBar()
{
    auto *bar = new QWidget(this);
    m_bar = new QHBoxLayout(bar);
    m_bar->setContentsMargins(0, 0, 0, 0);
    m_bar->setSpacing(space::s2);
    m_tabs = new SessionTabs(bar);
    m_add = new IconButton(QStringLiteral("terminalAdd"), QStringLiteral("plus-lg"),
                           tr("Open one more session"), bar);
    m_find = new IconButton(QStringLiteral("terminalSearch"), QStringLiteral("search"),
                            tr("Search in the terminal"), bar);
    m_find->setLabel(tr("Search in the terminal"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    m_find->setBordered(true);
    m_more = new IconButton(QStringLiteral("terminalMore"), QStringLiteral("three-dots"),
                            tr("More ways to a terminal"), bar);
    m_more->setBordered(true);
    m_bar->addWidget(m_tabs);
    m_bar->addWidget(m_add);
    m_bar->addStretch(1);
    m_bar->addWidget(m_find);
    m_bar->addWidget(m_more);
    connect(m_add, &QAbstractButton::clicked, this, &TerminalTab::openSession);
    connect(m_find, &QAbstractButton::clicked, this, [this] {
        if (TerminalPane *front = pane()) {
            front->screen()->findText();
        }
    });
    connect(m_more, &QAbstractButton::clicked, this, &TerminalTab::showMenu);
    connect(m_tabs, &QTabBar::currentChanged, this, &TerminalTab::showState);
    connect(m_tabs, &SessionTabs::closeWanted, this, &TerminalTab::close);
    m_close = new QAction(tr("Close this terminal"), this);
    m_close->setObjectName(QStringLiteral("terminalTabClose"));
    m_close->setShortcut(SessionTabs::closeKeys());
    m_close->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_close, &QAction::triggered, this, &TerminalTab::closeFront);
    addAction(m_close);
    return bar;
}

/// What could not be done, above the terminal.
QWidget *TerminalTab::buildNotice()
{
    m_notice = new Surface(Color::WarnTint, this);
    m_notice->setObjectName(QStringLiteral("terminalNotice"));
    auto *row = new QHBoxLayout(m_notice);
    row->setContentsMargins(space::s3, space::s1, space::s1, space::s1);
    row->setSpacing(space::s2);
    m_noticeText = new Label({}, FontRole::Small, Color::Text, m_notice);
    m_noticeText->setObjectName(QStringLiteral("terminalNoticeText"));
    m_noticeText->setWordWrap(true);
    auto *close = new IconButton(QStringLiteral("terminalNoticeClose"), QStringLiteral("x-lg"),
                                 tr("Close the message"), m_notice);
    row->addWidget(m_noticeText, 1);
    row->addWidget(close);
    connect(close, &QAbstractButton::clicked, m_notice, &QWidget::hide);
    m_notice->hide();
    return m_notice;
}

void TerminalTab::tell(const QString &words)
{
    m_noticeText->setText(words);
    m_notice->show();
    announce(this, words);
}

void TerminalTab::resizeEvent(QResizeEvent *event)
{
    DetailsTab::resizeEvent(event);
    placeFields();
}

/// In the bar where it has room for them; the form has them otherwise.
void TerminalTab::placeFields()
{
    const bool inBar = width() - 2 * space::s4 >= scaled(leastBarOfFields);
    if (std::exchange(m_fieldsInBar, inBar) == inBar) {
        return;
    }
    if (inBar) {
        m_fields->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_fields->setMinimumWidth(1); // the tab may get narrower: then they leave the bar
        m_bar->insertWidget(m_bar->indexOf(m_find), m_fields);
        m_fields->show();
    } else {
        m_form->takeFields(m_fields);
    }
}

TerminalChoice TerminalTab::plainChoice(TerminalKind kind) const
{
    TerminalChoice choice;
    choice.container = {m_id, m_name};
    choice.kind = kind;
    return choice;
}

/// What the fields say, and the form where it is open.
TerminalChoice TerminalTab::choice() const
{
    TerminalChoice choice = plainChoice(TerminalKind::Shell);
    const bool asked = !m_form->isHidden();
    if (m_fieldsInBar || asked) {
        m_fields->fill(choice);
    }
    if (asked) {
        m_form->fill(choice);
    }
    return choice;
}

bool TerminalTab::canOpen() const
{
    return m_state == docker::ContainerState::Running && !m_id.empty() &&
           panes().size() < mostSessions;
}

bool TerminalTab::canAttach() const
{
    return m_state == docker::ContainerState::Running && m_facts &&
           (m_facts->tty || m_facts->input);
}

std::vector<TerminalPane *> TerminalTab::panes() const
{
    return m_id.empty() ? TerminalPanes::Panes() : m_panes->in(m_id);
}

void TerminalTab::openSession()
{
    // Who walks along the tabs with the keyboard goes on walking.
    open(choice(), !qobject_cast<QTabBar *>(QGuiApplication::focusObject()) ||
                       QGuiApplication::mouseButtons() != Qt::NoButton);
}

void TerminalTab::openAttached()
{
    const auto mine = panes();
    const auto there = std::ranges::find_if(mine, [](TerminalPane *pane) {
        return pane->session()->choice().kind == TerminalKind::Attach;
    });
    if (there != mine.end()) {
        m_tabs->setCurrentIndex(int(there - mine.begin()));
        if ((*there)->session()->state() != TerminalSession::State::Open) {
            (*there)->start();
        }
        (*there)->screen()->setFocus();
    } else if (canAttach()) {
        TerminalChoice choice = plainChoice(TerminalKind::Attach);
        choice.tty = m_facts->tty;
        // Where the first one to go ends what it reads, we do not become that one.
        choice.input = m_facts->input && (m_facts->tty || !m_facts->inputOnce);
        open(choice, true);
    }
}

void TerminalTab::openDebugShell()
{
    open(plainChoice(TerminalKind::Debug), true);
}

void TerminalTab::open(const TerminalChoice &choice, bool takesFocus)
{
    if (!canOpen()) {
        return;
    }
    auto *pane = new TerminalPane(m_engine, choice, m_shownName, this);
    m_panes->add(m_id, pane);
    m_tabs->setCurrentIndex(m_tabs->count() - 1);
    showState();
    pane->start();
    if (takesFocus) {
        pane->screen()->setFocus();
    }
}

/// The keyboard stays where it was: in a terminal, or in the row of tabs.
void TerminalTab::close(int index)
{
    const auto mine = panes();
    if (index < 0 || std::size_t(index) >= mine.size()) {
        return;
    }
    const QWidget *focused = QApplication::focusWidget();
    const auto hasKeys = [focused](const QWidget *part) {
        return focused && (part == focused || part->isAncestorOf(focused));
    };
    const bool wasInside = hasKeys(mine[std::size_t(index)]);
    const bool wasInTabs = hasKeys(m_tabs);
    const int front = m_tabs->currentIndex();
    m_panes->close(mine[std::size_t(index)]);
    if (index < front) {
        m_tabs->setCurrentIndex(front - 1); // it is still the same one
    }
    if (wasInside || wasInTabs) {
        TerminalPane *next = pane();
        QWidget *keys = !next       ? static_cast<QWidget *>(m_message)
                        : wasInTabs ? static_cast<QWidget *>(m_tabs)
                                    : next->screen();
        keys->setFocus(Qt::ShortcutFocusReason);
    }
}

void TerminalTab::closeFront()
{
    close(m_tabs->currentIndex());
}

TerminalPane *TerminalTab::pane() const
{
    const auto mine = panes();
    const int index = m_tabs->currentIndex();
    return index >= 0 && std::size_t(index) < mine.size() ? mine[std::size_t(index)] : nullptr;
}

/// One tab for each session of this container. What the other form of the details had comes here.
void TerminalTab::showPanes()
{
    const auto mine = panes();
    const int front = m_tabs->currentIndex();
    for (TerminalPane *pane : mine) {
        if (m_stack->indexOf(pane) < 0) {
            m_stack->addWidget(pane);
            disconnect(pane, &TerminalPane::titleChanged, nullptr, nullptr);
            disconnect(pane, &TerminalPane::debugWanted, nullptr, nullptr);
            connect(pane, &TerminalPane::titleChanged, this, &TerminalTab::labelPanes);
            connect(pane, &TerminalPane::debugWanted, this, &TerminalTab::openDebugShell);
        }
    }
    labelPanes();
    m_tabs->setCurrentIndex(std::min(front < 0 ? int(mine.size()) : front, int(mine.size()) - 1));
    showState();
}

void TerminalTab::labelPanes()
{
    QStringList titles;
    const auto mine = panes();
    for (TerminalPane *pane : mine) {
        titles.append(pane->title());
    }
    m_tabs->setTitles(titles);
    for (std::size_t i = 0; i < mine.size(); ++i) {
        m_tabs->setRoot(int(i), mine[i]->session()->isRoot());
    }
}

void TerminalTab::showState()
{
    const bool running = m_state == docker::ContainerState::Running;
    TerminalPane *front = pane();
    m_tabs->setVisible(m_tabs->count() > 0);
    m_add->setEnabled(canOpen());
    m_find->setEnabled(front != nullptr);
    m_close->setEnabled(front != nullptr);
    m_more->setEnabled(!m_id.empty());
    m_stack->setCurrentWidget(front && m_stack->indexOf(front) >= 0 ? static_cast<QWidget *>(front)
                                                                    : m_message);
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
    const bool started = m_state != row.state;
    if (other) {
        m_panes->closeEnded();
        closeForm();
        m_notice->hide();
        m_fields->forgetOwn();
        m_facts.reset();
    }
    m_id = row.id;
    m_name = row.rawName;
    m_shownName = row.name;
    m_state = row.state;
    if (other && m_shown) {
        m_tabs->setTitles({});
        showPanes();
        readDetails();
    } else {
        if (other) {
            m_tabs->setTitles({});
        } else if (started && m_shown) {
            readDetails();
        }
        showState();
    }
    showHints();
}

/// What adding a session would run.
void TerminalTab::showHints()
{
    const QString line = QString::fromStdString(commandLineOf(choice()));
    setCommandHint(m_add, line);
    m_form->setCommand(line);
}

void TerminalTab::clear()
{
    m_panes->closeEnded();
    closeForm();
    m_id.clear();
    m_facts.reset();
    m_state = docker::ContainerState::Unknown;
    m_tabs->setTitles({});
    showState();
}

void TerminalTab::setShown(bool shown)
{
    if (std::exchange(m_shown, shown) == shown || !shown || m_id.empty()) {
        return;
    }
    m_tabs->setTitles({});
    showPanes();
    readDetails();
    // Opening the tab opens a shell; coming to another container with the tab open does not.
    if (panes().empty()) {
        openSession();
    }
    if (std::exchange(m_focusWanted, false)) {
        focusTerminal();
    }
}

void TerminalTab::focusTerminal()
{
    if (!m_shown) {
        m_focusWanted = true;
    } else if (TerminalPane *front = pane()) {
        front->screen()->setFocus(Qt::ShortcutFocusReason);
    } else {
        openSession();
    }
}

} // namespace roadstead::ui
