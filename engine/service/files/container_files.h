// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/files/file_access.h"
#include "engine/service/files/file_job.h"
#include "engine/service/pending.h"

#include <QObject>

#include <memory>
#include <unordered_map>

namespace roadstead::service {

class EngineSession;
class Mailbox;

/// FileAccess by a session, which must outlive this.
class ContainerFiles final : public QObject, public FileAccess
{
    Q_OBJECT
public:
    explicit ContainerFiles(EngineSession *session, QObject *parent = nullptr);
    ~ContainerFiles() override;

    Operation<FolderReport> readFolder(const docker::Target &container, const std::string &folder,
                                       FoundEntries found) override;
    Operation<std::vector<docker::FileChange>> changes(const docker::Target &container) override;
    Operation<FileContent> readFile(const docker::Target &container, const std::string &path,
                                    std::int64_t longest) override;
    Operation<FileContent> saveFile(const docker::Target &container, const FileContent &before,
                                    const std::string &bytes, bool anyway) override;
    Operation<Done> makeFolder(const docker::Target &container, const std::string &path) override;
    Operation<std::vector<std::string>> existing(const docker::Target &container,
                                                 const std::vector<std::string> &paths) override;
    Operation<Done> remove(const docker::Target &container,
                           const std::vector<std::string> &paths) override;
    Operation<Done> rename(const docker::Target &container, const std::string &from,
                           const std::string &to) override;
    Operation<CopyReport> copyOut(const CopyOut &copy, CopyAdvances advances) override;
    Operation<CopyReport> copyIn(const CopyIn &copy, CopyAdvances advances) override;
    Operation<CopyReport> exportTo(const ExportTo &wanted, CopyAdvances advances) override;

private:
    using Job = FileJob;
    using JobPointer = std::shared_ptr<Job>;
    using Moved = std::function<void(const CopyProgress &)>;

    /// Runs `work` in a thread of its own; its result is told here.
    template<typename T>
    Operation<T> start(const JobPointer &job, const QString &line,
                       std::move_only_function<Result<T>()> work);
    /// An operation whose end somebody else tells, by finishing what this yields.
    template<typename T>
    std::shared_ptr<Pending<T>> open(const JobPointer &job);
    template<typename Question>
    JobPointer download(const Question &question);
    /// Progress as it may be told from a worker's thread: ten times a second.
    [[nodiscard]] CopyProceeds progressOf(const JobPointer &job, std::uint64_t total,
                                          CopyAdvances advances) const;
    /// Sends an archive that is in memory.
    void put(const JobPointer &job, const docker::PutArchive &command, std::string archive,
             std::function<void(Result<Done>)> done);
    void sendSaved(const JobPointer &job, const docker::Target &container,
                   const FileContent &before, const std::string &bytes,
                   const std::shared_ptr<Pending<FileContent>> &pending);

    struct Open
    {
        std::weak_ptr<Job> job;
        std::function<void()> abandon;
    };

    EngineSession *m_session;
    const std::shared_ptr<Mailbox> m_mailbox;
    std::unordered_map<const void *, Open> m_open; ///< by what finishes it
};

} // namespace roadstead::service
