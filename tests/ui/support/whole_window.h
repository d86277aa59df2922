// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/shell/fake_engine_view.h"
#include "tests/ui/support/fake_build_engine.h"
#include "tests/ui/support/fake_image_engine.h"
#include "tests/ui/support/fake_registry_desk.h"
#include "tests/ui/support/fake_run_engine.h"
#include "tests/ui/support/harbour.h"
#include "ui/pages/builds/builds_page.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/images/images_page.h"
#include "ui/shell/main_window.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <string>

namespace roadstead::test {

/// The window with its pages over engines that do what a test says.
struct WholeWindow
{
    QTemporaryDir folder;
    FakeEngineView view;
    FakeContainerEngine containerEngine;
    FakeRunEngine runEngine;
    FakeImageEngine imageEngine;
    FakeRegistryDesk desk;
    FakeBuildEngine buildEngine;
    ui::MainWindow window{&view};
    ui::ContainersPage containers{containerParts()};
    ui::ImagesPage images{
        {.engine = &imageEngine, .desk = &desk, .toasts = window.toasts(), .wallClock = [] {
             return std::int64_t(1'700'000'000);
         }}};
    ui::BuildsPage builds{{.engine = &buildEngine,
                           .toasts = window.toasts(),
                           .history = folder.filePath(QStringLiteral("history"))}};
    Harbour harbour{containerEngine};
    std::string id = harbour.id("shopfront-api-1");

    WholeWindow()
    {
        runEngine.showImages({"nginx:1.27"});
        imageEngine.show({image(2, {"nginx:1.27-alpine"})});
        window.replacePages({&containers, &images, &builds});
        window.resize(1280, 800);
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
    }
    ~WholeWindow() { window.replacePages({}); }
    ui::ContainersPage::Parts containerParts()
    {
        ui::ContainersPage::Parts parts;
        parts.engine = &containerEngine;
        parts.runEngine = &runEngine;
        parts.presets = folder.filePath(QStringLiteral("presets.json"));
        parts.toasts = window.toasts();
        parts.wallClock = [] { return Harbour::now; };
        return parts;
    }
    template<typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        for (auto *widget : window.findChildren<Widget *>(QLatin1StringView(name))) {
            if (widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }
    void press(const char *name) const
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button != nullptr, name);
        QTest::mouseClick(button, Qt::LeftButton);
        settle();
    }
    void type(const char *name, const char *words) const
    {
        auto *field = find<QLineEdit>(name);
        QVERIFY2(field != nullptr, name);
        field->selectAll();
        QTest::keyClicks(field, words);
        settle();
    }
    void showDetails()
    {
        window.showPage(containers.id());
        containers.showDetails(id);
        containerEngine.answer<docker::ContainerDetails>(containerEngine.inspections.back().promise,
                                                         apiDetails(id));
        settle();
    }
    void showTerminal()
    {
        window.showPage(containers.id());
        containers.showTerminal(id);
        containerEngine.answer<docker::ContainerDetails>(containerEngine.inspections.back().promise,
                                                         apiDetails(id));
        QTRY_VERIFY(!containerEngine.conversations.empty());
        containerEngine.conversations.back()->write("1000\n"); // the probe's answer
        containerEngine.conversations.back()->finish(0);
        QTRY_VERIFY(containerEngine.conversations.size() > 1);
        Q_EMIT containerEngine.conversations.back()->opened();
        QTRY_VERIFY(find<QWidget>("terminalDisplay") != nullptr);
    }
    static void settle()
    {
        for (int i = 0; i < 5; ++i) {
            QCoreApplication::processEvents();
        }
    }
};

} // namespace roadstead::test
