// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/registries/registry_desk.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace roadstead::http {
class Client;
}

namespace roadstead::service {

class EngineSession;
class Mailbox;

/// The real desk: the docker CLI's accounts, and registries over the network. What signs in and out
/// stands in the history of a session. Clients are kept with their tokens until accounts change.
class CliRegistryDesk final : public RegistryDesk
{
    Q_OBJECT
public:
    /// `session` must outlive this; what its engine says of insecure registries holds here, too.
    explicit CliRegistryDesk(EngineSession *session, QObject *parent = nullptr);
    ~CliRegistryDesk() override;

    Operation<registry::AccountBook> accounts() override;
    Operation<registry::Greeting> greet(const std::string &registry) override;
    Operation<std::vector<CertificateFacts>> certificates(const std::string &registry) override;
    Operation<registry::Greeting> signIn(const std::string &registry, const std::string &user,
                                         std::string secret) override;
    Operation<Done> signOut(const std::string &registry) override;
    Operation<int> moveToHelper(const std::string &helper) override;
    Operation<registry::NamePage> repositories(const std::string &registry,
                                               const std::string &page) override;
    Operation<registry::NamePage> tags(const std::string &registry, const std::string &repository,
                                       const std::string &page) override;
    Operation<std::string> digestOf(const std::string &registry, const std::string &repository,
                                    const std::string &tag) override;
    Operation<TagFacts> tagFacts(const std::string &registry, const std::string &repository,
                                 const std::string &tag) override;
    Operation<Done> deleteImage(const std::string &registry, const std::string &repository,
                                const std::string &digest) override;
    Operation<Done> checkPush(const std::string &registry, const std::string &repository) override;

    /// "docker login --username USER --password-stdin REGISTRY"
    [[nodiscard]] static std::string signInLine(const std::string &registry,
                                                const std::string &user);
    [[nodiscard]] static std::string signOutLine(const std::string &registry);

private:
    using SharedClient = std::shared_ptr<registry::RegistryClient>;
    template<typename T>
    using Asking = std::function<registry::RegistryCall(const SharedClient &,
                                                        registry::RegistryClient::Answer<T>)>;

    template<typename T>
    Operation<T> ask(const std::string &registry, Asking<T> asking);
    template<typename T>
    Operation<T> change(const QString &line, std::function<Result<T>()> work);
    [[nodiscard]] bool isInsecure(const std::string &registry) const;
    [[nodiscard]] SharedClient makeClient(registry::Place place,
                                          registry::Credentials credentials) const;
    void forgetClients();

    EngineSession *m_session;
    std::shared_ptr<http::Client> m_transport;
    std::shared_ptr<Mailbox> m_mailbox;
    /// By registry, with the authority that it was made for.
    std::map<std::string, std::pair<std::string, SharedClient>> m_clients;
};

} // namespace roadstead::service
