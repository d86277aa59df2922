// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace roadstead::ui {

class Badge;
class Button;
class Label;
class LayersController;
class LegendLabel;
class StackBar;

/// Above the layers: how the bytes of the image are shared out, and what can be done.
class LayersHead : public QWidget
{
    Q_OBJECT
public:
    explicit LayersHead(LayersController *controller, QWidget *parent = nullptr);

    void update();

Q_SIGNALS:
    void compareWanted();

private:
    LayersController *m_controller;
    StackBar *m_bar;
    LegendLabel *m_wasted;
    LegendLabel *m_seen;
    Label *m_facts;
    Badge *m_badge;
    Button *m_compare;
    Button *m_end;
};

} // namespace roadstead::ui
