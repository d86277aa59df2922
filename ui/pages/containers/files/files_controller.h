// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/files/file_access.h"
#include "ui/pages/containers/files/file_list_model.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// A folder that is known to be there.
struct KnownFolder
{
    std::string path;
    std::optional<docker::ChangeKind> change;
    bool hasFolders = false; ///< as far as is known
};

/// Which folder of a container is shown, what was read of it and what is being read. GUI thread.
class FilesController : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Closed,  ///< no container; ended by open()
        Reading, ///< its archive comes; rows are shown as they do; ended by its end or stop()
        Ready,   ///< all that there is, or as much as is kept
        Stopped, ///< a person ended the reading: what is shown is a part
        Failed   ///< error() says why; what was read before stays
    };

    FilesController(service::FileAccess *files, QObject *parent);
    ~FilesController() override;

    /// Begins at that folder.
    void open(const docker::Target &container, const std::string &folder);
    void close();
    /// Reads only while it is on screen; what was begun ends when it is not.
    void setActive(bool active);
    void go(const std::string &folder);
    void up() { go(service::parentOf(m_path)); }
    void back();
    [[nodiscard]] bool canGoBack() const { return !m_before.empty(); }
    void refresh(); ///< reads anew
    /// What was read of a folder and of those below it: it has gone, or has another name.
    void forget(const std::string &path);
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const docker::Target &container() const { return m_container; }
    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] std::optional<QDateTime> readAt() const; ///< when what is shown was whole
    [[nodiscard]] std::uint64_t entriesRead() const { return m_progress.entries; }
    [[nodiscard]] bool isCut() const { return m_isCut; }
    [[nodiscard]] FileListModel *model() { return &m_model; }
    [[nodiscard]] service::FileAccess *files() const { return m_files; }
    [[nodiscard]] int changeCount(docker::ChangeKind kind) const;
    /// Against the image; a folder is changed when something in it is.
    [[nodiscard]] std::optional<docker::ChangeKind> changeOf(const std::string &path) const;
    /// The folders in one that are known, by path: all, where it was read; else those on the way to
    /// what is shown.
    [[nodiscard]] std::vector<KnownFolder> foldersIn(const std::string &folder) const;

Q_SIGNALS:
    void stateChanged();
    void pathChanged();
    void changesChanged();

private:
    struct Folder
    {
        std::map<std::string, service::FileEntry> entries; ///< by path
        QDateTime readAt;                                  ///< invalid: not whole
    };
    using Folders = std::map<std::string, Folder>;

    void begin();
    void read();
    void readChanges();
    void readOwners();
    void takeNames(const std::string &path, std::map<std::int64_t, std::string> *names);
    void take(std::vector<service::FileEntry> entries, const service::FolderProgress &progress);
    void finish(const Result<service::FolderReport> &report);
    void cancelReading();
    void show();
    [[nodiscard]] std::string ownerOf(const service::FileEntry &entry) const;
    [[nodiscard]] bool hasFolders(const std::string &folder) const;
    void markSame(const service::FileEntry &further);

    service::FileAccess *m_files;
    FileListModel m_model;
    docker::Target m_container;
    std::string m_path = "/";
    std::vector<std::string> m_before;
    State m_state = State::Closed;
    bool m_active = false;
    bool m_isCut = false;
    bool m_ownersAsked = false;
    std::optional<Error> m_error;
    Folders m_known;
    Folders m_coming; ///< of the reading under way
    service::FolderProgress m_progress;
    std::map<std::string, docker::ChangeKind> m_changes;
    std::map<std::int64_t, std::string> m_users;
    std::map<std::int64_t, std::string> m_groups;
    service::Operation<service::FolderReport> m_reading;
    unsigned m_generation = 0; ///< of the reading
    unsigned m_opened = 0;     ///< of the container
};

} // namespace roadstead::ui
