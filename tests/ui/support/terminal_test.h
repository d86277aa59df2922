// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/terminal/terminal_pane.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/pages/containers/terminal/terminal_tab.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QTabBar>
#include <QTest>

#include <memory>
#include <string>

namespace roadstead::ui {

/// A test of the tab "Terminal": each of its functions gets a new one, of a container that runs.
class TerminalTest : public QObject
{
    Q_OBJECT

protected:
    static ContainerRow row(char digit, docker::ContainerState state)
    {
        docker::ContainerSummary summary;
        summary.id = std::string(64, digit);
        summary.name = std::string("api-") + digit;
        summary.state = state;
        return ContainerRow(summary);
    }
    QTabBar *tabs() { return m_tab->findChild<QTabBar *>(QStringLiteral("terminalSessions")); }
    void connectShell()
    {
        const std::size_t asked = m_engine->conversations.size();
        last()->finish(0);
        QTRY_COMPARE(m_engine->conversations.size(), asked + 1);
        Q_EMIT last()->opened();
    }
    test::FakeConversation *last() { return m_engine->conversations.back(); }
    QWidget *display() { return m_tab->pane()->screen()->display(); }
    QString screenText() { return m_tab->pane()->screen()->text(); }
    QString status()
    {
        return m_tab->pane()->findChild<QLabel *>(QStringLiteral("terminalStatus"))->text();
    }
    QAbstractButton *button(const char *name)
    {
        return m_tab->findChild<QAbstractButton *>(QLatin1StringView(name));
    }

    std::unique_ptr<test::FakeContainerEngine> m_engine;
    std::unique_ptr<TerminalTab> m_tab;

protected Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init()
    {
        m_engine = std::make_unique<test::FakeContainerEngine>();
        m_tab = std::make_unique<TerminalTab>(m_engine.get());
        m_tab->resize(1064, 560);
        m_tab->setContainer(row('a', docker::ContainerState::Running));
        m_tab->show();
    }
    void cleanup()
    {
        m_tab.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_engine.reset();
    }
};

} // namespace roadstead::ui
