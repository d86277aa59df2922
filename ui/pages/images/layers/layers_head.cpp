// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/images/layers/layers_head.h"

#include "ui/pages/images/layers/layers_controller.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/stack_bar.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

LayersHead::LayersHead(LayersController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_bar(new StackBar(QStringLiteral("layersShares"), 8, this))
    , m_wasted(new LegendLabel(Color::WarnMark, this))
    , m_seen(new LegendLabel(Color::Chart1, this))
    , m_facts(new Label({}, FontRole::Small, Color::Text2, this))
    , m_badge(new Badge({}, Tone::Accent, this))
    , m_compare(new Button(QStringLiteral("layersCompare"), tr("Compare with…"), ButtonKind::Normal,
                           this))
    , m_end(new Button(QStringLiteral("layersEndComparison"), tr("End the comparison"),
                       ButtonKind::Normal, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s2);
    column->setSpacing(space::s2);
    column->addWidget(m_bar);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s4);
    row->addWidget(m_seen);
    row->addWidget(m_wasted);
    row->addWidget(m_badge);
    row->addStretch(1);
    row->addWidget(m_facts);
    row->addWidget(m_compare);
    row->addWidget(m_end);
    column->addLayout(row);
    m_badge->setObjectName(QStringLiteral("layersCompared"));
    m_badge->setIconName(QStringLiteral("columns-gap"));
    m_compare->setIconName(QStringLiteral("columns-gap"));
    setCommandHint(m_compare, QStringLiteral("docker save OTHER_IMAGE"));
    connect(m_compare, &QAbstractButton::clicked, this, &LayersHead::compareWanted);
    connect(m_end, &QAbstractButton::clicked, m_controller, &LayersController::endComparison);
}

void LayersHead::update()
{
    const auto &image = m_controller->image();
    if (!image) {
        return;
    }
    QList<StackBar::Part> parts;
    const std::int64_t wasted = m_controller->wasted();
    const std::int64_t total = image->files.bytes();
    for (const layers::LayerSummary &layer : image->summaries) {
        parts.append({layer.bytes - layer.wasted, Color::Chart1});
        parts.append({layer.wasted, Color::WarnMark});
    }
    const bool isComparing = m_controller->isComparing();
    m_bar->setParts(parts);
    m_bar->setVisible(!isComparing);
    m_seen->setText(tr("Seen at the end %1").arg(diskSizeText(total - wasted)));
    m_seen->setVisible(!isComparing);
    m_wasted->setText(tr("Wasted %1").arg(diskSizeText(wasted)));
    m_wasted->setVisible(!isComparing && wasted > 0);
    m_badge->setText(tr("Compared with %1").arg(displayText(m_controller->other().display, 64)));
    m_badge->setVisible(isComparing);
    const docker::Platform platform{image->config.platform.os, image->config.platform.architecture,
                                    image->config.platform.variant};
    m_facts->setText(tr("%n layers, %1, %2", "number, size, platform", int(image->summaries.size()))
                         .arg(diskSizeText(total), displayText(platform.text(), 40)));
    m_compare->setVisible(!isComparing);
    m_end->setVisible(isComparing);
}

} // namespace roadstead::ui
