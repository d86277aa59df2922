// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace roadstead::ui {

class ConfirmDialog;

/// What takes the pages away.
enum class Leaving {
    Program, ///< it ends
    Engine   ///< another one is shown
};

/// Asks before words that were not saved are lost, wherever they are. GUI thread.
class LossQuestion : public QObject
{
    Q_OBJECT
public:
    /// `find`: what is not saved now. The question is asked over `window`, which owns this.
    LossQuestion(std::function<QList<Unsaved>()> find, QWidget *window);

    /// Calls `goOn` where nothing is lost, or once a person has saved or discarded it; at once, or
    /// from the event loop. Never where they stay. One question at a time: the newest counts.
    void ask(Leaving leaving, std::function<void()> goOn);

private:
    void save(const QList<Unsaved> &all, Leaving leaving, const std::function<void()> &goOn);

    std::function<QList<Unsaved>()> m_find;
    QWidget *m_window;
    QPointer<ConfirmDialog> m_dialog;
};

} // namespace roadstead::ui
