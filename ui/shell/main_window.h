// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"
#include "ui/shell/page.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>

class QStackedWidget;

namespace roadstead::ui {

class ActionRegistry;
class ActivityPanel;
class CommandBar;
class CommandHistoryPopup;
class CommandPalette;
class EngineBanner;
class EngineChoice;
class EnginePopup;
class EngineStatePage;
class LossQuestion;
enum class Leaving;
class SettingsPage;
class Sidebar;
class ToastHost;
class TopBar;

/// The window: top bar, sidebar, pages, command bar, and what lies over them. It knows no page;
/// they are handed in by addPage(). GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// `engine` must outlive the window.
    explicit MainWindow(EngineView *engine, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Adds a page at the end of the sidebar; the first one is shown. Not owned.
    void addPage(Page *page);
    /// Shows these instead of all that were added, which may go when this returns: another engine
    /// is shown. The page in view stays, if one of these has its id.
    void replacePages(const QList<Page *> &pages);
    /// The engines there are, for the switcher; must outlive the window.
    void setEngineChoice(EngineChoice *choice);
    void showPage(const QString &id);
    [[nodiscard]] bool isInPage(const QString &id) const { return m_current == id; }
    void showSettings();
    void showShortcuts();
    void showActivity();
    [[nodiscard]] const QList<Page *> &pages() const { return m_pages; }
    /// Brings the window to the front, from the tray or by a second start.
    void present();

    [[nodiscard]] ActionRegistry *actionRegistry() const { return m_actions; }
    [[nodiscard]] ToastHost *toasts() const { return m_toasts; }
    [[nodiscard]] CommandBar *commandBar() const { return m_commandBar; }
    [[nodiscard]] EngineView *engine() const { return m_engine; }

    /// With a tray, closing the window hides it; without, it ends the program after asking once.
    void setTrayPresent(bool present);
    void runVerb(EngineVerb verb);
    /// Ends the program, whether there is a tray to hide in or not, once a person has decided
    /// about what is not saved.
    void quit();
    /// Calls `goOn` unless a person wants to keep what is not saved on the pages, see
    /// LossQuestion::ask().
    void leave(Leaving leaving, const std::function<void()> &goOn);
    /// The desktop wants to end its session, and everything in it. Where something would be lost:
    /// if a person may be asked, they are, and this is false: the desktop is to let it be until the
    /// program ends. Otherwise pages keep what they can.
    [[nodiscard]] bool endSession(bool mayAsk);
    /// The program ends now: closing the window closes it, and neither hides it nor asks.
    void prepareToEnd();

Q_SIGNALS:
    void addEngineRequested();
    void editEngineRequested(const QString &contextName);
    void removeEngineRequested(const QString &contextName);
    /// The program is to end; the engine keeps running.
    void quitRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void layOut();
    void connectParts();
    void makeActions();
    void watchEngine();
    void refreshContent();
    void refreshPrimary();
    void goBack();
    void cyclePanes(int step);
    void toggleActivity();
    void showEnginePopup(QWidget *anchor);
    void showHistory(QWidget *anchor);
    void askBeforeQuitting();
    void end();
    [[nodiscard]] QList<Unsaved> unsaved() const;
    [[nodiscard]] std::optional<DropOffer> offerFor(const QStringList &paths) const;
    QList<PaletteItem> paletteItems(const QString &typed);
    void restorePlace();
    void savePlace() const;
    [[nodiscard]] Page *currentPage() const;

    EngineView *m_engine;
    EngineChoice *m_choice = nullptr;
    ActionRegistry *m_actions;
    TopBar *m_topBar;
    Sidebar *m_sidebar;
    QStackedWidget *m_stack;   ///< pages and Settings
    QStackedWidget *m_content; ///< the stack, or the engine's state
    EngineStatePage *m_statePage;
    EngineBanner *m_banner;
    CommandBar *m_commandBar;
    ToastHost *m_toasts;
    CommandPalette *m_palette;
    ActivityPanel *m_activity;
    SettingsPage *m_settings;
    LossQuestion *m_losses;
    QPointer<EnginePopup> m_enginePopup;
    QPointer<CommandHistoryPopup> m_historyPopup;
    QList<Page *> m_pages;
    QStringList m_visited; ///< ids of places, for Back; empty id = Settings
    QString m_current;
    QAction *m_back = nullptr;
    bool m_trayPresent = false;
    bool m_quitting = false;
};

} // namespace roadstead::ui
