// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/files/file_copies.h"

#include <QList>
#include <QObject>
#include <QUrl>

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace roadstead::ui {

/// Files of a container that are dragged out of the window: fetched first, into a folder of their
/// own in the temporary folder, since another program wants them the moment they are let go. The
/// last few folders stay for programs that read late, until this goes. GUI thread.
class FileDrag : public QObject
{
    Q_OBJECT
public:
    FileDrag(service::FileAccess *files, QObject *parent);
    ~FileDrag() override;

    /// Fetches them; ready() is told, at once where they are there already. Does nothing while
    /// something is fetched.
    void fetch(const docker::Target &container, const std::vector<CopyItem> &items);
    /// What is ready. The same files are fetched anew the next time.
    [[nodiscard]] QList<QUrl> takeUrls() { return std::exchange(m_urls, {}); }
    [[nodiscard]] FileCopies *copies() { return &m_copies; }

Q_SIGNALS:
    void ready();

private:
    void finish(const FileCopies::Outcome &outcome);
    void dropFolders(std::size_t most);

    FileCopies m_copies;
    docker::Target m_container;
    std::vector<std::string> m_wanted; ///< paths in the container
    std::vector<std::string> m_places; ///< where they come to lie
    QList<QUrl> m_urls;
    std::deque<QString> m_folders;
};

} // namespace roadstead::ui
