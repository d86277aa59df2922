// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/shell/window_test.h"
#include "ui/shell/activity_panel.h"
#include "ui/shell/command_bar.h"
#include "ui/shell/command_history.h"
#include "ui/widgets/running_line.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QListView>
#include <QPushButton>

namespace tst_command_bar {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::ui;
using embedded::State;
using service::Link;

/// The command bar, its history, and Activity.
class TestCommandBar : public WindowTest
{
    Q_OBJECT

private Q_SLOTS:
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

    void whatAViewKeepsRunningIsShownUntilSomethingElseWasDone()
    {
        auto view = std::make_unique<QWidget>();
        RunningLines::instance().set(view.get(), u"docker logs --follow api"_s);
        QCOMPARE(shownLabel(), u"Running"_s);
        QCOMPARE(shownCommand(), u"docker logs --follow api"_s);
        QVERIFY(find<ElidedLabel>("commandNote")->fullText().startsWith(u"started "_s));
        m_engine->addRecord(u"docker pull postgres:17"_s, 41000);
        m_engine->records.last().startedAt = QDateTime::currentDateTime().addSecs(1);
        Q_EMIT m_engine->historyChanged();
        QCOMPARE(shownLabel(), u"Last action"_s);
        m_engine->records.last().startedAt = QDateTime::currentDateTime().addSecs(-9);
        Q_EMIT m_engine->historyChanged();
        QCOMPARE(shownLabel(), u"Running"_s);
        view.reset();
        QCOMPARE(shownLabel(), u"Last action"_s);
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

    void aLongCommandLeavesRoomForTheWordsBehindIt()
    {
        auto *stop = find<QPushButton>("bulkStop");
        setCommandHint(stop, u"docker stop "_s + u"container "_s.repeated(120));
        stop->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(find<ElidedLabel>("commandLine")->isElided());
        QVERIFY(!find<ElidedLabel>("commandNote")->isElided());
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
        m_engine->records.last().engine.context = "roadstead";
        m_engine->addRecord(u"docker rm d"_s, 5);
        m_engine->records.last().engine.context = "roadstead";
        m_engine->addRecord(u"docker rm e"_s, 5);
        m_engine->records.last().engine.host = "unix:///run/my docker.sock";
        Q_EMIT m_engine->historyChanged();
        QCOMPARE(model.script(),
                 u"#!/bin/sh\n# docker start b  # failed\n"
                 "unset DOCKER_HOST\nexport DOCKER_CONTEXT=roadstead\n"
                 "docker rm c\ndocker rm d\n"
                 "export DOCKER_HOST='unix:///run/my docker.sock'\ndocker rm e\n"_s);

        press(Qt::Key_H, Qt::ControlModifier);
        auto *popup = find<QWidget>("commandHistoryPopup");
        QVERIFY(popup->isVisible());
        popup->findChild<QAbstractButton *>(u"historyPopupFailed"_s)->click();
        QCOMPARE(popup->findChild<QListView *>(u"historyPopupList"_s)->model()->rowCount(), 1);
        popup->hide();
    }
};

} // namespace tst_command_bar

ROADSTEAD_WIDGET_TEST(tst_command_bar::TestCommandBar)
#include "tst_command_bar.moc"
