// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/file_drag.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QThreadPool>

namespace roadstead::ui {

namespace {

constexpr std::size_t mostFolders = 5;

std::vector<std::string> pathsOf(const std::vector<CopyItem> &items)
{
    std::vector<std::string> paths;
    paths.reserve(items.size());
    for (const CopyItem &item : items) {
        paths.push_back(item.from);
    }
    return paths;
}

} // namespace

FileDrag::FileDrag(service::FileAccess *files, QObject *parent)
    : QObject(parent)
    , m_copies(files, this)
{
    connect(&m_copies, &FileCopies::finished, this, &FileDrag::finish);
}

FileDrag::~FileDrag()
{
    m_copies.disconnect(this);
    m_copies.cancel();
    dropFolders(0);
}

void FileDrag::fetch(const docker::Target &container, const std::vector<CopyItem> &items)
{
    if (m_copies.isBusy() || items.empty()) {
        return;
    }
    const bool isSame = container == m_container && pathsOf(items) == m_wanted;
    if (isSame && !m_urls.isEmpty()) {
        Q_EMIT ready();
        return;
    }
    m_container = container;
    m_wanted = pathsOf(items);
    m_urls.clear();
    m_places.clear();
    dropFolders(mostFolders - 1);
    QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/roadstead-drag-XXXXXX"));
    folder.setAutoRemove(false);
    if (folder.isValid()) {
        m_folders.push_back(folder.path());
    }
    std::vector<CopyItem> copies = items;
    for (CopyItem &item : copies) {
        // Without a folder the copy fails, and says why.
        item.to =
            QFile::encodeName(folder.path()).toStdString() + "/" + service::fileNameOf(item.from);
        m_places.push_back(item.to);
    }
    m_copies.start(FileCopies::Direction::Out, container, std::move(copies));
}

void FileDrag::finish(const FileCopies::Outcome &outcome)
{
    if (outcome.error) {
        return; // whoever shows the copies tells it
    }
    for (const std::string &place : m_places) {
        m_urls.append(QUrl::fromLocalFile(QFile::decodeName(place.c_str())));
    }
    Q_EMIT ready();
}

void FileDrag::dropFolders(std::size_t most)
{
    while (m_folders.size() > most) {
        QThreadPool::globalInstance()->start(
            [path = m_folders.front()] { QDir(path).removeRecursively(); });
        m_folders.pop_front();
    }
}

} // namespace roadstead::ui
