// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ContainersPage makes of files: archives of images, and files of Compose.

#include "engine/docker/command.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/image_loads.h"
#include "ui/text/display_text.h"
#include "ui/widgets/toast.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QStandardPaths>

#include <algorithm>

namespace roadstead::ui {

namespace {

bool isImageArchive(const QString &path)
{
    static const QStringList endings{QStringLiteral(".tar"),     QStringLiteral(".tar.gz"),
                                     QStringLiteral(".tgz"),     QStringLiteral(".tar.xz"),
                                     QStringLiteral(".tar.bz2"), QStringLiteral(".tar.zst")};
    return std::ranges::any_of(endings, [&path](const QString &ending) {
        return path.endsWith(ending, Qt::CaseInsensitive);
    });
}

/// The names that Compose itself looks for.
bool isComposeFile(const QString &path)
{
    static const QStringList names{QStringLiteral("compose.yaml"), QStringLiteral("compose.yml"),
                                   QStringLiteral("docker-compose.yaml"),
                                   QStringLiteral("docker-compose.yml")};
    return names.contains(QFileInfo(path).fileName());
}

} // namespace

std::optional<DropOffer> ContainersPage::offerFor(const QStringList &paths)
{
    if (m_loads && std::ranges::all_of(paths, isImageArchive)) {
        return DropOffer{paths.size() == 1
                             ? tr("Load %1").arg(displayText(QFileInfo(paths.front()).fileName()))
                             : tr("Load %n archives", nullptr, int(paths.size())),
                         displayText(ImageLoads::lineFor(paths)), QStringLiteral("image"),
                         [this, paths] { m_loads->begin(paths); }};
    }
    if (paths.size() == 1 && isComposeFile(paths.front())) {
        return DropOffer{tr("Show how to start the project"),
                         tr("Roadstead does not start projects from files yet."),
                         QStringLiteral("project"),
                         [this, path = paths.front()] { tellProjectCommand(path); }};
    }
    return std::nullopt;
}

/// Honest: it is not started here, and the command that does it is given.
void ContainersPage::tellProjectCommand(const QString &path)
{
    if (m_toasts == nullptr) {
        return;
    }
    const QString line = QString::fromStdString(
        docker::commandLine({"compose", "-f", path.toStdString(), "up", "-d"}));
    ToastContent content;
    content.kind = ToastKind::Error;
    content.title = tr("The project was not started");
    content.text = tr("Roadstead cannot start projects from files yet. In a terminal, %1 does it; "
                      "its containers then show here.")
                       .arg(displayText(line));
    content.actions.append({QStringLiteral("toastCopyProject"),
                            tr("Copy the command"),
                            {},
                            [line] { QGuiApplication::clipboard()->setText(line); },
                            false});
    m_toasts->show(content);
}

/// The same without a pointer.
void ContainersPage::askArchives()
{
    auto *dialog = new QFileDialog(widget(), tr("Load images"));
    dialog->setObjectName(QStringLiteral("loadDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Archives of images (*.tar *.tar.gz *.tgz *.tar.xz *.tar.zst)"), tr("All files (*)")});
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    connect(dialog, &QFileDialog::filesSelected, this,
            [this](const QStringList &paths) { m_loads->begin(paths); });
    dialog->open();
}

} // namespace roadstead::ui
