// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/files_controller.h"

#include <QPointer>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string_view>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr std::size_t mostFoldersKnown = 20'000;
constexpr std::size_t mostBefore = 100;
constexpr std::int64_t longestNameFile = 1 << 20;

/// The names of a passwd or group file by number.
std::map<std::int64_t, std::string> namesIn(std::string_view text)
{
    std::map<std::int64_t, std::string> names;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::size_t first = line.find(':');
        const std::size_t second =
            first == std::string_view::npos ? first : line.find(':', first + 1);
        if (second == std::string_view::npos || first == 0) {
            continue;
        }
        const std::string_view rest = line.substr(second + 1);
        const std::string_view digits = rest.substr(0, rest.find(':'));
        std::int64_t number = -1;
        const auto parsed = std::from_chars(digits.begin(), digits.end(), number);
        if (parsed.ec == std::errc() && parsed.ptr == digits.end()) {
            names.emplace(number, line.substr(0, first)); // the first of several counts
        }
    }
    return names;
}

} // namespace

FilesController::FilesController(service::FileAccess *files, QObject *parent)
    : QObject(parent)
    , m_files(files)
{
}

FilesController::~FilesController()
{
    m_reading.cancel();
}

void FilesController::open(const docker::Target &container, const std::string &folder)
{
    close();
    m_container = container;
    m_path = folder;
    m_state = State::Ready;
    Q_EMIT pathChanged();
    begin();
}

void FilesController::close()
{
    cancelReading();
    m_coming.clear();
    ++m_opened;
    m_before.clear();
    m_known.clear();
    m_changes.clear();
    m_users.clear();
    m_groups.clear();
    m_ownersAsked = false;
    m_error.reset();
    m_state = State::Closed;
    show();
    Q_EMIT stateChanged();
}

void FilesController::setActive(bool active)
{
    if (std::exchange(m_active, active) == active || m_state == State::Closed) {
        return;
    }
    if (active) {
        begin();
    } else if (m_state == State::Reading) {
        cancelReading();
        m_state = State::Stopped;
        Q_EMIT stateChanged();
    }
}

void FilesController::go(const std::string &folder)
{
    if (m_state == State::Closed || folder == m_path) {
        return;
    }
    m_before.push_back(m_path);
    if (m_before.size() > mostBefore) {
        m_before.erase(m_before.begin());
    }
    m_path = folder;
    Q_EMIT pathChanged();
    begin();
}

void FilesController::back()
{
    if (!m_before.empty()) {
        m_path = m_before.back();
        m_before.pop_back();
        Q_EMIT pathChanged();
        begin();
    }
}

void FilesController::refresh()
{
    if (m_state != State::Closed && m_active) {
        readChanges();
        read();
    }
}

void FilesController::forget(const std::string &path)
{
    std::erase_if(m_known, [&path](const auto &folder) {
        return folder.first == path || folder.first.starts_with(path + "/");
    });
    if (const auto above = m_known.find(service::parentOf(path)); above != m_known.end()) {
        above->second.entries.erase(path);
    }
}

void FilesController::stop()
{
    if (m_state == State::Reading) {
        cancelReading();
        m_state = State::Stopped;
        show();
        Q_EMIT stateChanged();
    }
}

/// Shows what is known of the folder, or reads it.
void FilesController::begin()
{
    const auto known = m_known.find(m_path);
    if (known != m_known.end() && known->second.readAt.isValid()) {
        cancelReading();
        m_coming.clear();
        m_error.reset();
        m_isCut = false;
        m_state = State::Ready;
        show();
        Q_EMIT stateChanged();
    } else if (m_active) {
        if (!std::exchange(m_ownersAsked, true)) {
            readChanges();
            readOwners();
        }
        read();
    }
}

void FilesController::read()
{
    cancelReading();
    m_coming.clear();
    m_error.reset();
    m_isCut = false;
    m_progress = {};
    m_state = State::Reading;
    const unsigned generation = m_generation;
    const QPointer<FilesController> self(this);
    m_reading = m_files->readFolder(m_container, m_path,
                                    [self, generation](std::vector<service::FileEntry> entries,
                                                       const service::FolderProgress &progress) {
                                        if (self && generation == self->m_generation) {
                                            self->take(std::move(entries), progress);
                                        }
                                    });
    m_reading.then(this, [this, generation](const Result<service::FolderReport> &report) {
        if (generation == m_generation) {
            finish(report);
        }
    });
    show();
    Q_EMIT stateChanged();
}

void FilesController::readChanges()
{
    m_files->changes(m_container)
        .then(this,
              [this, opened = m_opened](const Result<std::vector<docker::FileChange>> &changes) {
                  if (opened != m_opened || !changes) {
                      return; // the list is of use without them
                  }
                  m_changes.clear();
                  for (const docker::FileChange &change : *changes) {
                      m_changes.emplace(change.path, change.kind);
                  }
                  show();
                  Q_EMIT changesChanged();
              });
}

void FilesController::readOwners()
{
    takeNames("/etc/passwd", &m_users);
    takeNames("/etc/group", &m_groups);
}

void FilesController::takeNames(const std::string &path, std::map<std::int64_t, std::string> *names)
{
    m_files->readFile(m_container, path, longestNameFile)
        .then(this, [this, names, opened = m_opened](const Result<service::FileContent> &content) {
            if (opened == m_opened && content && content->isWhole) {
                *names = namesIn(content->bytes);
                show();
            }
        });
}

void FilesController::take(std::vector<service::FileEntry> entries,
                           const service::FolderProgress &progress)
{
    m_progress = progress;
    bool isHere = false;
    for (service::FileEntry &entry : entries) {
        const std::string folder = service::parentOf(entry.path);
        isHere = isHere || folder == m_path;
        if (!entry.sameAs.empty()) {
            markSame(entry);
        }
        std::string path = entry.path;
        m_coming[folder].entries.insert_or_assign(std::move(path), std::move(entry));
    }
    if (isHere) {
        show();
    }
    Q_EMIT stateChanged();
}

void FilesController::finish(const Result<service::FolderReport> &report)
{
    ++m_generation;
    if (!report) {
        const bool isStopped = report.error().kind == ErrorKind::Cancelled;
        m_state = isStopped ? State::Stopped : State::Failed;
        m_error = isStopped ? std::nullopt : std::optional<Error>(report.error());
        show();
        Q_EMIT stateChanged();
        return;
    }
    m_state = State::Ready;
    m_isCut = report->isCut;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_coming[m_path].readAt = now;
    for (const std::string &folder : report->wholeFolders) {
        m_coming[folder].readAt = now;
    }
    if (m_known.size() + m_coming.size() > mostFoldersKnown) {
        m_known.clear();
    }
    for (auto &[path, folder] : m_coming) {
        if (folder.readAt.isValid()) {
            m_known.insert_or_assign(path, std::move(folder));
        }
    }
    m_coming.clear();
    show();
    Q_EMIT stateChanged();
}

void FilesController::cancelReading()
{
    ++m_generation;
    m_reading.cancel();
    m_reading = {};
}

std::optional<QDateTime> FilesController::readAt() const
{
    const auto known = m_known.find(m_path);
    return known == m_known.end() || !known->second.readAt.isValid()
               ? std::nullopt
               : std::optional(known->second.readAt);
}

int FilesController::changeCount(docker::ChangeKind kind) const
{
    return int(std::ranges::count_if(m_changes,
                                     [kind](const auto &change) { return change.second == kind; }));
}

std::optional<docker::ChangeKind> FilesController::changeOf(const std::string &path) const
{
    const auto found = m_changes.find(path);
    if (found != m_changes.end()) {
        return found->second;
    }
    const std::string inside = path == "/" ? path : path + "/";
    const auto below = m_changes.lower_bound(inside);
    return below != m_changes.end() && below->first.starts_with(inside)
               ? std::optional(docker::ChangeKind::Modified)
               : std::nullopt;
}

std::vector<KnownFolder> FilesController::foldersIn(const std::string &folder) const
{
    std::set<std::string> paths;
    for (const Folders *folders : {&m_known, &m_coming}) {
        if (const auto found = folders->find(folder); found != folders->end()) {
            for (const auto &[path, entry] : found->second.entries) {
                if (entry.kind == service::FileKind::Folder) {
                    paths.insert(path);
                }
            }
        }
    }
    const std::string inside = folder == "/" ? folder : folder + "/";
    if (m_state != State::Closed && m_path.starts_with(inside) && m_path != inside) {
        paths.insert(m_path.substr(0, m_path.find('/', inside.size())));
    }
    std::vector<KnownFolder> known;
    known.reserve(paths.size());
    for (const std::string &path : paths) {
        known.push_back({path, changeOf(path), hasFolders(path)});
    }
    return known;
}

bool FilesController::hasFolders(const std::string &folder) const
{
    if (m_state != State::Closed && m_path.starts_with(folder + "/")) {
        return true;
    }
    return std::ranges::any_of(std::array{&m_known, &m_coming}, [&folder](const Folders *folders) {
        const auto found = folders->find(folder);
        return found != folders->end() &&
               std::ranges::any_of(found->second.entries, [](const auto &entry) {
                   return entry.second.kind == service::FileKind::Folder;
               });
    });
}

/// The first name of a file learns of a further one, which comes after it.
void FilesController::markSame(const service::FileEntry &further)
{
    const auto folder = m_coming.find(service::parentOf(further.sameAs));
    if (folder == m_coming.end()) {
        return;
    }
    const auto first = folder->second.entries.find(further.sameAs);
    if (first != folder->second.entries.end()) {
        first->second.sameAs = further.path;
    }
}

std::string FilesController::ownerOf(const service::FileEntry &entry) const
{
    const auto name = [](const auto &names, std::int64_t number) {
        const auto found = names.find(number);
        return found == names.end() ? std::to_string(number) : found->second;
    };
    return name(m_users, entry.userId) + ":" + name(m_groups, entry.groupId);
}

/// What was read before, with what comes over it, and what the image had and is no more.
void FilesController::show()
{
    std::map<std::string, FileFacts> shown;
    const auto add = [&](const Folders &folders) {
        const auto found = folders.find(m_path);
        if (found == folders.end()) {
            return;
        }
        for (const auto &[path, entry] : found->second.entries) {
            shown.insert_or_assign(path, FileFacts{entry, changeOf(path), ownerOf(entry)});
        }
    };
    if (m_state != State::Closed) {
        add(m_known);
        add(m_coming);
        for (auto it = m_changes.lower_bound(m_path); it != m_changes.end(); ++it) {
            if (!it->first.starts_with(m_path)) {
                break;
            }
            if (it->second == docker::ChangeKind::Deleted &&
                service::parentOf(it->first) == m_path) {
                service::FileEntry entry;
                entry.path = it->first;
                shown.insert_or_assign(it->first, FileFacts{entry, it->second, {}});
            }
        }
    }
    std::vector<FileFacts> snapshot;
    snapshot.reserve(shown.size());
    for (auto &[path, facts] : shown) {
        snapshot.push_back(std::move(facts));
    }
    m_model.apply(snapshot);
}

} // namespace roadstead::ui
