// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/name_dialog.h"

namespace roadstead::ui {

/// Asks for a container's new name.
class RenameDialog : public NameDialog
{
    Q_OBJECT
public:
    /// `shownName`: display text, for the question; `name`: as it is, for the field.
    RenameDialog(const QString &shownName, const QString &name, Rules rules, QWidget *parent);

    void accept() override;

private:
    QString m_oldName;
};

} // namespace roadstead::ui
