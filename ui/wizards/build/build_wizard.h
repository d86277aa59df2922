// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/build/build_controller.h"
#include "ui/wizards/frame/wizard_frame.h"

namespace roadstead::ui {

class BuildView;
class Button;
class ContextStep;
class DockerfileStep;
class ElidedLabel;
class Label;
class OptionsStep;
class ResultStep;
class Stepper;

/// Builds an image: context, Dockerfile, options, the build itself, its result.
class BuildWizard : public WizardFrame
{
    Q_OBJECT
public:
    /// `controller` must outlive the wizard.
    explicit BuildWizard(BuildController *controller, QWidget *parent = nullptr);
    ~BuildWizard() override;

    void begin();  ///< it is shown: the keyboard goes to the first field
    void resume(); ///< what was in the way is mended: the keyboard goes to the verb

Q_SIGNALS:
    void leaveWanted();
    void runWanted(const QString &image);
    void pushWanted(const QString &image); ///< a tag, to a registry
    /// What the registry that stood in the way of the build needs; then resume().
    void mendWanted(roadstead::ui::RegistryRemedy remedy, const std::string &registry);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    using Step = BuildController::Step;
    void makeBars();
    void fill();
    void refresh();
    void refreshStep();
    void goOn();
    void build();
    void editAt(int line);

    BuildController *m_controller;
    ContextStep *m_context;
    DockerfileStep *m_dockerfile;
    OptionsStep *m_options;
    BuildView *m_view;
    ResultStep *m_result;
    Stepper *m_stepper = nullptr;
    Label *m_subject = nullptr;
    Button *m_leave = nullptr;
    ElidedLabel *m_note = nullptr;
    Button *m_back = nullptr;
    Button *m_next = nullptr;
};

} // namespace roadstead::ui
