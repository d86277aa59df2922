// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/layers/path_tree.h"

#include <QAbstractTableModel>
#include <QWidget>

#include <memory>
#include <vector>

class QGridLayout;
class QStackedLayout;

namespace roadstead::layers {
class ImageFiles;
struct FileView;
} // namespace roadstead::layers

namespace roadstead::ui {

class Button;
class ElidedLabel;
class Label;
class LayersController;
class Surface;
class TabBar;
class TreeView;

/// The biggest files of a view.
class BiggestFilesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void setFiles(std::shared_ptr<const layers::ImageFiles> files,
                  std::shared_ptr<const layers::FileView> view);
    [[nodiscard]] layers::NodeId nodeAt(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    std::shared_ptr<const layers::ImageFiles> m_files;
    std::shared_ptr<const layers::FileView> m_view;
    std::vector<layers::NodeId> m_rows;
};

/// Below the files: what is wasted and how to get it back, and the biggest files.
class WastePanel : public QWidget
{
    Q_OBJECT
public:
    explicit WastePanel(LayersController *controller, QWidget *parent = nullptr);

    void updateImage();
    void updateView();

Q_SIGNALS:
    void fileWanted(roadstead::layers::NodeId id);
    void csvWanted();

private:
    QWidget *buildWaste();
    QWidget *buildBiggest();
    void showAdvice();

    LayersController *m_controller;
    TabBar *m_tabs;
    QStackedLayout *m_stack;
    Surface *m_banner = nullptr;
    Label *m_amount = nullptr;
    ElidedLabel *m_where = nullptr;
    Button *m_csv = nullptr;
    QWidget *m_advice = nullptr;
    QWidget *m_nothing = nullptr;
    Label *m_how = nullptr;
    Surface *m_codeBox = nullptr;
    ElidedLabel *m_code = nullptr;
    Label *m_wouldBe = nullptr;
    BiggestFilesModel *m_biggest = nullptr;
    TreeView *m_biggestList = nullptr;
};

} // namespace roadstead::ui
