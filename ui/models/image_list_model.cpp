// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/image_list_model.h"

#include <utility>

namespace roadstead::ui {

namespace {

template<typename Value>
int threeWay(const Value &left, const Value &right)
{
    return left < right ? -1 : right < left ? 1 : 0;
}

/// Untagged images come after those with a name.
int byName(const ImageRow &left, const ImageRow &right)
{
    if (left.name.isEmpty() != right.name.isEmpty()) {
        return left.name.isEmpty() ? 1 : -1;
    }
    const int names = left.sortName.compare(right.sortName);
    return names != 0 ? names : left.sortTag.compare(right.sortTag);
}

} // namespace

ImageListModel::ImageListModel(ImagesModel *source, QObject *parent)
    : FlatListModel<ImageRow>(source, parent)
    , m_images(source)
{
    takeSnapshot();
}

QVariant ImageListModel::data(const QModelIndex &index, int role) const
{
    const RowPointer row = index.isValid() ? rowAt(index.row()) : nullptr;
    return row ? imageCellData(*row, index.column(), role, m_images->now()) : QVariant();
}

void ImageListModel::setUseFilter(ImageFilter filter)
{
    if (std::exchange(m_filter, filter) != filter) {
        refilter();
    }
}

bool ImageListModel::passes(const ImageRow &row) const
{
    return m_filter == ImageFilter::All || row.filter() == m_filter;
}

int ImageListModel::compare(const ImageRow &left, const ImageRow &right) const
{
    int order = 0;
    switch (sortColumn()) {
    case ImageColumn::Tag:
        order = left.sortTag.compare(right.sortTag);
        break;
    case ImageColumn::Size:
        order = threeWay(left.summary.size, right.summary.size);
        break;
    case ImageColumn::Shared:
        order = threeWay(left.sharedSize, right.sharedSize);
        break;
    case ImageColumn::UsedBy:
        order = threeWay(left.users.size(), right.users.size());
        break;
    case ImageColumn::Platform:
        order = left.platform.compare(right.platform);
        break;
    case ImageColumn::Created: // by age: the newest is the youngest
        order = threeWay(right.summary.created, left.summary.created);
        break;
    default:
        break;
    }
    return order != 0 ? order : byName(left, right);
}

bool ImageListModel::recount()
{
    Counts counts{};
    for (std::size_t i = 0; i < m_images->size(); ++i) {
        ++counts[std::size_t(ImageFilter::All)];
        ++counts[std::size_t(m_images->rowAt(i)->filter())];
    }
    return std::exchange(m_counts, counts) != counts;
}

} // namespace roadstead::ui
