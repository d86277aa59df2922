// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/autostart.h"
#include "ui/widgets/surface.h"

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QScrollArea;
class QVBoxLayout;

namespace roadstead::ui {

class Label;

/// Settings that work today: appearance, how Roadstead starts, the keyboard map. Everything applies
/// at once.
class SettingsPage : public Surface
{
    Q_OBJECT
public:
    /// `hasTray`: without one, starting minimised would leave nothing to see.
    explicit SettingsPage(Autostart autostart, QWidget *parent = nullptr);

    void setTrayPresent(bool present);
    /// Scrolls to the keyboard map.
    void showShortcuts();

private:
    QWidget *makeAppearance();
    QWidget *makeStart();
    QWidget *makeShortcuts();
    void applyStart();

    Autostart m_autostart;
    QCheckBox *m_startWithSession;
    QCheckBox *m_minimized;
    Label *m_problem;
    Label *m_trayNote;
    QScrollArea *m_scroll;
    QWidget *m_shortcuts;
};

} // namespace roadstead::ui
