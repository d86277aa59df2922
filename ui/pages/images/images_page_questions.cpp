// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ImagesPage asks before a command.

#include "ui/dialogs/free_images_dialog.h"
#include "ui/dialogs/name_dialog.h"
#include "ui/dialogs/remove_images_dialog.h"
#include "ui/dialogs/sign_in_dialog.h"
#include "ui/models/image_name.h"
#include "ui/models/image_text.h"
#include "ui/pages/images/file_questions.h"
#include "ui/pages/images/image_actions.h"
#include "ui/pages/images/images_page.h"
#include "ui/pages/images/images_view.h"
#include "ui/pages/list_table.h"
#include "ui/pages/merged_line.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/trust_text.h"
#include "ui/trust/sign_image_dialog.h"
#include "ui/trust/signature_line.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/toast.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QSettings>
#include <QStackedWidget>

#include <algorithm>
#include <functional>
#include <iterator>

namespace roadstead::ui {

namespace {

QString archiveFilter()
{
    return ImagesPage::tr("Archives (*.tar *.tar.gz *.tgz *.tar.xz *.tar.zst);;All files (*)");
}

/// "nginx-1.27.tar"
QString fileNameFor(const ImageRows &rows)
{
    const QString name = rows.size() == 1 ? QString::fromStdString(rows.front()->reference())
                                          : QStringLiteral("images");
    return fileNamePart(name) + QStringLiteral(".tar");
}

DoomedImage doomedOf(const ImageRow &row)
{
    QStringList users;
    for (const ImageUser &user : row.users) {
        users.append(displayText(user.name, 64));
    }
    QString name = row.title();
    if (row.tags.size() > 1) {
        name = ImagesPage::tr("%1 and %n more tags", nullptr, int(row.tags.size()) - 1).arg(name);
    }
    const Obstacle obstacle = obstacleOf(row);
    return {row.id(), name, users.join(QStringLiteral(", ")),
            row.ownSize() >= 0 ? row.ownSize() : row.summary.size,
            obstacle == Obstacle::Running   ? DoomedImage::Way::Blocked
            : obstacle == Obstacle::Stopped ? DoomedImage::Way::Forced
                                            : DoomedImage::Way::Free};
}

QString removalLine(const ImageRows &rows, bool forced)
{
    std::vector<docker::Command> commands;
    for (const ImageRowPointer &row : rows) {
        const Obstacle obstacle = obstacleOf(*row);
        if (obstacle == Obstacle::None || (obstacle == Obstacle::Stopped && forced)) {
            std::ranges::copy(removalOf(*row, obstacle == Obstacle::Stopped),
                              std::back_inserter(commands));
        }
    }
    return mergedLine(commands);
}

} // namespace

void ImagesPage::perform(ImageAction action, const std::vector<std::string> &ids)
{
    const ImageRows rows = m_controller.rowsOf(ids);
    if (rows.empty()) {
        return;
    }
    switch (action) {
    case ImageAction::Run:
        Q_EMIT runWanted(QString::fromStdString(rows.front()->reference()));
        break;
    case ImageAction::Push:
        showPushWizard(rows.front()->tags.empty() ? rows.front()->id()
                                                  : rows.front()->tags.front());
        break;
    case ImageAction::Save:
        askWhereToSave(rows);
        break;
    case ImageAction::Tag:
        askTag(rows.front()->id());
        break;
    case ImageAction::Remove:
        askRemoval(ids);
        break;
    }
}

void ImagesPage::showMenu(const std::vector<std::string> &ids, QPoint position)
{
    auto *menu = new QMenu(widget());
    menu->setObjectName(QStringLiteral("imageMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *actions = new ImageActions(&m_controller, QStringLiteral("menu"), menu);
    actions->setTargets(ids);
    // To be read: the key is bound to the page's own action.
    actions->action(ImageAction::Remove)->setShortcuts(keysFor(Keys::Remove));
    connect(actions, &ImageActions::triggered, this, &ImagesPage::perform);
    const ImageRows rows = m_controller.rowsOf(ids);
    if (rows.size() == 1) {
        QAction *open = menu->addAction(tr("Open details"));
        open->setObjectName(QStringLiteral("menuOpen"));
        open->setShortcuts(keysFor(Keys::Open));
        open->setVisible(!canGoBack());
        connect(open, &QAction::triggered, this,
                [this, id = rows.front()->id()] { showDetails(id); });
        QAction *look = menu->addAction(tr("Look into layers"));
        look->setObjectName(QStringLiteral("menuLayers"));
        setCommandHint(look, QString::fromStdString(service::ImageLayers::line(
                                 {rows.front()->id(), rows.front()->reference()})));
        connect(look, &QAction::triggered, this,
                [this, id = rows.front()->id()] { showLayers(id); });
        menu->addSeparator();
        menu->addAction(actions->action(ImageAction::Run));
        menu->addAction(actions->action(ImageAction::Push));
        menu->addAction(actions->action(ImageAction::Tag));
        addUntag(menu, rows.front());
        addTrust(menu, rows.front());
    }
    menu->addAction(actions->action(ImageAction::Save));
    menu->addSeparator();
    menu->addAction(actions->action(ImageAction::Remove));
    if (rows.size() == 1) {
        menu->addSeparator();
        addCopies(menu, rows.front());
    }
    menu->popup(position);
}

/// The last tag of an image is its removal, which asks.
void ImagesPage::addUntag(QMenu *menu, const ImageRowPointer &row)
{
    if (row->tags.size() < 2) {
        return;
    }
    QMenu *tags = menu->addMenu(tr("Untag"));
    tags->setObjectName(QStringLiteral("untagMenu"));
    for (const std::string &tag : row->tags) {
        QAction *action = tags->addAction(plainLabel(displayText(tag, 80)));
        action->setObjectName(QStringLiteral("untag_") + displayText(tag, 80));
        action->setEnabled(!m_controller.isStale());
        setCommandHint(action, mergedLine({untagging(tag)}));
        connect(action, &QAction::triggered, this,
                [this, id = row->id(), tag] { m_controller.untag(id, tag); });
    }
}

/// What a registry has can be signed and verified.
void ImagesPage::addTrust(QMenu *menu, const ImageRowPointer &row)
{
    if (m_trust == nullptr || row->summary.digests.empty()) {
        return;
    }
    const std::string byDigest = row->summary.digests.front();
    menu->addSeparator();
    QAction *sign = menu->addAction(tr("Sign…"));
    sign->setObjectName(QStringLiteral("menuSign"));
    setCommandHint(
        sign, QString::fromStdString(m_trust->signLine({.image = byDigest, .privateKey = "KEY"})));
    connect(sign, &QAction::triggered, this, [this, byDigest, row] {
        connect(askToSign(m_trust, byDigest, taggedLike(byDigest, row->tags), widget()),
                &SignImageDialog::signedImage, this, [this, byDigest] { verify(byDigest); });
    });
    QAction *verification = menu->addAction(tr("Verify"));
    verification->setObjectName(QStringLiteral("menuVerify"));
    connect(verification, &QAction::triggered, this, [this, byDigest] { verify(byDigest); });
}

void ImagesPage::verify(const std::string &byDigest)
{
    m_trust->judge(byDigest).then(this, [this](const Result<trust::Verdict> &verdict) {
        if (!verdict || m_toasts == nullptr) {
            return;
        }
        ToastContent content;
        content.kind =
            verdict->state == trust::Verdict::State::Trusted ? ToastKind::Done : ToastKind::Error;
        content.title = verdictText(&*verdict);
        content.text = verdictReason(*verdict);
        m_toasts->show(content);
    });
}

void ImagesPage::addCopies(QMenu *menu, const ImageRowPointer &row)
{
    const auto add = [menu](const char *name, const QString &text, const std::string &value) {
        QAction *copy = menu->addAction(text);
        copy->setObjectName(QLatin1StringView(name));
        QObject::connect(copy, &QAction::triggered, menu, [value] {
            QGuiApplication::clipboard()->setText(QString::fromStdString(value));
        });
    };
    if (!row->tags.empty()) {
        add("menuCopyReference", tr("Copy reference"), row->tags.front());
    }
    if (!row->summary.digests.empty()) {
        add("menuCopyDigest", tr("Copy digest"), row->summary.digests.front());
    }
    add("menuCopyId", tr("Copy id"), row->id());
}

void ImagesPage::askTag(const std::string &id)
{
    const ImageRowPointer row = m_controller.images()->find(id);
    if (!row) {
        return;
    }
    const auto problem = [this, id](const QString &typed) {
        const QString broken = tagProblem(typed);
        if (!broken.isEmpty()) {
            return broken;
        }
        const ImageRowPointer holder =
            m_controller.holderOf(tagNameOf(typed.toStdString()).display);
        return holder && holder->id() == id ? tr("The image has this tag already.") : QString();
    };
    const auto command = [row](const QString &typed) {
        return mergedLine({tagging(*row, typed.toStdString())});
    };
    auto *dialog = new NameDialog(
        {QStringLiteral("tagImage"), tr("Tag %1").arg(row->title()), tr("New tag"), tr("Tag")},
        QString::fromStdString(row->tags.empty() ? std::string() : row->tags.front()),
        {problem, command}, widget());
    dialog->setText(tr("The image gets one more name. A tag that another image has moves here."));
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, id] { m_controller.tag(id, dialog->newName().toStdString()); });
    dialog->open();
}

void ImagesPage::askRemoval(const std::vector<std::string> &ids)
{
    const ImageRows rows = m_controller.rowsOf(ids); // as they are now: so they are shown
    QList<DoomedImage> doomed;
    for (const ImageRowPointer &row : rows) {
        doomed.append(doomedOf(*row));
    }
    auto *dialog = new RemoveImagesDialog(
        doomed, [rows](bool forced) { return removalLine(rows, forced); }, widget());
    connect(dialog, &QDialog::accepted, this, [this, dialog, rows] {
        const std::set<std::string> going = dialog->going();
        ImageRows chosen;
        std::ranges::copy_if(rows, std::back_inserter(chosen),
                             [&going](const auto &row) { return going.contains(row->id()); });
        m_controller.remove(chosen, dialog->forced());
    });
    dialog->open();
}

void ImagesPage::askWhatToFree()
{
    ImageRows rows;
    QList<FreeableImage> freeable;
    ImagesModel *images = m_controller.images();
    for (std::size_t i = 0; i < images->size(); ++i) {
        const ImageRowPointer row = images->rowAt(i);
        if (row->isInUse()) {
            continue;
        }
        rows.push_back(row);
    }
    // The largest first: that is what is looked for.
    std::ranges::sort(rows, std::greater(), [](const auto &row) { return row->summary.size; });
    for (const ImageRowPointer &row : rows) {
        freeable.append({row->id(), row->title(),
                         tr("made %1").arg(imageAgeText(*row, images->now())), row->ownSize(),
                         row->isUntagged()});
    }
    const auto chosenOf = [rows](const std::vector<std::string> &ids) {
        ImageRows chosen;
        std::ranges::copy_if(rows, std::back_inserter(chosen), [&ids](const auto &row) {
            return std::ranges::contains(ids, row->id());
        });
        return chosen;
    };
    auto *dialog = new FreeImagesDialog(
        freeable,
        [chosenOf](const std::vector<std::string> &ids) {
            return removalLine(chosenOf(ids), false);
        },
        widget());
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, chosenOf] { m_controller.remove(chosenOf(dialog->chosen()), {}); });
    dialog->open();
}

void ImagesPage::askAccount(const std::string &registry)
{
    auto *dialog = new SignInDialog(m_push.desk(), registry, {}, widget());
    connect(dialog, &SignInDialog::mendWanted, this, &ImagesPage::mendWanted);
    // Once it is closed, which gives the keyboard back to where it was.
    connect(dialog, &SignInDialog::signedIn, this, &ImagesPage::resume, Qt::QueuedConnection);
    dialog->open();
}

void ImagesPage::askWhereToSave(const ImageRows &rows)
{
    auto *dialog = new QFileDialog(widget(), rows.size() == 1
                                                 ? tr("Save %1").arg(rows.front()->title())
                                                 : tr("Save %n images", nullptr, int(rows.size())));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(archiveFilter());
    askForFile(dialog, "saveImagesDialog",
               [this, rows](const QString &path) { m_transfers.save(rows, path); });
    dialog->selectFile(fileNameFor(rows));
}

void ImagesPage::askWhatToLoad()
{
    auto *dialog = new QFileDialog(widget(), tr("Load images from a file"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(archiveFilter());
    askForFile(dialog, "loadImagesDialog", [this](const QString &path) { loadFile(path); });
}

void ImagesPage::loadFile(const QString &path)
{
    m_transfers.load(path);
}

void ImagesPage::askWhatToImport()
{
    auto *dialog = new QFileDialog(widget(), tr("Import a root file system"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(archiveFilter());
    askForFile(dialog, "importImageDialog", [this](const QString &path) { askImportName(path); });
}

void ImagesPage::askImportName(const QString &path)
{
    const auto commandOf = [path](const QString &typed) {
        docker::ImportImage command;
        command.source = path.toStdString();
        const docker::ImageName name = tagNameOf(typed.toStdString());
        command.name = name.display;
        return command;
    };
    const auto line = [commandOf](const QString &typed) { return mergedLine({commandOf(typed)}); };
    auto *dialog = new NameDialog({QStringLiteral("importImage"),
                                   tr("Import %1").arg(displayText(QFileInfo(path).fileName(), 80)),
                                   tr("Name"), tr("Import")},
                                  QFileInfo(path).baseName().toLower() + QStringLiteral(":latest"),
                                  {tagProblem, line}, widget());
    dialog->setText(tr("The files of the archive become an image of one layer under this name."));
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, commandOf] { m_transfers.import(commandOf(dialog->newName())); });
    dialog->open();
}

} // namespace roadstead::ui
