// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/flat_list_model.h"
#include "ui/models/images_model.h"

#include <array>

namespace roadstead::ui {

/// The images as their page shows them: filtered by words and use, sorted by a column.
class ImageListModel final : public FlatListModel<ImageRow>
{
    Q_OBJECT
public:
    using Counts = std::array<int, 4>; ///< by ImageFilter

    /// `source` must outlive this.
    explicit ImageListModel(ImagesModel *source, QObject *parent = nullptr);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    void setUseFilter(ImageFilter filter);
    [[nodiscard]] ImageFilter useFilter() const { return m_filter; }
    [[nodiscard]] const Counts &counts() const { return m_counts; } ///< of all, filtered or not

protected:
    [[nodiscard]] bool passes(const ImageRow &row) const override;
    [[nodiscard]] int compare(const ImageRow &left, const ImageRow &right) const override;
    bool recount() override;

private:
    ImagesModel *m_images;
    ImageFilter m_filter = ImageFilter::All;
    Counts m_counts{};
};

} // namespace roadstead::ui
