// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/usage_bar.h"

#include "ui/pages/images/images_controller.h"
#include "ui/text/formats.h"
#include "ui/widgets/stack_bar.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

UsageBar::UsageBar(QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_bar(new StackBar(QStringLiteral("imagesUsage")))
    , m_inUse(new LegendLabel(Color::Chart1))
    , m_unused(new LegendLabel(Color::Chart2))
    , m_untagged(new LegendLabel(Color::Chart3))
{
    setObjectName(QStringLiteral("usageBar"));
    setLines(Qt::TopEdge);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s2, space::s4, space::s2 + 2);
    column->setSpacing(space::s2);
    column->addWidget(m_bar);
    auto *legend = new QHBoxLayout;
    legend->setSpacing(space::s4);
    legend->addWidget(m_inUse);
    legend->addWidget(m_unused);
    legend->addWidget(m_untagged);
    legend->addStretch(1);
    column->addLayout(legend);
    hide();
}

void UsageBar::setTotals(const ImageTotals &totals)
{
    setVisible(totals.all > 0);
    m_bar->setParts({{totals.inUse, Color::Chart1},
                     {totals.unused, Color::Chart2},
                     {totals.untagged, Color::Chart3}});
    m_inUse->setText(tr("In use %1").arg(diskSizeText(totals.inUse)));
    m_unused->setText(tr("Unused %1").arg(diskSizeText(totals.unused)));
    m_untagged->setText(tr("Untagged %1").arg(diskSizeText(totals.untagged)));
    setAccessibleName(tr("Disk: in use %1, unused %2, untagged %3")
                          .arg(diskSizeText(totals.inUse), diskSizeText(totals.unused),
                               diskSizeText(totals.untagged)));
}

} // namespace roadstead::ui
