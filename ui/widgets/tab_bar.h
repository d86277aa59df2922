// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace roadstead::ui {

/// Tabs with an underline, 36 px, without a frame. Ctrl+Tab and the arrows move between them.
class TabBar : public QTabBar
{
    Q_OBJECT
public:
    TabBar(const QString &name, const QString &label, QWidget *parent = nullptr);

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override;
};

} // namespace roadstead::ui
