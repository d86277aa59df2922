// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/registries/cli_registry_desk.h"

#include "engine/base/random.h"
#include "engine/docker/command.h"
#include "engine/service/engine_session.h"
#include "engine/service/later_call.h"
#include "engine/service/mailbox.h"
#include "engine/service/pending.h"
#include "engine/service/registry_login.h"
#include "engine/service/transport.h"

#include <QSysInfo>

#include <algorithm>
#include <optional>
#include <utility>

namespace roadstead::service {

namespace {

std::string platformName(const registry::Descriptor &descriptor)
{
    std::string name = descriptor.os + "/" + descriptor.architecture;
    return descriptor.variant.empty() ? name : name + "/" + descriptor.variant;
}

/// The architecture of this machine as images have it.
std::string ownArchitecture()
{
    const QString name = QSysInfo::currentCpuArchitecture();
    return name == QLatin1StringView("x86_64") ? "amd64" : name.toStdString();
}

/// The image of an index whose size and time stand for all.
const registry::Descriptor *imageOf(const registry::Manifest &index)
{
    const std::string own = ownArchitecture();
    const registry::Descriptor *first = nullptr;
    for (const registry::Descriptor &each : index.platforms) {
        if (!each.isImage()) {
            continue;
        }
        if (each.architecture == own) {
            return &each;
        }
        first = first == nullptr ? &each : first;
    }
    return first;
}

/// Asks for a tag, then the image of its index, then that image's configuration; each on the
/// transport's thread. What is missing at the end is left out.
class FactsInquiry : public std::enable_shared_from_this<FactsInquiry>
{
public:
    using Client = std::shared_ptr<registry::RegistryClient>;
    using Answer = registry::RegistryClient::Answer<TagFacts>;

    FactsInquiry(Client client, std::string repository, Answer answer)
        : m_client(std::move(client))
        , m_repository(std::move(repository))
        , m_answer(std::move(answer))
    {
    }

    registry::RegistryCall begin(const std::string &tag)
    {
        return m_client->manifest(m_repository, tag, [self = shared_from_this()](auto manifest) {
            self->takeFirst(manifest);
        });
    }

private:
    void takeFirst(const Result<registry::Manifest> &manifest)
    {
        if (!manifest) {
            m_answer(std::unexpected(manifest.error()));
            return;
        }
        m_facts.digest = manifest->digest;
        for (const registry::Descriptor &each : manifest->platforms) {
            if (each.isImage() && !each.os.empty()) {
                m_facts.platforms.push_back(platformName(each));
            }
        }
        if (!manifest->isIndex()) {
            takeImage(*manifest);
            return;
        }
        const registry::Descriptor *image = imageOf(*manifest);
        if (image == nullptr) {
            m_answer(m_facts);
            return;
        }
        m_client->manifest(m_repository, image->digest, [self = shared_from_this()](auto of) {
            of ? self->takeImage(*of) : self->m_answer(self->m_facts);
        });
    }

    void takeImage(const registry::Manifest &image)
    {
        m_facts.bytes = image.bytes();
        m_client->imageConfig(
            m_repository, image.config.digest,
            [self = shared_from_this()](const auto &config) { self->takeConfig(config); });
    }

    void takeConfig(const Result<registry::ImageConfig> &config)
    {
        if (config) {
            m_facts.created = config->created;
            if (m_facts.platforms.empty() && !config->os.empty()) {
                m_facts.platforms = {platformName({.os = config->os,
                                                   .architecture = config->architecture,
                                                   .variant = config->variant})};
            }
        }
        m_answer(m_facts);
    }

    const Client m_client;
    const std::string m_repository;
    Answer m_answer;
    TagFacts m_facts;
};

/// The registry as a word of a command; Docker Hub is the one that is not named.
void addRegistry(docker::Arguments &arguments, const std::string &registry)
{
    if (registry != "docker.io") {
        arguments.push_back(registry);
    }
}

} // namespace

CliRegistryDesk::CliRegistryDesk(EngineSession *session, QObject *parent)
    : RegistryDesk(parent)
    , m_session(session)
    , m_transport(sharedTransport())
    , m_mailbox(std::make_shared<Mailbox>(this))
{
    connect(session, &EngineSession::infoChanged, this, &CliRegistryDesk::forgetClients);
}

CliRegistryDesk::~CliRegistryDesk()
{
    m_mailbox->close();
}

void CliRegistryDesk::forgetClients()
{
    m_clients.clear();
}

bool CliRegistryDesk::isInsecure(const std::string &registry) const
{
    const auto info = m_session->info();
    return info && std::ranges::contains(info->insecureRegistries, registry);
}

CliRegistryDesk::SharedClient CliRegistryDesk::makeClient(registry::Place place,
                                                          registry::Credentials credentials) const
{
    if (isInsecure(place.registry)) {
        place.security = registry::Security::Lenient;
    }
    return std::make_shared<registry::RegistryClient>(m_transport.get(), std::move(place),
                                                      std::move(credentials));
}

template<typename T>
Operation<T> CliRegistryDesk::ask(const std::string &registry, Asking<T> asking)
{
    const auto pending = std::make_shared<Pending<T>>();
    const auto later = std::make_shared<LaterCall<registry::RegistryCall>>();
    // The client lives at least as long as its question.
    const auto askClient = [pending, later, asking](const SharedClient &client) {
        if (later->isWanted()) {
            later->set(asking(client, [pending, client](Result<T> answer) {
                pending->finish(std::move(answer));
            }));
        }
    };
    const Operation<T> operation{pending->future(), [later, pending] {
                                     later->cancel();
                                     pending->finish(failure(ErrorKind::Cancelled, "registry"));
                                 }};
    // Looked for each time: one may have been set, or taken away, meanwhile.
    std::string authority = registry::authorityOf(m_session->certificateFolders(), registry);
    if (const auto known = m_clients.find(registry); known != m_clients.end()) {
        if (known->second.first == authority) {
            askClient(known->second.second);
            return operation;
        }
        m_clients.erase(known);
    }
    auto place = registry::placeOf(registry);
    if (!place) {
        pending->finish(std::unexpected(place.error()));
        return operation;
    }
    place->authority = std::move(authority);
    findCredentials(registry, [this, registry, askClient, pending, place = *std::move(place),
                               box = m_mailbox](Result<registry::Credentials> found) mutable {
        if (!found) {
            pending->finish(std::unexpected(found.error()));
            return;
        }
        box->post([this, registry, askClient, place = std::move(place),
                   credentials = *std::move(found)]() mutable {
            auto &[madeFor, client] = m_clients[registry];
            if (!client) {
                madeFor = place.authority;
                client = makeClient(std::move(place), credentials);
            }
            credentials.wipe();
            askClient(client);
        });
    });
    return operation;
}

/// Work that waits for helpers; in the history where `line` is not empty.
template<typename T>
Operation<T> CliRegistryDesk::change(const QString &line, std::function<Result<T>()> work)
{
    const auto pending = std::make_shared<Pending<T>>();
    const std::optional<quint64> record =
        line.isEmpty() ? std::nullopt : std::optional(m_session->recordStarted(line));
    runWithHelpers([this, pending, record, work = std::move(work), box = m_mailbox] {
        Result<T> result = work();
        box->post([this, pending, record, result = std::move(result)] {
            if (record) {
                m_session->recordFinished(*record, result ? std::nullopt
                                                          : std::optional<Error>(result.error()));
            }
            forgetClients();
            pending->finish(result);
            Q_EMIT accountsChanged();
        });
    });
    return {pending->future(), {}};
}

std::string CliRegistryDesk::signInLine(const std::string &registry, const std::string &user)
{
    docker::Arguments arguments{"login", "--username", user, "--password-stdin"};
    addRegistry(arguments, registry);
    return docker::commandLine(arguments);
}

std::string CliRegistryDesk::signOutLine(const std::string &registry)
{
    docker::Arguments arguments{"logout"};
    addRegistry(arguments, registry);
    return docker::commandLine(arguments);
}

Operation<registry::AccountBook> CliRegistryDesk::accounts()
{
    const auto pending = std::make_shared<Pending<registry::AccountBook>>();
    runWithHelpers([pending] { pending->finish(registry::readAccountBook(cliConfigFolder())); });
    return {pending->future(), {}};
}

Operation<registry::Greeting> CliRegistryDesk::greet(const std::string &registry)
{
    return ask<registry::Greeting>(registry, [](const SharedClient &client, auto answer) {
        return client->greet(std::move(answer));
    });
}

Operation<std::vector<CertificateFacts>> CliRegistryDesk::certificates(const std::string &registry)
{
    const auto place = registry::placeOf(registry);
    if (!place) {
        const auto pending = std::make_shared<Pending<std::vector<CertificateFacts>>>();
        pending->finish(std::unexpected(place.error()));
        return {pending->future(), {}};
    }
    return askForCertificates(place->host, place->port, this);
}

Operation<registry::Greeting> CliRegistryDesk::signIn(const std::string &registry,
                                                      const std::string &user, std::string secret)
{
    using registry::Greeting;
    const auto pending = std::make_shared<Pending<Greeting>>();
    const auto later = std::make_shared<LaterCall<registry::RegistryCall>>();
    const auto cancel = [later, pending] { later->cancel(); };
    const quint64 record =
        m_session->recordStarted(QString::fromStdString(signInLine(registry, user)), cancel);
    registry::Credentials credentials;
    credentials.username = user;
    credentials.password = std::move(secret);
    credentials.serverAddress = registry::credentialKey(registry);
    // Everything ends here, in the GUI thread.
    const auto end = [this, pending, record, box = m_mailbox](const Result<Greeting> &result) {
        box->post([this, pending, record, result] {
            m_session->recordFinished(record,
                                      result ? std::nullopt : std::optional<Error>(result.error()));
            forgetClients();
            pending->finish(result);
            if (result) {
                Q_EMIT accountsChanged();
            }
        });
    };
    auto place = registry::placeOf(registry);
    if (!place) {
        credentials.wipe();
        end(std::unexpected(place.error()));
        return {pending->future(), cancel};
    }
    place->authority = registry::authorityOf(m_session->certificateFolders(), registry);
    const SharedClient client = makeClient(*place, credentials);
    later->set(client->greet([end, client, credentials](const Result<Greeting> &greeting) mutable {
        if (!greeting) {
            credentials.wipe();
            end(greeting);
            return;
        }
        runWithHelpers([end, greeting, credentials]() mutable {
            const auto kept = registry::keepCredentials(cliConfigFolder(), credentials);
            credentials.wipe();
            end(kept ? greeting : std::unexpected(kept.error()));
        });
        credentials.wipe();
    }));
    credentials.wipe();
    return {pending->future(), cancel};
}

Operation<Done> CliRegistryDesk::signOut(const std::string &registry)
{
    return change<Done>(
        QString::fromStdString(signOutLine(registry)), [registry]() -> Result<Done> {
            const auto gone = registry::forgetCredentials(cliConfigFolder(), registry);
            return gone ? Result<Done>(Done{}) : std::unexpected(gone.error());
        });
}

Operation<int> CliRegistryDesk::moveToHelper(const std::string &helper)
{
    return change<int>({}, [helper] { return registry::moveToHelper(cliConfigFolder(), helper); });
}

Operation<registry::NamePage> CliRegistryDesk::repositories(const std::string &registry,
                                                            const std::string &page)
{
    return ask<registry::NamePage>(registry, [page](const SharedClient &client, auto answer) {
        return client->repositories(page, std::move(answer));
    });
}

Operation<registry::NamePage> CliRegistryDesk::tags(const std::string &registry,
                                                    const std::string &repository,
                                                    const std::string &page)
{
    return ask<registry::NamePage>(registry,
                                   [repository, page](const SharedClient &client, auto answer) {
                                       return client->tags(repository, page, std::move(answer));
                                   });
}

Operation<std::string> CliRegistryDesk::digestOf(const std::string &registry,
                                                 const std::string &repository,
                                                 const std::string &tag)
{
    return ask<std::string>(registry, [repository, tag](const SharedClient &client, auto answer) {
        return client->manifestHead(
            repository, tag,
            [answer = std::move(answer)](Result<registry::Manifest> manifest) mutable {
                answer(manifest ? Result<std::string>(manifest->digest)
                                : std::unexpected(manifest.error()));
            });
    });
}

Operation<TagFacts> CliRegistryDesk::tagFacts(const std::string &registry,
                                              const std::string &repository, const std::string &tag)
{
    return ask<TagFacts>(registry, [repository, tag](const SharedClient &client, auto answer) {
        return std::make_shared<FactsInquiry>(client, repository, std::move(answer))->begin(tag);
    });
}

Operation<Done> CliRegistryDesk::deleteImage(const std::string &registry,
                                             const std::string &repository,
                                             const std::string &digest)
{
    return ask<Done>(registry, [repository, digest](const SharedClient &client, auto answer) {
        return client->deleteManifest(
            repository, digest,
            [answer = std::move(answer)](const Result<registry::Done> &done) mutable {
                answer(done ? Result<Done>(Done{}) : std::unexpected(done.error()));
            });
    });
}

Operation<Done> CliRegistryDesk::checkPush(const std::string &registry,
                                           const std::string &repository)
{
    return ask<Done>(registry, [repository](const SharedClient &client, auto answer) {
        return client->checkPush(
            repository, [answer = std::move(answer)](const Result<registry::Done> &done) mutable {
                answer(done ? Result<Done>(Done{}) : std::unexpected(done.error()));
            });
    });
}

} // namespace roadstead::service
