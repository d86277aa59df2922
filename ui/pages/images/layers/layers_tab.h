// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/images/layers/layers_controller.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QStackedLayout;

namespace roadstead::ui {

class Chip;
class ChipGroup;
class EmptyState;
class Label;
class LayerList;
class LayerTree;
class LayersHead;
class ProgressBar;
class SearchField;
class Segmented;
class WastePanel;

/// The Layers tab of an image: its history with its layers, the files of the chosen one or of all
/// up to it, what is wasted, and the same of a comparison with another image.
class LayersTab : public QWidget
{
    Q_OBJECT
public:
    /// `controller` must outlive it.
    explicit LayersTab(LayersController *controller, QWidget *parent = nullptr);

    [[nodiscard]] LayersController *controller() const { return m_controller; }
    [[nodiscard]] QWidget *searchField() const;

Q_SIGNALS:
    // What a file or an image has to be chosen for.
    void compareWanted();
    void csvWanted();
    void extractWanted(roadstead::layers::NodeId id);

private:
    QWidget *buildFiles();
    QHBoxLayout *buildTools();
    void showState();
    void showProgress();
    void showFailure();
    void showImage();
    void showView();
    void showHeadings();
    void showMenu(layers::NodeId id, QPoint position);
    void askSpan(int id);
    void askChange(int id);
    void askText(const QString &text);

    LayersController *m_controller;
    QStackedLayout *m_stack;
    QWidget *m_content;
    EmptyState *m_message;
    EmptyState *m_busy;
    QWidget *m_nothing; ///< before it is worth a spinner
    QTimer m_patience;
    ProgressBar *m_progress;
    LayersHead *m_head;
    LayerList *m_list;
    Segmented *m_span = nullptr;
    ChipGroup *m_changes = nullptr;
    SearchField *m_search = nullptr;
    QStackedLayout *m_filesStack = nullptr;
    LayerTree *m_tree = nullptr;
    EmptyState *m_noFiles = nullptr;
    WastePanel *m_waste = nullptr;
};

} // namespace roadstead::ui
