// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/command_history.h"

#include "engine/base/visit_choice.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace roadstead::service {

namespace {

constexpr qsizetype longestHistory = 1000;

bool speaksOfASecret(std::string_view variable)
{
    constexpr std::array<std::string_view, 9> words{
        "PASS", "SECRET", "TOKEN", "KEY", "CREDENTIAL", "AUTH", "PWD", "DSN", "COOKIE"};
    std::string upper(variable.substr(0, variable.find('=')));
    std::ranges::transform(upper, upper.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    return std::ranges::any_of(words, [&](auto word) { return upper.contains(word); });
}

docker::Command forHistory(docker::Command command)
{
    command = docker::withoutSecrets(std::move(command));
    changeChoice(
        [](auto &value) {
            if constexpr (requires { value.environment; }) {
                for (std::string &variable : value.environment) {
                    if (speaksOfASecret(variable)) {
                        variable.resize(std::min(variable.find('='), variable.size()));
                    }
                }
            }
        },
        command);
    return command;
}

} // namespace

quint64 CommandHistory::start(CommandRecord record, std::function<void()> cancel)
{
    record.id = ++m_lastId;
    record.engine = m_engine;
    record.isCancellable = static_cast<bool>(cancel);
    if (!record.startedAt.isValid()) {
        record.startedAt = QDateTime::currentDateTimeUtc();
    }
    Running running;
    running.timer.start();
    running.cancel = std::move(cancel);
    m_running.emplace(record.id, std::move(running));
    m_records.append(std::move(record));
    // A running one is never dropped: Activity shows it.
    if (m_records.size() > longestHistory) {
        const auto oldest = std::ranges::find_if(
            m_records, [](const CommandRecord &each) { return each.milliseconds.has_value(); });
        if (oldest != m_records.end()) {
            m_records.erase(oldest);
        }
    }
    return m_lastId;
}

bool CommandHistory::finish(quint64 id, const std::optional<Error> &error,
                            const QStringList &warnings)
{
    const auto running = m_running.find(id);
    const auto record = std::ranges::lower_bound(m_records, id, {}, &CommandRecord::id);
    if (running == m_running.end() || record == m_records.end() || record->id != id) {
        return false;
    }
    record->milliseconds = running->second.timer.elapsed();
    record->error = error;
    record->warnings = warnings;
    record->isCancellable = false;
    m_running.erase(running);
    return true;
}

void CommandHistory::cancel(quint64 id) const
{
    if (const auto running = m_running.find(id);
        running != m_running.end() && running->second.cancel) {
        running->second.cancel();
    }
}

void CommandHistory::continueFrom(const CommandHistory &before)
{
    m_records = before.m_records;
    m_lastId = before.m_lastId;
    for (CommandRecord &record : m_records) {
        if (record.milliseconds) {
            continue;
        }
        const QElapsedTimer &timer = before.m_running.at(record.id).timer;
        if (record.operation.isEmpty()) {
            m_running.emplace(record.id, Running{timer, {}});
        } else {
            record.milliseconds = timer.elapsed();
            record.error = Error{ErrorKind::Cancelled, 0, {}, record.operation.toStdString()};
        }
        record.isCancellable = false;
    }
}

QList<CommandRecord> CommandHistory::running() const
{
    QList<CommandRecord> records;
    std::ranges::copy_if(m_records, std::back_inserter(records), [](const CommandRecord &record) {
        return !record.milliseconds.has_value();
    });
    return records;
}

CommandRecord recordOf(const docker::Command &command)
{
    CommandRecord record;
    record.line =
        QString::fromStdString(docker::commandLine(docker::arguments(forHistory(command))));
    const auto name = docker::operationName(command);
    record.operation = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    record.subject = QString::fromStdString(subjectOf(command));
    return record;
}

} // namespace roadstead::service
