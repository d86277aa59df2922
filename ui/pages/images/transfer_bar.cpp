// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/transfer_bar.h"

#include "ui/pages/images/image_transfers.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr int barWidthPx = 120;
constexpr int transferThickness = 4;

} // namespace

TransferBar::TransferBar(ImageTransfers *transfers, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_transfers(transfers)
    , m_rows(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("transferBar"));
    setAccessibleName(tr("Images on their way"));
    setLines(Qt::TopEdge);
    m_rows->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    m_rows->setSpacing(space::s1);
    connect(transfers, &ImageTransfers::changed, this, &TransferBar::refresh);
    refresh();
}

TransferBar::Line TransferBar::makeLine(int id, const QString &title)
{
    Line line;
    line.row = new QWidget;
    auto *row = new QHBoxLayout(line.row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    auto *ring = new ProgressRing;
    line.title = new ElidedLabel(title, FontRole::Small, Color::Text);
    line.bar = new ProgressBar(transferThickness);
    line.bar->setFixedWidth(scaled(barWidthPx));
    line.amount = new Label({}, FontRole::Small, Color::Text2);
    auto *stop = new IconButton(QStringLiteral("transferStop%1").arg(id), QStringLiteral("x-lg"),
                                tr("Stop: %1").arg(title));
    row->addWidget(ring);
    row->addWidget(line.title, 1);
    row->addWidget(line.bar);
    row->addWidget(line.amount);
    row->addWidget(stop);
    connect(stop, &QAbstractButton::clicked, m_transfers,
            [transfers = m_transfers, id] { transfers->cancel(id); });
    m_rows->addWidget(line.row);
    return line;
}

void TransferBar::refresh()
{
    const auto &running = m_transfers->running();
    std::erase_if(m_lines, [&running](const auto &entry) {
        if (std::ranges::contains(running, entry.first, &ImageTransfers::Transfer::id)) {
            return false;
        }
        entry.second.row->hide();
        entry.second.row->deleteLater();
        return true;
    });
    for (const ImageTransfers::Transfer &each : running) {
        auto found = m_lines.find(each.id);
        if (found == m_lines.end()) {
            found = m_lines.emplace(each.id, makeLine(each.id, each.title)).first;
        }
        found->second.bar->setVisible(each.share.has_value());
        found->second.bar->setShare(each.share.value_or(0));
        found->second.amount->setText(each.amount);
    }
    setVisible(!running.empty());
}

} // namespace roadstead::ui
