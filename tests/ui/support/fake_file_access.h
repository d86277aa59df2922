// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/service/files/file_access.h"

#include <QPromise>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace roadstead::test {

/// The files of a container in memory. It answers at once, but for folders while `holdsFolders`,
/// which a test then lets go on piece by piece.
class FakeFileAccess : public service::FileAccess
{
public:
    using FileEntry = service::FileEntry;
    using FileContent = service::FileContent;
    template<typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;

    struct Held
    {
        std::string folder;
        FoundEntries found;
        Promise<service::FolderReport> promise;
    };

    void add(FileEntry entry, std::string bytes = {})
    {
        const std::string path = entry.path;
        if (entry.kind == service::FileKind::File && entry.size == 0) {
            entry.size = std::int64_t(bytes.size());
        }
        contents.insert_or_assign(path, FileContent{std::move(entry), std::move(bytes), true});
    }

    service::Operation<service::FolderReport>
    readFolder(const docker::Target &, const std::string &folder, FoundEntries found) override
    {
        readings.push_back(folder);
        const auto promise = start<service::FolderReport>();
        if (holdsFolders) {
            held.push_back({folder, found, promise});
            return {promise->future(), [this] { ++cancelled; }};
        }
        if (fault) {
            finish<service::FolderReport>(promise, std::unexpected(*fault));
            return {promise->future(), {}};
        }
        found(entriesOf(folder), {contents.size()});
        finish<service::FolderReport>(promise, service::FolderReport{});
        return {promise->future(), {}};
    }
    service::Operation<std::vector<docker::FileChange>> changes(const docker::Target &) override
    {
        return answered(Result<std::vector<docker::FileChange>>(changed));
    }
    service::Operation<FileContent> readFile(const docker::Target &, const std::string &path,
                                             std::int64_t longest) override
    {
        return answered(content(path, longest));
    }
    service::Operation<FileContent> saveFile(const docker::Target &, const FileContent &before,
                                             const std::string &bytes, bool anyway) override
    {
        if (fault) {
            return answered(Result<FileContent>(std::unexpected(*fault)));
        }
        const auto now = contents.find(before.entry.path);
        if (now == contents.end()) {
            return answered(Result<FileContent>(failure(ErrorKind::NotFound, "save")));
        }
        if (!anyway && now->second.bytes != before.bytes) {
            return answered(Result<FileContent>(failure(ErrorKind::Conflict, "save")));
        }
        now->second.bytes = bytes;
        now->second.entry.size = std::int64_t(bytes.size());
        return answered(Result<FileContent>(now->second));
    }
    service::Operation<service::Done> makeFolder(const docker::Target &,
                                                 const std::string &path) override
    {
        if (contents.contains(path)) {
            return answered(Result<service::Done>(failure(ErrorKind::Conflict, "folder")));
        }
        FileEntry entry;
        entry.path = path;
        entry.kind = service::FileKind::Folder;
        add(std::move(entry));
        return answered(Result<service::Done>(service::Done{}));
    }
    service::Operation<std::vector<std::string>>
    existing(const docker::Target &, const std::vector<std::string> &paths) override
    {
        std::vector<std::string> there;
        std::ranges::copy_if(paths, std::back_inserter(there),
                             [this](const auto &path) { return contents.contains(path); });
        return answered(Result<std::vector<std::string>>(there));
    }
    service::Operation<service::Done> remove(const docker::Target &container,
                                             const std::vector<std::string> &paths) override
    {
        lines.append(lineOf(service::removalOf(container, paths)));
        if (fault) {
            return answered(Result<service::Done>(std::unexpected(*fault)));
        }
        std::erase_if(contents, [&paths](const auto &entry) {
            return std::ranges::any_of(paths, [&entry](const std::string &path) {
                return entry.first == path || entry.first.starts_with(path + "/");
            });
        });
        return answered(Result<service::Done>(service::Done{}));
    }
    service::Operation<service::Done>
    rename(const docker::Target &container, const std::string &from, const std::string &to) override
    {
        if (contents.contains(to)) {
            return answered(Result<service::Done>(failure(ErrorKind::Conflict, "rename")));
        }
        lines.append(lineOf(service::renamingOf(container, from, to)));
        auto node = contents.extract(from);
        node.key() = to;
        node.mapped().entry.path = to;
        contents.insert(std::move(node));
        return answered(Result<service::Done>(service::Done{}));
    }
    service::Operation<service::CopyReport> copyOut(const service::CopyOut &copy,
                                                    CopyAdvances) override
    {
        lines.append(copy.line());
        return answered(copyResult());
    }
    service::Operation<service::CopyReport> copyIn(const service::CopyIn &copy,
                                                   CopyAdvances) override
    {
        lines.append(copy.line());
        FileEntry entry;
        entry.path = service::joinPath(copy.folder, copy.name);
        add(std::move(entry), "copied");
        return answered(copyResult());
    }

    service::Operation<service::CopyReport> exportTo(const service::ExportTo &wanted,
                                                     CopyAdvances advances) override
    {
        lines.append(wanted.line());
        exportAdvances = std::move(advances);
        exported = start<service::CopyReport>();
        return {exported->future(), [this] {
                    ++cancelled;
                    finish<service::CopyReport>(exported, failure(ErrorKind::Cancelled, "export"));
                }};
    }

    [[nodiscard]] std::vector<FileEntry> entriesOf(const std::string &folder) const
    {
        std::vector<FileEntry> entries;
        for (const auto &[path, each] : contents) {
            if (path != "/" && service::parentOf(path) == folder) {
                entries.push_back(each.entry);
            }
        }
        return entries;
    }
    template<typename T>
    static void finish(const Promise<T> &promise, Result<T> result)
    {
        promise->addResult(std::move(result));
        promise->finish();
    }

    std::map<std::string, FileContent> contents;
    std::vector<docker::FileChange> changed;
    std::optional<Error> fault; ///< of folders, saving and copies
    bool holdsFolders = false;
    std::vector<Held> held;
    std::vector<std::string> readings;
    QStringList lines; ///< of the copies
    int cancelled = 0;
    CopyAdvances exportAdvances;
    Promise<service::CopyReport> exported;

private:
    static QString lineOf(const docker::CreateExec &command)
    {
        return QString::fromStdString(docker::commandLine(command.arguments()));
    }
    [[nodiscard]] Result<FileContent> content(const std::string &path, std::int64_t longest) const
    {
        const auto found = contents.find(path);
        if (found == contents.end()) {
            return failure(ErrorKind::NotFound, "read", path);
        }
        FileContent content = found->second;
        if (content.entry.size > longest) {
            content.bytes.clear();
            content.isWhole = false;
        }
        return content;
    }
    [[nodiscard]] Result<service::CopyReport> copyResult() const
    {
        return fault ? Result<service::CopyReport>(std::unexpected(*fault)) : service::CopyReport{};
    }
    template<typename T>
    static Promise<T> start()
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        return promise;
    }
    template<typename T>
    static service::Operation<T> answered(Result<T> result)
    {
        const auto promise = start<T>();
        finish<T>(promise, std::move(result));
        return {promise->future(), {}};
    }
};

} // namespace roadstead::test
