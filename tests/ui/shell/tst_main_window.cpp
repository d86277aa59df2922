// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/shell/accessibility_walk.h"
#include "tests/ui/shell/fake_engine_view.h"
#include "tests/ui/shell/sample_page.h"
#include "ui/shell/activity_panel.h"
#include "ui/shell/autostart.h"
#include "ui/shell/command_bar.h"
#include "ui/shell/command_history.h"
#include "ui/shell/engine_popup.h"
#include "ui/shell/keymap.h"
#include "ui/shell/main_window.h"
#include "ui/shell/palette.h"
#include "ui/shell/sidebar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/toast.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDialog>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::ui;
using embedded::State;
using service::Link;

class TestMainWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeEngineView> m_engine;
    std::unique_ptr<SamplePage> m_page;
    std::unique_ptr<MainWindow> m_window;

    template<typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    QString shownCommand() const { return find<ElidedLabel>("commandLine")->fullText(); }
    QString shownLabel() const { return find<QLabel>("commandLabel")->text(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QWidget *target = m_window->focusWidget();
        QTest::keyClick(target != nullptr ? target : m_window.get(), key, modifiers);
    }

private Q_SLOTS:
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
        EnginePopup popup(m_engine.get(), m_window.get());
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

    void thePaletteShowsTheIconsOfActions()
    {
        CommandPalette *palette = m_window->findChild<CommandPalette *>();
        palette->open(u"keyboard shortcuts"_s);
        const auto *model =
            qobject_cast<PaletteModel *>(palette->findChild<QListView *>()->model());
        QStringList icons;
        for (int row = 0; row < model->rowCount(); ++row) {
            icons << (model->itemAt(row) != nullptr ? model->itemAt(row)->iconName : QString());
        }
        QVERIFY2(icons.contains(u"keyboard"_s), qPrintable(icons.join(u' ')));
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

    void thePaletteOpensByKeyFindsAndRuns()
    {
        press(Qt::Key_K, Qt::ControlModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette->isOpen());
        auto *field = find<QLineEdit>("paletteField");
        QCOMPARE(m_window->focusWidget(), field);
        QTest::keyClicks(field, u"stop sel"_s);
        // The command of the current line stands in the command bar before anything runs.
        QCOMPARE(shownLabel(), u"Will run"_s);
        QCOMPARE(shownCommand(), u"docker stop web"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(m_page->stops, 1);
        QVERIFY(!palette->isOpen());
    }

    void thePaletteFindsObjectsOfThePageAndClosesByEscape()
    {
        press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        auto *field = find<QLineEdit>("paletteField");
        QTest::keyClicks(field, u"api"_s);
        auto *list = find<QListView>("paletteList");
        QCOMPARE(list->currentIndex().data().toString(), u"shopfront-api-1"_s);
        field->setText(u"no such thing"_s);
        QVERIFY(!list->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!palette->isOpen());
    }

    void whatRunsCanBeStoppedFromActivity()
    {
        m_engine->addRecord(u"docker stop web"_s, {});
        m_engine->addRecord(u"docker stop worker"_s, {});
        auto *panel = m_window->findChild<ActivityPanel *>();
        panel->open(48, 30);
        const auto buttons = panel->findChildren<QPushButton *>(u"activityStop"_s);
        QCOMPARE(buttons.size(), 2);
        m_engine->addRecord(u"docker start other"_s, 12);
        QCOMPARE(panel->findChildren<QPushButton *>(u"activityStop"_s), buttons); // they stay
        buttons.at(1)->click();
        QCOMPARE(m_engine->cancelled, QList<quint64>{2});
        m_engine->records[0].milliseconds = 40;
        Q_EMIT m_engine->historyChanged();
        QCOMPARE(panel->findChildren<QPushButton *>(u"activityStop"_s).size(), 1);
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

    void nothingUnderThePaletteHearsKeys()
    {
        press(Qt::Key_K, Qt::ControlModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette->isOpen());
        auto *field = find<QLineEdit>("paletteField");
        for (const auto key : {Qt::Key_F6, Qt::Key_F9, Qt::Key_F5}) {
            press(key);
        }
        press(Qt::Key_F, Qt::ControlModifier);
        press(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(palette->isOpen());
        QVERIFY(field->hasFocus());
        QCOMPARE(m_engine->looks, 0);
        press(Qt::Key_Escape);
        QVERIFY(!palette->isOpen());
    }

    void paletteModelKeepsTheModelRules()
    {
        PaletteModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        PaletteItem a;
        a.group = u"A"_s;
        a.text = u"Restart shopfront"_s;
        PaletteItem b = a;
        b.group = u"B"_s;
        b.text = u"shopfront restart"_s;
        model.setItems({a, b}, {});
        QCOMPARE(model.rowCount(), 4);
        model.setItems({a, b}, u"restart"_s);
        QCOMPARE(model.titleAt(0), u"Best match"_s);
        QCOMPARE(model.itemAt(1)->text, u"Restart shopfront"_s); // a start beats a middle
        model.setItems({}, u"x"_s);
        QCOMPARE(model.rowCount(), 0);
    }

    void matchingWantsEveryWordAndPrefersBeginnings()
    {
        QCOMPARE(matchScore(u"restart api"_s, u"Restart shopfront-web-1"_s), 0);
        QCOMPARE_GT(matchScore(u"restart api"_s, u"Restart shopfront-api-1"_s), 0);
        QCOMPARE_GT(matchScore(u"api"_s, u"api-gateway"_s), matchScore(u"api"_s, u"my-api"_s));
        QCOMPARE_GT(matchScore(u"api"_s, u"my-api"_s), matchScore(u"api"_s, u"rapid"_s));
    }

    void hoverAndFocusShowWhatWouldRunAndLeavingTakesItBack()
    {
        m_engine->addRecord(u"docker start gitea"_s, 120);
        QCOMPARE(shownLabel(), u"Last action"_s);
        QCOMPARE(shownCommand(), u"docker start gitea"_s);
        auto *stop = find<QPushButton>("bulkStop");
        stop->setFocus(Qt::TabFocusReason);
        QCOMPARE(shownLabel(), u"Will run"_s);
        QCOMPARE(shownCommand(), u"docker stop shopfront-db-1"_s);
        QCOMPARE(find<ElidedLabel>("commandNote")->fullText(), u"when you press Stop"_s);
        // A view changes its own hint when the row below the pointer changes.
        setCommandHint(stop, u"docker stop other"_s);
        QCOMPARE(shownCommand(), u"docker stop other"_s);
        find<QWidget>("filter")->setFocus(Qt::TabFocusReason);
        QCOMPARE(shownLabel(), u"Last action"_s);
        QEvent enter(QEvent::HoverEnter);
        QApplication::sendEvent(stop, &enter);
        QCOMPARE(shownLabel(), u"Will run"_s);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(stop, &leave);
        QCOMPARE(shownLabel(), u"Last action"_s);
    }

    void aRunningCommandIsShownAsRunningThenWithItsResult()
    {
        m_engine->addRecord(u"docker pull postgres:17"_s, {});
        QCOMPARE(shownLabel(), u"Running"_s);
        m_engine->records.last().milliseconds = 41000;
        Q_EMIT m_engine->historyChanged();
        QCOMPARE(shownLabel(), u"Last action"_s);
        QCOMPARE(find<QLabel>("commandResult")->text(), u"41 s"_s);
        m_engine->addRecord(u"docker start x"_s, 10, Error{ErrorKind::Conflict, 409, {}, {}});
        QCOMPARE(find<QLabel>("commandResult")->text(), u"failed"_s);
    }

    void warningsOfACommandAreShown()
    {
        m_engine->addRecord(u"docker create x"_s, 41000);
        QVERIFY(find<QLabel>("commandResult")->toolTip().isEmpty());
        m_engine->records.last().warnings = {u"no <b>swap</b> limit"_s};
        Q_EMIT m_engine->historyChanged();
        QCOMPARE(find<QLabel>("commandResult")->text(), u"warned"_s);
        QCOMPARE(find<QLabel>("commandResult")->toolTip(), plainTip(u"no <b>swap</b> limit"_s));
    }

    void aLongCommandIsElidedOnScreenAndCopiedWhole()
    {
        const QString line = u"docker run "_s + u"-e NAME=value "_s.repeated(120) + u"image"_s;
        m_engine->addRecord(line, 5);
        QTest::qWait(1);
        auto *label = find<ElidedLabel>("commandLine");
        QVERIFY(label->isElided());
        QVERIFY(find<QPushButton>("commandCopy")->geometry().right() <= m_window->width());
        press(Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(QApplication::clipboard()->text(), line);
    }

    void historyListsFiltersAndCopiesAsScript()
    {
        m_engine->addRecord(u"docker stop a"_s, 5);
        m_engine->addRecord(u"docker start b"_s, 5, Error{ErrorKind::Conflict, 409, {}, {}});
        CommandHistoryModel model(m_engine.get());
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.index(0).data().toString(), u"docker start b"_s); // newest first
        m_engine->addRecord(u"docker rm c"_s, {});
        QCOMPARE(model.rowCount(), 3);
        m_engine->records.removeFirst();
        Q_EMIT m_engine->historyChanged();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.script(), u"#!/bin/sh\n# docker start b  # failed\ndocker rm c\n"_s);

        press(Qt::Key_H, Qt::ControlModifier);
        auto *popup = find<QWidget>("commandHistoryPopup");
        QVERIFY(popup->isVisible());
        popup->findChild<QAbstractButton *>(u"historyPopupFailed"_s)->click();
        QCOMPARE(popup->findChild<QListView *>(u"historyPopupList"_s)->model()->rowCount(), 1);
        popup->hide();
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

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
