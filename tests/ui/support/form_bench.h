// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/fake_run_engine.h"
#include "tests/ui/support/harbour.h"
#include "tests/ui/support/window_bench.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

namespace roadstead::test {

/// The containers page with its forms (run, recreate, commit) in a window.
struct FormBench : WindowBench
{
    QTemporaryDir folder;
    QList<QUrl> opened;
    ui::ToastHost toasts{&window};
    FakeContainerEngine engine;
    FakeRunEngine runEngine;
    ui::ContainersPage page;

    FormBench()
        : page(parts())
    {
        runEngine.showImages({"nginx:1.27"});
        show(page.widget());
    }
    ui::ContainersPage::Parts parts()
    {
        ui::ContainersPage::Parts parts;
        parts.engine = &engine;
        parts.runEngine = &runEngine;
        parts.presets = folder.filePath("presets.json");
        parts.toasts = &toasts;
        parts.openUrl = [this](const QUrl &url) { opened.append(url); };
        return parts;
    }
    void press(const char *name) const
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button != nullptr && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
        settle();
    }
    /// The entry of the menu of a container; null when it has none.
    [[nodiscard]] QAction *entry(const std::string &id, const char *name) const
    {
        auto *table = window.findChild<ui::ContainerTable *>();
        Q_EMIT table->menuWanted({id}, window.mapToGlobal(QPoint(10, 10)));
        auto *menu = find<QMenu>("containerMenu");
        if (menu == nullptr) {
            return nullptr;
        }
        menu->hide();
        return menu->findChild<QAction *>(QLatin1StringView(name));
    }
    /// What the notices say, oldest first.
    [[nodiscard]] QStringList notices() const
    {
        QStringList titles;
        for (const ui::Toast *toast : toasts.toasts()) {
            titles.append(toast->accessibleName());
        }
        return titles;
    }
    static void settle() { QCoreApplication::processEvents(); }
};

} // namespace roadstead::test
