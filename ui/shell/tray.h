// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"

#include <QIcon>
#include <QObject>
#include <QTimer>

class KStatusNotifierItem;
class QAction;
class QMenu;

namespace roadstead::ui {

class MainWindow;

/// What the tray icon tells, each by a shape of its own.
enum class TrayState {
    Running,   ///< whole arc, filled box
    Starting,  ///< dotted arc
    Stopped,   ///< hollow box
    Attention, ///< triangle: something is unhealthy, or the engine failed
    NoReply    ///< cross: the engine does not answer or cannot be reached
};

[[nodiscard]] TrayState trayStateOf(const EngineView &engine);
/// The name under which the icon is installed for panels that colour icons themselves.
[[nodiscard]] QString trayIconName(TrayState state);
/// The icon in one tone, at every size that trays ask for.
[[nodiscard]] QIcon trayIcon(TrayState state);
/// Whether the panel of the desktop with these names (XDG_CURRENT_DESKTOP) colours named icons by
/// their class ColorScheme-Text, so that they fit a panel of any scheme.
[[nodiscard]] bool panelColoursIcons(const QString &desktops);

/// The tray icon with its tooltip and menu. Only plain native items: text, icon, submenu. It tells
/// the window whether a tray is there; where none is, a window that started hidden is shown.
class Tray : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive it.
    Tray(EngineView *engine, MainWindow *window, QObject *parent = nullptr);
    ~Tray() override;

    [[nodiscard]] QMenu *menu() const { return m_menu; }
    [[nodiscard]] QString toolTipDetail() const { return m_detail; }

private:
    void refresh();
    void fillMenu();
    void refreshTip();
    void refreshTasks();
    void refreshEntries();
    void showIcon(TrayState state);

    EngineView *m_engine;
    MainWindow *m_window;
    KStatusNotifierItem *m_item;
    QMenu *m_menu; ///< the item's
    QAction *m_state;
    QAction *m_counts;
    QMenu *m_tasks;           ///< commands that run now
    QList<QMenu *> m_entries; ///< of the pages
    QString m_entriesShown;   ///< what they say
    QAction *m_entriesEnd = nullptr;
    QTimer m_later; ///< figures arrive every second: the tooltip need not
    QString m_detail;
    QAction *m_start;
    QAction *m_restart;
    QAction *m_stop;
    TrayState m_shown = TrayState::Stopped;
    bool m_drawn = false;
};

} // namespace roadstead::ui
