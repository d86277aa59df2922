// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"

#include <QIcon>
#include <QObject>

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
/// The icon in one tone for panels of the scheme in use, at every size that trays ask for.
[[nodiscard]] QIcon trayIcon(TrayState state);

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

private:
    void refresh();
    void fillMenu();

    EngineView *m_engine;
    MainWindow *m_window;
    KStatusNotifierItem *m_item;
    QMenu *m_menu; ///< the item's
    QAction *m_state;
    QAction *m_counts;
    QAction *m_start;
    QAction *m_restart;
    QAction *m_stop;
    TrayState m_shown = TrayState::Stopped;
    bool m_drawn = false;
};

} // namespace roadstead::ui
