// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/containers_view.h"

#include "ui/models/container_text.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/details_pane.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/containers/state_announcer.h"
#include "ui/pages/skeleton_rows.h"
#include "ui/shell/keymap.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/bulk_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/side_pane.h"
#include "ui/widgets/tab_bar.h"

#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QSettings>
#include <QStackedLayout>

#include <array>
#include <chrono>

namespace roadstead::ui {

namespace {

constexpr int filterWidth = 216;
constexpr int narrowestFilter = 96;
constexpr std::chrono::seconds ageInterval{1};
constexpr auto groupedKey = "containers/grouped";

struct ChipLine
{
    StateFilter filter;
    const char *name;
    const char *text;
    std::optional<StateMark> mark;
};
const std::array chipLines{
    ChipLine{StateFilter::All, "filterAll", QT_TRANSLATE_NOOP("ContainersView", "All"), {}},
    ChipLine{StateFilter::Running, "filterRunning", QT_TRANSLATE_NOOP("ContainersView", "Running"),
             StateMark::Running},
    ChipLine{StateFilter::Unhealthy, "filterUnhealthy",
             QT_TRANSLATE_NOOP("ContainersView", "Unhealthy"), StateMark::Unhealthy},
    ChipLine{StateFilter::Restarting, "filterRestarting",
             QT_TRANSLATE_NOOP("ContainersView", "Restarting"), StateMark::Restarting},
    ChipLine{StateFilter::Paused, "filterPaused", QT_TRANSLATE_NOOP("ContainersView", "Paused"),
             StateMark::Paused},
    ChipLine{StateFilter::Created, "filterCreated", QT_TRANSLATE_NOOP("ContainersView", "Created"),
             StateMark::Waiting},
    ChipLine{StateFilter::Exited, "filterExited", QT_TRANSLATE_NOOP("ContainersView", "Exited"),
             StateMark::Exited}};

int count(const StateCounts &counts, StateFilter filter)
{
    return counts[static_cast<std::size_t>(filter)];
}

} // namespace

ContainersView::ContainersView(ContainersController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_actions(new ContainerActions(controller, QStringLiteral("bulk"), this))
    , m_table(new ContainerTable(controller->tree(), this))
{
    setObjectName(QStringLiteral("containersPage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_header = new PageHeader(tr("Containers"), this);
    m_age = new Label({}, FontRole::Small, Color::Text3, this);
    m_age->setObjectName(QStringLiteral("containersAge"));
    m_refresh = new IconButton(QStringLiteral("containersRefresh"),
                               QStringLiteral("arrow-clockwise"), tr("Refresh"), this);
    m_refresh->setLabel(tr("Refresh"), QKeySequence(Qt::Key_F5));
    m_header->addEndWidget(m_age);
    m_header->addEndWidget(m_refresh);
    layout->addWidget(m_header);
    buildToolbar(layout);
    buildPane(layout);
    buildColumnMenu();
    connectTable();

    m_ageTimer.setInterval(ageInterval);
    connect(&m_ageTimer, &QTimer::timeout, this, [this] {
        refreshAge();
        m_table->refreshAges();
    });
    m_loadingTimer.setSingleShot(true);
    m_loadingTimer.setInterval(duration::spinnerAfter);
    connect(&m_loadingTimer, &QTimer::timeout, m_skeleton,
            [this] { m_skeleton->setVisibleRows(true); });
    connect(m_refresh, &QAbstractButton::clicked, this, &ContainersView::refreshWanted);
    connect(controller, &ContainersController::stateChanged, this, &ContainersView::refreshState);
    connect(controller->tree(), &ContainerTreeModel::countsChanged, this,
            &ContainersView::refreshCounts);
    new StateAnnouncer(controller->containers(), this);
    m_table->restoreLayout();
    setGrouped(QSettings().value(QLatin1StringView(groupedKey), true).toBool());
    refreshCounts();
    refreshState();
}

ContainersView::~ContainersView() = default;

void ContainersView::buildToolbar(QBoxLayout *layout)
{
    auto *bar = new QWidget(this);
    auto *rows = new QVBoxLayout(bar);
    rows->setContentsMargins(space::s4, space::s1 + 2, space::s4, space::s2 + 2);
    rows->setSpacing(space::s2);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    rows->addLayout(row);
    m_toolbar = row;
    m_secondRow = new QHBoxLayout;
    rows->addLayout(m_secondRow);
    m_filter = new SearchField(QStringLiteral("containersFilter"), tr("Filter containers"),
                               QStringLiteral("funnel"), bar);
    m_filter->setMinimumWidth(scaled(narrowestFilter));
    m_filter->setMaximumWidth(scaled(filterWidth));
    row->addWidget(m_filter, 1);
    m_chips = new ChipGroup(QStringLiteral("stateFilter"), tr("State"), bar);
    for (const ChipLine &line : chipLines) {
        m_chips->addChip(int(line.filter), QLatin1StringView(line.name), tr(line.text), line.mark);
    }
    m_chips->choose(int(StateFilter::All));
    row->addWidget(m_chips, 0, Qt::AlignVCenter);
    row->addStretch();
    m_secondRow->addStretch();
    m_group = new Chip(QStringLiteral("groupByProject"), tr("Group by project"), {}, bar);
    m_group->setIconName(QStringLiteral("project"));
    row->addWidget(m_group);
    auto *columns = new IconButton(QStringLiteral("columnsButton"),
                                   QStringLiteral("layout-three-columns"), tr("Columns"), bar);
    columns->setBordered(true);
    row->addWidget(columns);
    addPaneButton(bar, row);
    layout->addWidget(bar);

    connect(m_filter, &SearchField::settled, this,
            [this](const QString &text) { m_controller->tree()->setFilterText(text); });
    connect(m_chips, &ChipGroup::chosenChanged, this,
            [this](int id) { m_controller->tree()->setStateFilter(StateFilter(id)); });
    connect(m_group, &QAbstractButton::clicked, this, &ContainersView::setGrouped);
    connect(columns, &QAbstractButton::clicked, this, [this, columns] {
        m_columnMenu->popup(columns->mapToGlobal(QPoint(0, columns->height())));
    });
}

/// What is beside the pane, and the pane. The head and the filter stand over both.
void ContainersView::buildPane(QBoxLayout *layout)
{
    auto *list = new QWidget(this);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_table);
    buildStates();
    column->addLayout(m_stack, 1);
    buildBulkBar(column);
    m_pane = new DetailsPane(m_controller, this);
    m_side = new SidePane(QStringLiteral("containersSplit"), QStringLiteral("containers/pane"),
                          list, m_pane, this);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(m_side, 1);
    m_table->setCurrentMarked(m_side->isOpen());
    connect(m_side, &SidePane::openChanged, m_table, &ContainerTable::setCurrentMarked);
    m_paneButton->setChecked(m_side->isOpen());
    connect(m_side, &SidePane::openChanged, m_paneButton, &QAbstractButton::setChecked);
    connect(m_paneButton, &QAbstractButton::clicked, this,
            [this](bool open) { setPaneOpen(open, Qt::OtherFocusReason); });
}

void ContainersView::addPaneButton(QWidget *bar, QBoxLayout *row)
{
    m_paneButton = new IconButton(QStringLiteral("paneButton"),
                                  QStringLiteral("layout-sidebar-reverse"), tr("Details"), bar);
    m_paneButton->setLabel(tr("Details beside the list"), keysFor(Keys::Details).constFirst());
    m_paneButton->setBordered(true);
    m_paneButton->setCheckable(true);
    row->addWidget(m_paneButton);
}

bool ContainersView::isPaneOpen() const
{
    return m_side->isOpen();
}

void ContainersView::setPaneOpen(bool open, Qt::FocusReason reason)
{
    if (open && m_table->currentId().empty()) {
        const std::vector<std::string> shown = m_table->visibleIds();
        m_table->setCurrentId(shown.empty() ? std::string() : shown.front());
    }
    const bool inside = m_pane->isAncestorOf(QApplication::focusWidget());
    followCurrent();
    m_side->setOpen(open);
    if (open ? !m_table->isVisible() : inside) {
        QWidget *next = open ? static_cast<QWidget *>(m_pane->view()->tabs()) : m_table;
        next->setFocus(reason);
    }
}

void ContainersView::followCurrent()
{
    m_pane->setContainer(m_table->currentId());
}

void ContainersView::buildStates()
{
    m_skeleton = new SkeletonRows(this);
    m_empty = new EmptyState(QStringLiteral("containersEmpty"), this);
    m_empty->setPicture();
    m_empty->setTexts(tr("No containers yet"),
                      tr("Run the hello container to see that the engine works. It needs no "
                         "network."));
    m_helloButton = m_empty->setPrimary(tr("Run hello container"), QStringLiteral("play"));
    m_noResult = new EmptyState(QStringLiteral("containersNoResult"), this);
    m_noResult->setIconName(QStringLiteral("funnel"));
    m_noResult->setTexts(tr("No container matches"), tr("The filter hides all of them."));
    m_noResult->setPrimary(tr("Clear filter"));
    m_away = new EmptyState(QStringLiteral("containersAway"), this);
    m_away->setIconName(QStringLiteral("plug"));
    for (QWidget *state : {static_cast<QWidget *>(m_skeleton), static_cast<QWidget *>(m_empty),
                           static_cast<QWidget *>(m_noResult), static_cast<QWidget *>(m_away)}) {
        m_stack->addWidget(state);
    }
    connect(m_empty, &EmptyState::primaryPressed, this, &ContainersView::helloWanted);
    connect(m_noResult, &EmptyState::primaryPressed, this, &ContainersView::clearFilter);
    connect(m_away, &EmptyState::primaryPressed, this, &ContainersView::refreshWanted);
}

void ContainersView::connectTable()
{
    const auto retarget = [this] {
        m_actions->setTargets(m_table->targetIds());
        refreshCompare();
        Q_EMIT targetsChanged();
    };
    m_retarget.setSingleShot(true);
    m_retarget.setInterval(0);
    connect(&m_retarget, &QTimer::timeout, this, retarget);
    connect(m_table, &ContainerTable::selectedIdsChanged, this, [this, retarget] {
        m_bulk->setSelected(int(m_table->selectedIds().size()));
        retarget();
    });
    connect(m_table, &ContainerTable::selectionShrunk, this, [this](int hidden) {
        m_bulk->setSelected(int(m_table->selectedIds().size()), hidden);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this, retarget] {
                retarget();
                followCurrent();
            });
    connect(m_controller->tree(), &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first) {
                if (first.column() <= StateColumn) {
                    m_retarget.start();
                }
            });
    connect(m_controller->tree(), &ContainerTreeModel::arrangementChanged, &m_retarget,
            qOverload<>(&QTimer::start));
    connect(m_actions, &ContainerActions::triggered, this, &ContainersView::actionWanted);
    connect(m_table, &ContainerTable::actionPressed, this, &ContainersView::actionWanted);
    connect(m_table, &ContainerTable::undoPressed, m_controller,
            &ContainersController::undoRemoval);
    connect(m_table, &ContainerTable::menuWanted, this, &ContainersView::menuWanted);
    connect(m_table, &ContainerTable::opened, this, &ContainersView::opened);
    connect(m_table, &ContainerTable::portPressed, this, &ContainersView::portWanted);
    connect(m_table, &ContainerTable::actionHovered, this, &ContainersView::hintForHover);
}

void ContainersView::hintForHover(ContainerAction action, const std::vector<std::string> &ids)
{
    const ContainerRows rows = m_controller->rowsOf(ids);
    setCommandHint(m_table->viewport(), rows.empty() ? QString() : hintFor(action, rows),
                   rows.empty() ? QString() : tr("when you press %1").arg(actionLabel(action)));
}

void ContainersView::setGrouped(bool grouped)
{
    m_group->setChecked(grouped);
    m_controller->tree()->setGrouped(grouped);
    QSettings().setValue(QLatin1StringView(groupedKey), grouped);
}

void ContainersView::clearFilter()
{
    m_filter->clear();
    m_controller->tree()->setFilterText({});
    m_chips->choose(int(StateFilter::All));
    m_controller->tree()->setStateFilter(StateFilter::All);
    m_filter->setFocus(Qt::OtherFocusReason);
}

void ContainersView::refreshCounts()
{
    const StateCounts counts = m_controller->tree()->counts();
    const StateFilter chosen = m_controller->tree()->stateFilter();
    for (const ChipLine &line : chipLines) {
        Chip *chip = m_chips->chip(int(line.filter));
        chip->setCount(count(counts, line.filter));
        const bool always = line.filter == StateFilter::All || line.filter == StateFilter::Running;
        chip->setVisible(always || line.filter == chosen || count(counts, line.filter) > 0);
    }
    placeChips();
    const int all = count(counts, StateFilter::All);
    m_header->setSummary(
        all == 0 ? QString()
                 : tr("%1, %2 running")
                       .arg(numberText(all), numberText(count(counts, StateFilter::Running))));
}

void ContainersView::refreshState()
{
    const ListState state = m_controller->state();
    QWidget *shown = m_table;
    if (state == ListState::Loading) {
        shown = m_skeleton;
        if (!m_loadingTimer.isActive()) {
            m_loadingTimer.start();
        }
    } else {
        m_loadingTimer.stop();
        m_skeleton->setVisibleRows(false);
    }
    if (state == ListState::Empty) {
        shown = m_empty;
    } else if (state == ListState::NoResult) {
        shown = m_noResult;
    } else if (state == ListState::Away) {
        shown = m_away;
        const std::optional<Error> error = m_controller->engine()->lastError();
        const Explanation words = describe(error.value_or(Error{ErrorKind::Refused, 0, {}, {}}));
        m_away->setTexts(tr("The engine is not there"), words.body());
        m_away->setPrimary(tr("Try again"), QStringLiteral("arrow-clockwise"));
    }
    if (m_stack->currentWidget() != shown) {
        const bool hadFocus = m_table->hasFocus();
        m_stack->setCurrentWidget(shown);
        if (hadFocus && shown != m_table) {
            m_filter->setFocus(Qt::OtherFocusReason);
        }
    }
    if (m_table->isStale() != m_controller->isStale()) {
        m_table->setStale(m_controller->isStale());
        m_actions->update(); // at once: nothing may be sent to an engine that is not there
        Q_EMIT targetsChanged();
    } else {
        m_retarget.start();
    }
    refreshAge();
}

void ContainersView::refreshAge()
{
    if (!m_controller->engine()->listed()) {
        const bool firstPage = m_controller->state() == ListState::Rows;
        m_age->setText(firstPage ? tr("The newest ones; the others follow") : QString());
        m_age->setTone(Color::Text3);
        return;
    }
    if (!m_controller->isStale()) {
        m_age->setText(tr("Updated live"));
        m_age->setTone(Color::Text3);
        return;
    }
    const QDateTime listedAt = m_controller->engine()->listedAt();
    const qint64 age = m_controller->containers()->now() - listedAt.toSecsSinceEpoch();
    m_age->setText(listedAt.isValid() ? tr("As of %1").arg(agoText(std::max<qint64>(0, age)))
                                      : tr("May be out of date"));
    m_age->setTone(Color::Warn);
}

void ContainersView::setHelloCommand(const QString &command)
{
    setCommandHint(m_helloButton, command);
}

void ContainersView::offerRun()
{
    m_empty->setSecondary(tr("Run container…"));
    connect(m_empty, &EmptyState::secondaryPressed, this, &ContainersView::runWanted);
}

void ContainersView::setHelloBusy(bool busy)
{
    if (busy) {
        m_empty->setBusy();
    } else {
        m_empty->setPicture();
    }
    m_empty->setPrimary(busy ? tr("Show the run") : tr("Run hello container"),
                        QStringLiteral("play"));
}

/// In a narrow window the chips get a line of their own, so that none is cut.
void ContainersView::placeChips()
{
    const int gaps = 2 * space::s4 + 4 * space::s2;
    const int squareButtons = 2 * scaled(size::button); // columns, pane
    const int needed = scaled(filterWidth) + m_chips->sizeHint().width() +
                       m_group->sizeHint().width() + squareButtons + gaps;
    const bool below = needed > width();
    // Beside the filter they stay on one line; below it they may take several.
    m_chips->setMinimumWidth(below ? 0 : m_chips->sizeHint().width());
    if (below == m_chipsBelow) {
        return;
    }
    m_chipsBelow = below;
    m_toolbar->removeWidget(m_chips);
    m_secondRow->removeWidget(m_chips);
    if (below) {
        m_secondRow->insertWidget(0, m_chips, 1);
    } else {
        m_toolbar->insertWidget(1, m_chips, 0, Qt::AlignVCenter);
    }
}

void ContainersView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeChips();
}

/// Esc anywhere clears the selection, then closes the pane; fields have had it before and clear
/// themselves.
void ContainersView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_table->selectedIds().empty()) {
        m_table->clearSelection();
        return;
    }
    if (event->key() == Qt::Key_Escape && isPaneOpen()) {
        setPaneOpen(false, Qt::ShortcutFocusReason);
        return;
    }
    QWidget::keyPressEvent(event);
}

void ContainersView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_ageTimer.start();
    m_controller->engine()->setStatsWanted(true);
}

void ContainersView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_ageTimer.stop();
}

} // namespace roadstead::ui
