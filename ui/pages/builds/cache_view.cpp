// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/cache_view.h"

#include "ui/pages/builds/cache_controller.h"
#include "ui/pages/builds/cell_delegate.h"
#include "ui/pages/builds/list_stack.h"
#include "ui/pages/list_table.h"
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
#include "ui/widgets/search_field.h"
#include "ui/widgets/stack_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int cacheFilterWidth = 216;

struct CacheChip
{
    CacheFilter filter;
    const char *name;
    const char *text;
};
const std::array cacheChips{CacheChip{CacheFilter::All, "filterAllCache",
                                      QT_TRANSLATE_NOOP("roadstead::ui::CacheView", "All")},
                            CacheChip{CacheFilter::Free, "filterUnusedCache",
                                      QT_TRANSLATE_NOOP("roadstead::ui::CacheView", "Unused")},
                            CacheChip{CacheFilter::Shared, "filterSharedCache",
                                      QT_TRANSLATE_NOOP("roadstead::ui::CacheView", "Shared")},
                            CacheChip{CacheFilter::InUse, "filterUsedCache",
                                      QT_TRANSLATE_NOOP("roadstead::ui::CacheView", "In use")}};

QList<ListColumn> cacheColumns()
{
    QList<ListColumn> columns(CacheColumn::Count);
    columns[CacheColumn::Description] = {.width = 320, .narrowest = 160, .stretch = 1};
    columns[CacheColumn::Type] = {.width = 116, .dropped = 2};
    columns[CacheColumn::State] = {.width = 100, .dropped = 4};
    columns[CacheColumn::Used] = {.width = 64, .dropped = 1, .numbers = true};
    columns[CacheColumn::LastUsed] = {.width = 104, .dropped = 3, .numbers = true};
    columns[CacheColumn::Size] = {.width = 92, .dropped = 5, .numbers = true};
    return columns;
}

QList<CellLook> cacheLooks()
{
    QList<CellLook> looks(CacheColumn::Count);
    looks[CacheColumn::Description] = {.weight = QFont::Medium};
    looks[CacheColumn::Type] = {.tone = Color::Text2};
    looks[CacheColumn::Used] = {.numbers = true};
    looks[CacheColumn::LastUsed] = {.tone = Color::Text2, .numbers = true};
    looks[CacheColumn::Size] = {.numbers = true};
    return looks;
}

constexpr int removeRecord = 0; ///< the one hover action

CellDelegate::Actions recordActions(CacheController *controller)
{
    return [controller](const QModelIndex &index) {
        const auto row = controller->list()->rowAt(index.row());
        return row && !row->record().inUse && !controller->isWorking()
                   ? QList<HoverAction>{{removeRecord, u"trash"_s, CacheView::tr("Remove…")}}
                   : QList<HoverAction>();
    };
}

} // namespace

CacheView::CacheView(CacheController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_table(
          new ListTable({.name = u"cacheTable"_s,
                         .label = tr("Build cache"),
                         .settings = u"buildCache"_s,
                         .columns = cacheColumns(),
                         .model = controller->list(),
                         .delegate = new CellDelegate(cacheLooks(), recordActions(controller))}))
{
    setObjectName(u"cacheView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildToolbar(column);
    buildUsage(column);
    column->addWidget(new Separator);
    m_stack = new ListStack(
        m_table, {.away = u"cacheAway"_s, .empty = u"noCache"_s, .noMatch = u"noCacheMatches"_s});
    buildStates();
    column->addWidget(m_stack, 1);
    m_bulk = new BulkBar;
    auto *remove = new Button(u"removeCache"_s, tr("Remove…"), ButtonKind::Danger);
    m_bulk->addButton(remove);
    column->addWidget(m_bulk);
    connect(m_bulk, &BulkBar::clearRequested, m_table, &QAbstractItemView::clearSelection);
    connect(remove, &QAbstractButton::clicked, this,
            [this] { Q_EMIT removeWanted(m_table->selectedKeys()); });
    connect(m_table, &ListTable::selectedKeysChanged, this, [this] { refreshSelection(); });
    connect(m_table, &ListTable::selectionShrunk, this, &CacheView::refreshSelection);
    connect(m_table, &ListTable::actionPressed, this,
            [this](int, const std::string &id) { Q_EMIT removeWanted({id}); });
    connect(m_table, &ListTable::menuWanted, this, &CacheView::showMenu);
    connect(controller, &CacheController::changed, this, &CacheView::refresh);
    connect(controller->list(), &FlatListModelBase::arrangementChanged, this, &CacheView::refresh);
    m_table->restoreLayout();
    refresh();
}

void CacheView::buildToolbar(QBoxLayout *layout)
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::s4, space::s2, space::s4, space::s2 + 2);
    row->setSpacing(space::s2);
    m_filter = new SearchField(u"cacheFilter"_s, tr("Filter the cache"), u"funnel"_s);
    m_filter->setMaximumWidth(scaled(cacheFilterWidth));
    row->addWidget(m_filter, 1);
    m_chips = new ChipGroup(u"cacheStateFilter"_s, tr("State"));
    for (const CacheChip &line : cacheChips) {
        m_chips->addChip(int(line.filter), QLatin1StringView(line.name), tr(line.text));
    }
    m_chips->choose(int(CacheFilter::All));
    row->addWidget(m_chips, 0, Qt::AlignVCenter);
    row->addStretch();
    m_prune = new Button(u"pruneCache"_s, tr("Prune…"));
    m_prune->setIconName(u"trash"_s);
    setCommandHint(m_prune, u"docker builder prune …"_s);
    row->addWidget(m_prune);
    auto *again = new IconButton(u"refreshCache"_s, u"arrow-clockwise"_s, tr("Read again"));
    again->setBordered(true);
    row->addWidget(again);
    layout->addWidget(bar);
    connect(m_filter, &SearchField::settled, this,
            [this](const QString &text) { m_controller->list()->setFilterText(text); });
    connect(m_chips, &ChipGroup::chosenChanged, this,
            [this](int id) { m_controller->list()->setStateFilter(CacheFilter(id)); });
    connect(m_prune, &QAbstractButton::clicked, this, &CacheView::pruneWanted);
    connect(again, &QAbstractButton::clicked, m_controller, &CacheController::refresh);
}

void CacheView::buildUsage(QBoxLayout *layout)
{
    m_usage = new QWidget;
    auto *column = new QVBoxLayout(m_usage);
    column->setContentsMargins(space::s4, 0, space::s4, space::s3);
    column->setSpacing(space::s2);
    m_bar = new StackBar(u"cacheBar"_s, 8);
    column->addWidget(m_bar);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s4);
    m_free = new LegendLabel(Color::Chart1);
    m_shared = new LegendLabel(Color::Chart2);
    m_inUse = new LegendLabel(Color::NeutralMark);
    m_total = new Label({}, FontRole::Small, Color::Text2);
    m_total->setObjectName(u"cacheTotal"_s);
    for (QWidget *each : {static_cast<QWidget *>(m_free), static_cast<QWidget *>(m_shared),
                          static_cast<QWidget *>(m_inUse)}) {
        row->addWidget(each);
    }
    row->addStretch(1);
    row->addWidget(m_total);
    column->addLayout(row);
    layout->addWidget(m_usage);
}

void CacheView::buildStates()
{
    m_stack->empty()->setIconName(u"layers"_s);
    m_stack->empty()->setTexts(
        tr("The build cache is empty"),
        tr("What the engine keeps of builds, so that the next ones are faster, is shown here. "
           "Builders in containers keep their own."));
    m_stack->noMatch()->setTexts(tr("No record matches"), tr("The filter hides them all."));
    connect(m_stack, &ListStack::againWanted, m_controller, &CacheController::refresh);
    connect(m_stack, &ListStack::clearWanted, this, [this] {
        m_filter->clear();
        m_controller->list()->setFilterText({});
        m_chips->choose(int(CacheFilter::All));
        m_controller->list()->setStateFilter(CacheFilter::All);
    });
}

void CacheView::refresh()
{
    const ListState state = m_controller->state();
    if (state == ListState::Away) {
        m_stack->away()->setTexts(tr("The build cache cannot be read"),
                                  describe(*m_controller->problem()).body());
    }
    m_stack->showState(state);
    m_prune->setEnabled(!m_controller->records().empty() && !m_controller->isWorking());
    m_table->setStale(m_controller->problem().has_value());
    const CacheList::Counts &counts = m_controller->list()->counts();
    for (const CacheChip &line : cacheChips) {
        m_chips->chip(int(line.filter))->setCount(counts[std::size_t(line.filter)]);
    }
    refreshUsage();
}

void CacheView::refreshUsage()
{
    const CacheTotals totals = m_controller->totals();
    m_usage->setVisible(totals.count > 0);
    m_bar->setParts({{totals.reclaimable(), Color::Chart1},
                     {totals.shared, Color::Chart2},
                     {totals.inUse, Color::NeutralMark}});
    m_free->setText(tr("%1 can be freed").arg(diskSizeText(totals.reclaimable())));
    m_shared->setText(tr("%1 shared with images").arg(diskSizeText(totals.shared)));
    m_inUse->setText(tr("%1 in use").arg(diskSizeText(totals.inUse)));
    m_shared->setVisible(totals.shared > 0);
    m_inUse->setVisible(totals.inUse > 0);
    m_total->setText(tr("%n records, %1", nullptr, totals.count).arg(diskSizeText(totals.all)));
    m_bar->setAccessibleName(m_total->text());
}

void CacheView::refreshSelection(int hidden)
{
    m_bulk->setSelected(int(m_table->selectedKeys().size()), hidden);
}

void CacheView::showMenu(const std::vector<std::string> &ids, QPoint position)
{
    if (ids.empty()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(u"cacheMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *remove = menu->addAction(tr("Remove…"));
    remove->setObjectName(u"menuRemoveCache"_s);
    remove->setShortcuts(keysFor(Keys::Remove));
    remove->setEnabled(!m_controller->isWorking());
    connect(remove, &QAction::triggered, this, [this, ids] { Q_EMIT removeWanted(ids); });
    menu->popup(position);
}

void CacheView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_controller->refresh();
    refresh();
}

void CacheView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_table->selectedKeys().empty()) {
        m_table->clearSelection();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace roadstead::ui
