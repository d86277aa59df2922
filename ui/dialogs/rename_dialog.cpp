// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/rename_dialog.h"

#include <utility>

namespace roadstead::ui {

RenameDialog::RenameDialog(const QString &shownName, const QString &name, Rules rules,
                           QWidget *parent)
    : NameDialog({QStringLiteral("renameContainer"), tr("Rename %1").arg(shownName), tr("New name"),
                  tr("Rename")},
                 name, std::move(rules), parent)
    , m_oldName(name)
{
}

void RenameDialog::accept()
{
    if (newName() == m_oldName) {
        reject();
        return;
    }
    NameDialog::accept();
}

} // namespace roadstead::ui
