// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/shell/window_test.h"
#include "ui/shell/activity_panel.h"
#include "ui/shell/tray.h"

#include <QCloseEvent>
#include <QMenu>
#include <QSignalSpy>

namespace tst_tray {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::ui;

/// The tray's menu, tooltip and icons.
class TestTray : public WindowTest
{
    Q_OBJECT

    static QImage shape(TrayState state)
    {
        return trayIcon(state)
            .pixmap(QSize(22, 22), 1.0)
            .toImage()
            .convertToFormat(QImage::Format_Alpha8);
    }

private Q_SLOTS:
    void withATrayQuitFromItsMenuIsNotStoppedByTheHidingWindow()
    {
        Tray tray(m_engine.get(), m_window.get());
        m_window->setTrayPresent(true);
        QSignalSpy quit(m_window.get(), &MainWindow::quitRequested);
        tray.menu()->findChild<QAction *>(u"trayQuit"_s)->trigger();
        QCOMPARE(quit.count(), 1);
        // What Qt does with every window before it ends; one that refuses keeps the program alive.
        QCloseEvent closing;
        QCoreApplication::sendEvent(m_window.get(), &closing);
        QVERIFY(closing.isAccepted());
    }

    void withATrayClosingHidesAndOpenFromTheMenuShowsAgain()
    {
        Tray tray(m_engine.get(), m_window.get());
        m_window->setTrayPresent(true);
        m_window->close();
        QVERIFY(!m_window->isVisible());
        tray.menu()->findChild<QAction *>(u"trayOpen"_s)->trigger();
        QVERIFY(m_window->isVisible());
        QCOMPARE(tray.menu()->findChild<QAction *>(u"trayStateLine"_s)->text(),
                 u"Embedded engine, running"_s);
        QCOMPARE(tray.menu()->findChild<QAction *>(u"trayCounts"_s)->text(),
                 u"9 running, 2 unhealthy"_s);
        tray.menu()->findChild<QAction *>(u"trayStop"_s)->trigger();
        QCOMPARE(m_engine->asked, QList{EngineVerb::Stop});
    }

    void theMenuShowsCommandsThatRun()
    {
        Tray tray(m_engine.get(), m_window.get());
        auto *tasks = tray.menu()->findChild<QMenu *>(u"trayTasks"_s);
        QVERIFY(!tasks->menuAction()->isVisible());
        m_engine->addRecord(u"docker stop a&b"_s, {});
        m_engine->addRecord(u"docker start db"_s, 12);
        QVERIFY(tasks->menuAction()->isVisible());
        QCOMPARE(tasks->actions().size(), 1);
        QCOMPARE(tasks->actions().first()->text(), u"docker stop a&&b"_s);
        tasks->actions().first()->trigger();
        QVERIFY(m_window->findChild<ActivityPanel *>()->isVisible());
        m_engine->records.first().milliseconds = 5;
        Q_EMIT m_engine->historyChanged();
        QVERIFY(!tasks->menuAction()->isVisible());
    }

    void theMenuShowsWhatPagesOffer()
    {
        Tray tray(m_engine.get(), m_window.get());
        int stopped = 0;
        m_page->entries = {{u"trayProject_shop"_s,
                            u"shop & co, 2 of 3 running"_s,
                            u"project"_s,
                            {{u"stop"_s, u"Stop"_s, u"stop"_s, u"docker stop web db"_s,
                              [&stopped] { ++stopped; }}}}};
        Q_EMIT tray.menu()->aboutToShow();
        auto *shop = tray.menu()->findChild<QMenu *>(u"trayProject_shop"_s);
        QVERIFY(shop);
        QCOMPARE(shop->title(), u"shop && co, 2 of 3 running"_s);
        shop->findChild<QAction *>(u"stop"_s)->trigger();
        QCOMPARE(stopped, 1);
        Q_EMIT tray.menu()->aboutToShow();
        QCOMPARE(tray.menu()->findChild<QMenu *>(u"trayProject_shop"_s), shop);
        m_engine->become(embedded::State::Stopped, service::Link::Unreachable);
        Q_EMIT tray.menu()->aboutToShow();
        QVERIFY(!tray.menu()->findChild<QMenu *>(u"trayProject_shop"_s));
    }

    void theTooltipTellsFiguresOnlyWhileTheyAreMeasured()
    {
        Tray tray(m_engine.get(), m_window.get());
        QVERIFY2(tray.toolTipDetail().contains(u"17"_s), qPrintable(tray.toolTipDetail()));
        m_engine->use.reset();
        Q_EMIT m_engine->usageChanged();
        QCOMPARE(tray.toolTipDetail(), QString());
        m_engine->use = EngineUsage{42, 1 << 30, 0};
        Q_EMIT m_engine->usageChanged();
        QTRY_VERIFY_WITH_TIMEOUT(tray.toolTipDetail().contains(u"42"_s), 6000);
    }

    void everyStateHasAShapeOfItsOwn()
    {
        const QList<TrayState> states{TrayState::Running, TrayState::Starting, TrayState::Stopped,
                                      TrayState::Attention, TrayState::NoReply};
        for (qsizetype a = 0; a < states.size(); ++a) {
            for (qsizetype b = a + 1; b < states.size(); ++b) {
                const QImage one = shape(states[a]);
                const QImage other = shape(states[b]);
                int differing = 0;
                for (int y = 0; y < one.height(); ++y) {
                    for (int x = 0; x < one.width(); ++x) {
                        differing +=
                            std::abs(qAlpha(one.pixel(x, y)) - qAlpha(other.pixel(x, y))) > 100 ? 1
                                                                                                : 0;
                    }
                }
                QVERIFY2(differing > 12,
                         qPrintable(u"%1 and %2: %3"_s.arg(a).arg(b).arg(differing)));
            }
        }
    }

    void panelsThatColourIconsGetTheirNames()
    {
        QVERIFY(panelColoursIcons(u"KDE"_s));
        QVERIFY(panelColoursIcons(u"LXQt"_s));
        QVERIFY(!panelColoursIcons(u"ubuntu:GNOME"_s));
        QVERIFY(!panelColoursIcons({}));
        QCOMPARE(trayIconName(TrayState::NoReply), u"roadstead-tray-silent"_s);
    }
};

} // namespace tst_tray

ROADSTEAD_WIDGET_TEST(tst_tray::TestTray)
#include "tst_tray.moc"
