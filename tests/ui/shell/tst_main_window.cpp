// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/shell/accessibility_walk.h"
#include "tests/ui/shell/window_test.h"
#include "ui/shell/activity_panel.h"
#include "ui/shell/autostart.h"
#include "ui/shell/engine_popup.h"
#include "ui/shell/keymap.h"
#include "ui/shell/sidebar.h"
#include "ui/widgets/command_hint.h"

#include <QClipboard>
#include <QDialog>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <memory>

namespace tst_main_window {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::ui;
using embedded::State;
using service::Link;

class TestMainWindow : public WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void everyInteractiveWidgetHasANameAndIsLargeEnough()
    {
        m_window->findChild<ActivityPanel *>()->open(48, 30);
        QCOMPARE(accessibilityFaults(m_window.get()), QStringList());
        m_window->showSettings();
        QCOMPARE(accessibilityFaults(m_window.get()), QStringList());
        m_engine->fault = embedded::Failure{};
        m_engine->become(State::Failed, Link::Unreachable);
        m_window->showPage(u"containers"_s);
        QCOMPARE(accessibilityFaults(m_window.get()), QStringList());
    }

    void panesOfAPageAreStopsOfTheirOwn()
    {
        QWidget *refresh = find<QWidget>("refresh");
        QWidget *bulk = find<QWidget>("bulkStop");
        m_page->insidePanes = {m_page->widget(), bulk->parentWidget()};
        refresh->setFocus(Qt::TabFocusReason);
        press(Qt::Key_F6);
        QVERIFY(bulk->parentWidget()->isAncestorOf(m_window->focusWidget()));
        press(Qt::Key_F6);
        QVERIFY(find<QWidget>("commandBar")->isAncestorOf(m_window->focusWidget()));
        press(Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(bulk->parentWidget()->isAncestorOf(m_window->focusWidget()));
        press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(m_window->focusWidget(), refresh);
    }

    void theEnginePopupOffersNothingTwice_data()
    {
        QTest::addColumn<State>("state");
        QTest::addColumn<Link>("link");
        QTest::newRow("stopped") << State::Stopped << Link::Unreachable;
        QTest::newRow("failed") << State::Failed << Link::Unreachable;
        QTest::newRow("silent") << State::Running << Link::NotAnswering;
        QTest::newRow("running") << State::Running << Link::Live;
    }

    void theEnginePopupOffersNothingTwice()
    {
        QFETCH(const State, state);
        QFETCH(const Link, link);
        m_engine->become(state, link);
        EnginePopup popup(m_engine.get(), nullptr, m_window.get());
        popup.popUp(m_window.get());
        QStringList commands;
        for (const QPushButton *button : popup.findChildren<QPushButton *>()) {
            if (button->isVisible()) {
                commands << commandHint(button);
            }
        }
        QVERIFY(!commands.isEmpty());
        QCOMPARE(QSet(commands.begin(), commands.end()).size(), commands.size());
    }

    void theKeyboardMapHasNoSequenceTwice()
    {
        QSet<QString> seen;
        for (const KeyLine &line : keymap()) {
            QVERIFY(!line.does.isEmpty());
            for (const QKeySequence &keys : line.sequences) {
                QVERIFY2(!seen.contains(keys.toString()), qPrintable(keys.toString()));
                seen << keys.toString();
            }
        }
    }

    void thePlaceOfTheShownPageLeadsBackToItsBeginning()
    {
        auto *list = find<QListView>("nav");
        QVERIFY(list != nullptr);
        m_page->inDetails = true;
        const QPoint place = list->visualRect(list->model()->index(0, 0)).center();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
        QVERIFY(!m_page->inDetails);
        m_page->inDetails = true;
        press(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(!m_page->inDetails);
        // Coming from elsewhere, it is as it was left.
        m_window->showSettings();
        m_page->inDetails = true;
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
        QVERIFY(m_page->inDetails);
        m_page->inDetails = false;
    }

    void hostileNamesAreShownLiterally()
    {
        const QString hostile = u"<b>x</b>&a\u202Egnp.exe\x1b[31m\n<img src=http://h/>"_s;
        m_engine->addRecord(hostile, 5);
        const QString shown = shownCommand();
        QVERIFY(shown.startsWith(u"<b>x</b>&a"_s));
        QVERIFY(!shown.contains(QChar(0x202E)));
        QVERIFY(!shown.contains(QChar(0x1b)));
        QVERIFY(!shown.contains(u'\n'));
        find<QPushButton>("commandCopy")->click();
        QCOMPARE(QApplication::clipboard()->text(), hostile); // copying gives the original
        for (QLabel *label : m_window->findChildren<QLabel *>()) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }

    void panesFollowEachOtherByF6AndTheSidebarCollapsesByF9()
    {
        find<QWidget>("engineButton")->setFocus();
        const QList<QString> order{u"sidebar"_s, u"content"_s, u"commandBar"_s, u"topBar"_s};
        for (const QString &pane : order) {
            press(Qt::Key_F6);
            QVERIFY2(m_window->findChild<QWidget *>(pane)->isAncestorOf(m_window->focusWidget()),
                     qPrintable(pane));
        }
        press(Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(find<QWidget>("commandBar")->isAncestorOf(m_window->focusWidget()));
        press(Qt::Key_F9);
        QCOMPARE(find<Sidebar>("sidebar")->width(), size::sidebarCollapsed);
        press(Qt::Key_F9);
        QCOMPARE(find<Sidebar>("sidebar")->width(), size::sidebar);
    }

    void settingsAndPagesAreReachedByKeyAndAltLeftGoesBack()
    {
        press(Qt::Key_F1);
        QVERIFY(find<QWidget>("settingsPage")->isVisible());
        press(Qt::Key_Left, Qt::AltModifier);
        QVERIFY(m_page->widget()->isVisible());
        m_window->showSettings();
        press(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(m_page->widget()->isVisible());
        m_page->inDetails = true;
        press(Qt::Key_Left, Qt::AltModifier);
        QVERIFY(!m_page->inDetails);
        press(Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(m_window->focusWidget(), find<QWidget>("filter"));
        press(Qt::Key_F5);
        QCOMPARE(m_page->refreshes, 1);
    }

    void theStateOfTheEngineTakesThePagesPlaceAndItsButtonHelps()
    {
        m_engine->hasList = false;
        m_engine->become(State::Stopped, Link::Unreachable);
        auto *start = find<QPushButton>("engineStatePrimary");
        QVERIFY(start->isVisible());
        QVERIFY(!m_page->widget()->isVisible());
        start->setFocus(Qt::TabFocusReason);
        QCOMPARE(shownCommand(), u"systemctl start roadstead-engine@1000"_s);
        start->click();
        QCOMPARE(m_engine->asked, QList{EngineVerb::Start});
        m_engine->become(State::Running, Link::Live);
        QVERIFY(m_page->widget()->isVisible());
    }

    void whenTheEngineFallsSilentThePageStaysUnderABanner()
    {
        m_engine->listTime = QDateTime::currentDateTime().addSecs(-12);
        m_engine->become(State::Running, Link::NotAnswering);
        QVERIFY(m_page->widget()->isVisible());
        auto *banner = find<QWidget>("engineBanner");
        QVERIFY(banner->isVisible());
        m_engine->become(State::Running, Link::Live);
        QVERIFY(!banner->isVisible());
    }

    void aRefusedStartIsToldWithWhatToDo()
    {
        Q_EMIT m_engine->verbFinished(EngineVerb::Start, Error{ErrorKind::Denied, 0, {}, {}});
        QCOMPARE(m_window->toasts()->toasts().size(), 1);
        QCOMPARE(m_window->toasts()->toasts().first()->findChild<QLabel *>(u"toastTitle"_s)->text(),
                 u"Could not start the engine"_s);
    }

    void withoutATrayClosingAsksOnceThenQuits()
    {
        QSignalSpy quit(m_window.get(), &MainWindow::quitRequested);
        m_window->close();
        QVERIFY(m_window->isVisible());
        auto *ask = find<QDialog>("quitDialog");
        QVERIFY(ask != nullptr);
        ask->findChild<QPushButton *>(u"quitDialogVerb"_s)->click();
        QCOMPARE(quit.count(), 1);
        QVERIFY(!m_window->isVisible());
        QVERIFY(QSettings().value(u"window/closeAsked"_s).toBool());
    }

    void autostartWritesAndRemovesADesktopFile()
    {
        QTemporaryDir folder;
        Autostart autostart(folder.path());
        QVERIFY(!autostart.isOn());
        QVERIFY(autostart.set(true, true));
        QVERIFY(autostart.isOn());
        QFile file(folder.path() + u"/autostart/org.roadstead.Roadstead.desktop"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("Exec=roadstead --minimized\n"));
        QVERIFY(autostart.set(false, false));
        QVERIFY(!autostart.isOn());
        QVERIFY(!Autostart(u"/proc/nowhere"_s).set(true, false));
    }

    void rightToLeftMirrorsTheWindow()
    {
        qApp->setLayoutDirection(Qt::RightToLeft);
        QTest::qWait(1);
        QVERIFY(find<QWidget>("sidebar")->x() > m_window->width() / 2);
        QVERIFY(find<QWidget>("primaryAction")->mapTo(m_window.get(), QPoint()).x() <
                m_window->width() / 4);
        // Commands stay left to right.
        QCOMPARE(find<ElidedLabel>("commandLine")->layoutDirection(), Qt::LeftToRight);
    }

    void atTwiceTheTextSizeNothingIsClipped()
    {
        Theme::instance().setTextScale(2);
        m_window.reset();
        m_page = std::make_unique<SamplePage>(); // the window took the first one's widget with it
        m_window = std::make_unique<MainWindow>(m_engine.get());
        m_window->addPage(m_page.get());
        m_window->resize(1920, 1080);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QStringList clipped;
        for (auto *button : m_window->findChildren<QAbstractButton *>()) {
            if (button->isVisible() &&
                (button->height() < button->sizeHint().height() ||
                 button->width() < button->sizeHint().width()) &&
                button->objectName() != u"search"_s) {
                clipped << button->objectName();
            }
        }
        for (auto *label : m_window->findChildren<QLabel *>()) {
            if (label->isVisible() && !label->text().isEmpty() &&
                label->height() < label->fontMetrics().height()) {
                clipped << label->text();
            }
        }
        Theme::instance().setTextScale(1);
        QCOMPARE(clipped, QStringList());
    }

    void geometryAndSidebarAreRemembered()
    {
        m_window->resize(960, 700); // fits the offscreen screen
        find<QAbstractButton>("sidebarCollapse")->click();
        m_window->setTrayPresent(true);
        m_window->close();
        MainWindow again(m_engine.get());
        QCOMPARE(again.size(), QSize(960, 700));
        QVERIFY(again.findChild<Sidebar *>()->isCollapsed());
        QCOMPARE(again.minimumSize(), QSize(960, 600));
    }
};

} // namespace tst_main_window

ROADSTEAD_WIDGET_TEST(tst_main_window::TestMainWindow)
#include "tst_main_window.moc"
