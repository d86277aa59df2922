// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/options.h"
#include "app/desktop/program.h"
#include "engine/context/context_store.h"
#include "tests/support/fake_engine/fake_engine.h"
#include "tests/support/test_program/test_program.h"
#include "ui/models/container_tree_model.h"
#include "ui/theme/busy_clock.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractEventDispatcher>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPointer>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <algorithm>

namespace tst_program {

using namespace roadstead;

namespace {

/// What would wake the program more than twice a second (a text cursor may blink).
QStringList fastTimers()
{
    QObjectList objects{qApp};
    for (QWidget *window : QApplication::topLevelWidgets()) {
        objects += window;
        objects += window->findChildren<QObject *>();
    }
    QStringList found;
    for (QObject *object : objects) {
        for (const auto &timer : QAbstractEventDispatcher::instance()->timersForObject(object)) {
            if (timer.interval < std::chrono::milliseconds(400)) {
                found += QStringLiteral("%1 %2").arg(
                    QLatin1StringView(object->metaObject()->className()), object->objectName());
            }
        }
    }
    return found;
}

QTreeView *shownTable()
{
    for (QWidget *widget : QApplication::allWidgets()) {
        if (widget->objectName() == QStringLiteral("containersTable") && widget->isVisible()) {
            return qobject_cast<QTreeView *>(widget);
        }
    }
    return nullptr;
}

/// Counts what is painted anywhere.
class PaintCount : public QObject
{
public:
    PaintCount() { qApp->installEventFilter(this); }
    int paints = 0;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

/// The program as a whole, over an engine that behaves.
class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("roadstead-test"));
        QSettings().clear();
        ui::Theme::instance().install(*qApp);
        QVERIFY(m_folder.isValid());
    }

    void anIdleWindowKeepsNothingTurning()
    {
        test::FakeEngine engine({.socketPath = m_folder.filePath("e.sock").toStdString(),
                                 .containers = 12,
                                 .running = 3});
        QVERIFY(engine.start());
        desktop::Options options;
        options.socketPath = m_folder.filePath(QStringLiteral("e.sock"));
        desktop::Program program(options, nullptr);
        program.start();
        QTRY_VERIFY(shownTable() != nullptr);
        const auto *model = qobject_cast<ui::ContainerTreeModel *>(shownTable()->model());
        QTRY_COMPARE(model->shownCount(), 12);
        QTRY_VERIFY(!ui::BusyClock::instance().isRunning());
        QTRY_COMPARE(fastTimers(), QStringList());

        QWidget *window = shownTable()->window();
        window->hide(); // as into the tray
        PaintCount count;
        engine.act("container-0", "pause");
        const auto paused = static_cast<std::size_t>(ui::StateFilter::Paused);
        QTRY_COMPARE(model->counts()[paused], 1);
        QCOMPARE(count.paints, 0);
        QVERIFY(!ui::BusyClock::instance().isRunning());
    }

    /// Another engine's rows never stand among those of the one that is shown, and what was under
    /// way for it has ended.
    void anotherEngineIsShownWithOnePress()
    {
        const auto socket = [this](const char *name) {
            return m_folder.filePath(QString::fromUtf8(name)).toStdString();
        };
        qputenv("DOCKER_CONFIG", QFile::encodeName(m_folder.path()));
        test::FakeEngine first({.socketPath = socket("f.sock"), .containers = 7, .running = 2});
        test::FakeEngine second({.socketPath = socket("s.sock"), .containers = 4, .running = 4});
        QVERIFY(first.start());
        QVERIFY(second.start());
        QVERIFY(
            context::ContextStore(m_folder.path().toStdString())
                .create(
                    {.name = "second", .description = {}, .host = "unix://" + socket("s.sock")}));
        first.addFault({.kind = test::Fault::Kind::Stall, .path = "/stop"});
        desktop::Options options;
        options.socketPath = QString::fromStdString(socket("f.sock"));
        desktop::Program program(options, nullptr);
        program.start();
        QTRY_VERIFY(shownTable() != nullptr);
        QTRY_COMPARE(shownModel()->shownCount(), 7);
        // Something under way for the first.
        stopTopContainer();
        QTRY_VERIFY(std::ranges::any_of(first.requests(), [](const std::string &request) {
            return request.contains("/stop");
        }));

        QWidget *window = shownTable()->window();
        window->findChild<QAbstractButton *>(QStringLiteral("engineButton"))->click();
        const auto row = [window] {
            return window->findChild<QAbstractButton *>(QStringLiteral("engineRow:context:second"));
        };
        QTRY_VERIFY(row() != nullptr);
        row()->click();
        // At once, not with the second's first list.
        QVERIFY(shownTable() == nullptr || shownModel()->shownCount() == 0);
        QTRY_VERIFY(shownTable() != nullptr && shownModel()->shownCount() == 4);
        QTRY_COMPARE(first.eventListeners(), 0);
        QTRY_COMPARE(second.eventListeners(), 1);
        first.act("container-0", "pause");
        QTest::qWait(300);
        QCOMPARE(shownModel()->shownCount(), 4);
        auto *name = window->findChild<QAbstractButton *>(QStringLiteral("engineButton"));
        QTRY_COMPARE(name->accessibleName(), QStringLiteral("second, Running"));
        stopTopContainer();
        auto *result = window->findChild<QLabel *>(QStringLiteral("commandResult"));
        QTRY_VERIFY(result->text().endsWith(QStringLiteral(" s")));

        // And back, with the same window.
        name->click();
        auto *back = window->findChild<QAbstractButton *>(
            QStringLiteral("engineRow:socket:%1").arg(options.socketPath));
        QVERIFY(back != nullptr);
        back->click();
        QTRY_VERIFY(shownTable() != nullptr && shownModel()->shownCount() == 7);
        first.clearFaults();
        stopTopContainer();

        // A copied script sends each command where it was sent.
        window->findChild<QAbstractButton *>(QStringLiteral("commandHistory"))->click();
        window->findChild<QAbstractButton *>(QStringLiteral("historyPopupScript"))->click();
        const QRegularExpression script(
            QStringLiteral("^#!/bin/sh\n# docker stop \\S+  # .*\n"
                           "unset DOCKER_HOST\nexport DOCKER_CONTEXT=second\ndocker stop \\S+\n"
                           "export DOCKER_HOST=unix://%1\ndocker stop \\S+\n$")
                .arg(QRegularExpression::escape(options.socketPath)));
        QVERIFY2(script.match(QApplication::clipboard()->text()).hasMatch(),
                 qPrintable(QApplication::clipboard()->text()));
    }

    /// As the platform tells it when a session manager says so.
    void itEndsWhenTheDesktopsSessionEnds()
    {
        test::FakeEngine engine({.socketPath = m_folder.filePath("q.sock").toStdString(),
                                 .containers = 1,
                                 .running = 1});
        QVERIFY(engine.start());
        desktop::Options options;
        options.socketPath = m_folder.filePath(QStringLiteral("q.sock"));
        desktop::Program program(options, nullptr);
        program.start();
        QTRY_VERIFY(shownTable() != nullptr);
        const QPointer<QWidget> window = shownTable()->window();
        window->close();
        QVERIFY2(window->isVisible(), "a person is asked what closing it means");
        QEvent quit(QEvent::Quit);
        QCoreApplication::sendEvent(qApp, &quit);
        QVERIFY2(quit.isAccepted(), "the session would wait for ever");
        QVERIFY(!window->isVisible());
    }

private:
    static void stopTopContainer()
    {
        shownTable()->setCurrentIndex(shownTable()->indexAt(QPoint(60, 10)));
        for (QAction *action : shownTable()->actions()) {
            if (action->isEnabled() && action->text().contains(QStringLiteral("Stop"))) {
                action->trigger();
                return;
            }
        }
    }
    [[nodiscard]] static const ui::ContainerTreeModel *shownModel()
    {
        return qobject_cast<ui::ContainerTreeModel *>(shownTable()->model());
    }

    QTemporaryDir m_folder;
};

} // namespace tst_program

ROADSTEAD_WIDGET_TEST(tst_program::ProgramTest)
#include "tst_program.moc"
