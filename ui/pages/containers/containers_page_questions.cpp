// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ContainersPage asks before a command, and says after it.

#include "ui/pages/containers/containers_page.h"

#include "engine/docker/compose_text.h"
#include "ui/dialogs/batch_dialog.h"
#include "ui/dialogs/kill_dialog.h"
#include "ui/dialogs/remove_dialog.h"
#include "ui/dialogs/rename_dialog.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/pages/containers/details_text.h"
#include "ui/pages/containers/details_view.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/toast.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QStackedWidget>

#include <algorithm>
#include <memory>

namespace roadstead::ui {

void ContainersPage::askRemoval(const std::vector<std::string> &ids)
{
    const ContainerRows rows = m_controller.rowsOf(ids); // as they are now: so they are shown
    QList<DoomedContainer> doomed;
    for (const ContainerRowPointer &row : rows) {
        doomed.append({row->name, row->isAlive(), QString::fromStdString(row->rawName)});
    }
    const auto command = [rows](bool volumes) {
        ActionOptions options;
        options.volumes = volumes;
        return commandLineFor(ContainerAction::Remove, rows, options);
    };
    auto *dialog = new RemoveDialog(doomed, command, widget());
    connect(dialog, &QDialog::accepted, this, [this, dialog, rows] {
        ActionOptions options;
        options.volumes = dialog->removesVolumes();
        m_controller.performAsShown(ContainerAction::Remove, rows, options);
    });
    connect(dialog, &RemoveDialog::volumesWanted, this,
            [this, dialog, rows] { listVolumes(dialog, rows); });
    tellSizes(dialog, rows);
    dialog->open();
}

/// Asks the engine how much each of `rows` has written, and tells the dialog.
void ContainersPage::tellSizes(RemoveDialog *dialog, const ContainerRows &rows)
{
    constexpr std::size_t mostMeasured = 100; // each is a walk over files for the engine
    if (rows.size() > mostMeasured) {
        return;
    }
    std::vector<std::string> ids;
    for (const ContainerRowPointer &row : rows) {
        ids.push_back(row->id);
    }
    m_controller.engine()->measure(ids).then(
        dialog, [dialog, ids](const Result<std::vector<docker::ContainerSummary>> &measured) {
            if (!measured) {
                return; // a size more or less decides nothing
            }
            QList<qint64> sizes;
            for (const std::string &id : ids) {
                const auto found = std::ranges::find(*measured, id, &docker::ContainerSummary::id);
                // The engine leaves a size of nothing out.
                sizes.append(found == measured->end() ? -1 : std::max<qint64>(found->size, 0));
            }
            dialog->setSizes(sizes);
        });
}

/// Asks the engine for the anonymous volumes of `rows`, and tells the dialog once all are known.
void ContainersPage::listVolumes(RemoveDialog *dialog, const ContainerRows &rows)
{
    struct Sum
    {
        QStringList volumes;
        std::size_t open = 0;
        int unknown = 0;
    };
    constexpr std::size_t mostAsked = 100;
    const auto sum = std::make_shared<Sum>();
    sum->open = std::min(rows.size(), mostAsked);
    sum->unknown = static_cast<int>(rows.size() - sum->open);
    for (std::size_t i = 0; i < std::min(rows.size(), mostAsked); ++i) {
        m_controller.engine()
            ->inspect(rows[i]->id)
            .then(dialog, [dialog, sum,
                           name = rows[i]->name](const Result<docker::ContainerDetails> &result) {
                if (result) {
                    for (const docker::Mount &mount : result->mounts) {
                        if (isAnonymousVolume(mount)) {
                            sum->volumes.append(tr("Volume %1 of %2, at %3")
                                                    .arg(displayText(mount.name.substr(0, 12)),
                                                         name, displayText(mount.destination)));
                        }
                    }
                } else if (result.error().kind != ErrorKind::NotFound) {
                    ++sum->unknown;
                }
                if (--sum->open == 0) {
                    dialog->setVolumes(sum->volumes, sum->unknown);
                }
            });
    }
}

void ContainersPage::askName(const std::string &id)
{
    const ContainerRowPointer row = m_controller.containers()->find(id);
    if (!row) {
        return;
    }
    const auto problem = [this, id](const QString &name) {
        const QString broken = containerNameProblem(name);
        return broken.isEmpty() && m_controller.isNameTaken(name.toStdString(), id)
                   ? tr("Another container is called %1. Choose another name.").arg(name)
                   : broken;
    };
    const auto options = [](const QString &name) {
        ActionOptions chosen;
        chosen.newName = name.toStdString();
        return chosen;
    };
    const auto command = [row, options](const QString &name) {
        return commandLineFor(ContainerAction::Rename, {row}, options(name));
    };
    auto *dialog = new RenameDialog(row->name, QString::fromStdString(row->rawName),
                                    {problem, command}, widget());
    connect(dialog, &QDialog::accepted, this, [this, dialog, row, options] {
        m_controller.performAsShown(ContainerAction::Rename, {row}, options(dialog->newName()));
    });
    dialog->open();
}

void ContainersPage::askSignal(const std::vector<std::string> &ids)
{
    const ContainerRows rows = applicable(ContainerAction::Kill, m_controller.rowsOf(ids));
    if (rows.empty()) {
        return;
    }
    QStringList names;
    for (const ContainerRowPointer &row : rows) {
        names.append(row->name);
    }
    QStringList signalNames;
    for (const char *name : killSignals()) {
        signalNames.append(QLatin1StringView(name));
    }
    const auto options = [](const QString &name) {
        ActionOptions chosen;
        chosen.signal = name.toStdString();
        return chosen;
    };
    const auto command = [rows, options](const QString &name) {
        return commandLineFor(ContainerAction::Kill, rows, options(name));
    };
    auto *dialog = new KillDialog(names, signalNames, command, widget());
    connect(dialog, &QDialog::accepted, this, [this, dialog, rows, options] {
        m_controller.performAsShown(ContainerAction::Kill, rows, options(dialog->signalName()));
    });
    dialog->open();
}

/// First in the menu while a removal waits: the notice that offers it may be covered, or closed.
void ContainersPage::addUndo(QMenu *menu, const std::vector<std::string> &ids)
{
    std::vector<std::string> waiting;
    for (const ContainerRowPointer &row : m_controller.rowsOf(ids)) {
        if (row->pending == PendingWork::RemovalWaits) {
            waiting.push_back(row->id);
        }
    }
    if (waiting.empty()) {
        return;
    }
    QAction *undo =
        menu->addAction(icon(QStringLiteral("arrow-counterclockwise")),
                        waiting.size() == 1 ? tr("Undo the removal")
                                            : tr("Undo %n removals", nullptr, int(waiting.size())));
    undo->setObjectName(QStringLiteral("menuUndo"));
    connect(undo, &QAction::triggered, this, [this, waiting] {
        for (const std::string &id : waiting) {
            m_controller.undoRemoval(id);
        }
    });
    menu->addSeparator();
}

void ContainersPage::showMenu(const std::vector<std::string> &ids, QPoint position)
{
    auto *menu = new QMenu(widget());
    menu->setObjectName(QStringLiteral("containerMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *actions = new ContainerActions(&m_controller, QStringLiteral("menu"), menu);
    actions->setTargets(ids);
    // To be read: keys are bound to the page's own actions.
    actions->action(ContainerAction::Restart)->setShortcuts(keysFor(Keys::Restart));
    actions->action(ContainerAction::Rename)->setShortcuts(keysFor(Keys::Rename));
    actions->action(ContainerAction::Remove)->setShortcuts(keysFor(Keys::Remove));
    const ContainerAction toggled = m_controller.toggleAction(m_controller.rowsOf(ids));
    actions->action(toggled)->setShortcuts(keysFor(Keys::StartStop));
    connect(actions, &ContainerActions::triggered, this, &ContainersPage::perform);
    addUndo(menu, ids);
    addCompare(menu, ids);
    if (ids.size() == 1) {
        QAction *open = menu->addAction(tr("Open details"));
        open->setObjectName(QStringLiteral("menuOpen"));
        open->setShortcuts(keysFor(Keys::Open));
        const std::string id = ids.front();
        connect(open, &QAction::triggered, this, [this, id] { showDetails(id); });
        QAction *beside = menu->addAction(tr("Details beside the list"));
        beside->setObjectName(QStringLiteral("menuPane"));
        beside->setShortcuts(keysFor(Keys::Details));
        beside->setVisible(m_view && !m_view->isPaneOpen() && !canGoBack());
        connect(beside, &QAction::triggered, this, [this, id] {
            m_view->table()->setCurrentId(id);
            m_view->setPaneOpen(true, Qt::OtherFocusReason);
        });
        const ContainerRowPointer row = m_controller.containers()->find(id);
        QAction *terminal = menu->addAction(tr("Terminal"));
        terminal->setObjectName(QStringLiteral("menuTerminal"));
        terminal->setShortcuts(keysFor(Keys::Terminal));
        terminal->setEnabled(row && row->isRunning());
        connect(terminal, &QAction::triggered, this, [this, id] { showTerminal(id); });
    }
    addLogs(menu, ids);
    menu->addSeparator();
    for (const ContainerAction action : allContainerActions) {
        QAction *entry = actions->action(action);
        if (action == ContainerAction::Rename) {
            menu->addSeparator();
        }
        if (entry->isEnabled() || action == ContainerAction::Remove) {
            menu->addAction(entry);
        }
    }
    if (ids.size() == 1) {
        menu->addSeparator();
        addOffers(menu, ids.front(), QStringLiteral("menu"));
        menu->addSeparator();
        const ContainerRows rows = m_controller.rowsOf(ids);
        const auto addCopy = [menu](const char *name, const QString &text,
                                    const std::string &value) {
            QAction *copy = menu->addAction(text);
            copy->setObjectName(QLatin1StringView(name));
            QObject::connect(copy, &QAction::triggered, menu, [value] {
                QGuiApplication::clipboard()->setText(QString::fromStdString(value));
            });
        };
        if (!rows.empty()) {
            addCopy("menuCopyName", tr("Copy name"), rows.front()->rawName);
            addCopy("menuCopyId", tr("Copy id"), rows.front()->id);
            addCopy("menuCopyImage", tr("Copy image"), rows.front()->rawImage);
            addCommandCopies(menu, rows.front());
        }
    }
    menu->popup(position);
}

void ContainersPage::addCommandCopies(QMenu *menu, const ContainerRowPointer &row)
{
    const auto add = [&](const char *name, const QString &text, CommandForm form) {
        QAction *copy = menu->addAction(text);
        copy->setObjectName(QLatin1StringView(name));
        connect(copy, &QAction::triggered, this, [this, row, form] { copyCommand(*row, form); });
    };
    // In the background, as it runs.
    add("menuCopyRun", tr("Copy as docker run"), [](const docker::CreateContainer &create) {
        std::vector<std::string> words = docker::arguments(docker::Command(create));
        words.front() = "run";
        words.insert(words.begin() + 1, "-d");
        return CommandText{docker::commandLine(words), {}};
    });
    add("menuCopyCreate", tr("Copy as docker create"), [](const docker::CreateContainer &create) {
        return CommandText{docker::commandLine(docker::arguments(docker::Command(create))), {}};
    });
    add("menuCopyCompose", tr("Copy as Compose file"), [](const docker::CreateContainer &create) {
        const docker::ComposeText text = docker::composeText(create);
        QStringList unsaid;
        for (const std::string &option : text.unsaid) {
            unsaid.append(displayText(option));
        }
        return CommandText{
            text.yaml,
            unsaid.isEmpty()
                ? QString()
                : tr("Compose has no word for %1.").arg(unsaid.join(QStringLiteral(", ")))};
    });
}

/// What makes such a container, to the clipboard.
void ContainersPage::copyCommand(const ContainerRow &row, CommandForm form)
{
    m_controller.engine()->commandBehind(row.id).then(
        this, [this, name = row.rawName, form](const Result<docker::CreateContainer> &create) {
            if (!create) {
                showFailure(name, create.error());
                return;
            }
            const CommandText text = form(*create);
            QGuiApplication::clipboard()->setText(QString::fromStdString(text.text));
            if (m_toasts) {
                ToastContent content;
                content.title = tr("Copied the command of %1").arg(displayText(name));
                content.text = text.note;
                m_toasts->show(content);
            }
        });
}

void ContainersPage::showFailure(const std::string &name, const Error &error)
{
    if (!m_toasts) {
        return;
    }
    const Explanation words = describe(error, QString::fromStdString(name));
    ToastContent content;
    content.kind = ToastKind::Error;
    content.title = words.title;
    content.text = words.body();
    content.details = words.rawDetail;
    const QString all =
        words.title + u'\n' + words.body() + u'\n' + QString::fromStdString(error.detail);
    content.actions.append({QStringLiteral("toastCopy"),
                            tr("Copy"),
                            {},
                            [all] { QGuiApplication::clipboard()->setText(all); },
                            false});
    m_toasts->show(content);
}

namespace {

/// "2 of 5 containers were not stopped".
QString batchTitle(ContainerAction action, int failed, int all)
{
    const auto say = [failed, all](const QString &text) { return text.arg(failed).arg(all); };
    switch (action) {
    case ContainerAction::Start:
        return say(ContainersPage::tr("%1 of %2 containers were not started"));
    case ContainerAction::Stop:
        return say(ContainersPage::tr("%1 of %2 containers were not stopped"));
    case ContainerAction::Restart:
        return say(ContainersPage::tr("%1 of %2 containers were not restarted"));
    case ContainerAction::Pause:
        return say(ContainersPage::tr("%1 of %2 containers were not paused"));
    case ContainerAction::Unpause:
        return say(ContainersPage::tr("%1 of %2 containers were not resumed"));
    case ContainerAction::Kill:
        return say(ContainersPage::tr("%1 of %2 containers were not killed"));
    case ContainerAction::Rename:
    case ContainerAction::Remove:
        break;
    }
    return say(ContainersPage::tr("%1 of %2 containers were not removed"));
}

} // namespace

/// One notice for all, and each with its own reason behind it.
void ContainersPage::showBatch(const ActionBatch &batch)
{
    if (!m_toasts) {
        return;
    }
    ContainerRows again;
    QList<BatchFailure> failed;
    for (const ActionBatch::Failure &failure : batch.failed) {
        const Explanation words = describe(failure.error, failure.row->name);
        failed.append({failure.row->name, words.body(), words.rawDetail});
        again.push_back(failure.row);
    }
    QStringList done;
    for (const ContainerRowPointer &row : batch.done) {
        done.append(row->name);
    }
    const QString title =
        batchTitle(batch.action, int(failed.size()), int(failed.size() + done.size()));
    const QString line = commandLineFor(batch.action, again, batch.options);
    const auto retry = [this, again, action = batch.action, options = batch.options] {
        m_controller.performAsShown(action, again, options);
    };
    ToastContent content;
    content.kind = ToastKind::Error;
    content.title = title;
    content.text = tr("%1: %2", "name, reason").arg(failed.front().name, failed.front().reason);
    if (failed.size() > 1) {
        content.text += u'\n' + tr("and %n more", nullptr, int(failed.size() - 1));
    }
    const QString verb = tr("Try the failed ones again");
    content.actions.append({QStringLiteral("toastBatch"),
                            tr("Show each…"),
                            {},
                            [this, title, failed, done, verb, line, retry] {
                                auto *dialog =
                                    new BatchDialog(title, failed, done, verb, line, widget());
                                connect(dialog, &QDialog::accepted, this, retry);
                                dialog->open();
                            }});
    content.actions.append({QStringLiteral("toastBatchAgain"), tr("Try again"), line, retry});
    m_toasts->show(content);
}

void ContainersPage::showUndo(const std::string &id)
{
    const ContainerRowPointer row = m_controller.containers()->find(id);
    if (!row || !m_toasts) {
        return;
    }
    // The controller's clock decides: a toast that is closed early, or by the end of the program,
    // removes nothing before its time.
    m_undoToasts[id] = m_toasts->showUndo(
        tr("Removing %1").arg(row->name), tr("Nothing is deleted yet."),
        [this, id] { m_controller.undoRemoval(id); }, [this] { m_controller.sendDueRemovals(); });
}

void ContainersPage::closeUndo(const std::string &id)
{
    const auto found = m_undoToasts.find(id);
    if (found == m_undoToasts.end()) {
        return;
    }
    const QPointer<Toast> toast = found->second;
    m_undoToasts.erase(found);
    if (toast) {
        toast->expireNow();
    }
}

} // namespace roadstead::ui
