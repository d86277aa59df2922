// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_engine/fake_connection.h"
#include "tests/support/fake_engine/fake_fleet.h"
#include "tests/support/fake_engine/fake_objects.h"

#include <list>
#include <map>
#include <optional>
#include <string>

namespace roadstead::test {

/// What the fake engine does with streams of a process and of files: attach, exec, archives. Every
/// process is `cat`: it writes what it reads and ends with its input, with the exit status that the
/// last word of its command names, if any. "flood N" writes N bytes and ends.
class FakeProcesses
{
public:
    explicit FakeProcesses(bool upgradesWith200)
        : m_upgradesWith200(upgradesWith200)
    {
    }

    std::optional<FakeReply> container(FakeConnection &connection, const FakeRequest &request,
                                       const FakeContainer &container, const std::string &verb,
                                       const Fault *fault);
    std::optional<FakeReply> exec(FakeConnection &connection, const FakeRequest &request,
                                  const Fault *fault);
    void speak(FakeConnection &connection);
    void forget(const FakeConnection &connection);

private:
    struct Exec
    {
        std::vector<std::string> command;
        std::string container;
        bool tty = false;
        bool running = false;
    };
    struct Speaker
    {
        FakeConnection *connection;
        bool tty;
        bool flooded;
        std::string exec; ///< id, empty for an attachment
    };

    FakeReply makeExec(const FakeRequest &request, const FakeContainer &container);
    FakeReply archive(FakeConnection &connection, const FakeRequest &request, const Fault *fault,
                      bool &answered);
    void open(FakeConnection &connection, bool tty, const std::string &exec, const Fault *fault);

    const bool m_upgradesWith200;
    std::map<std::string, Exec> m_execs;
    std::map<std::string, std::string> m_files; ///< archives by path
    std::list<Speaker> m_speakers;
    std::uint64_t m_nextExec = 1;
};

/// A frame of a stream without a terminal.
std::string frame(const std::string &bytes);

} // namespace roadstead::test
