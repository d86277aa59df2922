// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

class QVBoxLayout;

namespace roadstead::ui {

class Label;
class RecreateController;

/// Beside the form: what changes, what happens in which order, and that it can be taken back.
class ChangesPanel : public Surface
{
    Q_OBJECT
public:
    explicit ChangesPanel(RecreateController *controller, QWidget *parent = nullptr);

private:
    void refresh();
    void refreshChanges();
    void refreshPlan();

    RecreateController *m_controller;
    Label *m_title;
    Surface *m_box;
    QVBoxLayout *m_changes;
    QVBoxLayout *m_plan;
    Label *m_undo;
};

} // namespace roadstead::ui
