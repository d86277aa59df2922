// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/container_action.h"
#include "ui/pages/containers/details_controller.h"
#include "ui/pages/containers/details_tabs.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QBoxLayout;
class QLayout;
class QMenu;
class QStackedLayout;

namespace roadstead::ui {

class Badge;
class Button;
class ContainerActions;
class ContainersController;
class ElidedLabel;
class EmptyState;
class FactsLine;
class IconButton;
class Label;
class LinkButton;
class TabBar;

/// One container: where it is, what state it is in, what can be done, and its tabs; as a page, or
/// as a pane beside the list.
class DetailsView : public QWidget
{
    Q_OBJECT
public:
    enum class Form {
        Page,
        Pane ///< narrower: no way back above the name, but buttons to enlarge and to close
    };
    static constexpr int logsIndex = 1; ///< of the tab Logs

    explicit DetailsView(ContainersController *controller, Form form, QWidget *parent = nullptr);
    ~DetailsView() override;

    void open(const std::string &id);
    void close();
    void refresh();
    [[nodiscard]] const std::string &containerId() const { return m_details.id(); }
    [[nodiscard]] DetailsController *details() { return &m_details; }
    /// Where Ctrl+F searches: in the tab that is shown, or in Inspect, which is then shown.
    [[nodiscard]] QWidget *searchField();
    [[nodiscard]] TabBar *tabs() const { return m_tabs; }
    [[nodiscard]] ContainerActions *actions() const { return m_actions; }
    void showTerminal(); ///< its tab, with the keyboard in it
    /// Shows its stats, those of others in the same charts.
    void compareStats(const std::vector<std::string> &others);
    void offerRecreate(); ///< a button beside the tabs

Q_SIGNALS:
    void actionWanted(roadstead::ui::ContainerAction action, const std::vector<std::string> &ids);
    void portWanted(roadstead::ui::PortLink link);
    void recreateWanted(const std::string &id);
    void connectWanted(const std::string &id); ///< to a network
    void disconnectWanted(const std::string &id, const std::string &network);
    /// The menu of further actions is about to open: whoever has more adds it.
    void menuOpens(QMenu *menu, const std::string &id);
    void backWanted();                      ///< to the list, or without the pane
    void escaped();                         ///< the same, by the keyboard
    void pageWanted(const std::string &id); ///< the pane's container as a page
    void containerChanged();                ///< its state: what can be done with it is another

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildHead();
    QLayout *buildCrumbs(QWidget *head);
    QLayout *buildPaneButtons(QWidget *head);
    void buildActions(QLayout *row);
    void buildTabs(QBoxLayout *column, QWidget *head);
    void buildBody(QBoxLayout *layout);
    void addParts();
    [[nodiscard]] DetailsTab *makeOverview(QWidget *parent);
    void showState();
    void showRow();
    void showProblem();
    void showMore();

    ContainersController *m_controller;
    Form m_form;
    DetailsController m_details;
    ContainerActions *m_actions;
    LinkButton *m_crumbList = nullptr;
    ElidedLabel *m_crumbName = nullptr;
    Label *m_crumbProject = nullptr;
    ElidedLabel *m_name = nullptr;
    Badge *m_badge = nullptr;
    FactsLine *m_facts = nullptr;
    IconButton *m_more = nullptr;
    Button *m_recreate = nullptr;
    TabBar *m_tabs = nullptr;
    QStackedLayout *m_stack = nullptr; ///< the messages, and what the tabs show
    std::optional<DetailsTabs> m_parts;
    int m_terminal = 0; ///< number of its tab, as are the next
    int m_files = 0;
    int m_stats = 0;
    int m_inspect = 0;
    EmptyState *m_message = nullptr;
    EmptyState *m_busy = nullptr;
    QWidget *m_nothing = nullptr; ///< before it is worth a spinner
    Label *m_problem = nullptr;
    QTimer m_patience;
    QString m_announced; ///< state last told to screen readers
};

} // namespace roadstead::ui
