// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QString>

#include <functional>

class QLineEdit;

namespace roadstead::ui {

/// Asks for an object's new name. What is wrong with it is said at the field.
class RenameDialog : public Dialog
{
    Q_OBJECT
public:
    struct Rules
    {
        std::function<QString(const QString &name)> problem; ///< empty text = a good name
        std::function<QString(const QString &name)> command; ///< the line that is shown
    };

    /// `shownName`: display text, for the question; `name`: as it is, for the field.
    RenameDialog(const QString &shownName, const QString &name, Rules rules, QWidget *parent);

    [[nodiscard]] QString newName() const;
    void accept() override;

private:
    void refresh();

    QString m_oldName;
    Rules m_rules;
    QLineEdit *m_field;
    bool m_tried = false; ///< the verb was pressed: from now on problems are said while typing
};

} // namespace roadstead::ui
