// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/build/kept_build.h"
#include "engine/service/operation.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <string>

namespace roadstead::service {

/// Steps and logs of builds that have ended, a file for each in one folder, which belongs to it
/// alone. Bounded: the oldest go. Files are read and written in one thread, in the order of the
/// calls, whole or not at all. Thread-safe.
class BuildShelf
{
public:
    struct Limits
    {
        std::uint64_t bytes = std::uint64_t(64) << 20U; ///< of all files
        std::size_t files = 500;
    };

    /// `folder`: made with the first build; empty = nothing is kept.
    explicit BuildShelf(QString folder);
    BuildShelf(QString folder, const Limits &limits);
    ~BuildShelf(); ///< waits for the last writing

    void keep(const std::string &id, KeptBuild build);
    /// Fails with NotFound where nothing is kept (any more), MalformedReply where it is damaged.
    Operation<KeptBuild> read(const std::string &id);
    void remove(const std::string &id);
    /// Does `work` in its thread, in turn with the rest: for the file of the history.
    void enqueue(std::function<void()> work);
    void waitForDone();

private:
    [[nodiscard]] std::string pathOf(const std::string &id) const; ///< empty = no id
    void prune() const;

    const QString m_folder;
    const Limits m_limits;
};

} // namespace roadstead::service
