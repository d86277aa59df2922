// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/terminal_facts.h"
#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/tab/details_tab.h"
#include "ui/pages/containers/terminal/external_terminal.h"
#include "ui/pages/containers/terminal/terminal_choice.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QAction;
class QBoxLayout;
class QMenu;
class QStackedLayout;

namespace roadstead::ui {

class EmptyState;
class IconButton;
class Label;
class SessionTabs;
class Surface;
class TerminalFields;
class TerminalForm;
class TerminalPane;
class TerminalPanes;

/// Terminals of a container, each in a tab of its own. They go on while something else is shown.
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
    /// Joins the container's own process; goes to the tab that has done so already.
    void openAttached();
    /// A shell of the tools image beside the container.
    void openDebugShell();
    /// Ends the session in front.
    void closeFront();
    /// Shows the form for a session with options.
    void askOptions();
    /// Whether that form is filled in, and nothing was opened with it.
    [[nodiscard]] bool isFormFilled() const;
    [[nodiscard]] const QString &containerName() const { return m_shownName; } ///< display text
    /// The same shell in a terminal of the desktop.
    void openOutside();
    /// Gives the keyboard to the session in front, once this is on screen.
    void focusTerminal();

    /// How another program is started, and what is there to start: a test has its own.
    struct Desktop
    {
        ExternalTerminal::Surroundings surroundings = ExternalTerminal::system();
        std::function<bool(const QStringList &words)> start; ///< empty = detached from this
    };
    void setDesktop(Desktop desktop);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildBar();
    QWidget *buildNotice();
    void placeFields();
    void open(const TerminalChoice &choice, bool takesFocus);
    void close(int index);
    void showPanes();
    void labelPanes();
    void showState();
    void showHints();
    void showMenu();
    void addSessionEntries(QMenu *menu);
    void addScreenEntries(QMenu *menu);
    void readDetails();
    void closeForm();
    void tell(const QString &words);
    [[nodiscard]] TerminalChoice choice() const;
    [[nodiscard]] TerminalChoice plainChoice(TerminalKind kind) const;
    [[nodiscard]] docker::Arguments outsideLine() const;
    [[nodiscard]] std::vector<TerminalPane *> panes() const;
    [[nodiscard]] bool canOpen() const;
    [[nodiscard]] bool canAttach() const;

    ContainerEngine *m_engine;
    TerminalPanes *m_panes;
    QMetaObject::Connection m_following; ///< of m_panes
    Desktop m_desktop;
    SessionTabs *m_tabs = nullptr;
    QAction *m_close = nullptr;
    IconButton *m_add = nullptr;
    IconButton *m_find = nullptr;
    IconButton *m_more = nullptr;
    TerminalFields *m_fields;
    TerminalForm *m_form;
    QBoxLayout *m_bar = nullptr;
    bool m_fieldsInBar = false;
    Surface *m_notice = nullptr;
    Label *m_noticeText = nullptr;
    EmptyState *m_message;
    QStackedLayout *m_stack;
    std::string m_id;   ///< empty: no container
    std::string m_name; ///< as the engine has it
    QString m_shownName;
    docker::ContainerState m_state = docker::ContainerState::Unknown;
    std::optional<docker::TerminalFacts> m_facts; ///< once they are known
    bool m_shown = false;
    bool m_focusWanted = false;
};

} // namespace roadstead::ui
