// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/files/file_errand.h"

#include "engine/docker/command.h"
#include "engine/service/engine_session.h"

#include <QPointer>

#include <algorithm>
#include <optional>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::size_t mostSaid = 4096;
/// What shells and engines say of a program that cannot be run, and of one that is not there.
constexpr int notRunnable = 126;
constexpr int notThere = 127;

bool saysNotThere(const std::string &text)
{
    return text.contains("executable file not found") ||
           (text.contains("exec failed") && text.contains("no such file or directory"));
}

} // namespace

Result<Done> errandResult(const Result<int> &end, const std::string &said,
                          const std::string &operation)
{
    if (!end) {
        return saysNotThere(end.error().detail)
                   ? failure(ErrorKind::NotInstalled, operation, end.error().detail)
                   : std::unexpected(end.error());
    }
    if (*end == 0) {
        return Done{};
    }
    const bool isMissing = *end == notThere || *end == notRunnable;
    Error error{isMissing ? ErrorKind::NotInstalled : ErrorKind::EngineFailed, *end, said,
                operation};
    while (!error.detail.empty() && (error.detail.back() == '\n' || error.detail.back() == '\r')) {
        error.detail.pop_back();
    }
    return std::unexpected(std::move(error));
}

FileErrand::FileErrand(EngineSession *session, const docker::CreateExec &command,
                       std::string operation, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_operation(std::move(operation))
    , m_process(session, command, Recorded::No) // its exit status counts, and so it is told here
{
    m_record = session->recordStarted(
        QString::fromStdString(docker::commandLine(command.arguments())), [self = QPointer(this)] {
            if (self) {
                self->stop();
            }
        });
    connect(&m_process, &Conversation::readable, this, &FileErrand::listen);
    connect(&m_process, &Conversation::ended, this, &FileErrand::end);
}

FileErrand::~FileErrand()
{
    finish(failure(ErrorKind::Cancelled, m_operation));
}

Operation<Done> FileErrand::operation()
{
    return {m_pending->future(), [self = QPointer(this)] {
                if (self) {
                    self->stop();
                }
            }};
}

/// Takes what it writes, so that it never waits for a reader.
void FileErrand::listen()
{
    const std::string words = m_process.take();
    m_said.append(words, 0, mostSaid - std::min(mostSaid, m_said.size()));
}

void FileErrand::end()
{
    listen();
    finish(errandResult(*m_process.end(), m_said, m_operation));
    deleteLater();
}

void FileErrand::stop()
{
    finish(failure(ErrorKind::Cancelled, m_operation));
    deleteLater();
}

void FileErrand::finish(const Result<Done> &result)
{
    if (!std::exchange(m_isFinished, true)) {
        m_session->recordFinished(m_record,
                                  result ? std::nullopt : std::optional<Error>(result.error()));
        m_pending->finish(result);
    }
}

} // namespace roadstead::service
