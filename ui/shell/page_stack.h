// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

namespace roadstead::ui {

/// Pages of which one is shown, in a window that has a smallest size of its own: they take what
/// there is. A stack of Qt's asks every page, hidden or not, how high it would be whenever anything
/// beside it changes its size (the command bar does with each key in the palette), and breaks all
/// the lines of all of them for it.
class PageStack final : public QStackedWidget
{
public:
    using QStackedWidget::QStackedWidget;

    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
    [[nodiscard]] QSize sizeHint() const override { return {}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {}; }
};

} // namespace roadstead::ui
