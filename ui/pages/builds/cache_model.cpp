// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/cache_model.h"

#include "engine/base/rfc3339.h"
#include "ui/pages/builds/cell_delegate.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/tokens.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct CacheWords
{
    Q_DECLARE_TR_FUNCTIONS(CacheWords)
};

QString cacheTypeText(const std::string &type)
{
    if (type == "regular") {
        return CacheWords::tr("Layer");
    }
    if (type == "source.local") {
        return CacheWords::tr("Context files");
    }
    if (type == "source.git.checkout") {
        return CacheWords::tr("Git checkout");
    }
    if (type == "exec.cachemount") {
        return CacheWords::tr("Cache mount");
    }
    if (type == "frontend") {
        return CacheWords::tr("Frontend");
    }
    return type.empty() ? unknownText() : displayText(type, 60);
}

QString cacheStateText(const CacheRow &row)
{
    switch (row.filter()) {
    case CacheFilter::InUse:
        return CacheWords::tr("In use");
    case CacheFilter::Shared:
        return CacheWords::tr("Shared");
    default:
        return CacheWords::tr("Unused");
    }
}

StateMark cacheMark(const CacheRow &row)
{
    if (row.source.isPending) {
        return StateMark::Busy;
    }
    switch (row.filter()) {
    case CacheFilter::InUse:
        return StateMark::Running;
    case CacheFilter::Shared:
        return StateMark::Cached;
    default:
        return StateMark::Exited;
    }
}

QString cacheCellText(const CacheRow &row, int column)
{
    const docker::BuildCacheRecord &record = row.record();
    switch (column) {
    case CacheColumn::Description:
        return cacheText(record);
    case CacheColumn::Type:
        return cacheTypeText(record.type);
    case CacheColumn::State:
        return cacheStateText(row);
    case CacheColumn::Used:
        return numberText(record.usageCount);
    case CacheColumn::LastUsed:
        return row.lastUsed ? momentText(QDateTime::fromSecsSinceEpoch(*row.lastUsed),
                                         QDateTime::currentDateTime())
                            : unknownText();
    case CacheColumn::Size:
        return diskSizeText(record.size);
    default:
        return {};
    }
}

QString cacheTip(const CacheRow &row, int column)
{
    switch (column) {
    case CacheColumn::State:
        return row.filter() == CacheFilter::Shared
                   ? CacheWords::tr("An image has the same layers: nothing is freed without it")
               : row.filter() == CacheFilter::InUse ? CacheWords::tr("A build uses it now")
                                                    : CacheWords::tr("Nothing uses it now");
    case CacheColumn::Type:
        return displayText(row.record().type, 60);
    case CacheColumn::LastUsed:
        return row.lastUsed ? QLocale().toString(QDateTime::fromSecsSinceEpoch(*row.lastUsed),
                                                 QLocale::LongFormat)
                            : QString();
    default:
        return cacheText(row.record()) + u'\n' + displayText(row.record().id, 80);
    }
}

QVariant cacheCell(const CacheRow &row, int column, int role)
{
    switch (role) {
    case MarkRole:
        return column == CacheColumn::State ? QVariant(int(cacheMark(row))) : QVariant();
    case BusyRole:
        return row.source.isPending;
    case Qt::ToolTipRole:
        return cacheTip(row, column);
    case Qt::AccessibleTextRole:
        if (column == CacheColumn::Description) {
            return CacheWords::tr("%1, %2, %3")
                .arg(cacheText(row.record()), cacheStateText(row), diskSizeText(row.record().size));
        }
        [[fallthrough]];
    case Qt::DisplayRole:
        return cacheCellText(row, column);
    default:
        return {};
    }
}

template<typename Value>
int cacheOrder(const Value &left, const Value &right)
{
    return left < right ? -1 : right < left ? 1 : 0;
}

} // namespace

QString cacheText(const docker::BuildCacheRecord &record)
{
    return displayText(record.description.empty() ? record.id : record.description, 300);
}

CacheRow::CacheRow(const Source &from)
    : source(from)
{
    if (const auto used = parseRfc3339(record().lastUsed)) {
        lastUsed = used->seconds();
    }
    haystack =
        QStringList{cacheText(record()), displayText(record().id, 80), cacheTypeText(record().type)}
            .join(u'\n')
            .toCaseFolded();
}

CacheRow::CacheRow(const Source &from, const CacheRow &)
    : CacheRow(from)
{
}

CacheFilter CacheRow::filter() const
{
    return record().inUse    ? CacheFilter::InUse
           : record().shared ? CacheFilter::Shared
                             : CacheFilter::Free;
}

void CacheModel::applyRecords(std::vector<CacheSource> records)
{
    std::ranges::sort(records, {}, &CacheRow::keyOf);
    const auto same = std::ranges::unique(records, {}, &CacheRow::keyOf);
    records.erase(same.begin(), same.end());
    apply(records);
}

int CacheModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(CacheColumn::Count);
}

QVariant CacheModel::data(const QModelIndex &index, int role) const
{
    return index.isValid() ? cacheCell(*rowAt(std::size_t(index.row())), index.column(), role)
                           : QVariant();
}

QVariant CacheModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case CacheColumn::Description:
        return tr("Made by");
    case CacheColumn::Type:
        return tr("Type");
    case CacheColumn::State:
        return tr("State");
    case CacheColumn::Used:
        return tr("Used");
    case CacheColumn::LastUsed:
        return tr("Last used");
    case CacheColumn::Size:
        return tr("Size");
    default:
        return {};
    }
}

CacheList::CacheList(CacheModel *source, QObject *parent)
    : FlatListModel<CacheRow>(source, parent)
    , m_records(source)
{
    m_column = CacheColumn::Size;
    m_order = Qt::DescendingOrder;
    takeSnapshot();
}

QVariant CacheList::data(const QModelIndex &index, int role) const
{
    const RowPointer row = index.isValid() ? rowAt(index.row()) : nullptr;
    return row ? cacheCell(*row, index.column(), role) : QVariant();
}

void CacheList::setStateFilter(CacheFilter filter)
{
    if (std::exchange(m_filter, filter) != filter) {
        refilter();
    }
}

bool CacheList::passes(const CacheRow &row) const
{
    return m_filter == CacheFilter::All || row.filter() == m_filter;
}

int CacheList::compare(const CacheRow &left, const CacheRow &right) const
{
    switch (sortColumn()) {
    case CacheColumn::Size:
        return cacheOrder(left.record().size, right.record().size);
    case CacheColumn::Used:
        return cacheOrder(left.record().usageCount, right.record().usageCount);
    case CacheColumn::LastUsed:
        return cacheOrder(left.lastUsed, right.lastUsed);
    default:
        return cacheCellText(left, sortColumn())
            .localeAwareCompare(cacheCellText(right, sortColumn()));
    }
}

bool CacheList::recount()
{
    Counts counts{};
    for (std::size_t i = 0; i < m_records->size(); ++i) {
        ++counts[std::size_t(CacheFilter::All)];
        ++counts[std::size_t(m_records->rowAt(i)->filter())];
    }
    return std::exchange(m_counts, counts) != counts;
}

} // namespace roadstead::ui
