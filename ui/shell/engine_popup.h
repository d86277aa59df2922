// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"

#include <QFrame>

class QLabel;

namespace roadstead::ui {

class Button;
class ElidedLabel;
class Label;
class MarkLabel;
class Surface;

/// The engine's popup, under the switcher and beside the engine card: the engines there are (the
/// embedded one), with state and the one action that helps now, then what else can be done, and the
/// last log lines of a failure.
class EnginePopup : public QFrame
{
    Q_OBJECT
public:
    explicit EnginePopup(EngineView *engine, QWidget *parent);

    /// Below `anchor`, or above it when that fits better.
    void popUp(const QWidget *anchor);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void layOut();

    EngineView *m_engine;
    MarkLabel *m_mark;
    Label *m_name;
    ElidedLabel *m_second;
    Button *m_remedy;
    Surface *m_row;
    Label *m_why;
    Surface *m_logBox;
    Label *m_log;
    Button *m_start;
    Button *m_restart;
    Button *m_stop;
    QWidget *m_footer = nullptr;
};

} // namespace roadstead::ui
