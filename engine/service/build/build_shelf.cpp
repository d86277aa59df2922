// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/build_shelf.h"

#include "engine/base/files.h"
#include "engine/service/pending.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::service {

namespace {

constexpr std::size_t longestBuildId = 64;
constexpr auto keptOperation = "build.kept";
constexpr mode_t folderMode = 0700;
constexpr mode_t fileMode = 0600;

/// One for all shelves: two of the same folder, while one page follows another, do not cross.
QThreadPool &shelfThread()
{
    static QThreadPool pool;
    pool.setMaxThreadCount(1);
    return pool;
}

/// Ids stand in a file that others could have written: none may lead out of the folder.
bool isBuildId(const std::string &id)
{
    return !id.empty() && id.size() <= longestBuildId && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-';
    });
}

} // namespace

BuildShelf::BuildShelf(QString folder)
    : BuildShelf(std::move(folder), Limits())
{
}

BuildShelf::BuildShelf(QString folder, const Limits &limits)
    : m_folder(std::move(folder))
    , m_limits(limits)
{
}

BuildShelf::~BuildShelf()
{
    shelfThread().waitForDone();
}

std::string BuildShelf::pathOf(const std::string &id) const
{
    return m_folder.isEmpty() || !isBuildId(id)
               ? std::string()
               : (m_folder + u'/' + QString::fromStdString(id) + u".json"_s).toStdString();
}

void BuildShelf::keep(const std::string &id, KeptBuild build)
{
    const std::string path = pathOf(id);
    if (path.empty()) {
        return;
    }
    shelfThread().start([this, path, build = std::move(build)] {
        if (makeFolders(m_folder.toStdString(), folderMode)) {
            // What cannot be kept is missed when it is looked for, and said there.
            (void)replaceFile(path, textOf(build), fileMode);
            prune();
        }
    });
}

Operation<KeptBuild> BuildShelf::read(const std::string &id)
{
    const auto pending = std::make_shared<Pending<KeptBuild>>();
    const std::string path = pathOf(id);
    if (path.empty()) {
        pending->finish(failure(ErrorKind::NotFound, keptOperation));
        return {pending->future(), {}};
    }
    shelfThread().start([pending, path] {
        if (!QFile::exists(QString::fromStdString(path))) {
            pending->finish(failure(ErrorKind::NotFound, keptOperation));
            return;
        }
        const auto text = readFile(path, KeptBuild::textCap);
        pending->finish(text ? keptBuildIn(*text) : std::unexpected(text.error()));
    });
    return {pending->future(),
            [pending] { pending->finish(failure(ErrorKind::Cancelled, keptOperation)); }};
}

void BuildShelf::remove(const std::string &id)
{
    if (const std::string path = pathOf(id); !path.empty()) {
        shelfThread().start([path] { QFile::remove(QString::fromStdString(path)); });
    }
}

void BuildShelf::enqueue(std::function<void()> work)
{
    shelfThread().start(std::move(work));
}

void BuildShelf::waitForDone()
{
    shelfThread().waitForDone();
}

/// The newest stay.
void BuildShelf::prune() const
{
    const QFileInfoList files =
        QDir(m_folder).entryInfoList({u"*.json"_s}, QDir::Files | QDir::NoSymLinks, QDir::Time);
    std::uint64_t bytes = 0;
    std::size_t count = 0;
    for (const QFileInfo &file : files) {
        bytes += std::uint64_t(file.size());
        if (++count > m_limits.files || bytes > m_limits.bytes) {
            QFile::remove(file.filePath());
        }
    }
}

} // namespace roadstead::service
