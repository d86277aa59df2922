// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/create_then_connect.h"

#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/service/engine_session.h"
#include "engine/service/pending.h"

#include <cstddef>
#include <memory>
#include <utility>

namespace roadstead::service {

namespace {

constexpr docker::ApiVersion withManyNetworks{44};

docker::ConnectNetwork connectionTo(const reference::NetworkAttachment &network,
                                    const docker::Target &container)
{
    docker::ConnectNetwork command;
    command.network = {network.target, network.target};
    command.container = container;
    command.ipAddress = network.ipv4Address;
    command.ipv6Address = network.ipv6Address;
    command.linkLocalAddresses = network.linkLocalAddresses;
    command.aliases = network.aliases;
    command.driverOptions = network.driverOptions;
    return command;
}

/// One creation on its way.
class Connecting : public std::enable_shared_from_this<Connecting>
{
public:
    Connecting(EngineSession &session, docker::CreateContainer create)
        : m_session(session)
        , m_create(std::move(create))
    {
    }

    Operation<std::string> begin()
    {
        docker::CreateContainer first = m_create;
        first.networks.resize(1);
        run(first, [](Connecting *self, const Result<std::string> &id) {
            if (id) {
                self->m_id = *id;
                self->connectNext();
            } else {
                self->m_pending.finish(std::unexpected(id.error()));
            }
        });
        return {m_pending.future(), [self = shared_from_this()] { self->m_work.cancel(); }};
    }

private:
    template<typename Next>
    void run(const docker::Command &command, Next next)
    {
        m_work = m_session.run(command);
        m_work.then(&m_session,
                    [self = shared_from_this(), next](const Result<std::string> &result) {
                        next(self.get(), result);
                    });
    }

    void connectNext()
    {
        if (++m_network == m_create.networks.size()) {
            m_pending.finish(m_id);
            return;
        }
        run(connectionTo(m_create.networks[m_network], {m_id, m_create.name}),
            [](Connecting *self, const Result<std::string> &connected) {
                if (connected) {
                    self->connectNext();
                } else {
                    self->undo(connected.error());
                }
            });
    }

    /// It has never run, so nothing is lost with it.
    void undo(const Error &error)
    {
        m_error = error;
        docker::RemoveContainer removal;
        removal.container = {m_id, m_create.name};
        removal.force = true;
        removal.volumes = true;
        run(removal, [](Connecting *self, const Result<std::string> &) {
            self->m_pending.finish(std::unexpected(self->m_error));
        });
    }

    EngineSession &m_session;
    const docker::CreateContainer m_create;
    std::size_t m_network = 0; ///< that is connected; the first came with the container
    std::string m_id;
    Error m_error;
    Operation<std::string> m_work;
    Pending<std::string> m_pending;
};

} // namespace

bool needsConnects(const docker::CreateContainer &create, docker::ApiVersion version)
{
    return create.networks.size() > 1 && version < withManyNetworks;
}

Operation<std::string> createThenConnect(EngineSession &session,
                                         const docker::CreateContainer &create)
{
    const auto fine = docker::checkOptions(create).and_then(
        [&] { return docker::checkVersion(create, session.client().api()); });
    if (!fine) { // before the first of its networks is taken alone
        Pending<std::string> refused;
        refused.finish(std::unexpected(fine.error()));
        return {refused.future(), {}};
    }
    return std::make_shared<Connecting>(session, create)->begin();
}

} // namespace roadstead::service
