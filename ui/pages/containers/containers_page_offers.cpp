// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ContainersPage does with one container beside its life: commit, export, wait, and the menus
// that offer it.

#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/container_exports.h"
#include "ui/pages/containers/container_offers.h"
#include "ui/pages/containers/container_waits.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/text/display_text.h"
#include "ui/widgets/toast.h"
#include "ui/wizards/commit/commit_controller.h"
#include "ui/wizards/commit/commit_wizard.h"
#include "ui/wizards/run/run_controller.h"

#include <QFileDialog>
#include <QMenu>
#include <QStackedWidget>
#include <QStandardPaths>

namespace roadstead::ui {

void ContainersPage::makeOffers()
{
    m_waits = std::make_unique<ContainerWaits>(m_controller.engine(), m_toasts,
                                               [this](const std::string &id) { showDetails(id); });
    m_exports = std::make_unique<ContainerExports>(m_controller.engine(), m_toasts, m_openUrl);
    connect(m_exports.get(), &ContainerExports::placeWanted, this, &ContainersPage::askExportPlace);
    m_offers = newOffers(QStringLiteral("page"), this);
    m_offers->setNamesTarget(true);
    connect(&m_controller, &ContainersController::stateChanged, m_offers, &ContainerOffers::update);
    connect(m_waits.get(), &ContainerWaits::changed, m_offers, &ContainerOffers::update);
}

ContainerOffers *ContainersPage::newOffers(const QString &prefix, QObject *parent)
{
    OfferRules rules;
    rules.hasForms = m_run != nullptr;
    rules.isAwaited = [this](const std::string &id) { return m_waits->isAwaited(id); };
    auto *offers = new ContainerOffers(&m_controller, std::move(rules), prefix, parent);
    connect(offers, &ContainerOffers::triggered, this, &ContainersPage::performOffer);
    return offers;
}

void ContainersPage::addOffers(QMenu *menu, const std::string &id, const QString &prefix)
{
    ContainerOffers *offers = newOffers(prefix, menu);
    offers->setTarget(id);
    offers->addTo(menu);
    addUndoRecreate(menu, id);
}

void ContainersPage::performOffer(ContainerOffer offer, const std::string &id)
{
    const ContainerRowPointer row = m_controller.containers()->find(id);
    switch (offer) {
    case ContainerOffer::Recreate:
        recreate(id);
        break;
    case ContainerOffer::PublishPort:
        recreate(id, true);
        break;
    case ContainerOffer::Duplicate:
        duplicate(id);
        break;
    case ContainerOffer::Commit:
        commit(id);
        break;
    case ContainerOffer::Export:
        askExportPlace(id);
        break;
    case ContainerOffer::Wait:
        if (m_waits->isAwaited(id)) {
            m_waits->cancel(id);
        } else if (row) {
            m_waits->begin({row->id, row->rawName});
        }
        break;
    }
}

void ContainersPage::askExportPlace(const std::string &id)
{
    const ContainerRowPointer row = m_controller.containers()->find(id);
    if (!row) {
        return;
    }
    auto *dialog = new QFileDialog(widget(), tr("Export the files of %1").arg(row->name));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("tar"));
    dialog->setNameFilters({tr("Tar archives (*.tar)"), tr("All files (*)")});
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    dialog->selectFile(QString::fromStdString(row->rawName) + QStringLiteral(".tar"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, id](const QString &path) { exportTo(id, path); });
    dialog->open();
}

void ContainersPage::exportTo(const std::string &id, const QString &path)
{
    if (const ContainerRowPointer row = m_controller.containers()->find(id)) {
        m_exports->begin({row->id, row->rawName}, path);
    }
}

void ContainersPage::makeCommitWizard()
{
    m_commitWizard = new CommitWizard(m_commits.get());
    m_stack->addWidget(m_commitWizard);
    connect(m_commitWizard, &CommitWizard::leaveWanted, this, &ContainersPage::leaveWizard);
    connect(m_commitWizard, &CommitWizard::runWanted, this, [this](const QString &image) {
        if (!m_run->isUnderWay()) {
            m_run->clear();
            m_run->setForm({.image = image.toStdString()});
            Q_EMIT m_run->formChanged();
        }
        showRunWizard();
    });
}

void ContainersPage::commit(const std::string &id)
{
    const ContainerRowPointer row = m_controller.containers()->find(id);
    if (row && m_commits) {
        m_commits->open({row->id, row->rawName}, row->isAlive());
        showCommitWizard();
    }
}

void ContainersPage::showCommitWizard()
{
    widget();
    m_stack->setCurrentWidget(m_commitWizard);
    m_commitWizard->begin();
    retarget();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

bool ContainersPage::isInForm() const
{
    const QWidget *shown = m_stack ? m_stack->currentWidget() : nullptr;
    return isInWizard() || isInRecreate() || (shown != nullptr && shown == m_commitWizard);
}

/// What is not in view is told at its end.
void ContainersPage::followCommit()
{
    using Step = CommitController::Step;
    const auto failure = m_commits->failure();
    const bool isEnd = m_commits->step() == Step::Done ||
                       (m_commits->step() == Step::Editing && failure.has_value());
    const bool isSeen = m_commitWizard && m_commitWizard->isVisible();
    if (!isEnd || isSeen || m_toasts == nullptr) {
        return;
    }
    ToastContent content;
    if (failure) {
        content.kind = ToastKind::Error;
        content.title = failure->title;
        content.text = failure->body();
        content.details = failure->rawDetail;
    } else {
        content.title = tr("%1 is committed").arg(m_commits->containerName());
        content.text = displayText(m_commits->imageName());
    }
    content.actions.append({QStringLiteral("toastShowCommit"),
                            failure ? tr("Show the form") : tr("Show the image"),
                            {},
                            [this] { showCommitWizard(); }});
    m_toasts->show(content);
}

} // namespace roadstead::ui
