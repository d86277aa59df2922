// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/images_view.h"

#include "ui/models/image_text.h"
#include "ui/pages/images/image_actions.h"
#include "ui/pages/images/image_delegate.h"
#include "ui/pages/images/image_pane.h"
#include "ui/pages/images/images_controller.h"
#include "ui/pages/images/transfer_bar.h"
#include "ui/pages/images/usage_bar.h"
#include "ui/pages/list_menus.h"
#include "ui/pages/list_table.h"
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
#include "ui/widgets/page_header.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/side_pane.h"

#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedLayout>

#include <array>
#include <chrono>

namespace roadstead::ui {

namespace {

constexpr int filterWidth = 216;
constexpr int narrowestFilter = 96;
constexpr std::chrono::seconds ageInterval{30};
constexpr std::chrono::milliseconds screenRest{150};

struct UseChip
{
    ImageFilter filter;
    const char *name;
    const char *text;
};
const std::array useChips{UseChip{ImageFilter::All, "filterAllImages",
                                  QT_TRANSLATE_NOOP("roadstead::ui::ImagesView", "All")},
                          UseChip{ImageFilter::InUse, "filterInUse",
                                  QT_TRANSLATE_NOOP("roadstead::ui::ImagesView", "In use")},
                          UseChip{ImageFilter::Unused, "filterUnused",
                                  QT_TRANSLATE_NOOP("roadstead::ui::ImagesView", "Unused")},
                          UseChip{ImageFilter::Untagged, "filterUntagged",
                                  QT_TRANSLATE_NOOP("roadstead::ui::ImagesView", "Untagged")}};

/// Of the picture at 1280 px, with the pane open.
QList<ListColumn> imageColumns()
{
    QList<ListColumn> columns(ImageColumn::Count);
    columns[ImageColumn::Name] = {.width = 280, .narrowest = 160, .stretch = 2};
    columns[ImageColumn::Tag] = {.width = 112, .narrowest = 88, .stretch = 1};
    columns[ImageColumn::Size] = {.width = 80, .dropped = 5, .numbers = true};
    columns[ImageColumn::Shared] = {
        .width = 88, .dropped = 2, .numbers = true, .hiddenAtFirst = true};
    columns[ImageColumn::UsedBy] = {.width = 66, .dropped = 4, .numbers = true};
    columns[ImageColumn::Platform] = {.width = 112, .dropped = 1, .hiddenAtFirst = true};
    columns[ImageColumn::Created] = {.width = 90, .dropped = 3, .numbers = true};
    return columns;
}

} // namespace

ImagesView::ImagesView(ImagesController *controller, ImageTransfers *transfers, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_actions(new ImageActions(controller, QStringLiteral("bulk"), this))
    , m_table(new ListTable({.name = QStringLiteral("imagesTable"),
                             .label = tr("Images"),
                             .settings = QStringLiteral("images"),
                             .columns = imageColumns(),
                             .model = controller->list(),
                             .delegate = new ImageDelegate(controller->list())},
                            this))
{
    setObjectName(QStringLiteral("imagesPage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHead(layout);
    buildToolbar(layout);
    buildPane(layout, transfers);
    m_columnMenu = new ListColumnMenu(m_table, this);
    connectTable();

    m_ageTimer.setInterval(ageInterval);
    connect(&m_ageTimer, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    m_loadingTimer.setSingleShot(true);
    m_loadingTimer.setInterval(duration::spinnerAfter);
    connect(&m_loadingTimer, &QTimer::timeout, m_skeleton,
            [this] { m_skeleton->setVisibleRows(true); });
    connect(controller, &ImagesController::stateChanged, this, &ImagesView::refreshState);
    connect(controller, &ImagesController::totalsChanged, this, &ImagesView::refreshTotals);
    connect(controller->list(), &FlatListModelBase::countsChanged, this,
            &ImagesView::refreshCounts);
    m_table->restoreLayout();
    refreshCounts();
    refreshTotals();
    refreshState();
}

ImagesView::~ImagesView() = default;

void ImagesView::buildHead(QBoxLayout *layout)
{
    m_header = new PageHeader(tr("Images"), this);
    auto *load = new Button(QStringLiteral("loadImages"), tr("Load…"), ButtonKind::Normal, this);
    load->setIconName(QStringLiteral("folder2-open"));
    setCommandHint(load, QStringLiteral("docker load -q -i FILE.tar"));
    m_free = new Button(QStringLiteral("freeImages"), tr("Free space…"), ButtonKind::Normal, this);
    m_free->setIconName(QStringLiteral("trash"));
    m_more = new IconButton(QStringLiteral("imagesMore"), QStringLiteral("three-dots"),
                            tr("More actions"), this);
    m_more->setBordered(true);
    m_moreMenu = new QMenu(this);
    m_moreMenu->setObjectName(QStringLiteral("imagesMenu"));
    m_header->addEndWidget(load);
    m_header->addEndWidget(m_free);
    m_header->addEndWidget(m_more);
    layout->addWidget(m_header);
    connect(load, &Button::clicked, this, &ImagesView::loadWanted);
    connect(m_free, &Button::clicked, this, &ImagesView::freeWanted);
    connect(m_more, &QAbstractButton::clicked, this,
            [this] { m_moreMenu->popup(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
}

void ImagesView::setPageActions(const QList<QAction *> &actions)
{
    m_moreMenu->clear();
    for (QAction *action : actions) {
        action == nullptr ? void(m_moreMenu->addSeparator()) : m_moreMenu->addAction(action);
    }
}

void ImagesView::buildToolbar(QBoxLayout *layout)
{
    auto *bar = new QWidget(this);
    auto *rows = new QVBoxLayout(bar);
    rows->setContentsMargins(space::s4, space::s1 + 2, space::s4, space::s2 + 2);
    rows->setSpacing(space::s2);
    m_toolbar = new QHBoxLayout;
    m_toolbar->setSpacing(space::s2);
    rows->addLayout(m_toolbar);
    m_secondRow = new QHBoxLayout;
    rows->addLayout(m_secondRow);
    m_secondRow->addStretch();
    m_filter = new SearchField(QStringLiteral("imagesFilter"), tr("Filter images"),
                               QStringLiteral("funnel"), bar);
    m_filter->setMinimumWidth(scaled(narrowestFilter));
    m_filter->setMaximumWidth(scaled(filterWidth));
    m_toolbar->addWidget(m_filter, 1);
    m_chips = new ChipGroup(QStringLiteral("useFilter"), tr("Use"), bar);
    for (const UseChip &line : useChips) {
        m_chips->addChip(int(line.filter), QLatin1StringView(line.name), tr(line.text));
    }
    m_chips->choose(int(ImageFilter::All));
    m_toolbar->addWidget(m_chips, 0, Qt::AlignVCenter);
    m_toolbar->addStretch();
    auto *columns = new IconButton(QStringLiteral("imageColumnsButton"),
                                   QStringLiteral("layout-three-columns"), tr("Columns"), bar);
    columns->setBordered(true);
    m_toolbar->addWidget(columns);
    m_paneButton = new IconButton(QStringLiteral("imagePaneButton"),
                                  QStringLiteral("layout-sidebar-reverse"), tr("Details"), bar);
    m_paneButton->setLabel(tr("Details beside the list"), keysFor(Keys::Details).constFirst());
    m_paneButton->setBordered(true);
    m_paneButton->setCheckable(true);
    m_toolbar->addWidget(m_paneButton);
    layout->addWidget(bar);

    connect(m_filter, &SearchField::settled, m_controller->list(),
            [this](const QString &text) { m_controller->list()->setFilterText(text); });
    connect(m_chips, &ChipGroup::chosenChanged, this,
            [this](int id) { m_controller->list()->setUseFilter(ImageFilter(id)); });
    connect(columns, &QAbstractButton::clicked, this, [this, columns] {
        m_columnMenu->popup(columns->mapToGlobal(QPoint(0, columns->height())));
    });
}

/// What is beside the pane, and the pane. The head and the filter stand over both.
void ImagesView::buildPane(QBoxLayout *layout, ImageTransfers *transfers)
{
    auto *list = new QWidget(this);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_table);
    buildStates();
    column->addLayout(m_stack, 1);
    column->addWidget(new TransferBar(transfers, list));
    m_usage = new UsageBar(list);
    column->addWidget(m_usage);
    buildBulkBar(column);
    m_pane = new ImagePane(m_controller, this);
    m_side = new SidePane(QStringLiteral("imagesSplit"), QStringLiteral("images/pane"), list,
                          m_pane, this);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(m_side, 1);
    m_table->setCurrentMarked(m_side->isOpen());
    m_paneButton->setChecked(m_side->isOpen());
    connect(m_side, &SidePane::openChanged, m_table, &ListTable::setCurrentMarked);
    connect(m_side, &SidePane::openChanged, m_paneButton, &QAbstractButton::setChecked);
    connect(m_side, &SidePane::openChanged, this, [this] { refreshSelection(); });
    connect(m_paneButton, &QAbstractButton::clicked, this,
            [this](bool open) { setPaneOpen(open, Qt::OtherFocusReason); });
}

void ImagesView::buildStates()
{
    m_skeleton = new SkeletonRows(this);
    m_empty = new EmptyState(QStringLiteral("imagesEmpty"), this);
    m_empty->setPicture();
    m_empty->setTexts(tr("No images yet"),
                      tr("Pull one from a registry, or load a file that docker save wrote."));
    m_empty->setPrimary(tr("Pull image…"), QStringLiteral("download"));
    m_empty->setSecondary(tr("Load…"));
    m_noResult = new EmptyState(QStringLiteral("imagesNoResult"), this);
    m_noResult->setIconName(QStringLiteral("funnel"));
    m_noResult->setTexts(tr("No image matches"), tr("The filter hides all of them."));
    m_noResult->setPrimary(tr("Clear filter"));
    m_away = new EmptyState(QStringLiteral("imagesAway"), this);
    m_away->setIconName(QStringLiteral("plug"));
    for (QWidget *state : {static_cast<QWidget *>(m_skeleton), static_cast<QWidget *>(m_empty),
                           static_cast<QWidget *>(m_noResult), static_cast<QWidget *>(m_away)}) {
        m_stack->addWidget(state);
    }
    connect(m_empty, &EmptyState::primaryPressed, this, &ImagesView::pullWanted);
    connect(m_empty, &EmptyState::secondaryPressed, this, &ImagesView::loadWanted);
    connect(m_noResult, &EmptyState::primaryPressed, this, &ImagesView::clearFilter);
    connect(m_away, &EmptyState::primaryPressed, this, &ImagesView::refreshWanted);
}

void ImagesView::buildBulkBar(QBoxLayout *layout)
{
    m_bulk = new BulkBar(this);
    for (const ImageAction action : {ImageAction::Save, ImageAction::Remove}) {
        QAction *qAction = m_actions->action(action);
        const bool danger = qAction->property("danger").toBool();
        auto *button =
            new Button(qAction->objectName() + QStringLiteral("Button"), actionLabel(action),
                       danger ? ButtonKind::Danger : ButtonKind::Normal, m_bulk);
        button->follow(qAction);
        m_bulk->addButton(button, qAction);
    }
    layout->addWidget(m_bulk);
    connect(m_bulk, &BulkBar::clearRequested, m_table, &QAbstractItemView::clearSelection);
}

void ImagesView::connectTable()
{
    m_retarget.setSingleShot(true);
    m_retarget.setInterval(0);
    connect(&m_retarget, &QTimer::timeout, this, &ImagesView::retarget);
    m_screen.setSingleShot(true);
    m_screen.setInterval(screenRest);
    connect(&m_screen, &QTimer::timeout, this, &ImagesView::followScreen);
    const auto soon = qOverload<>(&QTimer::start);
    connect(m_table, &ListTable::selectedKeysChanged, this, [this] { refreshSelection(); });
    connect(m_table, &ListTable::selectionShrunk, this,
            [this](int hidden) { refreshSelection(hidden); });
    connect(m_table, &ListTable::currentKeyChanged, this, [this] {
        retarget();
        followCurrent();
    });
    connect(m_controller->list(), &QAbstractItemModel::dataChanged, &m_retarget, soon);
    connect(m_controller->list(), &FlatListModelBase::arrangementChanged, &m_retarget, soon);
    connect(m_table, &ListTable::scrolled, &m_screen, soon);
    connect(m_actions, &ImageActions::triggered, this, &ImagesView::actionWanted);
    connect(m_table, &ListTable::actionPressed, this, [this](int action, const std::string &id) {
        Q_EMIT actionWanted(ImageAction(action), {id});
    });
    connect(m_table, &ListTable::menuWanted, this, &ImagesView::menuWanted);
    connect(m_table, &ListTable::opened, this, &ImagesView::opened);
    connect(m_table, &ListTable::actionHovered, this, [this](int action, const std::string &id) {
        hintForHover(ImageAction(action),
                     id.empty() ? std::vector<std::string>() : std::vector{id});
    });
}

void ImagesView::hintForHover(ImageAction action, const std::vector<std::string> &ids)
{
    const ImageRows rows = m_controller->rowsOf(ids);
    setCommandHint(m_table->viewport(), rows.empty() ? QString() : hintFor(action, rows),
                   rows.empty() ? QString() : tr("when you press %1").arg(actionLabel(action)));
}

/// One image that is selected and shown beside the list has its buttons there.
void ImagesView::refreshSelection(int hidden)
{
    const int count = int(m_table->selectedKeys().size());
    m_bulk->setSelected(count == 1 && m_side->isOpen() ? 0 : count, hidden);
    retarget();
}

void ImagesView::retarget()
{
    m_actions->setTargets(m_table->targetKeys());
    Q_EMIT targetsChanged();
}

bool ImagesView::isPaneOpen() const
{
    return m_side->isOpen();
}

void ImagesView::setPaneOpen(bool open, Qt::FocusReason reason)
{
    if (open && m_table->currentKey().empty()) {
        const std::vector<std::string> shown = m_table->visibleKeys();
        m_table->setCurrentKey(shown.empty() ? std::string() : shown.front());
    }
    const bool inside = m_pane->isAncestorOf(QApplication::focusWidget());
    followCurrent();
    m_side->setOpen(open);
    if (open ? !m_table->isVisible() : inside) {
        QWidget *next = open ? m_pane->firstPlace() : m_table;
        next->setFocus(reason);
    }
}

void ImagesView::followCurrent()
{
    m_pane->setImage(m_table->currentKey());
}

/// Platforms are asked for one by one, and only while their column is shown.
void ImagesView::followScreen()
{
    const bool isSeen = isVisible() && !m_table->isColumnHidden(ImageColumn::Platform);
    m_controller->setPlatformsWanted(isSeen ? m_table->visibleKeys() : std::vector<std::string>());
}

void ImagesView::clearFilter()
{
    m_filter->clear();
    m_controller->list()->setFilterText({});
    m_chips->choose(int(ImageFilter::All));
    m_controller->list()->setUseFilter(ImageFilter::All);
    m_filter->setFocus(Qt::OtherFocusReason);
}

void ImagesView::refreshCounts()
{
    const ImageListModel::Counts &counts = m_controller->list()->counts();
    for (const UseChip &line : useChips) {
        m_chips->chip(int(line.filter))->setCount(counts[std::size_t(line.filter)]);
    }
    placeChips();
    refreshTotals();
}

void ImagesView::refreshTotals()
{
    const ImageTotals &totals = m_controller->totals();
    const int all = m_controller->list()->counts()[std::size_t(ImageFilter::All)];
    m_header->setSummary(all == 0 ? QString()
                         : totals.all < 0
                             ? numberText(all)
                             : tr("%1, using %2").arg(numberText(all), diskSizeText(totals.all)));
    const std::int64_t free = totals.all < 0 ? 0 : totals.unused + totals.untagged;
    m_free->setText(free > 0 ? tr("Free %1…").arg(diskSizeText(free)) : tr("Free space…"));
    m_free->setAccessibleName(m_free->text());
    m_usage->setTotals(totals);
}

void ImagesView::refreshState()
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
    m_free->setEnabled(!m_controller->isStale() && state != ListState::Empty);
}

/// In a narrow window the chips get a line of their own, so that none is cut.
void ImagesView::placeChips()
{
    const int gaps = 2 * space::s4 + 4 * space::s2;
    const int needed =
        scaled(filterWidth) + m_chips->sizeHint().width() + 2 * scaled(size::button) + gaps;
    const bool below = needed > width();
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

void ImagesView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeChips();
}

/// Esc anywhere clears the selection, then closes the pane; fields have had it before and clear
/// themselves.
void ImagesView::keyPressEvent(QKeyEvent *event)
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

void ImagesView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_ageTimer.start();
    m_screen.start();
    m_controller->setSizesWanted(true);
}

void ImagesView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_ageTimer.stop();
    m_controller->setSizesWanted(false);
}

} // namespace roadstead::ui
