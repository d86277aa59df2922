// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <QString>

class QMenu;
class QSortFilterProxyModel;
class QStackedWidget;

namespace roadstead::ui {

class BuildsModel;
class EmptyState;
class Label;
class LinkButton;
class PageHeader;
class SearchField;
class TreeView;
struct BuildRecord;

/// The list of builds: the one that runs on top, those that ended below.
class BuildsView : public Surface
{
    Q_OBJECT
public:
    /// `model` must outlive this.
    explicit BuildsView(BuildsModel *model, QWidget *parent = nullptr);

    /// "Building shop:1.8, 7 of 13 steps done" above the list; empty = nothing runs.
    void setRunning(const QString &text);
    [[nodiscard]] SearchField *filterField() const { return m_filter; }
    [[nodiscard]] TreeView *table() const { return m_table; }

Q_SIGNALS:
    void buildWanted();
    void runningWanted(); ///< the build that runs is to be shown
    void againWanted(const roadstead::ui::BuildRecord &record);
    void removeWanted(const QString &id);

private:
    void makeTable();
    void refresh();
    void showMenu(QPoint position);
    [[nodiscard]] const BuildRecord *current() const;

    BuildsModel *m_model;
    QSortFilterProxyModel *m_order;
    PageHeader *m_header;
    SearchField *m_filter;
    Surface *m_runningBar;
    Label *m_running;
    QStackedWidget *m_stack;
    TreeView *m_table;
    EmptyState *m_empty;
    EmptyState *m_noMatch;
};

} // namespace roadstead::ui
