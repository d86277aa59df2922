// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QString>

#include <functional>

class QLineEdit;

namespace roadstead::ui {

/// Asks for a name. What is wrong with it is said at the field.
class NameDialog : public Dialog
{
    Q_OBJECT
public:
    struct Rules
    {
        std::function<QString(const QString &name)> problem; ///< empty text = a good name
        std::function<QString(const QString &name)> command; ///< the line that is shown
    };
    /// All of it display text but `name`.
    struct Words
    {
        QString name; ///< object name of the dialog
        QString question;
        QString label; ///< of the field, for assistive technology
        QString verb;
    };

    /// `before`: what the field begins with, as it is.
    NameDialog(const Words &words, const QString &before, Rules rules, QWidget *parent);

    [[nodiscard]] QString newName() const;
    void accept() override;

private:
    void refresh();

    Rules m_rules;
    QLineEdit *m_field;
    bool m_tried = false; ///< the verb was pressed: from now on problems are said while typing
};

} // namespace roadstead::ui
