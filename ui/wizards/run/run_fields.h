// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/run_form.h"

#include <QList>
#include <QWidget>

namespace roadstead::ui {

class BasicForm;
class CollapsiblePart;
class FormPart;
class LinkButton;
class RunController;

/// All fields of a run form, bound to the form of a controller.
class RunFields : public QWidget
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit RunFields(RunController *controller, QWidget *parent = nullptr);

    [[nodiscard]] BasicForm *basic() const { return m_basic; }
    void fill(); ///< from the controller's form
    /// Opens what hides the field of `place` and gives it the keyboard; null when there is none.
    QWidget *goTo(const RunPlace &place);

Q_SIGNALS:
    void edited(); ///< by the person; the controller has it
    void placeWanted(const roadstead::ui::RunPlace &place);

private:
    void addPart(FormPart *part);
    void collect();
    void openMore(bool open);
    void fix(const RunPlace &place);
    void importVariables(const QString &path);

    RunController *m_controller;
    QList<FormPart *> m_parts;
    QList<CollapsiblePart *> m_sections;
    BasicForm *m_basic;
    LinkButton *m_more;
    QWidget *m_options;
};

} // namespace roadstead::ui
