// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builds_view.h"

#include "ui/pages/builds/builds_model.h"
#include "ui/theme/metrics.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/tree_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int markSide = 14;

/// Rows of the usual height, the mark in front of the result's word.
class BuildDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width() + 2 * space::s3,
                heightFor(FontRole::Body, size::row)};
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const bool isName = index.column() == BuildsModel::NameColumn;
        const bool isPath = index.column() == BuildsModel::ContextColumn;
        option->font = isName   ? font(FontRole::Body, QFont::Medium)
                       : isPath ? font(FontRole::Mono)
                                : figures(FontRole::Body);
        option->textElideMode = Qt::ElideMiddle;
        option->palette.setColor(QPalette::Text,
                                 color(isName || index.column() == 0 ? Color::Text : Color::Text2));
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const QVariant mark = index.data(BuildsModel::MarkRole);
        QStyleOptionViewItem own = option;
        if (mark.isValid()) {
            own.rect.adjust(markSide + space::s3, 0, 0, 0);
        }
        QStyledItemDelegate::paint(painter, own, index);
        if (mark.isValid()) {
            const QRectF box(option.rect.left() + space::s2,
                             option.rect.center().y() - markSide / 2.0, markSide, markSide);
            paintStateMark(painter, box, StateMark(mark.toInt()));
        }
    }
};

} // namespace

BuildsView::BuildsView(BuildsModel *model, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_model(model)
    , m_order(new QSortFilterProxyModel(this))
    , m_header(new PageHeader(tr("Builds")))
    , m_filter(new SearchField(u"buildFilter"_s, tr("Filter builds"), u"funnel"_s))
    , m_runningBar(new Surface(Color::AccentTint))
    , m_running(new Label)
    , m_stack(new QStackedWidget)
    , m_table(new TreeView)
    , m_empty(new EmptyState(u"noBuilds"_s))
    , m_noMatch(new EmptyState(u"noBuildMatches"_s))
{
    setObjectName(u"buildsView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::s4, 0, space::s4, space::s3);
    bar->addWidget(m_filter);
    bar->addStretch(1);
    column->addLayout(bar);

    auto *running = new QHBoxLayout(m_runningBar);
    running->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    running->setSpacing(space::s2);
    running->addWidget(new MarkLabel(StateMark::Busy));
    m_running->setObjectName(u"runningBuild"_s);
    running->addWidget(m_running, 1);
    auto *show = new Button(u"showRunningBuild"_s, tr("Show"));
    connect(show, &Button::clicked, this, &BuildsView::runningWanted);
    running->addWidget(show);
    m_runningBar->hide();
    column->addWidget(m_runningBar);

    makeTable();
    m_empty->setIconName(u"hammer"_s);
    m_empty->setTexts(tr("No builds yet"),
                      tr("A build makes an image from a Dockerfile. Its steps, times and what they "
                         "printed are shown while it runs."));
    m_empty->setPrimary(tr("Build image"), u"hammer"_s);
    connect(m_empty, &EmptyState::primaryPressed, this, &BuildsView::buildWanted);
    m_noMatch->setIconName(u"search"_s);
    m_noMatch->setTexts(tr("No build matches"), tr("The filter hides them all."));
    m_noMatch->setPrimary(tr("Clear filter"));
    connect(m_noMatch, &EmptyState::primaryPressed, m_filter, &QLineEdit::clear);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_noMatch);
    auto *below = new QHBoxLayout;
    below->setContentsMargins(space::s2, 0, space::s2, 0); // cells have the rest of the margin
    below->addWidget(m_stack);
    column->addLayout(below, 1);

    connect(m_filter, &SearchField::settled, this, [this](const QString &text) {
        m_order->setFilterFixedString(text);
        refresh();
    });
    connect(model, &QAbstractItemModel::rowsInserted, this, &BuildsView::refresh);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &BuildsView::refresh);
    refresh();
}

void BuildsView::makeTable()
{
    m_order->setSourceModel(m_model);
    m_order->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_order->setFilterKeyColumn(-1);
    m_table->setObjectName(u"buildsTable"_s);
    m_table->setAccessibleName(tr("Builds"));
    m_table->setModel(m_order);
    m_table->setItemDelegate(new BuildDelegate(m_table));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView *head = m_table->header();
    head->setStretchLastSection(false);
    head->setSectionsMovable(false);
    head->setSectionResizeMode(QHeaderView::Interactive);
    head->setSectionResizeMode(BuildsModel::ContextColumn, QHeaderView::Stretch);
    head->resizeSection(BuildsModel::ResultColumn, scaled(110));
    head->resizeSection(BuildsModel::NameColumn, scaled(260));
    head->resizeSection(BuildsModel::StepsColumn, scaled(120));
    head->resizeSection(BuildsModel::TimeColumn, scaled(90));
    head->resizeSection(BuildsModel::StartedColumn, scaled(140));
    connect(m_table, &TreeView::customContextMenuRequested, this, &BuildsView::showMenu);
    connect(m_table, &TreeView::activated, this, [this] {
        if (const BuildRecord *record = current()) {
            Q_EMIT againWanted(*record);
        }
    });
}

const BuildRecord *BuildsView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? m_model->record(m_order->mapToSource(index).row()) : nullptr;
}

void BuildsView::setRunning(const QString &text)
{
    m_running->setText(text);
    m_runningBar->setVisible(!text.isEmpty());
}

void BuildsView::refresh()
{
    const int all = m_model->rowCount();
    m_header->setSummary(all > 0 ? tr("%n builds", nullptr, all) : QString());
    m_filter->setVisible(all > 0);
    m_stack->setCurrentWidget(all == 0                   ? static_cast<QWidget *>(m_empty)
                              : m_order->rowCount() == 0 ? static_cast<QWidget *>(m_noMatch)
                                                         : m_table);
}

void BuildsView::showMenu(QPoint position)
{
    const BuildRecord *record = current();
    if (record == nullptr) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const BuildRecord one = *record;
    connect(menu->addAction(tr("Build again…")), &QAction::triggered, this,
            [this, one] { Q_EMIT againWanted(one); });
    connect(menu->addAction(tr("Copy the command")), &QAction::triggered, this,
            [one] { QGuiApplication::clipboard()->setText(one.line); });
    menu->addSeparator();
    connect(menu->addAction(tr("Remove from the list")), &QAction::triggered, this,
            [this, one] { Q_EMIT removeWanted(one.id); });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace roadstead::ui
