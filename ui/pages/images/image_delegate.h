// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/image_row.h"
#include "ui/pages/list_delegate.h"

namespace roadstead::ui {

class ImageListModel;

/// Paints the cells of the image list, from the model's rows directly.
class ImageDelegate final : public ListDelegate
{
    Q_OBJECT
public:
    explicit ImageDelegate(const ImageListModel *model, QObject *parent = nullptr);

    [[nodiscard]] QList<HoverAction> hoverActions(const QModelIndex &index) const override;
    [[nodiscard]] QString tip(const QModelIndex &index) const override;
    [[nodiscard]] bool isBusy(const QModelIndex &index) const override;

protected:
    void paintCell(QPainter *painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const override;

private:
    void paintName(QPainter *painter, const QStyleOptionViewItem &option,
                   const ImageRow &row) const;
    void paintTag(QPainter *painter, const QStyleOptionViewItem &option, const ImageRow &row) const;
    void paintText(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                   const ImageRow &row) const;

    const ImageListModel *m_model;
};

} // namespace roadstead::ui
