// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/files_tab.h"

#include "ui/pages/containers/files/file_table.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

#include <utility>

namespace roadstead::ui {

namespace {

service::CopyOut copyOutOf(const docker::Target &container, const FileFacts &facts,
                           const std::string &folder)
{
    std::string name = service::fileNameOf(facts.entry.path);
    return {container, facts.entry.path, facts.entry.kind == service::FileKind::Folder,
            facts.entry.size, folder + "/" + name};
}

} // namespace

void FilesTab::showSelection()
{
    const auto files = m_table->selectedFiles();
    m_download->setEnabled(!files.empty() && !m_copies.isBusy() && !m_isGone);
    setCommandHint(m_download, files.empty()
                                   ? QString()
                                   : copyOutOf(m_container, files.front()->facts, ".").line());
    const service::CopyIn upload{
        m_container, tr("FILE").toStdString(), m_controller.path(), {}, false};
    setCommandHint(m_upload, upload.line());
    m_upload->setEnabled(m_newFolder->isEnabled() && !m_copies.isBusy());
}

void FilesTab::openFile(const QModelIndex &index)
{
    const auto row = m_proxy.rowAt(index);
    if (!row || row->facts.isDeleted()) {
        return;
    }
    const service::FileEntry &entry = row->facts.entry;
    if (entry.kind == service::FileKind::Folder) {
        goTo(entry.path);
        return;
    }
    leavePreview([this, row] {
        m_preview->setFile(m_container, row);
        showPreview(true);
    });
}

void FilesTab::followSelection()
{
    const auto files = m_table->selectedFiles();
    if (m_preview->isHidden() || files.size() != 1 || m_preview->isChanged() ||
        files.front()->facts.entry.kind == service::FileKind::Folder ||
        files.front()->facts.entry.path == m_preview->path()) {
        return;
    }
    m_preview->setFile(m_container, files.front());
}

void FilesTab::showPreview(bool shown)
{
    m_preview->setVisible(shown);
    if (!shown) {
        m_preview->clear();
    }
}

void FilesTab::goTo(const std::string &path)
{
    leavePreview([this, path] { m_controller.go(path); });
}

void FilesTab::chooseDownloadFolder()
{
    auto *dialog = new QFileDialog(this, tr("Download to"));
    dialog->setObjectName(QStringLiteral("filesDownloadDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &FilesTab::downloadTo);
    dialog->open();
}

void FilesTab::chooseUploads()
{
    auto *dialog = new QFileDialog(this, tr("Upload to %1").arg(shownPath()));
    dialog->setObjectName(QStringLiteral("filesUploadDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &FilesTab::uploadFrom);
    dialog->open();
}

void FilesTab::downloadTo(const QString &folder)
{
    std::vector<CopyItem> items;
    for (const auto &row : m_table->selectedFiles()) {
        const service::CopyOut copy =
            copyOutOf(m_container, row->facts, QFile::encodeName(folder).toStdString());
        items.push_back({copy.path, copy.localPath, copy.isFolder, copy.size});
    }
    m_copies.start(FileCopies::Direction::Out, m_container, std::move(items));
}

void FilesTab::uploadFrom(const QStringList &paths)
{
    std::vector<CopyItem> items;
    for (const QString &path : paths) {
        const QFileInfo info(QDir::cleanPath(path));
        items.push_back({QFile::encodeName(info.filePath()).toStdString(),
                         service::joinPath(m_controller.path(),
                                           QFile::encodeName(info.fileName()).toStdString()),
                         info.isDir() && !info.isSymLink(), info.size()});
    }
    m_copies.start(FileCopies::Direction::In, m_container, std::move(items));
}

void FilesTab::askConflicts(const QStringList &names)
{
    using Choice = FileCopies::Choice;
    auto *dialog = new Dialog(QStringLiteral("fileConflicts"),
                              names.size() == 1
                                  ? tr("Replace %1?").arg(names.front())
                                  : tr("Replace %n files and folders?", nullptr, int(names.size())),
                              this);
    dialog->setText(tr("There is something of the same name already. Folders are merged: files in "
                       "them that have the same name are replaced."));
    dialog->setVerb(tr("Replace"), ButtonKind::DangerSolid);
    auto *both =
        new Button(QStringLiteral("conflictKeepBoth"), tr("Keep both"), ButtonKind::Normal, dialog);
    auto *skip = new Button(QStringLiteral("conflictSkip"), tr("Skip"), ButtonKind::Normal, dialog);
    dialog->addFooterWidget(both);
    dialog->addFooterWidget(skip);
    const auto answer = [this, dialog](Choice choice) {
        m_copies.resolve(choice);
        dialog->reject(); // which finds nothing to cancel any more
    };
    connect(both, &QAbstractButton::clicked, dialog, [answer] { answer(Choice::KeepBoth); });
    connect(skip, &QAbstractButton::clicked, dialog, [answer] { answer(Choice::Skip); });
    connect(dialog, &QDialog::accepted, &m_copies,
            [copies = &m_copies] { copies->resolve(Choice::Replace); });
    connect(dialog, &QDialog::rejected, &m_copies, [copies = &m_copies] {
        if (copies->isAsking()) {
            copies->cancel();
        }
    });
    dialog->open();
}

/// What is selected is fetched; the drag begins once it is there.
void FilesTab::fetchForDrag()
{
    std::vector<CopyItem> items;
    for (const auto &row : m_table->selectedFiles()) {
        const service::CopyOut copy = copyOutOf(m_container, row->facts, {});
        items.push_back({copy.path, {}, copy.isFolder, copy.size});
    }
    if (!m_isGone && !m_copies.isBusy()) {
        m_drag.fetch(m_container, items);
    }
}

void FilesTab::beginDrag()
{
    if (!m_table->isPressed()) {
        say(tr("Ready: drag again to drop it."), false); // the button was let go before
        return;
    }
    m_copyStrip->hide();
    m_table->drag(m_drag.takeUrls());
}

void FilesTab::dragFetched(const FileCopies::Outcome &outcome)
{
    if (outcome.error && outcome.error->kind != ErrorKind::Cancelled) {
        say(tr("%1 could not be fetched for dragging. %2")
                .arg(displayText(service::fileNameOf(outcome.failed)),
                     describe(*outcome.error).body()),
            true);
    } else if (outcome.error) {
        say(tr("Stopped. Nothing was dragged."), false);
    }
}

void FilesTab::showCopying(const FileCopies &copies)
{
    showSelection();
    if (!copies.isBusy()) {
        return;
    }
    const bool isIn = copies.direction() == FileCopies::Direction::In;
    const auto &progress = copies.progress();
    const QString amount = diskSizeText(std::int64_t(progress.bytes));
    const QString text = isIn                   ? tr("Uploading %1 of %2: %3")
                         : &copies == &m_copies ? tr("Downloading %1 of %2: %3")
                                                : tr("Fetching %1 of %2 to be dragged: %3");
    m_copyText->setTone(Color::Text2);
    m_copyText->setFullText(text.arg(numberText(qint64(copies.current() + 1)),
                                     numberText(qint64(copies.count())), amount));
    m_copyBar->setVisible(progress.total > 0);
    m_copyBar->setShare(progress.total > 0 ? double(progress.bytes) / double(progress.total) : 0);
    m_copyEnd->setText(tr("Cancel"));
    m_copyStrip->show();
}

void FilesTab::copiesFinished(const FileCopies::Outcome &outcome)
{
    const bool isIn = outcome.direction == FileCopies::Direction::In;
    const int done = int(outcome.done);
    if (isIn && done > 0 && m_copies.container() == m_container) {
        m_controller.refresh();
    }
    if (outcome.error && outcome.error->kind == ErrorKind::Cancelled) {
        say(tr("Stopped. %n copied before.", nullptr, done), false);
    } else if (outcome.error) {
        const bool isReadOnly = outcome.error->detail.contains("read-only");
        say(tr("%1 was not copied. %2")
                .arg(displayText(service::fileNameOf(outcome.failed)),
                     isReadOnly ? tr("The container's root file system is read-only.")
                                : describe(*outcome.error).body()),
            true);
    } else {
        QString text =
            isIn ? tr("%n uploaded.", nullptr, done) : tr("%n downloaded.", nullptr, done);
        if (outcome.leftOut > 0) {
            text += u' ' + tr("%n links, devices or pipes were left out: they cannot be copied "
                              "safely.",
                              nullptr, int(outcome.leftOut));
        }
        say(text, outcome.leftOut > 0);
    }
}

void FilesTab::say(const QString &message, bool isProblem)
{
    m_copyText->setTone(isProblem ? Color::Danger : Color::Text2);
    m_copyText->setFullText(message);
    m_copyBar->hide();
    m_copyEnd->setText(tr("Close"));
    m_copyStrip->show();
    announce(this, message);
}

} // namespace roadstead::ui
