// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/layers/file_view.h"
#include "ui/pages/images/layers/layers_controller.h"

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

#include <optional>
#include <vector>

namespace roadstead::ui {

/// What is said of what a layer did: "3 added, 2 changed". Display text.
QString layerDeeds(const layers::LayerSummary &summary);

/// The history of an image, oldest first, each instruction with its layer.
class LayerListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setImage(const std::vector<LayerStep> &steps,
                  const std::vector<layers::LayerSummary> &summaries);
    [[nodiscard]] const LayerStep &step(int row) const { return m_steps[std::size_t(row)]; }
    [[nodiscard]] const layers::LayerSummary *summary(int row) const; ///< null without a layer
    [[nodiscard]] double share(int row, std::int64_t bytes) const;    ///< of the largest layer
    [[nodiscard]] int rowOf(std::size_t layer) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    std::vector<LayerStep> m_steps;
    std::vector<layers::LayerSummary> m_summaries;
    std::int64_t m_largest = 0;
};

class LayerListDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit LayerListDelegate(const LayerListModel *model, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    void paintShares(QPainter *painter, const QStyleOptionViewItem &option, int row,
                     const QRect &place) const;
    void paintLayer(QPainter *painter, const QStyleOptionViewItem &option, int row,
                    const QRect &body) const;
    const LayerListModel *m_model;
};

class LayerList final : public QListView
{
    Q_OBJECT
public:
    explicit LayerList(QWidget *parent = nullptr);

    void setImage(const std::vector<LayerStep> &steps,
                  const std::vector<layers::LayerSummary> &summaries);
    void choose(std::size_t layer);

Q_SIGNALS:
    void chosen(std::size_t layer);

private:
    LayerListModel *m_model;
    bool m_telling = true;
};

} // namespace roadstead::ui
