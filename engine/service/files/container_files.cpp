// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/files/container_files.h"

#include "engine/docker/client.h"
#include "engine/service/engine_session.h"
#include "engine/service/files/file_errand.h"
#include "engine/service/files/single_file.h"
#include "engine/service/mailbox.h"

#include <QThreadPool>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <future>
#include <optional>
#include <utility>

namespace roadstead::service {

namespace {

constexpr const char *saveOperation = "container.files.save";
constexpr const char *removeOperation = "container.files.remove";
constexpr const char *renameOperation = "container.files.rename";

/// Workers that wait for engines: other work must not wait for them.
class FilePool : public QThreadPool
{
public:
    FilePool()
    {
        constexpr int threads = 8;
        constexpr int idleMilliseconds = 5000;
        setMaxThreadCount(threads);
        setExpiryTimeout(idleMilliseconds);
    }
};

FilePool &filePool()
{
    static FilePool pool;
    return pool;
}

/// Only what is inside a folder, also where the path is a link to one.
std::string contentsOf(const std::string &folder)
{
    return folder == "/" ? folder : folder + "/.";
}

QString lineOf(const docker::Arguments &arguments)
{
    return QString::fromStdString(docker::commandLine(arguments));
}

std::int64_t nowInSeconds()
{
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

ContainerFiles::ContainerFiles(EngineSession *session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_mailbox(std::make_shared<Mailbox>(this))
{
}

ContainerFiles::~ContainerFiles()
{
    m_mailbox->close();
    for (const auto &[key, each] : std::exchange(m_open, {})) {
        if (const JobPointer job = each.job.lock()) {
            job->stop();
        }
        each.abandon();
    }
}

template<typename T>
std::shared_ptr<Pending<T>> ContainerFiles::open(const JobPointer &job)
{
    auto pending = std::make_shared<Pending<T>>();
    m_open.emplace(
        pending.get(),
        Open{job, [pending] { pending->finish(failure(ErrorKind::Cancelled, "session.close")); }});
    return pending;
}

template<typename T>
Operation<T> ContainerFiles::start(const JobPointer &job, const QString &line,
                                   std::move_only_function<Result<T>()> work)
{
    const auto pending = open<T>(job);
    const std::function<void()> cancel = [job] { job->stop(); };
    const quint64 record = line.isEmpty() ? 0 : m_session->recordStarted(line, cancel);
    filePool().start([this, job, record, pending, box = m_mailbox,
                      work = std::move(work)]() mutable {
        Result<T> result = work();
        if (job->intake()) {
            job->intake()->stop(); // what was not wanted any more
        }
        box->post([this, record, pending, result = std::move(result)] {
            m_open.erase(pending.get());
            if (record != 0) {
                m_session->recordFinished(record, result ? std::nullopt
                                                         : std::optional<Error>(result.error()));
            }
            pending->finish(result);
        });
    });
    return {pending->future(), cancel};
}

template<typename Question>
ContainerFiles::JobPointer ContainerFiles::download(const Question &question)
{
    const auto job = std::make_shared<Job>();
    const auto intake = std::make_shared<ByteIntake>();
    docker::ByteSink sink;
    sink.data = [intake](std::string_view bytes) { return intake->put(bytes); };
    sink.end = [intake](const Result<void> &how) { intake->end(how); };
    intake->setCall(m_session->client().download(question, std::move(sink)));
    job->setIntake(intake);
    return job;
}

CopyProceeds ContainerFiles::progressOf(const JobPointer &job, std::uint64_t total,
                                        CopyAdvances advances) const
{
    using Clock = std::chrono::steady_clock;
    return [job, total, advances = std::move(advances), box = m_mailbox,
            last = Clock::time_point()](const CopyProgress &progress) mutable {
        constexpr std::chrono::milliseconds spacing{100};
        if (const auto now = Clock::now(); advances && now - last >= spacing) {
            last = now;
            box->post([advances, bytes = progress.bytes, total] { advances({bytes, total}); });
        }
        return !job->isStopped();
    };
}

Operation<FolderReport> ContainerFiles::readFolder(const docker::Target &container,
                                                   const std::string &folder, FoundEntries found)
{
    const JobPointer job = download(docker::GetArchive{container, contentsOf(folder)});
    return start<FolderReport>(
        job, {}, [job, folder, found = std::move(found), box = m_mailbox]() mutable {
            const EntriesFound tell = [&](std::vector<FileEntry> entries,
                                          const FolderProgress &progress) {
                box->post([found, progress, entries = std::move(entries)]() mutable {
                    found(std::move(entries), progress);
                });
                return !job->isStopped();
            };
            return readFolderArchive(job->source(), folder, tell);
        });
}

Operation<std::vector<docker::FileChange>> ContainerFiles::changes(const docker::Target &container)
{
    using Changes = std::vector<docker::FileChange>;
    const auto job = std::make_shared<Job>();
    const auto pending = open<Changes>(job);
    docker::Callback<Changes> done = [this, pending, box = m_mailbox](Result<Changes> result) {
        box->post([this, pending, result = std::move(result)] {
            m_open.erase(pending.get());
            pending->finish(result);
        });
    };
    job->setCall(m_session->client().ask(docker::ListChanges{container}, std::move(done)));
    return {pending->future(), [job] { job->stop(); }};
}

Operation<FileContent> ContainerFiles::readFile(const docker::Target &container,
                                                const std::string &path, std::int64_t longest)
{
    const JobPointer job = download(docker::GetArchive{container, path});
    return start<FileContent>(
        job, {}, [job, path, longest] { return readContent(job->source(), path, longest); });
}

void ContainerFiles::put(const JobPointer &job, const docker::PutArchive &command,
                         std::string archive, std::function<void(Result<Done>)> done)
{
    const quint64 record =
        m_session->recordStarted(lineOf(command.arguments()), [job] { job->stop(); });
    docker::RunOptions options;
    options.body = [archive = std::move(archive),
                    sent = std::size_t(0)](std::span<char> room) mutable -> Result<http::Given> {
        const std::size_t count = std::min(room.size(), archive.size() - sent);
        std::memcpy(room.data(), archive.data() + sent, count);
        sent += count;
        return http::Given{count, sent == archive.size()};
    };
    job->setCall(m_session->client().run(
        docker::Command(command), std::move(options),
        [this, record, done = std::move(done),
         box = m_mailbox](const Result<docker::CommandReply> &reply) {
            const std::optional<Error> error =
                reply ? std::nullopt : std::optional<Error>(reply.error());
            box->post([this, record, done, error] {
                m_session->recordFinished(record, error);
                done(error ? Result<Done>(std::unexpected(*error)) : Done{});
            });
        }));
}

Operation<FileContent> ContainerFiles::saveFile(const docker::Target &container,
                                                const FileContent &before, const std::string &bytes,
                                                bool anyway)
{
    const auto job = std::make_shared<Job>();
    const auto pending = open<FileContent>(job);
    const auto looked = readFile(container, before.entry.path, before.entry.size);
    looked.then(this, [this, job, pending, container, before, bytes,
                       anyway](const Result<FileContent> &now) {
        const bool isSame =
            now && now->entry == before.entry && now->isWhole && now->bytes == before.bytes;
        if (now && !isSame && (!anyway || now->entry.kind != FileKind::File)) {
            m_open.erase(pending.get());
            pending->finish(failure(ErrorKind::Conflict, saveOperation, before.entry.path));
        } else if (!now || job->isStopped()) {
            m_open.erase(pending.get());
            pending->finish(now ? failure(ErrorKind::Cancelled, saveOperation)
                                : std::unexpected(now.error()));
        } else {
            sendSaved(job, container, *now, bytes, pending); // the owner and mode that it has now
        }
    });
    return {pending->future(), [job, looked] {
                job->stop();
                looked.cancel();
            }};
}

void ContainerFiles::sendSaved(const JobPointer &job, const docker::Target &container,
                               const FileContent &before, const std::string &bytes,
                               const std::shared_ptr<Pending<FileContent>> &pending)
{
    archive::Entry entry;
    entry.path = fileNameOf(before.entry.path);
    entry.mode = before.entry.mode;
    entry.size = static_cast<std::int64_t>(bytes.size());
    entry.modifiedAt = nowInSeconds();
    entry.userId = before.entry.userId;
    entry.groupId = before.entry.groupId;
    entry.attributes = before.attributes;
    auto packed = packOne(entry, bytes);
    if (!packed) {
        m_open.erase(pending.get());
        pending->finish(std::unexpected(packed.error()));
        return;
    }
    docker::PutArchive command;
    command.container = container;
    command.path = parentOf(before.entry.path);
    put(job, command, *std::move(packed),
        [this, container, path = before.entry.path, bytes, pending](const Result<Done> &done) {
            if (!done) {
                m_open.erase(pending.get());
                pending->finish(std::unexpected(done.error()));
                return;
            }
            readFile(container, path, static_cast<std::int64_t>(bytes.size()))
                .then(this, [this, bytes, pending](const Result<FileContent> &now) {
                    m_open.erase(pending.get());
                    pending->finish(
                        now && now->bytes != bytes
                            ? failure(ErrorKind::OutcomeUnknown, saveOperation, now->entry.path)
                            : now);
                });
        });
}

Operation<Done> ContainerFiles::makeFolder(const docker::Target &container, const std::string &path)
{
    const auto job = std::make_shared<Job>();
    const auto pending = open<Done>(job);
    existing(container, {path})
        .then(this,
              [this, job, pending, container, path](const Result<std::vector<std::string>> &there) {
                  archive::Entry entry;
                  entry.kind = archive::EntryKind::Folder;
                  entry.path = fileNameOf(path);
                  entry.mode = 0755;
                  entry.modifiedAt = nowInSeconds();
                  auto packed = packOne(entry, {});
                  const bool isTaken = there && !there->empty();
                  if (!there || isTaken || !packed) {
                      m_open.erase(pending.get());
                      pending->finish(!there    ? std::unexpected(there.error())
                                      : isTaken ? failure(ErrorKind::Conflict, saveOperation, path)
                                                : std::unexpected(packed.error()));
                      return;
                  }
                  docker::PutArchive command;
                  command.container = container;
                  command.path = parentOf(path);
                  command.keepOwner = true;
                  put(job, command, *std::move(packed), [this, pending](const Result<Done> &done) {
                      m_open.erase(pending.get());
                      pending->finish(done);
                  });
              });
    return {pending->future(), [job] { job->stop(); }};
}

Operation<std::vector<std::string>> ContainerFiles::existing(const docker::Target &container,
                                                             const std::vector<std::string> &paths)
{
    using Paths = std::vector<std::string>;
    struct Answers
    {
        Paths there;
        std::optional<Error> fault;
        std::size_t missing;
    };
    const auto job = std::make_shared<Job>();
    const auto pending = open<Paths>(job);
    const auto answers = std::make_shared<Answers>(Answers{{}, {}, paths.size()});
    const auto finishWhenAll = [this, answers, pending] {
        if (answers->missing == 0) {
            m_open.erase(pending.get());
            pending->finish(answers->fault ? Result<Paths>(std::unexpected(*answers->fault))
                                           : answers->there);
        }
    };
    for (const std::string &path : paths) {
        m_session->client().statPath(
            {container, path},
            [path, answers, finishWhenAll, box = m_mailbox](const Result<docker::PathStat> &stat) {
                const std::optional<Error> fault =
                    stat ? std::nullopt : std::optional<Error>(stat.error());
                box->post([path, answers, finishWhenAll, fault] {
                    --answers->missing;
                    if (!fault) {
                        answers->there.push_back(path);
                    } else if (fault->kind != ErrorKind::NotFound) {
                        answers->fault = fault;
                    }
                    finishWhenAll();
                });
            });
    }
    finishWhenAll();
    return {pending->future(), [job] { job->stop(); }};
}

Operation<Done> ContainerFiles::remove(const docker::Target &container,
                                       const std::vector<std::string> &paths)
{
    return (new FileErrand(m_session, removalOf(container, paths), removeOperation, this))
        ->operation();
}

/// `mv` would put it into a folder of the new name, or over a file: so it is looked first.
Operation<Done> ContainerFiles::rename(const docker::Target &container, const std::string &from,
                                       const std::string &to)
{
    const auto job = std::make_shared<Job>();
    const auto pending = open<Done>(job);
    existing(container, {to})
        .then(this, [this, job, pending, container, from,
                     to](const Result<std::vector<std::string>> &there) {
            const auto finish = [this, pending](const Result<Done> &done) {
                m_open.erase(pending.get());
                pending->finish(done);
            };
            if (!there) {
                finish(std::unexpected(there.error()));
            } else if (!there->empty()) {
                finish(failure(ErrorKind::Conflict, renameOperation, to));
            } else if (job->isStopped()) {
                finish(failure(ErrorKind::Cancelled, renameOperation));
            } else {
                (new FileErrand(m_session, renamingOf(container, from, to), renameOperation, this))
                    ->operation()
                    .then(this, finish);
            }
        });
    return {pending->future(), [job] { job->stop(); }};
}

Operation<CopyReport> ContainerFiles::copyOut(const CopyOut &copy, CopyAdvances advances)
{
    const JobPointer job = download(
        docker::GetArchive{copy.container, copy.isFolder ? contentsOf(copy.path) : copy.path});
    const auto total = static_cast<std::uint64_t>(std::max<std::int64_t>(copy.size, 0));
    return start<CopyReport>(
        job, copy.line(),
        [job, copy, proceeds = progressOf(job, copy.isFolder ? 0 : total, std::move(advances))] {
            return copy.isFolder ? placeFolder(job->source(), copy.localPath, proceeds)
                                 : placeFile(job->source(), copy.localPath, proceeds);
        });
}

Operation<CopyReport> ContainerFiles::copyIn(const CopyIn &copy, CopyAdvances advances)
{
    const auto job = std::make_shared<Job>();
    const auto outlet = std::make_shared<ByteOutlet>();
    const auto reply = std::make_shared<std::promise<Result<docker::CommandReply>>>();
    docker::PutArchive command;
    command.container = copy.container;
    command.path = copy.folder;
    command.keepOwner = true;
    docker::RunOptions options;
    options.body = [outlet](std::span<char> room) { return outlet->give(room); };
    outlet->setCall(m_session->client().run(docker::Command(command), std::move(options),
                                            [outlet, reply](Result<docker::CommandReply> result) {
                                                outlet->close();
                                                reply->set_value(std::move(result));
                                            }));
    job->setOutlet(outlet);
    return start<CopyReport>(
        job, copy.line(),
        [job, copy, outlet, reply,
         proceeds = progressOf(job, 0, std::move(advances))]() -> Result<CopyReport> {
            auto packed = packLocal([&](std::string_view bytes) { return outlet->put(bytes); },
                                    copy.localPath, copy.name, proceeds);
            outlet->end(packed ? Result<void>{} : std::unexpected(packed.error()));
            const auto answer = reply->get_future().get();
            // A stop is told as what it was; else what the engine says explains more.
            const bool isOurs = !packed && packed.error().kind != ErrorKind::Cancelled;
            if (job->isStopped()) {
                return failure(ErrorKind::Cancelled, docker::PutArchive::operation.data());
            }
            return isOurs || answer ? packed : std::unexpected(answer.error());
        });
}

Operation<CopyReport> ContainerFiles::exportTo(const ExportTo &wanted, CopyAdvances advances)
{
    const JobPointer job = download(docker::ExportContainer{wanted.container});
    const auto total = static_cast<std::uint64_t>(std::max<std::int64_t>(wanted.size, 0));
    return start<CopyReport>(
        job, wanted.line(),
        [job, path = wanted.localPath, proceeds = progressOf(job, total, std::move(advances))] {
            return placeBytes(job->source(), path, proceeds);
        });
}

} // namespace roadstead::service
