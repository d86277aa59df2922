// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/builds/build_action.h"

#include <QWidget>

#include <string>
#include <vector>

class QBoxLayout;
class QMenu;

namespace roadstead::ui {

class BuildDetails;
class BulkBar;
class Button;
class ChipGroup;
class HistoryController;
class IconButton;
class Label;
class ListStack;
class ListTable;
class SearchField;
class SidePane;

/// The tab History: the builds that have ended, and one of them beside the list.
class HistoryView : public QWidget
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit HistoryView(HistoryController *controller, QWidget *parent = nullptr);

    [[nodiscard]] ListTable *table() const { return m_table; }
    [[nodiscard]] SearchField *filterField() const { return m_filter; }
    [[nodiscard]] BuildDetails *details() const { return m_details; }
    [[nodiscard]] bool isPaneOpen() const;
    void setPaneOpen(bool open, Qt::FocusReason reason);

Q_SIGNALS:
    void buildWanted();
    void actionWanted(roadstead::ui::BuildAction action, const std::vector<std::string> &ids);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildToolbar(QBoxLayout *layout);
    void buildPane(QBoxLayout *layout);
    void buildStates();
    void buildBulkBar(QBoxLayout *layout);
    void refresh();
    void refreshSelection(int hidden = 0);
    void showMenu(const std::vector<std::string> &ids, QPoint position);
    void clearFilter();

    HistoryController *m_controller;
    ListTable *m_table;
    SearchField *m_filter = nullptr;
    ChipGroup *m_chips = nullptr;
    QWidget *m_toolbar = nullptr;
    QWidget *m_line = nullptr; ///< below it
    QMenu *m_columnMenu = nullptr;
    IconButton *m_paneButton = nullptr;
    ListStack *m_stack = nullptr;
    Label *m_note = nullptr;
    BulkBar *m_bulk = nullptr;
    Button *m_compare = nullptr;
    SidePane *m_side = nullptr;
    BuildDetails *m_details = nullptr;
};

} // namespace roadstead::ui
