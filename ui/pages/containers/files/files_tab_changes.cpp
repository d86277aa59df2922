// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tab asks, and what it changes in the container.

#include "engine/base/text.h"
#include "ui/pages/containers/files/file_table.h"
#include "ui/pages/containers/files/files_tab.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QVBoxLayout>

#include <utility>

namespace roadstead::ui {

void FilesTab::leavePreview(std::function<void()> next)
{
    if (!m_preview->isChanged()) {
        next();
        return;
    }
    auto *dialog = new Dialog(QStringLiteral("discardFile"),
                              tr("Discard what you changed in %1?")
                                  .arg(displayText(service::fileNameOf(m_preview->path()))),
                              this);
    dialog->setText(tr("It was not saved."));
    dialog->setVerb(tr("Discard"), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this, [this, next = std::move(next)] {
        m_preview->clear();
        next();
    });
    dialog->open();
}

/// Words that were not saved wait for the container to be shown again.
void FilesTab::keepDraft()
{
    if (const auto draft = m_preview->draft()) {
        constexpr std::size_t mostDrafts = 20;
        if (m_drafts.size() >= mostDrafts) {
            m_drafts.erase(m_drafts.begin());
        }
        m_drafts.insert_or_assign(m_container.reference, *draft);
    }
}

void FilesTab::openAt(const std::string &folder)
{
    m_controller.open(m_container, folder);
    const auto kept = m_drafts.extract(m_container.reference);
    if (!kept.empty()) {
        m_preview->restore(kept.mapped());
        showPreview(true);
    }
}

QList<Unsaved> FilesTab::unsaved() const
{
    const auto lossOf = [](const FileDraft &draft) {
        return Unsaved{.iconName = QStringLiteral("file-earmark"),
                       .text = tr("Changes to %1 in %2", "file, container")
                                   .arg(draft.row->name, displayText(draft.container.display)),
                       .save = {}};
    };
    QList<Unsaved> all;
    if (const auto draft = m_preview->draft()) {
        Unsaved shown = lossOf(*draft);
        shown.save = [preview = QPointer(m_preview)](std::function<void(bool)> done) {
            preview ? preview->saveThen(std::move(done)) : done(false);
        };
        all.append(std::move(shown));
    }
    for (const auto &[container, draft] : m_drafts) {
        all.append(lossOf(draft));
    }
    return all;
}

void FilesTab::askParting(const std::string &other)
{
    const QString name = displayText(service::fileNameOf(m_preview->path()));
    auto *dialog =
        new Dialog(QStringLiteral("partFile"), tr("Save %1 as a file of its own?").arg(name), this);
    dialog->setText(tr("%1 is another name of the same file. Saved here, it keeps what it has now, "
                       "and the two are different files from then on.")
                        .arg(displayText(other)));
    dialog->setVerb(tr("Save"));
    connect(dialog, &QDialog::accepted, m_preview, &FilePreview::saveApart);
    dialog->open();
}

void FilesTab::askOverwrite()
{
    auto *dialog = new Dialog(
        QStringLiteral("overwriteFile"),
        tr("Overwrite %1?").arg(displayText(service::fileNameOf(m_preview->path()))), this);
    dialog->setText(tr("It was changed in the container since you opened it. Those changes are "
                       "lost when you overwrite it."));
    dialog->setVerb(tr("Overwrite"), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, m_preview, &FilePreview::saveAnyway);
    dialog->open();
}

/// One line for a name in this folder.
void FilesTab::askName(const NameQuestion &ask)
{
    auto *dialog = new Dialog(ask.object, ask.question, this);
    auto *field = new QLineEdit(ask.value, dialog);
    field->setObjectName(ask.object + QStringLiteral("Name"));
    field->setAccessibleName(tr("Name"));
    field->setMaxLength(255);
    field->selectAll();
    dialog->body()->addWidget(field);
    dialog->setVerb(ask.verb);
    const auto refresh = [dialog, ask](const QString &name) {
        const bool isName =
            !name.isEmpty() && !name.contains(u'/') && name != u"." && name != u"..";
        dialog->setVerbEnabled(isName && name != ask.value);
        dialog->setProblem(isName || name.isEmpty()
                               ? QString()
                               : tr("A name has no slash in it, and is not “.” or “..”."));
        dialog->setCommand(isName ? ask.line(name) : QString());
    };
    connect(field, &QLineEdit::textChanged, dialog, refresh);
    connect(dialog, &QDialog::accepted, this, [done = ask.done, field] { done(field->text()); });
    refresh(ask.value);
    dialog->open();
    field->setFocus(Qt::OtherFocusReason);
}

void FilesTab::askFolderName()
{
    docker::PutArchive command{m_container, m_controller.path()};
    command.keepOwner = true;
    const QString line = QString::fromStdString(docker::commandLine(command.arguments()));
    askName({.object = QStringLiteral("newFolder"),
             .question = tr("New folder in %1").arg(shownPath()),
             .value = {},
             .verb = tr("Make folder"),
             .line = [line](const QString &) { return line; },
             .done = [this](const QString &name) { makeFolder(name); }});
}

/// Whether the container can be asked to do what the API cannot.
bool FilesTab::canRunPrograms(const std::vector<FileListModel::RowPointer> &files)
{
    if (m_isGone || files.empty()) {
        return false;
    }
    if (!m_isRunning) {
        say(tr("Files are removed and renamed by programs of the container, so it has to run. "
               "Start it first."),
            true);
        return false;
    }
    for (const auto &file : files) {
        if (!isValidUtf8(file->facts.entry.path)) {
            say(tr("The name of %1 has bytes that are no text, which the engine cannot pass on. "
                   "Use "
                   "Terminal.")
                    .arg(file->name),
                true);
            return false;
        }
    }
    return true;
}

void FilesTab::askNewName()
{
    const auto files = m_table->selectedFiles();
    if (files.size() != 1 || !canRunPrograms(files)) {
        return;
    }
    const std::string path = files.front()->facts.entry.path;
    const QString raw = QString::fromStdString(service::fileNameOf(path));
    const auto target = [path](const QString &name) {
        return service::joinPath(service::parentOf(path), name.toStdString());
    };
    askName({.object = QStringLiteral("renameFile"),
             .question = tr("Rename %1").arg(files.front()->name),
             .value = raw == files.front()->name ? raw : QString(), // no signs in a field
             .verb = tr("Rename"),
             .line =
                 [container = m_container, path, target](const QString &name) {
                     const auto command = service::renamingOf(container, path, target(name));
                     return QString::fromStdString(docker::commandLine(command.arguments()));
                 },
             .done = [this, path, target](const QString &name) { rename(path, target(name)); }});
}

void FilesTab::rename(const std::string &from, const std::string &to)
{
    m_controller.files()
        ->rename(m_container, from, to)
        .then(this, [this, from, to, opened = m_opened](const Result<service::Done> &done) {
            const QString name = displayText(service::fileNameOf(from));
            if (!done) {
                say(done.error().kind == ErrorKind::Conflict
                        ? tr("There is something named %1 already.")
                              .arg(displayText(service::fileNameOf(to)))
                        : tr("%1 was not renamed. %2").arg(name, whyNot(done.error(), "mv")),
                    true);
            } else {
                say(tr("%1 is now %2.").arg(name, displayText(service::fileNameOf(to))), false);
            }
            if (opened == m_opened) {
                afterChange({from});
            }
        });
}

void FilesTab::askRemoval()
{
    const auto files = m_table->selectedFiles();
    if (!canRunPrograms(files)) {
        return;
    }
    std::vector<std::string> paths;
    const QString question = files.size() == 1
                                 ? tr("Remove %1?").arg(files.front()->name)
                                 : tr("Remove %n files and folders?", nullptr, int(files.size()));
    auto *dialog = new ConfirmDialog(QStringLiteral("removeFiles"), question, this);
    constexpr std::size_t mostLines = 6;
    for (const auto &file : files) {
        const bool isFolder = file->facts.entry.kind == service::FileKind::Folder;
        if (paths.size() < mostLines) {
            dialog->addLost(isFolder ? QStringLiteral("folder") : QStringLiteral("file-earmark"),
                            isFolder ? tr("%1, with all that is in it").arg(file->name)
                                     : file->name,
                            isFolder ? QString() : diskSizeText(file->facts.entry.size));
        }
        paths.push_back(file->facts.entry.path);
    }
    if (paths.size() > mostLines) {
        dialog->addLost(QStringLiteral("file-earmark"),
                        tr("and %n more", nullptr, int(paths.size() - mostLines)));
    }
    dialog->setStays(tr("The image keeps what it brought: a new container of it has that again."));
    dialog->setCommand(QString::fromStdString(
        docker::commandLine(service::removalOf(m_container, paths).arguments())));
    dialog->setVerb(files.size() == 1 ? tr("Remove") : tr("Remove %n", nullptr, int(files.size())),
                    ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this, [this, paths] { remove(paths); });
    dialog->open();
}

void FilesTab::remove(const std::vector<std::string> &paths)
{
    m_controller.files()
        ->remove(m_container, paths)
        .then(this, [this, paths, opened = m_opened](const Result<service::Done> &done) {
            const QString name = displayText(service::fileNameOf(paths.front()));
            if (done) {
                say(paths.size() == 1 ? tr("%1 was removed.").arg(name)
                                      : tr("%n removed.", nullptr, int(paths.size())),
                    false);
            } else {
                const QString why = whyNot(done.error(), "rm");
                say(paths.size() == 1 ? tr("%1 was not removed. %2").arg(name, why)
                                      : tr("Not all were removed. %1").arg(why),
                    true);
            }
            if (opened == m_opened) {
                afterChange(paths);
            }
        });
}

/// What was read of them is not so any more.
void FilesTab::afterChange(const std::vector<std::string> &paths)
{
    for (const std::string &path : paths) {
        m_controller.forget(path);
        if (m_preview->path() == path || m_preview->path().starts_with(path + "/")) {
            showPreview(false);
        }
    }
    m_controller.refresh();
}

QString FilesTab::whyNot(const Error &error, const char *program)
{
    constexpr int mostStatus = 255; // above are those of HTTP
    if (error.kind == ErrorKind::NotInstalled) {
        return tr("Its image has no program %1 to do it with.").arg(QLatin1StringView(program));
    }
    if (error.kind == ErrorKind::EngineFailed && error.code > 0 && error.code <= mostStatus &&
        !error.detail.empty()) {
        return tr("The container said: %1").arg(displayText(error.detail, 240));
    }
    return describe(error).body();
}

void FilesTab::makeFolder(const QString &name)
{
    const std::string path = service::joinPath(m_controller.path(), name.toStdString());
    m_controller.files()
        ->makeFolder(m_container, path)
        .then(this, [this, name, opened = m_opened](const Result<service::Done> &done) {
            if (!done) {
                say(done.error().kind == ErrorKind::Conflict
                        ? tr("There is something named %1 already.").arg(displayText(name))
                        : tr("The folder was not made. %1").arg(describe(done.error()).body()),
                    true);
            } else if (opened == m_opened) {
                m_controller.refresh();
            }
        });
}

void FilesTab::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("filesMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const char *name, const QString &text, bool enabled, auto &&act) {
        QAction *action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, menu, std::forward<decltype(act)>(act));
    };
    const auto files = m_table->selectedFiles();
    const bool isOne = files.size() == 1;
    add("filesMenuOpen", tr("Open"), isOne, [this] { openFile(m_table->currentIndex()); });
    add("filesMenuDownload", tr("Download…"), m_download->isEnabled(),
        [this] { chooseDownloadFolder(); });
    add("filesMenuCopyPath", tr("Copy path"), isOne,
        [path = isOne ? files.front()->facts.entry.path : std::string()] {
            QGuiApplication::clipboard()->setText(QString::fromStdString(path));
        });
    const auto act = [this, menu](const char *name, const QString &text, const QKeySequence &keys,
                                  bool enabled, void (FilesTab::*method)()) {
        QAction *action = menu->addAction(text, keys, this, method);
        action->setObjectName(QLatin1StringView(name));
        action->setEnabled(enabled && !m_isGone);
    };
    act("filesMenuRename", tr("Rename…"), keysFor(Keys::Rename).value(0), isOne,
        &FilesTab::askNewName);
    act("filesMenuRemove", tr("Remove…"), keysFor(Keys::Remove).value(0), !files.empty(),
        &FilesTab::askRemoval);
    menu->addSeparator();
    add("filesMenuUpload", tr("Upload…"), m_upload->isEnabled(), [this] { chooseUploads(); });
    add("filesMenuNewFolder", tr("New folder…"), m_newFolder->isEnabled(),
        [this] { askFolderName(); });
    add("filesMenuRefresh", tr("Read again"), true, [this] { m_controller.refresh(); });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace roadstead::ui
