// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/merged_logs_view.h"

#include "ui/pages/containers/logs/log_panel.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

bool LogsTarget::includes(const ContainerRow &row) const
{
    return project.empty() ? std::ranges::contains(ids, row.id) : row.rawProject == project;
}

MergedLogsView::MergedLogsView(ContainerEngine *engine, QWidget *parent)
    : QWidget(parent)
    , m_panel(new LogPanel(engine, LogPanel::Form::Merged, this))
{
    setObjectName(QStringLiteral("mergedLogs"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHead();
    buildChips();
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(m_panel, 1);
    connect(m_panel, &LogPanel::allContainersWanted, this, [this] {
        for (const auto &[id, chip] : m_chips) {
            chip->setChecked(true);
        }
    });
}

MergedLogsView::~MergedLogsView() = default;

void MergedLogsView::buildHead()
{
    auto *head = new QWidget(this);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    column->setSpacing(space::s1);
    auto *crumbs = new QHBoxLayout;
    crumbs->setSpacing(space::s2);
    auto *list = new LinkButton(QStringLiteral("logsCrumb"), tr("Containers"), head);
    m_crumb = new ElidedLabel({}, FontRole::Small, Color::Text2, head);
    crumbs->addWidget(list);
    crumbs->addWidget(m_crumb, 1);
    column->addLayout(crumbs);
    auto *titles = new QHBoxLayout;
    titles->setSpacing(space::s3);
    m_title = new ElidedLabel({}, FontRole::Title, Color::Text, head);
    m_title->setObjectName(QStringLiteral("mergedLogsTitle"));
    m_summary = new Label({}, FontRole::Small, Color::Text3, head);
    m_summary->setObjectName(QStringLiteral("mergedLogsSummary"));
    titles->addWidget(m_title);
    titles->addWidget(m_summary, 1);
    column->addLayout(titles);
    layout()->addWidget(head);
    connect(list, &LinkButton::clicked, this, &MergedLogsView::backWanted);
}

void MergedLogsView::buildChips()
{
    m_chipsArea = new QWidget(this);
    m_chipsArea->setObjectName(QStringLiteral("mergedLogsChips"));
    m_chipsArea->setAccessibleName(tr("Containers that are shown"));
    m_chipsFlow = new FlowLayout(m_chipsArea);
    m_chipsFlow->setContentsMargins(0, 0, 0, 0);
    m_chipsFlow->setSpacing(space::s2);
    auto *place = new QWidget(this);
    auto *margins = new QVBoxLayout(place);
    margins->setContentsMargins(space::s4, 0, space::s4, space::s3);
    margins->addWidget(m_chipsArea);
    layout()->addWidget(place);
}

void MergedLogsView::open(LogsTarget target)
{
    close();
    m_target = std::move(target);
    m_panel->setProject(m_target.project);
}

void MergedLogsView::close()
{
    m_panel->clear();
    for (const auto &[id, chip] : std::exchange(m_chips, {})) {
        delete chip;
    }
    m_target = {};
}

/// The first time in the order of their names; those that come later stand behind them.
void MergedLogsView::setRows(const ContainerRows &rows)
{
    ContainerRows own;
    std::ranges::copy_if(rows, std::back_inserter(own),
                         [this](const auto &row) { return m_target.includes(*row); });
    std::ranges::sort(own, {}, [](const auto &row) { return QStringView(row->sortName); });
    std::vector<LogContainer> containers;
    for (const ContainerRowPointer &row : own) {
        const bool known = m_chips.contains(row->id);
        if (known || m_chips.size() < mostContainers) {
            containers.push_back(LogContainer::of(*row));
        }
        if (!known && m_chips.size() < mostContainers) {
            addChip(*row);
        }
    }
    m_panel->setContainers(containers);
    showTitle(own);
}

void MergedLogsView::addChip(const ContainerRow &row)
{
    auto *chip =
        new Chip(QStringLiteral("logsOf_") + row.name, plainLabel(row.name), {}, m_chipsArea);
    chip->setSwatch(LogPanel::toneOf(m_chips.size()));
    chip->setChecked(true);
    chip->setToolTip(plainTip(tr("Show the lines of %1").arg(row.name)));
    m_chipsFlow->addWidget(chip);
    m_chips.emplace(row.id, chip);
    connect(chip, &Chip::toggled, m_panel,
            [panel = m_panel, id = row.id](bool on) { panel->setContainerShown(id, on); });
}

void MergedLogsView::showTitle(const ContainerRows &own)
{
    const auto running = std::ranges::count_if(own, [](const auto &row) { return row->isAlive(); });
    const QString whose = m_target.project.empty()
                              ? tr("%n containers", nullptr, int(m_target.ids.size()))
                              : displayText(m_target.project);
    m_title->setFullText(tr("Logs of %1").arg(whose));
    m_crumb->setFullText(QStringLiteral("›  ") + tr("Logs of %1").arg(whose));
    setAccessibleName(m_title->fullText());
    QString summary =
        tr("%1, %2 running").arg(numberText(qint64(own.size())), numberText(qint64(running)));
    if (own.size() > mostContainers) {
        summary += QStringLiteral(" · ") +
                   tr("only the first %1 are shown").arg(numberText(qint64(mostContainers)));
    }
    m_summary->setText(summary);
}

QWidget *MergedLogsView::searchField() const
{
    return m_panel->searchField();
}

void MergedLogsView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_panel->setShown(true);
}

void MergedLogsView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_panel->setShown(false);
}

void MergedLogsView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT escaped();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace roadstead::ui
