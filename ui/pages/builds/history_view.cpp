// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/history_view.h"

#include "ui/pages/builds/build_details.h"
#include "ui/pages/builds/cell_delegate.h"
#include "ui/pages/builds/history_controller.h"
#include "ui/pages/builds/list_stack.h"
#include "ui/pages/list_menus.h"
#include "ui/pages/list_table.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/bulk_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/side_pane.h"
#include "ui/widgets/tab_bar.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int buildFilterWidth = 216;

struct ResultChip
{
    BuildFilter filter;
    const char *name;
    const char *text;
};
const std::array resultChips{
    ResultChip{BuildFilter::All, "filterAllBuilds",
               QT_TRANSLATE_NOOP("roadstead::ui::HistoryView", "All")},
    ResultChip{BuildFilter::Built, "filterBuilt",
               QT_TRANSLATE_NOOP("roadstead::ui::HistoryView", "Built")},
    ResultChip{BuildFilter::Failed, "filterFailed",
               QT_TRANSLATE_NOOP("roadstead::ui::HistoryView", "Failed")},
    ResultChip{BuildFilter::Stopped, "filterStopped",
               QT_TRANSLATE_NOOP("roadstead::ui::HistoryView", "Stopped")},
    ResultChip{BuildFilter::Running, "filterRunning",
               QT_TRANSLATE_NOOP("roadstead::ui::HistoryView", "Running")}};

QList<ListColumn> buildColumns()
{
    QList<ListColumn> columns(BuildColumn::Count);
    columns[BuildColumn::Name] = {.width = 220, .narrowest = 140, .stretch = 2};
    columns[BuildColumn::Result] = {.width = 96};
    columns[BuildColumn::Steps] = {.width = 84, .dropped = 5, .numbers = true};
    columns[BuildColumn::Time] = {.width = 80, .dropped = 6, .numbers = true};
    columns[BuildColumn::Platform] = {.width = 168, .dropped = 2};
    columns[BuildColumn::Builder] = {.width = 150, .narrowest = 130, .stretch = 1, .dropped = 3};
    columns[BuildColumn::Context] = {
        .width = 180, .narrowest = 100, .stretch = 1, .dropped = 1, .hiddenAtFirst = true};
    columns[BuildColumn::Started] = {.width = 104, .dropped = 4, .numbers = true};
    return columns;
}

QList<CellLook> buildLooks()
{
    QList<CellLook> looks(BuildColumn::Count);
    looks[BuildColumn::Name] = {.weight = QFont::Medium};
    looks[BuildColumn::Steps] = {.numbers = true};
    looks[BuildColumn::Time] = {.numbers = true};
    looks[BuildColumn::Platform] = {.tone = Color::Text2};
    looks[BuildColumn::Builder] = {.tone = Color::Text2};
    looks[BuildColumn::Context] = {.role = FontRole::Mono, .tone = Color::Text2};
    looks[BuildColumn::Started] = {.tone = Color::Text2, .numbers = true};
    return looks;
}

CellDelegate::Actions rowActions(HistoryController *controller)
{
    return [controller](const QModelIndex &index) {
        QList<HoverAction> actions;
        const BuildRecord *record = controller->record(controller->list()->keyAt(index.row()));
        if (record == nullptr) {
            return actions;
        }
        const auto add = [&actions](BuildAction action) {
            actions.append({int(action), buildActionIcon(action), buildActionText(action)});
        };
        if (isRepeatable(*record)) {
            add(BuildAction::Again);
        }
        if (!controller->imageOf(*record).empty()) {
            add(BuildAction::OpenImage);
        }
        return actions;
    };
}

} // namespace

HistoryView::HistoryView(HistoryController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_table(new ListTable({.name = u"buildsTable"_s,
                             .label = tr("Builds"),
                             .settings = u"builds"_s,
                             .columns = buildColumns(),
                             .model = controller->list(),
                             .delegate = new CellDelegate(buildLooks(), rowActions(controller))}))
{
    setObjectName(u"buildHistory"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildToolbar(column);
    m_line = new Separator;
    column->addWidget(m_line);
    buildPane(column);
    m_columnMenu = new ListColumnMenu(m_table, this);
    connect(m_table, &ListTable::selectedKeysChanged, this, [this] { refreshSelection(); });
    connect(m_table, &ListTable::selectionShrunk, this, &HistoryView::refreshSelection);
    connect(m_table, &ListTable::currentKeyChanged, this,
            [this] { m_details->setBuild(m_table->currentKey()); });
    connect(m_table, &ListTable::opened, this,
            [this] { setPaneOpen(true, Qt::ShortcutFocusReason); });
    connect(m_table, &ListTable::menuWanted, this, &HistoryView::showMenu);
    connect(m_table, &ListTable::actionPressed, this, [this](int action, const std::string &id) {
        Q_EMIT actionWanted(BuildAction(action), {id});
    });
    connect(m_table, &ListTable::actionHovered, this, [this](int action, const std::string &id) {
        const BuildRecord *record = id.empty() ? nullptr : m_controller->record(id);
        const bool isAgain = record != nullptr && BuildAction(action) == BuildAction::Again;
        setCommandHint(m_table->viewport(), isAgain ? record->line : QString(), {});
    });
    connect(controller, &HistoryController::stateChanged, this, &HistoryView::refresh);
    connect(controller->list(), &FlatListModelBase::arrangementChanged, this,
            &HistoryView::refresh);
    connect(controller->list(), &FlatListModelBase::countsChanged, this, &HistoryView::refresh);
    m_table->restoreLayout();
    refresh();
}

void HistoryView::buildToolbar(QBoxLayout *layout)
{
    m_toolbar = new QWidget;
    auto *row = new QHBoxLayout(m_toolbar);
    row->setContentsMargins(space::s4, space::s2, space::s4, space::s2 + 2);
    row->setSpacing(space::s2);
    m_filter = new SearchField(u"buildFilter"_s, tr("Filter builds"), u"funnel"_s);
    m_filter->setMaximumWidth(scaled(buildFilterWidth));
    row->addWidget(m_filter, 1);
    m_chips = new ChipGroup(u"buildResultFilter"_s, tr("Result"));
    for (const ResultChip &line : resultChips) {
        m_chips->addChip(int(line.filter), QLatin1StringView(line.name), tr(line.text));
    }
    m_chips->choose(int(BuildFilter::All));
    row->addWidget(m_chips, 0, Qt::AlignVCenter);
    row->addStretch();
    auto *columns =
        new IconButton(u"buildColumnsButton"_s, u"layout-three-columns"_s, tr("Columns"));
    columns->setBordered(true);
    row->addWidget(columns);
    m_paneButton = new IconButton(u"buildPaneButton"_s, u"layout-sidebar-reverse"_s, tr("Details"));
    m_paneButton->setLabel(tr("Details beside the list"), keysFor(Keys::Details).constFirst());
    m_paneButton->setBordered(true);
    m_paneButton->setCheckable(true);
    row->addWidget(m_paneButton);
    layout->addWidget(m_toolbar);
    connect(m_filter, &SearchField::settled, this,
            [this](const QString &text) { m_controller->list()->setFilterText(text); });
    connect(m_chips, &ChipGroup::chosenChanged, this,
            [this](int id) { m_controller->list()->setResultFilter(BuildFilter(id)); });
    connect(columns, &QAbstractButton::clicked, this, [this, columns] {
        m_columnMenu->popup(columns->mapToGlobal(QPoint(0, columns->height())));
    });
    connect(m_paneButton, &QAbstractButton::clicked, this,
            [this](bool open) { setPaneOpen(open, Qt::OtherFocusReason); });
}

void HistoryView::buildPane(QBoxLayout *layout)
{
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_stack = new ListStack(
        m_table, {.away = u"buildsAway"_s, .empty = u"noBuilds"_s, .noMatch = u"noBuildMatches"_s});
    buildStates();
    column->addWidget(m_stack, 1);
    m_note = new Label({}, FontRole::Small, Color::Text3);
    m_note->setObjectName(u"buildHistoryNote"_s);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    column->addWidget(m_note);
    buildBulkBar(column);
    m_details = new BuildDetails(m_controller);
    m_side = new SidePane(u"buildsSplit"_s, u"builds/pane"_s, list, m_details);
    layout->addWidget(m_side, 1);
    m_table->setCurrentMarked(m_side->isOpen());
    m_paneButton->setChecked(m_side->isOpen());
    connect(m_side, &SidePane::openChanged, m_table, &ListTable::setCurrentMarked);
    connect(m_side, &SidePane::openChanged, m_paneButton, &QAbstractButton::setChecked);
    connect(m_side, &SidePane::openChanged, this, [this] { refreshSelection(); });
    connect(m_details, &BuildDetails::closeWanted, this,
            [this] { setPaneOpen(false, Qt::OtherFocusReason); });
    connect(
        m_details, &BuildDetails::actionWanted, this,
        [this](BuildAction action, const std::string &id) { Q_EMIT actionWanted(action, {id}); });
    connect(m_details, &BuildDetails::menuWanted, this,
            [this](const std::string &id, QPoint position) { showMenu({id}, position); });
}

void HistoryView::buildStates()
{
    m_stack->empty()->setIconName(u"hammer"_s);
    m_stack->empty()->setTexts(
        tr("No builds yet"),
        tr("A build makes an image from a Dockerfile. Its steps, times and what they printed are "
           "shown while it runs, and kept here."));
    m_stack->empty()->setPrimary(tr("Build an image…"), u"hammer"_s);
    m_stack->noMatch()->setTexts(tr("No build matches"), tr("The filter hides them all."));
    connect(m_stack->empty(), &EmptyState::primaryPressed, this, &HistoryView::buildWanted);
    connect(m_stack, &ListStack::clearWanted, this, &HistoryView::clearFilter);
}

void HistoryView::buildBulkBar(QBoxLayout *layout)
{
    m_bulk = new BulkBar;
    m_compare = new Button(u"compareBuilds"_s, buildActionText(BuildAction::Compare));
    m_compare->setIconName(buildActionIcon(BuildAction::Compare));
    auto *remove =
        new Button(u"removeBuilds"_s, buildActionText(BuildAction::Remove), ButtonKind::Danger);
    m_bulk->addButton(m_compare);
    m_bulk->addButton(remove);
    layout->addWidget(m_bulk);
    connect(m_bulk, &BulkBar::clearRequested, m_table, &QAbstractItemView::clearSelection);
    connect(m_compare, &QAbstractButton::clicked, this,
            [this] { Q_EMIT actionWanted(BuildAction::Compare, m_table->selectedKeys()); });
    connect(remove, &QAbstractButton::clicked, this,
            [this] { Q_EMIT actionWanted(BuildAction::Remove, m_table->selectedKeys()); });
}

bool HistoryView::isPaneOpen() const
{
    return m_side->isOpen();
}

void HistoryView::setPaneOpen(bool open, Qt::FocusReason reason)
{
    if (open && m_table->currentKey().empty()) {
        const std::vector<std::string> shown = m_table->visibleKeys();
        m_table->setCurrentKey(shown.empty() ? std::string() : shown.front());
    }
    const bool isInside = m_details->isAncestorOf(QApplication::focusWidget());
    m_details->setBuild(m_table->currentKey());
    m_side->setOpen(open);
    if (open ? !m_table->isVisible() : isInside) {
        QWidget *next = open ? m_details->firstPlace() : m_table;
        next->setFocus(reason);
    }
}

/// One build that is selected and shown beside the list has its buttons there.
void HistoryView::refreshSelection(int hidden)
{
    const int count = int(m_table->selectedKeys().size());
    m_compare->setEnabled(count == 2);
    m_compare->setToolTip(count == 2 ? QString() : tr("Select two builds to compare them"));
    m_bulk->setSelected(count == 1 && m_side->isOpen() ? 0 : count, hidden);
}

void HistoryView::refresh()
{
    const BuildList::Counts &counts = m_controller->list()->counts();
    for (const ResultChip &line : resultChips) {
        m_chips->chip(int(line.filter))->setCount(counts[std::size_t(line.filter)]);
    }
    // Only builders tell of builds that run elsewhere.
    m_chips->chip(int(BuildFilter::Running))
        ->setVisible(counts[std::size_t(BuildFilter::Running)] > 0 ||
                     m_chips->chosen() == int(BuildFilter::Running));
    const bool isEmpty = counts[std::size_t(BuildFilter::All)] == 0;
    m_stack->showState(isEmpty ? (m_controller->isLoaded() ? ListState::Empty : ListState::Loading)
                       : m_controller->list()->rowCount() == 0 ? ListState::NoResult
                                                               : ListState::Rows);
    m_toolbar->setVisible(!isEmpty);
    m_line->setVisible(!isEmpty);
    m_note->setText(m_controller->note());
    m_note->setVisible(!m_controller->note().isEmpty());
    m_details->refresh();
}

void HistoryView::showMenu(const std::vector<std::string> &ids, QPoint position)
{
    if (ids.empty()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(u"buildMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu, ids](BuildAction action, const char *name, bool enabled) {
        QAction *line = menu->addAction(buildActionText(action));
        line->setObjectName(QLatin1StringView(name));
        line->setEnabled(enabled);
        connect(line, &QAction::triggered, this,
                [this, action, ids] { Q_EMIT actionWanted(action, ids); });
        return line;
    };
    const BuildRecord *one = ids.size() == 1 ? m_controller->record(ids.front()) : nullptr;
    if (one != nullptr) {
        setCommandHint(add(BuildAction::Again, "menuBuildAgain", isRepeatable(*one)), one->line);
        add(BuildAction::OpenImage, "menuBuildImage", !m_controller->imageOf(*one).empty());
        add(BuildAction::Copy, "menuBuildCopy", !one->line.isEmpty());
    } else {
        add(BuildAction::Compare, "menuBuildCompare", ids.size() == 2);
    }
    menu->addSeparator();
    add(BuildAction::Remove, "menuBuildRemove", true)->setShortcuts(keysFor(Keys::Remove));
    menu->popup(position);
}

void HistoryView::clearFilter()
{
    m_filter->clear();
    m_controller->list()->setFilterText({});
    m_chips->choose(int(BuildFilter::All));
    m_controller->list()->setResultFilter(BuildFilter::All);
    m_filter->setFocus(Qt::OtherFocusReason);
}

void HistoryView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_table->selectedKeys().empty()) {
        m_table->clearSelection();
        return;
    }
    if (event->key() == Qt::Key_Escape && isPaneOpen()) {
        setPaneOpen(false, Qt::ShortcutFocusReason);
        return;
    }
    QWidget::keyPressEvent(event);
}

void HistoryView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_controller->refresh();
    refresh(); // images may have come and gone
}

} // namespace roadstead::ui
