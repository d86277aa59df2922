// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

class QComboBox;

namespace roadstead::ui {

class BuildController;
class DockerfileView;
class Button;
class Label;

/// The Dockerfile: which one, and its text to edit.
class DockerfileStep : public Surface
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit DockerfileStep(BuildController *controller, QWidget *parent = nullptr);

    [[nodiscard]] DockerfileView *view() const { return m_view; }
    void fill();             ///< as the controller has it
    void goToLine(int line); ///< and mark it

Q_SIGNALS:
    void edited();

private:
    void refresh();
    void showCheck();
    void showRemark();

    BuildController *m_controller;
    QComboBox *m_choice;
    Button *m_save;
    Label *m_note;
    Label *m_problem;
    Label *m_remark; ///< of the line with the cursor, else of the first
    DockerfileView *m_view;
};

} // namespace roadstead::ui
