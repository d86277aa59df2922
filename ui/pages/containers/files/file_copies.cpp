// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/file_copies.h"

#include "ui/text/display_text.h"

#include <QFileInfo>
#include <QPointer>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <memory>
#include <utility>

namespace roadstead::ui {

namespace {

using Paths = std::vector<std::string>;
constexpr int mostNumbers = 30;

/// Which of these are on this computer; the disk may be slow.
service::Operation<Paths> existingHere(const Paths &paths)
{
    auto promise = std::make_shared<QPromise<Result<Paths>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, paths] {
        Paths there;
        for (const std::string &path : paths) {
            const QFileInfo info(QString::fromLocal8Bit(path.c_str()));
            if (info.exists() || info.isSymLink()) {
                there.push_back(path);
            }
        }
        promise->addResult(std::move(there));
        promise->finish();
    });
    return {promise->future(), {}};
}

} // namespace

std::string numberedPath(const std::string &path, int number)
{
    const std::size_t name = path.rfind('/') + 1;
    std::size_t dot = path.rfind('.');
    if (dot == std::string::npos || dot <= name) {
        dot = path.size(); // none, or a hidden file
    }
    return path.substr(0, dot) + " (" + std::to_string(number) + ")" + path.substr(dot);
}

FileCopies::FileCopies(service::FileAccess *files, QObject *parent)
    : QObject(parent)
    , m_files(files)
{
}

FileCopies::~FileCopies()
{
    m_copy.cancel();
}

service::Operation<Paths> FileCopies::existing(const Paths &paths)
{
    return m_outcome.direction == Direction::In ? m_files->existing(m_container, paths)
                                                : existingHere(paths);
}

void FileCopies::start(Direction direction, const docker::Target &container,
                       std::vector<CopyItem> items)
{
    if (isBusy() || items.empty()) {
        return;
    }
    m_outcome = {};
    m_outcome.direction = direction;
    m_container = container;
    m_items = std::move(items);
    m_next = 0;
    m_progress = {};
    m_state = State::Looking;
    Paths wanted;
    for (const CopyItem &item : m_items) {
        wanted.push_back(item.to);
    }
    existing(wanted).then(this, [this, generation = ++m_generation](const Result<Paths> &there) {
        if (generation == m_generation) {
            looked(there);
        }
    });
    Q_EMIT changed();
}

void FileCopies::looked(const Result<Paths> &there)
{
    if (!there) {
        end(there.error(), m_items.front().to);
        return;
    }
    m_taken = *there;
    if (m_taken.empty()) {
        copyNext();
        return;
    }
    m_state = State::Asking;
    QStringList names;
    for (const std::string &path : m_taken) {
        names.append(displayText(service::fileNameOf(path)));
    }
    Q_EMIT conflictsFound(names);
}

void FileCopies::resolve(Choice choice)
{
    if (m_state != State::Asking) {
        return;
    }
    if (choice == Choice::KeepBoth) {
        nameAnew();
        return;
    }
    if (choice == Choice::Skip) {
        std::erase_if(m_items, [this](const CopyItem &item) {
            return std::ranges::contains(m_taken, item.to);
        });
    }
    copyNext();
}

/// Looks for the first number that is free, for all at once.
void FileCopies::nameAnew()
{
    m_state = State::Naming;
    Paths candidates;
    for (const std::string &path : m_taken) {
        for (int number = 2; number < mostNumbers; ++number) {
            candidates.push_back(numberedPath(path, number));
        }
    }
    existing(candidates).then(this, [this, generation = m_generation](const Result<Paths> &there) {
        if (generation != m_generation) {
            return;
        }
        if (!there) {
            end(there.error(), m_items.front().to);
            return;
        }
        for (CopyItem &item : m_items) {
            int number = 2;
            const std::string wanted = item.to;
            while (std::ranges::contains(m_taken, wanted) && number < mostNumbers &&
                   std::ranges::contains(*there, item.to = numberedPath(wanted, number))) {
                ++number;
            }
            if (number == mostNumbers) {
                end(Error{ErrorKind::Conflict, 0, wanted, "container.files.copy"}, wanted);
                return;
            }
        }
        copyNext();
    });
}

void FileCopies::copyNext()
{
    if (m_next >= m_items.size()) {
        end({});
        return;
    }
    m_state = State::Copying;
    m_progress = {};
    const CopyItem &item = m_items[m_next];
    const QPointer<FileCopies> self(this);
    const auto advances = [self, generation = m_generation](const service::CopyProgress &progress) {
        if (self && generation == self->m_generation) {
            self->m_progress.bytes = progress.bytes;
            Q_EMIT self->changed();
        }
    };
    m_progress.total = std::uint64_t(std::max<std::int64_t>(item.isFolder ? 0 : item.size, 0));
    m_copy = m_outcome.direction == Direction::Out
                 ? m_files->copyOut({m_container, item.from, item.isFolder, item.size, item.to},
                                    advances)
                 : m_files->copyIn({m_container, item.from, service::parentOf(item.to),
                                    service::fileNameOf(item.to), item.isFolder},
                                   advances);
    m_copy.then(this, [this, generation = m_generation](const Result<service::CopyReport> &report) {
        if (generation == m_generation) {
            copied(report);
        }
    });
    Q_EMIT changed();
}

void FileCopies::copied(const Result<service::CopyReport> &report)
{
    if (!report) {
        end(report.error(), m_items[m_next].from);
        return;
    }
    ++m_outcome.done;
    m_outcome.leftOut += report->leftOutCount;
    ++m_next;
    copyNext();
}

void FileCopies::cancel()
{
    if (m_state == State::Copying) {
        m_copy.cancel(); // its end is told by itself
    } else if (isBusy()) {
        end(Error{ErrorKind::Cancelled, 0, {}, "container.files.copy"});
    }
}

void FileCopies::end(std::optional<Error> error, const std::string &path)
{
    ++m_generation;
    m_state = State::Idle;
    m_outcome.error = std::move(error);
    m_outcome.failed = path;
    m_items.clear();
    m_taken.clear();
    Q_EMIT changed();
    Q_EMIT finished(m_outcome);
}

} // namespace roadstead::ui
