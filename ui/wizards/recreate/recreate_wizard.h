// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/frame/wizard_frame.h"

namespace roadstead::ui {

class Button;
class Label;
class RecreateController;
class RecreateProgress;
class RunFields;
class Surface;

/// The run form filled from a container, what changes beside it, and the swap.
class RecreateWizard : public WizardFrame
{
    Q_OBJECT
public:
    /// `controller` must outlive the wizard.
    explicit RecreateWizard(RecreateController *controller, QWidget *parent = nullptr);
    ~RecreateWizard() override;

    void begin();         ///< it is shown: the keyboard goes to the first field
    void beginWithPort(); ///< to a new port

Q_SIGNALS:
    void leaveWanted();
    void detailsWanted(const std::string &id);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *makeForm();
    void makeBars();
    void fill();
    void refresh();
    void refreshStep();
    void recreate();

    RecreateController *m_controller;
    RunFields *m_fields;
    RecreateProgress *m_progress;
    Label *m_name = nullptr;
    Surface *m_projectBox = nullptr;
    Label *m_project = nullptr;
    Label *m_problems = nullptr;
    Button *m_leave = nullptr;
    Button *m_reset = nullptr;
    Button *m_recreate = nullptr;
};

} // namespace roadstead::ui
