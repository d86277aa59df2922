// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is lost with ContainersPage: files that are being edited, and forms that are filled in.

#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/files/files_tab.h"
#include "ui/wizards/commit/commit_controller.h"
#include "ui/wizards/commit/commit_wizard.h"
#include "ui/wizards/recreate/recreate_controller.h"
#include "ui/wizards/run/run_controller.h"

#include <QStackedWidget>

namespace roadstead::ui {

namespace {

/// More than an image, which is chosen with one click.
bool isFilled(const RunForm &form)
{
    RunForm plain;
    plain.image = form.image;
    plain.isDetached = form.isDetached;
    return form != plain;
}

} // namespace

QList<Unsaved> ContainersPage::unsaved()
{
    QList<Unsaved> all;
    if (!m_stack) {
        return all;
    }
    for (const FilesTab *files : m_stack->findChildren<FilesTab *>()) {
        all += files->unsaved();
    }
    const auto addForm = [&all](const QString &text) {
        all.append({QStringLiteral("pencil"), text, {}});
    };
    // That of a run is there when one comes back to it; those of one container go when left.
    if (m_run && m_run->step() == RunController::Step::Editing && isFilled(m_run->form())) {
        addForm(tr("What is filled in to run a container"));
    }
    if (isInRecreate() && m_recreation->step() == RecreateController::Step::Editing &&
        !m_recreation->differences().empty()) {
        addForm(tr("What is changed to recreate %1").arg(m_recreation->name()));
    }
    const bool isInCommit = m_commitWizard && m_stack->currentWidget() == m_commitWizard;
    if (isInCommit && m_commits->step() == CommitController::Step::Editing &&
        m_commits->form() != CommitForm()) {
        addForm(tr("What is filled in to commit %1").arg(m_commits->containerName()));
    }
    return all;
}

} // namespace roadstead::ui
