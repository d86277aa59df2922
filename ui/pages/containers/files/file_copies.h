// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/files/file_access.h"

#include <QObject>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// One thing to be copied: full paths at both ends.
struct CopyItem
{
    std::string from;
    std::string to;
    bool isFolder = false;
    std::int64_t size = 0;
};

/// Copies between this computer and a container, one after the other. Asks once what to do with
/// what is there already. GUI thread.
class FileCopies : public QObject
{
    Q_OBJECT
public:
    enum class Direction { In, Out };
    enum class Choice { Replace, KeepBoth, Skip };
    struct Outcome
    {
        Direction direction = Direction::In;
        std::size_t done = 0;
        std::uint64_t leftOut = 0;  ///< links and devices
        std::optional<Error> error; ///< of the one that failed; those after it were not begun
        std::string failed;         ///< its path
    };

    FileCopies(service::FileAccess *files, QObject *parent);
    ~FileCopies() override;

    /// One at a time: does nothing while isBusy().
    void start(Direction direction, const docker::Target &container, std::vector<CopyItem> items);
    /// The answer to conflictsFound().
    void resolve(Choice choice);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_state != State::Idle; }
    [[nodiscard]] bool isAsking() const { return m_state == State::Asking; }
    [[nodiscard]] const docker::Target &container() const { return m_container; }
    [[nodiscard]] Direction direction() const { return m_outcome.direction; }
    [[nodiscard]] std::size_t count() const { return m_items.size(); }
    [[nodiscard]] std::size_t current() const { return m_next; }
    [[nodiscard]] const service::CopyProgress &progress() const { return m_progress; }

Q_SIGNALS:
    void changed();
    void conflictsFound(const QStringList &names); ///< display text
    void finished(const roadstead::ui::FileCopies::Outcome &outcome);

private:
    enum class State { Idle, Looking, Asking, Naming, Copying };

    service::Operation<std::vector<std::string>> existing(const std::vector<std::string> &paths);
    void looked(const Result<std::vector<std::string>> &there);
    void nameAnew();
    void copyNext();
    void copied(const Result<service::CopyReport> &report);
    void end(std::optional<Error> error, const std::string &path = {});

    service::FileAccess *m_files;
    docker::Target m_container;
    std::vector<CopyItem> m_items;
    std::vector<std::string> m_taken;
    State m_state = State::Idle;
    std::size_t m_next = 0;
    service::CopyProgress m_progress;
    service::Operation<service::CopyReport> m_copy;
    Outcome m_outcome;
    unsigned m_generation = 0;
};

/// "name (2).txt" for "name.txt".
[[nodiscard]] std::string numberedPath(const std::string &path, int number);

} // namespace roadstead::ui
