// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/mounts_card.h"

#include "ui/pages/containers/overview_rows.h"
#include "ui/pages/containers/volume_sizes.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

constexpr int mountAccessWidth = 72;
constexpr int mountSizeWidth = 72;

} // namespace

MountsCard::MountsCard(VolumeSizes *sizes, QWidget *parent)
    : Card(tr("Mounts"), parent)
    , m_sizes(sizes)
    , m_again(new IconButton(QStringLiteral("measureVolumes"), QStringLiteral("arrow-clockwise"),
                             tr("Measure the volumes again")))
{
    setObjectName(QStringLiteral("mountsCard"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    addHeadWidget(m_again);
    connect(m_again, &QAbstractButton::clicked, sizes, &VolumeSizes::askAgain);
    connect(sizes, &VolumeSizes::changed, this, &MountsCard::showSizes);
}

void MountsCard::setMounts(const std::vector<docker::Mount> &mounts)
{
    m_mounts = mounts;
    fill();
    setVisible(!mounts.empty());
    want();
}

void MountsCard::setNarrow(bool narrow)
{
    if (std::exchange(m_narrow, narrow) != narrow) {
        fill();
    }
}

void MountsCard::showEvent(QShowEvent *event)
{
    Card::showEvent(event);
    want();
}

void MountsCard::want()
{
    if (isVisible()) {
        std::vector<std::string> volumes;
        for (const auto &[volume, cell] : m_cells) {
            volumes.push_back(volume);
        }
        m_sizes->want(volumes);
    }
}

void MountsCard::fill()
{
    if (m_rows) {
        m_rows->hide();
        m_rows->deleteLater();
    }
    m_cells.clear();
    m_rows = new QWidget(this);
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    int number = 0;
    for (const docker::Mount &mount : m_mounts) {
        column->addWidget(mountRow(mount, ++number));
    }
    body()->addWidget(m_rows);
    m_again->setVisible(!m_cells.empty());
    showSizes();
}

QWidget *MountsCard::mountRow(const docker::Mount &mount, int number)
{
    constexpr int glyph = 14;
    const bool volume = mount.type == "volume";
    const std::string &from = volume ? mount.name : mount.source;
    auto [widget, row] = makeRow(true);
    row->addWidget(new IconLabel(volume ? QStringLiteral("volume") : QStringLiteral("folder"),
                                 glyph, Color::Text2));
    row->addWidget(monoLabel(displayText(from)), 4);
    QHBoxLayout *more = m_narrow ? addSecondLine(widget, glyph + space::s2) : row;
    more->addWidget(monoLabel(displayText(mount.destination), Color::Text2), 4);
    auto *access = new ElidedLabel(mount.writable ? tr("Can write") : tr("Read only"),
                                   FontRole::Small, Color::Text);
    access->setFixedWidth(scaled(mountAccessWidth));
    more->addWidget(access);
    auto *size = new ElidedLabel(unknownText(), FontRole::Small, Color::Text);
    size->setObjectName(QStringLiteral("mountSize%1").arg(number));
    size->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    size->setFixedWidth(scaled(mountSizeWidth));
    more->addWidget(size);
    if (volume) {
        m_cells.emplace_back(mount.name, size);
    } else {
        size->setToolTip(plainTip(tr("Only volumes are measured")));
    }
    row->addWidget(copyButton(QStringLiteral("copyMount%1").arg(number),
                              tr("Copy %1").arg(displayText(from)), from));
    return widget;
}

void MountsCard::showSizes()
{
    m_again->setEnabled(!m_sizes->isAsking());
    for (const auto &[volume, cell] : m_cells) {
        const auto bytes = m_sizes->sizeOf(volume);
        const bool waits = !bytes && m_sizes->isAsking();
        cell->setFullText(bytes   ? diskSizeText(*bytes)
                          : waits ? QStringLiteral("…")
                                  : tr("Unknown"));
        cell->setTone(bytes ? Color::Text : Color::Text3);
        cell->setToolTip(bytes   ? QString()
                         : waits ? plainTip(tr("The engine is adding up its files"))
                                 : plainTip(tr("The engine does not tell how large it is")));
    }
}

} // namespace roadstead::ui
