// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/frame/wizard_frame.h"
#include "ui/wizards/run/run_controller.h"

class QFrame;

namespace roadstead::ui {

class BasicForm;
class Button;
class Label;
class PasteBox;
class PolicyNotice;
class PreviewPanel;
class ProgressView;
class RunFields;
class RunPresets;
class Surface;

/// Fills in what a container is run with, shows the command while one types, and runs it.
class RunWizard : public WizardFrame
{
    Q_OBJECT
public:
    /// Both must outlive the wizard.
    RunWizard(RunController *controller, RunPresets *presets, QWidget *parent = nullptr);
    ~RunWizard() override;

    void begin();  ///< it is shown: facts are read again, the keyboard goes to the first field
    void resume(); ///< what was in the way is mended: the keyboard goes to the verb
    [[nodiscard]] PreviewPanel *preview() const { return m_preview; }

Q_SIGNALS:
    void leaveWanted();
    void detailsWanted(const std::string &id);
    void portWanted(const roadstead::docker::Port &port);
    /// What would let the engine pull from that registry.
    void mendWanted(roadstead::ui::RegistryRemedy remedy, const std::string &registry);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *makeForm();
    void makeBars();
    void fill();
    void refresh();
    void refreshStep();
    void run(RunController::Deed deed, bool isDecided = false);
    void goTo(const RunPlace &place);
    void showStartMenu();
    void savePreset();

    RunController *m_controller;
    RunPresets *m_presets;
    PasteBox *m_paste = nullptr;
    Surface *m_failureBox = nullptr;
    Label *m_failureTitle = nullptr;
    Label *m_failureText = nullptr;
    Button *m_mend = nullptr;
    PolicyNotice *m_notice = nullptr;
    RunFields *m_fields = nullptr;
    BasicForm *m_basic = nullptr;
    PreviewPanel *m_preview;
    ProgressView *m_progress;
    Button *m_startFrom = nullptr;
    Button *m_pasteButton = nullptr;
    Button *m_leave = nullptr;
    Button *m_save = nullptr;
    Label *m_problems = nullptr;
    Button *m_createOnly = nullptr;
    Button *m_run = nullptr;
};

} // namespace roadstead::ui
