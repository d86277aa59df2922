// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/fake_image_engine.h"
#include "tests/ui/support/fake_registry_desk.h"
#include "tests/ui/support/fake_trust_desk.h"
#include "tests/ui/support/window_bench.h"
#include "ui/pages/images/images_page.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QTest>

namespace roadstead::test {

/// The images page in a window, over an engine that does what a test says.
struct ImagesBench : WindowBench
{
    ui::ToastHost toasts{&window};
    FakeImageEngine engine;
    FakeRegistryDesk desk;
    FakeTrustDesk trust;
    ui::ImagesPage page{
        {.engine = &engine, .desk = &desk, .trust = &trust, .toasts = &toasts, .wallClock = [] {
             return std::int64_t(1'700'000'000);
         }}};

    ImagesBench() { show(page.widget()); }
    void press(const char *name)
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button, name);
        QTest::mouseClick(button, Qt::LeftButton);
        settle();
    }
    static void settle()
    {
        for (int i = 0; i < 5; ++i) {
            QCoreApplication::processEvents();
        }
    }
};

} // namespace roadstead::test
