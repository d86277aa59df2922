// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/images_model.h"

#include <algorithm>

namespace roadstead::ui {

ImagesModel::ImagesModel(Clock clock, QObject *parent)
    : SnapshotModel<ImageRow>(parent)
    , m_clock(std::move(clock))
{
}

int ImagesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ImageColumn::Count);
}

QVariant ImagesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const RowPointer row = rowAt(static_cast<std::size_t>(index.row()));
    return imageCellData(*row, index.column(), role, m_clock());
}

QVariant ImagesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole) {
        return imageColumnTitle(section);
    }
    return {};
}

std::unordered_map<std::string, ImageUsers>
usersByImage(const std::vector<docker::ContainerSummary> &containers)
{
    std::unordered_map<std::string, ImageUsers> users;
    for (const docker::ContainerSummary &container : containers) {
        users[container.imageId].push_back({container.id, container.name, container.state});
    }
    for (auto &[id, list] : users) {
        std::ranges::sort(list, {}, &ImageUser::name);
    }
    return users;
}

void ImagesModel::applyLists(const std::vector<docker::ImageSummary> &images,
                             const std::vector<docker::ContainerSummary> &containers)
{
    const auto users = usersByImage(containers);
    std::vector<ImageSource> sources;
    sources.reserve(images.size());
    for (const docker::ImageSummary &image : images) {
        const auto found = users.find(image.id);
        sources.push_back({&image, found == users.end() ? nullptr : &found->second});
    }
    apply(sources);
}

void ImagesModel::applySharedSizes(const std::unordered_map<std::string, std::int64_t> &sizes)
{
    patch(ImageColumn::Size, ImageColumn::Shared, [&sizes](ImageRow &row) {
        const auto found = sizes.find(row.id());
        const bool changes = found != sizes.end() && row.sharedSize != found->second;
        if (changes) {
            row.sharedSize = found->second;
        }
        return changes;
    });
}

void ImagesModel::setPlatform(const std::string &id, const QString &platform)
{
    patchRows(std::vector{id}, [&platform](ImageRow &row) {
        const bool changes = row.platform != platform;
        row.platform = platform;
        return changes;
    });
}

void ImagesModel::setNews(const std::string &id, ImageNews news)
{
    patchRows(std::vector{id}, [news](ImageRow &row) {
        const bool changes = row.news != news;
        row.news = news;
        return changes;
    });
}

void ImagesModel::setPending(const std::vector<std::string> &ids, ImageWork work)
{
    patchRows(ids, [work](ImageRow &row) {
        const bool changes = row.pending != work;
        row.pending = work;
        return changes;
    });
}

} // namespace roadstead::ui
