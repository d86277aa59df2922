// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/page_bench.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/containers/files/file_table.h"
#include "ui/pages/containers/files/files_tab.h"
#include "ui/widgets/tab_bar.h"

#include <QDateTime>
#include <QTest>

/// The Files tab over files in memory.
namespace roadstead::test {

/// What a small web service has in /app.
inline void fill(FakeFileAccess &files)
{
    const auto add = [&files](const char *path, service::FileKind kind, std::int64_t size,
                              qint64 age, const std::string &bytes = {}) {
        service::FileEntry entry;
        entry.path = path;
        entry.kind = kind;
        entry.size = bytes.empty() ? size : std::int64_t(bytes.size());
        entry.mode = kind == service::FileKind::Folder ? 0755 : 0644;
        entry.userId = entry.groupId = 1000;
        entry.modifiedAt = QDateTime::currentSecsSinceEpoch() - age;
        files.add(entry, bytes);
    };
    using enum service::FileKind;
    constexpr qint64 day = 86'400;
    add("/app/db", Folder, 0, 2 * day);
    add("/app/orders", Folder, 0, 2 * day);
    add("/app/routes", Folder, 0, 720);
    add("/app/routes/cart.js", File, 900, 720);
    add("/app/bootstrap.js", File, 8'400, 2 * day);
    add("/app/feature-flags.json", File, 0, 720,
        "{\n  \"checkout\": {\n    \"retry\": true,\n    \"poolMax\": 20\n  },\n"
        "  \"newQuote\": false\n}\n");
    add("/app/hotfix-1188.js", File, 3'100, 660);
    add("/app/server.js", File, 412'600, 2 * day);
    add("/app/server.js.map", File, 1'100'000, 2 * day);
    add("/app/worker.js", File, 188'200, 2 * day);
    add("/app/dump.bin", File, std::int64_t(3) << 30, 4 * day);
    add("/app/hostile.txt", File, 0, day, "a\x1b[31mb\n");
    add("/app/zeros", File, 0, day, std::string("a\0b", 3));
    add("/etc/passwd", File, 0, 9 * day, "root:x:0:0::/:\nnode:x:1000:1000::/:\n");
    add("/etc/group", File, 0, 9 * day, "node:x:1000:\n");
    service::FileEntry link;
    link.path = "/app/current";
    link.kind = Link;
    link.target = "../releases/42";
    link.mode = 0777;
    link.modifiedAt = QDateTime::currentSecsSinceEpoch() - day;
    files.add(link);
    using enum docker::ChangeKind;
    files.changed = {{"/app/feature-flags.json", Modified},
                     {"/app/hotfix-1188.js", Added},
                     {"/app/legacy.js", Deleted},
                     {"/app/routes", Modified},
                     {"/app/routes/cart.js", Modified}};
}

/// Opens the Files tab of a container by its details page.
inline ui::FilesTab *openTab(PageBench &bench, const Harbour &harbour,
                             const std::string &name = "shopfront-api-1")
{
    const std::string id = harbour.id(name);
    bench.page.showDetails(id);
    docker::ContainerDetails details = apiDetails(id);
    details.workingDir = "/app";
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise, details);
    PageBench::settle();
    const auto *view = bench.find<ui::DetailsView>("containerDetails");
    for (int i = 0; i < view->tabs()->count(); ++i) {
        if (view->tabs()->tabText(i) == "Files") {
            view->tabs()->setCurrentIndex(i);
        }
    }
    PageBench::settle();
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise, details);
    for (int i = 0; i < 5; ++i) {
        PageBench::settle();
    }
    return bench.find<ui::FilesTab>("filesTab");
}

/// The row that shows `name`.
inline QModelIndex indexOf(ui::FilesTab *tab, const QString &name)
{
    auto *table = tab->findChild<ui::FileTable *>();
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const QModelIndex index = table->model()->index(row, 0);
        if (index.data().toString() == name) {
            return index;
        }
    }
    return {};
}

/// Opens a row by the keyboard.
inline void open(ui::FilesTab *tab, const QString &name)
{
    auto *table = tab->findChild<ui::FileTable *>();
    const QModelIndex index = indexOf(tab, name);
    QVERIFY2(index.isValid(), qPrintable(name));
    table->setCurrentIndex(index);
    QTest::keyClick(table, Qt::Key_Return);
    for (int i = 0; i < 5; ++i) {
        PageBench::settle();
    }
}

} // namespace roadstead::test
