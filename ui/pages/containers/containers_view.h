// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/container_action.h"
#include "ui/pages/containers/containers_controller.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QBoxLayout;
class QHBoxLayout;
class QMenu;
class QStackedLayout;

namespace roadstead::ui {

class BulkBar;
class Button;
class Chip;
class ChipGroup;
class ContainerActions;
class ContainerTable;
class DetailsPane;
class EmptyState;
class IconButton;
class Label;
class PageHeader;
class SearchField;
class SidePane;
class SkeletonRows;

/// The list of the containers page: head, filter and chips, table or what stands in its place, the
/// bar for the selection, and the pane of details. Only shows and asks; ContainersPage does.
class ContainersView : public QWidget
{
    Q_OBJECT
public:
    explicit ContainersView(ContainersController *controller, QWidget *parent = nullptr);
    ~ContainersView() override;

    [[nodiscard]] ContainerTable *table() const { return m_table; }
    [[nodiscard]] ContainerActions *selectionActions() const { return m_actions; }
    [[nodiscard]] SearchField *filterField() const { return m_filter; }
    [[nodiscard]] QMenu *columnMenu() const { return m_columnMenu; }
    [[nodiscard]] DetailsPane *pane() const { return m_pane; }
    [[nodiscard]] bool isPaneOpen() const;
    /// A pane that closes gives the keyboard back to the list.
    void setPaneOpen(bool open, Qt::FocusReason reason);
    void setHelloCommand(const QString &command); ///< what running the hello container runs
    void offerRun();              ///< a way to the run wizard where there are no containers
    void setHelloBusy(bool busy); ///< the hello container is under way

Q_SIGNALS:
    void actionWanted(roadstead::ui::ContainerAction action, const std::vector<std::string> &ids);
    void compareWanted(const std::vector<std::string> &ids);
    void targetsChanged(); ///< what a command from the keyboard acts on, or its state
    void menuWanted(const std::vector<std::string> &ids, QPoint globalPosition);
    void opened(const std::string &id);
    void logsWanted(const std::vector<std::string> &ids);
    void portWanted(const std::string &id, roadstead::ui::PortLink link);
    void refreshWanted();
    void helloWanted();
    void runWanted(); ///< after offerRun() only

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addSortMenu();
    void buildToolbar(QBoxLayout *layout);
    void buildPane(QBoxLayout *layout);
    void addPaneButton(QWidget *bar, QBoxLayout *row);
    void followCurrent();
    void buildStates();
    void buildBulkBar(QBoxLayout *layout);
    void buildCompare();
    void refreshCompare();
    void addLogsButton();
    void buildColumnMenu();
    void connectTable();
    void placeChips();
    void refreshCounts();
    void refreshState();
    void refreshAge();
    void clearFilter();
    void setGrouped(bool grouped);
    void hintForHover(ContainerAction action, const std::vector<std::string> &ids);

    ContainersController *m_controller;
    ContainerActions *m_actions; ///< for what is selected or current
    ContainerTable *m_table;
    PageHeader *m_header = nullptr;
    Label *m_age = nullptr;
    IconButton *m_refresh = nullptr;
    SearchField *m_filter = nullptr;
    ChipGroup *m_chips = nullptr;
    Chip *m_group = nullptr;
    QHBoxLayout *m_toolbar = nullptr;
    QHBoxLayout *m_secondRow = nullptr;
    bool m_chipsBelow = false;
    QAction *m_compare = nullptr;
    QMenu *m_columnMenu = nullptr;
    QStackedLayout *m_stack = nullptr;
    SkeletonRows *m_skeleton = nullptr;
    EmptyState *m_empty = nullptr;
    Button *m_helloButton = nullptr;
    EmptyState *m_noResult = nullptr;
    EmptyState *m_away = nullptr;
    BulkBar *m_bulk = nullptr;
    SidePane *m_side = nullptr;
    DetailsPane *m_pane = nullptr;
    IconButton *m_paneButton = nullptr;
    QTimer m_ageTimer;
    QTimer m_loadingTimer;
    QTimer m_retarget; ///< many rows change at once: the actions follow after the last
};

} // namespace roadstead::ui
