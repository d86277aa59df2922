// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/sending.h"

#include "engine/base/visit_choice.h"
#include "engine/service/mailbox.h"
#include "engine/service/registry_login.h"

#include <utility>
#include <variant>

namespace roadstead::service {

namespace {

/// The image of a command that a registry must let pass; empty for all others.
std::string registryImageOf(const docker::Command &command)
{
    return visitChoice(
        [](const auto &value) {
            if constexpr (requires {
                              value.image.repository;
                              value.authenticates;
                          }) {
                return value.image.repository;
            } else {
                return std::string();
            }
        },
        command);
}

} // namespace

ProgressRelay::ProgressRelay(std::shared_ptr<Mailbox> mailbox, Receive receive)
    : m_mailbox(std::move(mailbox))
    , m_receive(std::move(receive))
{
}

void ProgressRelay::add(const docker::Progress &line)
{
    const std::scoped_lock lock(m_mutex);
    const bool isFirst = m_lines.empty();
    std::erase_if(m_lines, [&line](const auto &each) { return each.id == line.id; });
    m_lines.push_back(line);
    if (isFirst) {
        m_mailbox->post([self = shared_from_this()] { self->deliver(); });
    }
}

void ProgressRelay::deliver()
{
    std::vector<docker::Progress> lines;
    {
        const std::scoped_lock lock(m_mutex);
        lines.swap(m_lines);
    }
    m_receive(lines);
}

Sending::Sending(docker::Client &client, docker::Command command, Answered answered,
                 docker::RunOptions options)
    : m_client(client)
    , m_command(std::move(command))
    , m_answered(std::move(answered))
    , m_options(std::move(options))
{
}

void Sending::begin(const std::shared_ptr<Mailbox> &box)
{
    const std::string image = registryImageOf(m_command);
    if (image.empty()) {
        send();
        return;
    }
    findRegistryLogin(image, [self = shared_from_this(), box](Result<std::string> login) {
        // The client may be gone by now, and its thread's messages with it.
        box->post([self, login = std::move(login)] {
            if (!login) {
                self->give(login.error());
                return;
            }
            self->m_options.registryAuth = *login;
            self->send();
        });
    });
}

void Sending::send()
{
    Answered answered;
    {
        const std::scoped_lock lock(m_mutex);
        answered = std::exchange(m_answered, {});
    }
    if (!answered) {
        return; // cancelled meanwhile
    }
    const docker::Call call = m_client.run(m_command, std::move(m_options), std::move(answered));
    const std::scoped_lock lock(m_mutex);
    m_call = call;
}

void Sending::cancel()
{
    docker::Call call;
    {
        const std::scoped_lock lock(m_mutex);
        call = m_call;
    }
    call.cancel();
    give({ErrorKind::Cancelled, 0, {}, {}});
}

/// The answer, where the command has not been sent.
void Sending::give(const Error &error)
{
    Answered answered;
    {
        const std::scoped_lock lock(m_mutex);
        answered = std::exchange(m_answered, {});
    }
    if (answered) {
        Error named = error;
        named.operation = docker::operationName(m_command);
        answered(std::unexpected(std::move(named)));
    }
}

} // namespace roadstead::service
