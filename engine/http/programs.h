// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/base/result.h"
#include "engine/http/endpoint.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <sys/types.h>

namespace roadstead::http {

/// The programs that connections go through. A program lives as long as its connection: then its
/// input ends, it is asked to end, and after a while it is killed. One thread only.
class Programs
{
public:
    Programs() = default;
    /// Kills what is left and waits for it.
    ~Programs();
    Programs(const Programs &) = delete;
    Programs &operator=(const Programs &) = delete;

    /// What a program wrote to its standard error, about 4 KiB of it; filled by hear(), and when
    /// its connection ends.
    using Words = std::shared_ptr<std::string>;
    struct Opened
    {
        int socket = -1; ///< ours, to be closed by close()
        Words words;
    };

    /// Starts it. Fails with NotInstalled (no such program) or Io; the code is errno.
    Result<Opened> open(const Program &program);
    /// Reads what the program of these words has written meanwhile. Never waits.
    void hear(const Words &words);
    /// Closes a socket, which may be any; one of a program ends that program.
    void close(int socket);
    /// Looks after programs that are ending. When to call again, if there are any.
    std::optional<std::chrono::milliseconds> tend();

private:
    struct Running
    {
        pid_t process = -1;
        FileDescriptor errors;
        Words words;
    };
    struct Ending
    {
        pid_t process = -1;
        std::chrono::steady_clock::time_point killAt;
    };

    std::unordered_map<int, Running> m_running; ///< by our socket
    std::vector<Ending> m_ending;
};

} // namespace roadstead::http
