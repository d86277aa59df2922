// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/image_row.h"
#include "ui/models/image_text.h"
#include "ui/models/snapshot_model.h"

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace roadstead::ui {

/// Every image of one engine with the containers that are made from it, sorted by id. Holds no
/// order or filter: that is ImageListModel's.
class ImagesModel : public SnapshotModel<ImageRow>
{
    Q_OBJECT
public:
    using Clock = std::function<std::int64_t()>; ///< seconds since the epoch

    explicit ImagesModel(Clock clock, QObject *parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    /// Makes the model equal to `images`, sorted by id, used by `containers`.
    void applyLists(const std::vector<docker::ImageSummary> &images,
                    const std::vector<docker::ContainerSummary> &containers);
    /// What images share with others, by id; others keep what they had.
    void applySharedSizes(const std::unordered_map<std::string, std::int64_t> &sizes);
    void setPlatform(const std::string &id, const QString &platform);
    void setNews(const std::string &id, ImageNews news);
    void setPending(const std::vector<std::string> &ids, ImageWork work);

    [[nodiscard]] std::int64_t now() const { return m_clock(); }

private:
    Clock m_clock;
};

/// The containers by the image that they are made from.
[[nodiscard]] std::unordered_map<std::string, ImageUsers>
usersByImage(const std::vector<docker::ContainerSummary> &containers);

} // namespace roadstead::ui
