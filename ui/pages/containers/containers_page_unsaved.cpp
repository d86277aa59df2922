// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is lost with ContainersPage: files that are being edited, forms that are filled in, and
// terminals that are in use.

#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/files/files_tab.h"
#include "ui/pages/containers/limits_card.h"
#include "ui/pages/containers/terminal/terminal_panes.h"
#include "ui/pages/containers/terminal/terminal_tab.h"
#include "ui/text/display_text.h"
#include "ui/widgets/toast.h"
#include "ui/wizards/commit/commit_controller.h"
#include "ui/wizards/commit/commit_wizard.h"
#include "ui/wizards/recreate/recreate_controller.h"
#include "ui/wizards/run/run_controller.h"
#include "ui/wizards/run/run_presets.h"

#include <QStackedWidget>

#include <algorithm>
#include <tuple>

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
    for (const LimitsCard *limits : m_stack->findChildren<LimitsCard *>()) {
        if (limits->isFilled()) {
            addForm(tr("Changed limits of %1").arg(displayText(limits->details().name)));
        }
    }
    for (const TerminalTab *tab : m_stack->findChildren<TerminalTab *>()) {
        if (tab->isFormFilled()) {
            addForm(tr("What is filled in for a terminal of %1").arg(tab->containerName()));
        }
    }
    if (const int inUse = TerminalPanes::of(m_controller.engine())->countInUse(); inUse > 0) {
        all.append({QStringLiteral("terminal"),
                    tr("%n open terminals: what runs in them is out of reach then", nullptr, inUse),
                    {}});
    }
    // That of a run is there when one comes back to it; those of one container go when left.
    if (hasRunDraft()) {
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

bool ContainersPage::hasRunDraft() const
{
    return m_run && m_run->step() == RunController::Step::Editing && isFilled(m_run->form());
}

void ContainersPage::keepDrafts()
{
    if (hasRunDraft()) {
        std::ignore =
            m_presets->keepDraft(m_run->form()); // nobody is there to be told of a failure
    }
}

/// What keepDrafts() kept when the program ended last.
void ContainersPage::restoreDraft()
{
    const std::optional<RunForm> draft = m_presets->takeDraft();
    if (!draft) {
        return;
    }
    m_run->setForm(*draft);
    const bool lacksValues = std::ranges::any_of(
        draft->environment, [](const RunVariable &variable) { return variable.isMissing; });
    m_toasts->show({ToastKind::Done,
                    tr("What you filled in to run a container is there again"),
                    lacksValues ? tr("Values of secret variables were not kept.") : QString(),
                    {{QStringLiteral("toastDraft"), tr("Show"), {}, [this] { showRunWizard(); }}},
                    {}});
}

} // namespace roadstead::ui
