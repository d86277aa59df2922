// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/run_form.h"

#include <QWidget>

namespace roadstead::ui {

/// Some fields of the form.
class FormPart : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual void fill(const RunForm &form) = 0; ///< puts what it has into the fields
    /// Puts what the fields have into the form, and leaves the rest of it.
    virtual void collect(RunForm &form) const = 0;

Q_SIGNALS:
    void edited(); ///< by the person, not by fill()
    void fixWanted(const roadstead::ui::RunPlace &place);
};

} // namespace roadstead::ui
