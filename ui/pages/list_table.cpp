// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/list_table.h"

#include "ui/models/flat_list_model.h"
#include "ui/theme/busy_clock.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

QStringList textsOf(const QList<int> &numbers)
{
    QStringList texts;
    std::ranges::transform(numbers, std::back_inserter(texts),
                           [](int number) { return QString::number(number); });
    return texts;
}

QList<int> numbersOf(const QStringList &texts)
{
    QList<int> numbers;
    std::ranges::transform(texts, std::back_inserter(numbers),
                           [](const QString &text) { return text.toInt(); });
    return numbers;
}

} // namespace

ListTable::ListTable(const Parts &parts, QWidget *parent)
    : TreeView(parent)
    , m_settings(parts.settings)
    , m_model(parts.model)
    , m_delegate(parts.delegate)
    , m_header(new ListHeader(parts.settings + QStringLiteral("Header"), parts.columns, this))
{
    m_delegate->setParent(this);
    setObjectName(parts.name);
    setAccessibleName(parts.label);
    setHeader(m_header);
    setModel(m_model);
    setItemDelegate(m_delegate);
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setItemsExpandable(false);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    setProperty("focusRing", false);
    m_header->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
    connect(m_header, &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) {
                m_model->sort(column, order);
                saveLayout();
            });
    connect(m_header, &ListHeader::layoutChosen, this, &ListTable::saveLayout);
    connect(m_model, &FlatListModelBase::arrangementAboutToChange, this, &ListTable::remember);
    connect(m_model, &FlatListModelBase::arrangementChanged, this, &ListTable::recall);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_header->distribute(viewport()->width());
        doItemsLayout();
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        hoverAgain();
        Q_EMIT scrolled();
    });
}

ListTable::~ListTable() = default;

void ListTable::setCurrentMarked(bool marked)
{
    m_currentMarked = marked;
    viewport()->update();
}

void ListTable::setStale(bool stale)
{
    if (std::exchange(m_stale, stale) != stale) {
        viewport()->update();
    }
}

std::string ListTable::keyOf(const QModelIndex &index) const
{
    return index.isValid() ? m_model->keyAt(index.row()) : std::string();
}

// ---- How it looks

void ListTable::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    ListLook look;
    look.hovered = m_hovered.isValid() && m_hovered.row() == index.row();
    look.stale = m_stale;
    look.selected = m_selected.contains(keyOf(index));
    look.focused = m_keyboardInUse && hasFocus() && currentIndex().row() == index.row();
    look.hot = look.hovered ? m_hot : ListLook::nothing;
    const bool shownBeside = m_currentMarked && index.row() == currentIndex().row();
    const Color background = look.selected || shownBeside ? Color::BgSelected
                             : look.hovered               ? Color::BgHover
                                                          : Color::BgSurface;
    painter->fillRect(option.rect, color(background));
    m_delegate->setLook(look);
    m_delegate->setActionColumn(m_header->lastShown());
    QStyleOptionViewItem cell(option);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (!isColumnHidden(column)) {
            cell.rect = QRect(columnViewportPosition(column), option.rect.top(),
                              columnWidth(column), option.rect.height() - 1);
            m_delegate->paint(painter, cell, index.siblingAtColumn(column));
        }
    }
    paintHorizontalLine(painter, option.rect.left(), option.rect.right() + 1, option.rect.bottom(),
                        color(Color::Border));
    if (look.focused) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintFocusRing(painter, QRectF(option.rect).adjusted(4, 3, -4, -4), radius::small);
        painter->restore();
    }
    m_paintedBusy = m_paintedBusy || m_delegate->isBusy(index);
}

void ListTable::paintEvent(QPaintEvent *event)
{
    if (QRegion(viewport()->rect()).subtracted(event->region()).isEmpty()) {
        m_paintedBusy = false; // a part that is painted says nothing of the other rows
    }
    TreeView::paintEvent(event);
    BusyClock::instance().setBusy(viewport(), m_paintedBusy);
}

void ListTable::resizeEvent(QResizeEvent *event)
{
    TreeView::resizeEvent(event);
    m_header->distribute(viewport()->width());
    Q_EMIT scrolled();
}

// ---- What it remembers

std::vector<std::string> ListTable::selectedKeys() const
{
    std::vector<std::string> keys;
    for (int row = 0; !m_selected.empty() && row < m_model->rowCount(); ++row) {
        if (std::string key = m_model->keyAt(row); m_selected.contains(key)) {
            keys.push_back(std::move(key));
        }
    }
    return keys;
}

std::vector<std::string> ListTable::targetKeys() const
{
    if (!m_selected.empty()) {
        return selectedKeys();
    }
    std::string key = currentKey();
    return key.empty() ? std::vector<std::string>() : std::vector{std::move(key)};
}

std::vector<std::string> ListTable::visibleKeys() const
{
    std::vector<std::string> keys;
    const int bottom = viewport()->height();
    for (QModelIndex index = indexAt(QPoint(1, 1));
         index.isValid() && visualRect(index).top() < bottom; index = indexBelow(index)) {
        keys.push_back(keyOf(index));
    }
    return keys;
}

std::string ListTable::currentKey() const
{
    return keyOf(currentIndex());
}

void ListTable::setCurrentKey(const std::string &key)
{
    if (const int row = m_model->rowOf(key); row >= 0) {
        const QModelIndex index = m_model->index(row, 0);
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        scrollTo(index);
    }
}

/// Whole rows, as few ranges as there can be.
void ListTable::selectWhere(const std::set<std::string> &keys)
{
    QItemSelection selection;
    const int last = m_model->columnCount() - 1;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const int first = row;
        while (row < m_model->rowCount() && keys.contains(m_model->keyAt(row))) {
            ++row;
        }
        if (row > first) {
            selection.append(
                QItemSelectionRange(m_model->index(first, 0), m_model->index(row - 1, last)));
        }
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void ListTable::selectKeys(const std::vector<std::string> &keys)
{
    selectWhere(std::set<std::string>(keys.begin(), keys.end()));
}

void ListTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    TreeView::selectionChanged(selected, deselected);
    if (m_recalling) {
        return;
    }
    m_selected.clear();
    const QItemSelection now = selectionModel()->selection();
    for (const QItemSelectionRange &range : now) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            m_selected.insert(m_model->keyAt(row));
        }
    }
    viewport()->update();
    Q_EMIT selectedKeysChanged();
}

void ListTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    TreeView::currentChanged(current, previous);
    viewport()->update();
    if (!m_recalling) {
        Q_EMIT currentKeyChanged();
    }
}

void ListTable::remember()
{
    m_recalling = true;
    m_memory = {m_selected, currentKey(), {}, 0};
    if (verticalScrollBar()->value() > 0) {
        const QModelIndex top = indexAt(QPoint(1, 1));
        m_memory.top = keyOf(top);
        m_memory.topOffset = visualRect(top).top();
    }
}

void ListTable::recall()
{
    const std::set<std::string> before = m_memory.selected;
    if (!before.empty()) {
        selectWhere(before);
        m_selected.clear();
        std::ranges::copy_if(before, std::inserter(m_selected, m_selected.end()),
                             [this](const auto &key) { return m_model->rowOf(key) >= 0; });
    }
    const int current = m_memory.current.empty() ? -1 : m_model->rowOf(m_memory.current);
    if (current >= 0 && current != currentIndex().row()) {
        selectionModel()->setCurrentIndex(m_model->index(current, 0),
                                          QItemSelectionModel::NoUpdate);
    }
    m_recalling = false;
    if (const int top = m_model->rowOf(m_memory.top); top >= 0 && !m_memory.top.empty()) {
        executeDelayedItemsLayout();
        const int shift = visualRect(m_model->index(top, 0)).top() - m_memory.topOffset;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + shift);
    }
    hoverAgain();
    if (currentKey() != m_memory.current) {
        Q_EMIT currentKeyChanged();
    }
    if (m_selected != before) {
        const auto hidden = std::ranges::count_if(before, [this](const std::string &key) {
            return !m_selected.contains(key) && m_model->isThere(key);
        });
        Q_EMIT selectedKeysChanged();
        if (hidden > 0) {
            Q_EMIT selectionShrunk(int(hidden));
        }
    }
    Q_EMIT scrolled();
}

void ListTable::saveLayout() const
{
    QSettings settings;
    settings.setValue(m_settings + QStringLiteral("/widths"), textsOf(m_header->baseWidths()));
    settings.setValue(m_settings + QStringLiteral("/hidden"), textsOf(m_header->wantedHidden()));
    settings.setValue(m_settings + QStringLiteral("/sortColumn"), m_model->sortColumn());
    settings.setValue(m_settings + QStringLiteral("/sortDescending"),
                      m_model->sortOrder() == Qt::DescendingOrder);
}

void ListTable::restoreLayout()
{
    const QSettings settings;
    const auto value = [&](const char *name) {
        return settings.value(m_settings + QLatin1StringView(name));
    };
    m_header->setBaseWidths(numbersOf(value("/widths").toStringList()));
    if (const QVariant hidden = value("/hidden"); hidden.isValid()) {
        m_header->setWantedHidden(numbersOf(hidden.toStringList()));
    }
    if (const QVariant chosen = value("/sortColumn"); chosen.isValid()) {
        const int column = std::clamp(chosen.toInt(), 0, m_model->columnCount() - 1);
        const bool descending = value("/sortDescending").toBool();
        m_header->setSortIndicator(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    } // else as the model has it
}

} // namespace roadstead::ui
