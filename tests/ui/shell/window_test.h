// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/shell/fake_engine_view.h"
#include "tests/ui/shell/sample_page.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <memory>

namespace roadstead::ui {

/// A test of the window: each of its functions gets a new one with a sample page and an engine of
/// the test's own, shown and active.
class WindowTest : public QObject
{
    Q_OBJECT

protected:
    template<typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    QString shownCommand() const { return find<ElidedLabel>("commandLine")->fullText(); }
    QString shownLabel() const { return find<QLabel>("commandLabel")->text(); }
    /// To whatever has the focus.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QWidget *target = m_window->focusWidget();
        QTest::keyClick(target != nullptr ? target : m_window.get(), key, modifiers);
    }

    std::unique_ptr<FakeEngineView> m_engine;
    std::unique_ptr<SamplePage> m_page;
    std::unique_ptr<MainWindow> m_window;

protected Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QApplication::setQuitOnLastWindowClosed(false);
        Theme::instance().install(*qApp);
        Theme::instance().setReducedMotion(true);
        Theme::instance().setTextScale(1);
    }

    void init()
    {
        QSettings().clear();
        m_engine = std::make_unique<FakeEngineView>();
        m_page = std::make_unique<SamplePage>();
        m_window = std::make_unique<MainWindow>(m_engine.get());
        m_window->addPage(m_page.get());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_page.reset();
        m_engine.reset();
        qApp->setLayoutDirection(Qt::LeftToRight);
    }
};

} // namespace roadstead::ui
