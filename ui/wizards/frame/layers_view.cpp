// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/frame/layers_view.h"

#include "ui/models/pull_layers.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"

#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr qsizetype mostLayers = 12;
constexpr int barThickness = 6;

QString layerLine(const docker::Progress &layer)
{
    const QString size = layer.total > 0
                             ? QStringLiteral("  %1 / %2")
                                   .arg(diskSizeText(layer.current), diskSizeText(layer.total))
                             : QString();
    return QStringLiteral("%1  %2%3")
        .arg(displayText(layer.id, 16), displayText(layer.status, 40), size);
}

} // namespace

LayersView::LayersView(QWidget *parent)
    : QWidget(parent)
    , m_bar(new ProgressBar(barThickness))
    , m_amount(new Label({}, FontRole::Small, Color::Text2))
    , m_lines(new Label({}, FontRole::Mono, Color::Text3))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s6, 0, 0, space::s2);
    column->setSpacing(space::s2);
    column->addWidget(m_bar);
    column->addWidget(m_amount);
    column->addWidget(m_lines);
}

void LayersView::setLayers(const PullLayers &layers)
{
    m_bar->setShare(layers.share().value_or(0));
    QStringList lines;
    const qsizetype shown = std::min<qsizetype>(qsizetype(layers.layers().size()), mostLayers);
    for (qsizetype i = 0; i < shown; ++i) {
        lines.append(layerLine(layers.layers()[std::size_t(i)]));
    }
    const auto more = qsizetype(layers.layers().size()) - shown;
    if (more > 0) {
        lines.append(tr("and %n more layers", nullptr, int(more)));
    }
    m_amount->setText(
        layers.total() > 0
            ? tr("%1 of %2").arg(diskSizeText(layers.current()), diskSizeText(layers.total()))
            : tr("Asking the registry"));
    m_lines->setText(lines.join(u'\n'));
}

} // namespace roadstead::ui
