// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/registry_text.h"
#include "ui/wizards/frame/wizard_frame.h"

#include <QPointer>

#include <string>

class QStackedWidget;

namespace roadstead::ui {

class Button;
class Label;
class PushController;
class PushFields;
class PushPreview;
class PushProgress;
class PushResult;
class SignInDialog;
class Stepper;

/// Asks what to push where, checks that one may, shows how far it is and what came of it.
class PushWizard : public WizardFrame
{
    Q_OBJECT
public:
    /// `controller` must outlive the wizard.
    explicit PushWizard(PushController *controller, QWidget *parent = nullptr);
    ~PushWizard() override;

    void begin();  ///< it is shown: the keyboard goes to the first field
    void resume(); ///< what was in the way is mended: the keyboard goes to the verb

Q_SIGNALS:
    void leaveWanted();
    void browseWanted(const std::string &registry, const std::string &repository);
    /// What the engine is to believe of that registry.
    void mendWanted(roadstead::ui::RegistryRemedy remedy, const std::string &registry);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeForm();
    void makeBars();
    void refresh();
    void refreshStep();
    void push();
    void askAccount();
    void mend(RegistryRemedy remedy);
    [[nodiscard]] int stepNumber() const;

    PushController *m_controller;
    PushFields *m_fields;
    PushPreview *m_preview;
    PushProgress *m_progress;
    PushResult *m_result;
    QStackedWidget *m_side = nullptr;
    Label *m_subject = nullptr;
    Stepper *m_stepper = nullptr;
    Button *m_leave = nullptr;
    Label *m_note = nullptr;
    Button *m_copy = nullptr;
    Button *m_next = nullptr;
    QPointer<SignInDialog> m_dialog;
};

} // namespace roadstead::ui
