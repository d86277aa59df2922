// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/container_action.h"
#include "ui/pages/containers/details_controller.h"

#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QHBoxLayout;
class QStackedLayout;

namespace roadstead::ui {

class Badge;
class ContainerActions;
class ContainersController;
class ElidedLabel;
class EmptyState;
class IconButton;
class InspectView;
class Label;
class LinkButton;
class OverviewPanel;
class TabBar;

/// The page of one container: where it is, what state it is in, what can be done, and its tabs.
class DetailsView : public QWidget
{
    Q_OBJECT
public:
    explicit DetailsView(ContainersController *controller, QWidget *parent = nullptr);
    ~DetailsView() override;

    void open(const std::string &id);
    void close();
    void refresh();
    [[nodiscard]] const std::string &containerId() const { return m_details.id(); }
    [[nodiscard]] DetailsController *details() { return &m_details; }
    /// Shows the Inspect tab when asked for: Ctrl+F searches there.
    [[nodiscard]] QWidget *searchField() const;
    [[nodiscard]] TabBar *tabs() const { return m_tabs; }

Q_SIGNALS:
    void actionWanted(roadstead::ui::ContainerAction action, const std::vector<std::string> &ids);
    void portWanted(roadstead::ui::PortLink link);
    void backWanted();
    void escaped();          ///< the same, by the keyboard
    void containerChanged(); ///< its state: what can be done with it is another

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum Tab { OverviewTab, InspectTab };

    QWidget *buildHead();
    void buildActions(QHBoxLayout *row);
    void buildBody(QBoxLayout *layout);
    void showState();
    void showRow();
    void showLog();
    void showProblem();
    void showDetails();
    void showMore();

    ContainersController *m_controller;
    DetailsController m_details;
    ContainerActions *m_actions;
    LinkButton *m_crumbList = nullptr;
    ElidedLabel *m_crumbName = nullptr;
    Label *m_crumbProject = nullptr;
    ElidedLabel *m_name = nullptr;
    Badge *m_badge = nullptr;
    ElidedLabel *m_facts = nullptr;
    IconButton *m_more = nullptr;
    TabBar *m_tabs = nullptr;
    QStackedLayout *m_stack = nullptr;
    OverviewPanel *m_overview = nullptr;
    InspectView *m_inspect = nullptr;
    EmptyState *m_message = nullptr;
    EmptyState *m_busy = nullptr;
    QWidget *m_nothing = nullptr; ///< before it is worth a spinner
    Label *m_problem = nullptr;
    QTimer m_patience;
    QString m_announced; ///< state last told to screen readers
};

} // namespace roadstead::ui
