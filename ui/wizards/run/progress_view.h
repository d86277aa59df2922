// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"
#include "ui/widgets/surface.h"

#include <QList>

class QVBoxLayout;

namespace roadstead::ui {

class Button;
class Label;
class LayersView;
class MarkLabel;
class RunController;

/// What is done with the form: steps with their progress, and then what came of it.
class ProgressView : public Surface
{
    Q_OBJECT
public:
    explicit ProgressView(RunController *controller, QWidget *parent = nullptr);

    [[nodiscard]] QWidget *firstButton() const; ///< where the keyboard goes at the end

Q_SIGNALS:
    void detailsWanted(const std::string &id);
    void portWanted(const roadstead::docker::Port &port);
    void againWanted();

private:
    struct StepLine
    {
        QWidget *line;
        MarkLabel *mark;
        Label *text;
    };
    StepLine addStep(const QString &text);
    void refresh();
    void refreshLayers();
    void refreshPorts();

    RunController *m_controller;
    Label *m_title;
    QVBoxLayout *m_steps;
    StepLine m_check;
    StepLine m_pull;
    LayersView *m_layers;
    StepLine m_create;
    StepLine m_start;
    QWidget *m_result;
    QVBoxLayout *m_ports;
    QList<QWidget *> m_portLines;
    Button *m_details;
    Button *m_again;
};

} // namespace roadstead::ui
