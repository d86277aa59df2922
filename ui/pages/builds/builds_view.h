// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <QString>

class QStackedWidget;

namespace roadstead::ui {

class HistoryController;
class HistoryView;
class Label;
class PageHeader;
class TabBar;

/// The page of builds without its wizard: the build that runs on top, and the tabs below.
class BuildsView : public Surface
{
    Q_OBJECT
public:
    enum class Tab { History, Builders, Cache };

    /// `history` must outlive this; takes over `builders` and `cache`.
    BuildsView(HistoryController *history, QWidget *builders, QWidget *cache,
               QWidget *parent = nullptr);

    /// "Building shop:1.8, 7 of 13 steps done" above the tabs; empty = nothing runs.
    void setRunning(const QString &text);
    [[nodiscard]] HistoryView *history() const { return m_history; }
    [[nodiscard]] Tab tab() const;
    void showTab(Tab tab);

Q_SIGNALS:
    void runningWanted(); ///< the build that runs is to be shown
    void tabChanged();

private:
    void refresh();

    HistoryController *m_controller;
    PageHeader *m_header;
    Surface *m_runningBar;
    Label *m_running;
    TabBar *m_tabs;
    QStackedWidget *m_stack;
    HistoryView *m_history;
};

} // namespace roadstead::ui
