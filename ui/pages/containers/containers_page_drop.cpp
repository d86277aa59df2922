// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ContainersPage makes of files: archives of images, and files of Compose.

#include "engine/service/compose/compose_up.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/image_loads.h"
#include "ui/pages/containers/project_starts.h"
#include "ui/text/display_text.h"
#include "ui/widgets/toast.h"

#include <QFileDialog>
#include <QFileInfo>
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
    if (m_projects && paths.size() == 1 && isComposeFile(paths.front())) {
        return DropOffer{
            tr("Start the project of this file"),
            displayText(QString::fromStdString(service::ComposeUp::lineFor(paths.front()))),
            QStringLiteral("project"), [this, path = paths.front()] { startProject(path); }};
    }
    return std::nullopt;
}

void ContainersPage::startProject(const QString &path)
{
    if (!m_projects->begin(path) && m_toasts != nullptr) {
        ToastContent content;
        content.kind = ToastKind::Error;
        content.title = tr("Another project is being started");
        content.text = tr("Drop the file again when that has ended.");
        m_toasts->show(content);
    }
}

/// The same without a pointer.
void ContainersPage::askProject()
{
    auto *dialog = new QFileDialog(widget(), tr("Start a project"));
    dialog->setObjectName(QStringLiteral("projectDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Files of Compose (*.yaml *.yml)"), tr("All files (*)")});
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::HomeLocation));
    connect(dialog, &QFileDialog::fileSelected, this, &ContainersPage::startProject);
    dialog->open();
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
