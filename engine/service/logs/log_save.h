// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/log_source.h"
#include "engine/store/merged_reading.h"

#include <QObject>
#include <QRegularExpression>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

class ByteIntake;
class Mailbox;

/// What is to be saved, and where.
struct LogSaveOrder
{
    std::string path;        ///< of the file, absolute
    bool timestamps = false; ///< in front of each line, RFC 3339, as docker writes them
    /// The whole log as the engine has it; empty = the lines below.
    LogSource source{};
    std::vector<store::LineSpan> spans{}; ///< merged by time
    std::vector<std::string> names{};     ///< one for each span: "NAME | " before its lines
    store::ClassMask wanted = store::allClasses;
    /// As for LogSearch: what it finds is saved.
    std::optional<QRegularExpression> matching{};
};

struct LogSaved
{
    std::int64_t lines = 0;
    std::uint64_t bytes = 0;
    bool operator==(const LogSaved &) const = default;
};

/// Writes a log to a file, in a thread. Fails with InvalidArgument where the expression takes too
/// long for a line. Without finished() nothing is there: an object that goes
/// cancels. GUI thread.
class LogSave : public QObject
{
    Q_OBJECT
public:
    explicit LogSave(LogSaveOrder order, QObject *parent = nullptr);
    ~LogSave() override;

    void start();
    void cancel(); ///< finished() comes with ErrorKind::Cancelled

    [[nodiscard]] LogSaved progress() const;
    /// Lines that are looked at; none when the engine does not tell.
    [[nodiscard]] std::optional<std::int64_t> total() const;
    [[nodiscard]] std::int64_t looked() const; ///< of total()
    [[nodiscard]] const std::string &path() const { return m_order.path; }

Q_SIGNALS:
    void advanced(); ///< at most ten times a second
    void finished(const roadstead::Result<roadstead::service::LogSaved> &saved);

private:
    struct State
    {
        std::atomic<bool> cancelled = false;
        std::atomic<std::int64_t> looked = 0;
        std::atomic<std::int64_t> lines = 0;
        std::atomic<std::uint64_t> bytes = 0;
    };
    using Tell = std::function<void()>;
    static Result<LogSaved> saveStream(const std::string &path, ByteIntake &intake, State &state,
                                       const Tell &tell);
    static Result<LogSaved> saveLines(const LogSaveOrder &order, State &state, const Tell &tell);

    const LogSaveOrder m_order;
    const std::shared_ptr<Mailbox> m_mailbox;
    const std::shared_ptr<State> m_state;
    std::shared_ptr<ByteIntake> m_intake;
};

} // namespace roadstead::service
