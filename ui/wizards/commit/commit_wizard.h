// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/frame/wizard_frame.h"

class QBoxLayout;
class QCheckBox;
class QLineEdit;

namespace roadstead::ui {

class Button;
class ChangeRows;
class CommitController;
class CommitResult;
class ElidedLabel;
class Label;
class RemarkLine;
class Surface;
struct CommitRemark;

/// The page that makes an image of a container: its form, what will run beside it, and the image.
class CommitWizard : public WizardFrame
{
    Q_OBJECT
public:
    /// `controller` must outlive the wizard.
    explicit CommitWizard(CommitController *controller, QWidget *parent = nullptr);
    ~CommitWizard() override;

    void begin(); ///< it is shown: the keyboard goes to the first field

Q_SIGNALS:
    void leaveWanted();
    void runWanted(const QString &image);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *makeForm();
    void addFailure(QBoxLayout *column);
    void addName(QBoxLayout *column);
    void addWords(QBoxLayout *column);
    [[nodiscard]] QWidget *makeSide();
    void makeBars();
    void fill();
    void collect();
    void refresh();
    void refreshStep();
    void commit();
    void goTo(const CommitRemark &problem);

    CommitController *m_controller;
    CommitResult *m_result;
    ElidedLabel *m_name = nullptr;
    Surface *m_failureBox = nullptr;
    Label *m_failure = nullptr;
    Label *m_failureText = nullptr;
    QLineEdit *m_repository = nullptr;
    QLineEdit *m_tag = nullptr;
    RemarkLine *m_repositoryRemark = nullptr;
    RemarkLine *m_tagRemark = nullptr;
    QLineEdit *m_author = nullptr;
    QLineEdit *m_message = nullptr;
    QCheckBox *m_pause = nullptr;
    Label *m_pauseNote = nullptr;
    ChangeRows *m_changes = nullptr;
    Label *m_line = nullptr;
    Label *m_problems = nullptr;
    Button *m_leave = nullptr;
    Button *m_commit = nullptr;
};

} // namespace roadstead::ui
