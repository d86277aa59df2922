// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/tab/details_tab.h"
#include "ui/pages/containers/terminal/terminal_session.h"

#include <map>
#include <string>
#include <vector>

class QComboBox;
class QLineEdit;
class QStackedLayout;

namespace roadstead::ui {

class EmptyState;
class IconButton;
class TabBar;
class TerminalPane;

/// Shells in a container, each in a tab of its own. They go on while something else is shown.
class TerminalTab : public DetailsTab
{
    Q_OBJECT
public:
    explicit TerminalTab(ContainerEngine *engine, QWidget *parent = nullptr);
    ~TerminalTab() override;

    void setContainer(const ContainerRow &row) override;
    void clear() override;
    void setShown(bool shown) override;
    /// The session in front; null when there is none.
    [[nodiscard]] TerminalPane *pane() const;
    /// One more, with what the fields say.
    void openSession();

private:
    using Panes = std::vector<TerminalPane *>;

    QWidget *buildBar();
    QWidget *buildFields(QWidget *bar);
    void closeSession(TerminalPane *pane);
    void showPanes();
    void labelPanes();
    void showState();
    void forgetEnded();
    [[nodiscard]] TerminalChoice choice() const;
    [[nodiscard]] Panes &panes() { return m_panes[m_id]; }

    ContainerEngine *m_engine;
    TabBar *m_tabs = nullptr;
    IconButton *m_add = nullptr;
    QComboBox *m_shell = nullptr;
    QLineEdit *m_user = nullptr;
    QLineEdit *m_folder = nullptr;
    EmptyState *m_message;
    QStackedLayout *m_stack;
    std::map<std::string, Panes> m_panes; ///< by the container's id
    std::string m_id;                     ///< empty: no container
    std::string m_name;                   ///< as the engine has it
    QString m_shownName;
    docker::ContainerState m_state = docker::ContainerState::Unknown;
    bool m_shown = false;
};

} // namespace roadstead::ui
