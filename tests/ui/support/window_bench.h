// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <QWidget>

namespace roadstead::test {

/// A window of the size that a page has in the smallest usual one, and what is found in it.
struct WindowBench
{
    QWidget window;

    /// Shows `page` in the window, which then is the active one.
    void show(QWidget *page)
    {
        page->setParent(&window);
        window.resize(1064, 722);
        page->resize(window.size());
        window.show();
        window.activateWindow();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&window);
    }
    /// The one of that name that is on screen; null when none is.
    template<typename Widget = QWidget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        for (auto *widget : window.findChildren<Widget *>(QLatin1StringView(name))) {
            if (widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }
};

} // namespace roadstead::test
