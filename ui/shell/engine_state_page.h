// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"
#include "ui/widgets/empty_state.h"

class QTimer;

namespace roadstead::ui {

class Button;
class Label;
class Surface;

/// What the content area shows while the engine cannot serve the pages: not installed, stopped,
/// starting, stopping, failed (with its last log lines), no access, not answering, unreachable.
class EngineStatePage : public EmptyState
{
    Q_OBJECT
public:
    explicit EngineStatePage(EngineView *engine, QWidget *parent = nullptr);

    void refresh();
    /// Whether to offer another engine where this one has nothing more to show.
    void setOffersAnother(bool offers);

Q_SIGNALS:
    void anotherRequested();

private:
    void remedy();
    void pressSecondary();

    EngineView *m_engine;
    bool m_offersAnother = false;
    Surface *m_details;
    Label *m_lines;
};

/// One line above a page whose lists are no longer live: what, why, remedy.
class EngineBanner : public QWidget
{
    Q_OBJECT
public:
    explicit EngineBanner(EngineView *engine, QWidget *parent = nullptr);

    void refresh();

private:
    EngineView *m_engine;
    class MarkLabel *m_mark;
    Label *m_what;
    Label *m_why;
    Button *m_remedy;
    QTimer *m_age;
};

} // namespace roadstead::ui
