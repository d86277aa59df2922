// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/harbour.h"
#include "tests/ui/support/window_bench.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QTest>

namespace roadstead::test {

/// A page in a window over a harbour of containers; the clock moves only when a test moves it.
struct PageBench : WindowBench
{
    qint64 milliseconds = 0;
    QList<QUrl> opened;
    ui::ToastHost toasts{&window};
    FakeContainerEngine engine;
    ui::ContainersPage page{{.engine = &engine,
                             .toasts = &toasts,
                             .helloArchive = "/hello.tar",
                             .wallClock = [] { return Harbour::now; },
                             .steadyClock = [this] { return milliseconds; },
                             .openUrl = [this](const QUrl &url) { opened.append(url); }}};
    ui::ContainerTable *table = nullptr;

    PageBench()
    {
        show(page.widget());
        table = page.widget()->findChild<ui::ContainerTable *>();
    }

    void press(const char *name)
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button, name);
        QTest::mouseClick(button, Qt::LeftButton);
        settle();
    }
    /// Where a column of a container's row is, `x` px from the column's start.
    [[nodiscard]] QPoint at(const std::string &id, int column, int x)
    {
        const QModelIndex index = page.controller()->tree()->indexOf(id);
        table->scrollTo(index);
        const QRect row = table->visualRect(index);
        return {table->columnViewportPosition(column) + x, row.center().y()};
    }
    void hover(QPoint position)
    {
        QMouseEvent move(QEvent::MouseMove, position, table->viewport()->mapToGlobal(position),
                         Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(table->viewport(), &move);
    }
    void click(QPoint position, Qt::KeyboardModifiers modifiers = {})
    {
        hover(position);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, modifiers, position);
        settle();
    }
    static void settle() { QCoreApplication::processEvents(); }
};

inline constexpr int nameX = 100;
inline constexpr int checkX = 24;

} // namespace roadstead::test
