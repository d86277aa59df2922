// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tab_bar.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

namespace roadstead::ui {

TabBar::TabBar(const QString &name, const QString &label, QWidget *parent)
    : QTabBar(parent)
{
    setObjectName(name);
    setAccessibleName(label);
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setAttribute(Qt::WA_Hover);
}

QSize TabBar::tabSizeHint(int index) const
{
    // Measured in the weight of the chosen tab, so that choosing moves nothing.
    const QFontMetrics metrics(ui::font(FontRole::Body, QFont::DemiBold));
    return {metrics.size(Qt::TextShowMnemonic, tabText(index)).width() + 2 * space::s3,
            heightFor(FontRole::Body, size::tabs)};
}

} // namespace roadstead::ui
