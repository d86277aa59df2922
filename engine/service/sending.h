// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/docker/command.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

/// A command on its way to an engine. Inside engine/service only.
namespace roadstead::service {

class Mailbox;

/// Brings lines of progress into the receiver's thread: what came meanwhile at once, of each layer
/// only the last. Thread-safe.
class ProgressRelay : public std::enable_shared_from_this<ProgressRelay>
{
public:
    using Receive = std::function<void(const std::vector<docker::Progress> &)>;

    ProgressRelay(std::shared_ptr<Mailbox> mailbox, Receive receive);
    void add(const docker::Progress &line);

private:
    void deliver();

    const std::shared_ptr<Mailbox> m_mailbox;
    const Receive m_receive;
    std::mutex m_mutex;
    std::vector<docker::Progress> m_lines;
};

/// One command from before it is sent to its answer, which comes exactly once. Thread-safe.
class Sending : public std::enable_shared_from_this<Sending>
{
public:
    using Answered = docker::Callback<docker::CommandReply>;

    Sending(docker::Client &client, docker::Command command, Answered answered,
            docker::RunOptions options);

    /// Sends it; where a registry has a say in it, once it is known who one is there: `box` is of
    /// the thread that the client lives in.
    void begin(const std::shared_ptr<Mailbox> &box);
    void cancel();

private:
    void send();
    void give(const Error &error);

    docker::Client &m_client;
    const docker::Command m_command;
    std::mutex m_mutex;
    Answered m_answered; ///< gone once it was called or handed on
    docker::RunOptions m_options;
    docker::Call m_call;
};

} // namespace roadstead::service
