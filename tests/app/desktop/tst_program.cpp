// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/options.h"
#include "app/desktop/program.h"
#include "tests/support/fake_engine/fake_engine.h"
#include "ui/models/container_tree_model.h"
#include "ui/theme/busy_clock.h"
#include "ui/theme/theme.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

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

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(ProgramTest)
#include "tst_program.moc"
