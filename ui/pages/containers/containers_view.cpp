// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/containers_view.h"

#include "ui/models/container_text.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/container_header.h"
#include "ui/pages/containers/container_table.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bulk_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/search_field.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
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
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_table);
    buildStates();
    layout->addLayout(m_stack, 1);
    buildBulkBar(layout);
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

void ContainersView::buildBulkBar(QBoxLayout *layout)
{
    m_bulk = new BulkBar(this);
    for (const ContainerAction action :
         {ContainerAction::Start, ContainerAction::Stop, ContainerAction::Restart,
          ContainerAction::Pause, ContainerAction::Unpause, ContainerAction::Kill,
          ContainerAction::Remove}) {
        const bool danger = m_actions->action(action)->property("danger").toBool();
        QString name = actionIdentifier(action);
        name[0] = name[0].toUpper();
        auto *button = new Button(QStringLiteral("bulk%1Button").arg(name), actionLabel(action),
                                  danger ? ButtonKind::Danger : ButtonKind::Normal, m_bulk);
        button->follow(m_actions->action(action));
        // The button is disabled while the engine works; the keyboard stays with the selection.
        connect(button, &QPushButton::clicked, m_table,
                [this] { m_table->setFocus(Qt::OtherFocusReason); });
        m_bulk->addButton(button, m_actions->action(action));
    }
    layout->addWidget(m_bulk);
    connect(m_bulk, &BulkBar::clearRequested, m_table, &QAbstractItemView::clearSelection);
}

void ContainersView::buildColumnMenu()
{
    m_columnMenu = new QMenu(this);
    m_columnMenu->setObjectName(QStringLiteral("columnMenu"));
    for (int column = NameColumn + 1; column < ContainerColumnCount; ++column) {
        QAction *action = m_columnMenu->addAction(containerColumnTitle(column));
        action->setObjectName(QStringLiteral("column%1").arg(column));
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            QList<int> hidden = m_table->containerHeader()->wantedHidden();
            hidden.removeAll(column);
            if (!shown) {
                hidden.append(column);
            }
            m_table->containerHeader()->setWantedHidden(hidden);
            m_table->saveLayout();
        });
    }
    connect(m_columnMenu, &QMenu::aboutToShow, this, [this] {
        const QList<int> hidden = m_table->containerHeader()->wantedHidden();
        for (int column = NameColumn + 1; column < ContainerColumnCount; ++column) {
            auto *action =
                m_columnMenu->findChild<QAction *>(QStringLiteral("column%1").arg(column));
            const QSignalBlocker quiet(action);
            action->setChecked(!hidden.contains(column));
        }
    });
    addSortMenu();
    connect(m_table->header(), &QWidget::customContextMenuRequested, this, [this](QPoint position) {
        m_columnMenu->popup(m_table->header()->mapToGlobal(position));
    });
}

/// Sorting by the keyboard: the heads of the columns are for the pointer alone.
void ContainersView::addSortMenu()
{
    m_columnMenu->addSeparator();
    QMenu *menu = m_columnMenu->addMenu(tr("Sort by"));
    menu->setObjectName(QStringLiteral("sortMenu"));
    auto *columns = new QActionGroup(menu);
    for (int column = NameColumn; column < ContainerColumnCount; ++column) {
        QAction *action = columns->addAction(containerColumnTitle(column));
        action->setObjectName(QStringLiteral("sort%1").arg(column));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, column] {
            m_table->header()->setSortIndicator(column, m_table->header()->sortIndicatorOrder());
        });
    }
    menu->addActions(columns->actions());
    menu->addSeparator();
    auto *orders = new QActionGroup(menu);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        const bool ascending = order == Qt::AscendingOrder;
        QAction *action = orders->addAction(ascending ? tr("Ascending") : tr("Descending"));
        action->setObjectName(ascending ? QStringLiteral("sortAscending")
                                        : QStringLiteral("sortDescending"));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, order] {
            m_table->header()->setSortIndicator(m_table->header()->sortIndicatorSection(), order);
        });
    }
    menu->addActions(orders->actions());
    connect(menu, &QMenu::aboutToShow, this, [this, columns, orders] {
        const ContainerOrder order = m_controller->tree()->order();
        columns->actions().at(order.column)->setChecked(true);
        orders->actions().at(order.direction == Qt::AscendingOrder ? 0 : 1)->setChecked(true);
    });
}

void ContainersView::connectTable()
{
    const auto retarget = [this] {
        m_actions->setTargets(m_table->targetIds());
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
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, retarget);
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
    const int gaps = 2 * space::s4 + 3 * space::s2;
    const int columnsWidth = scaled(size::button);
    const int needed = scaled(filterWidth) + m_chips->sizeHint().width() +
                       m_group->sizeHint().width() + columnsWidth + gaps;
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

/// Esc anywhere in the list clears the selection; fields have had it before and clear themselves.
void ContainersView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_table->selectedIds().empty()) {
        m_table->clearSelection();
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

void SkeletonRows::setVisibleRows(bool visible)
{
    m_rows = visible;
    update();
}

void SkeletonRows::paintEvent(QPaintEvent *)
{
    if (!m_rows) {
        return;
    }
    QPainter painter(this);
    const int rowHeight = heightFor(FontRole::Body, size::row);
    constexpr std::array widths{150, 120, 180, 135, 165};
    constexpr int barHeight = 8;
    const int left = space::s4 + size::checkbox + 14;
    int number = 0;
    for (int y = size::tableHeader; y < height(); y += rowHeight, ++number) {
        const int bar = widths[std::size_t(number) % widths.size()];
        const int middle = y + (rowHeight - barHeight) / 2;
        for (const QRect &part : {QRect(left, middle, bar, barHeight),
                                  QRect(width() * 2 / 5, middle, bar * 3 / 2, barHeight),
                                  QRect(width() * 4 / 5, middle, bar / 2, barHeight)}) {
            paintBox(&painter, QStyle::visualRect(layoutDirection(), rect(), part), radius::small,
                     color(Color::BgTrack));
        }
        paintHorizontalLine(&painter, 0, width(), y + rowHeight - 1, color(Color::Border));
    }
}

} // namespace roadstead::ui
