// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/registry_text.h"
#include "ui/wizards/frame/wizard_frame.h"

#include <string>

class QComboBox;
class QLineEdit;
class QStringListModel;

namespace roadstead::ui {

class Button;
class Label;
class LayersView;
class PolicyNotice;
class PullController;
class Surface;

/// Asks what to pull, and shows how far it is.
class PullWizard : public WizardFrame
{
    Q_OBJECT
public:
    /// `controller` must outlive the wizard.
    explicit PullWizard(PullController *controller, QWidget *parent = nullptr);
    ~PullWizard() override;

    void begin();  ///< it is shown: the keyboard goes to the first field
    void resume(); ///< what was in the way is mended: the keyboard goes to the verb
    [[nodiscard]] QLineEdit *imageField() const { return m_image; }

Q_SIGNALS:
    void leaveWanted();
    void imageWanted(); ///< what was pulled, in the list
    void runWanted();   ///< a container of it
    /// What would let the engine pull from that registry.
    void mendWanted(roadstead::ui::RegistryRemedy remedy, const std::string &registry);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeForm();
    QWidget *makeSide();
    QWidget *makeProgress();
    void makeBars();
    void refresh();
    void refreshStep();
    void pull(bool isDecided);

    PullController *m_controller;
    Surface *m_failureBox = nullptr;
    Label *m_failureTitle = nullptr;
    Label *m_failureText = nullptr;
    Button *m_mend = nullptr;
    PolicyNotice *m_notice = nullptr;
    QLineEdit *m_image = nullptr;
    QStringListModel *m_names = nullptr;
    Label *m_imageNote = nullptr;
    QComboBox *m_platform = nullptr;
    Label *m_platformNote = nullptr;
    Label *m_line = nullptr;
    Label *m_title = nullptr;
    Label *m_verified = nullptr;
    LayersView *m_layers = nullptr;
    QWidget *m_result = nullptr;
    Button *m_show = nullptr;
    Button *m_leave = nullptr;
    Button *m_pull = nullptr;
    bool m_tried = false; ///< the verb was pressed: from now on problems are said while typing
};

} // namespace roadstead::ui
