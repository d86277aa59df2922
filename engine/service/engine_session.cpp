// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"

#include "engine/docker/client.h"
#include "engine/docker/existing_container.h"
#include "engine/http/client.h"
#include "engine/service/answer_watch.h"
#include "engine/service/command_history.h"
#include "engine/service/create_then_connect.h"
#include "engine/service/engine_link.h"
#include "engine/service/live_registry.h"
#include "engine/service/mailbox.h"
#include "engine/service/open_operations.h"
#include "engine/service/pending.h"
#include "engine/service/sending.h"
#include "engine/service/session_stats.h"
#include "engine/service/throttle.h"
#include "engine/service/touched_by.h"
#include "engine/service/transport.h"

#include <QPointer>

#include <mutex>
#include <utility>
#include <variant>

namespace roadstead::service {

class EngineSession::Private : public QObject
{
public:
    Private(EngineSession *session, http::Endpoint endpoint, const SessionTiming &timing);
    ~Private() override;

    Operation<std::string> run(const docker::Command &command, ProgressReceiver progress);
    template<typename T, typename Ask>
    Operation<T> ask(Ask start);
    Operation<docker::CreateContainer> commandBehind(const std::string &id);

    EngineSession *const q;
    const std::string socketPath;
    const std::shared_ptr<http::Client> transport = sharedTransport();
    docker::Client client;
    AnswerWatch watch;
    LiveRegistry registry;
    EngineLink link;
    SessionStats stats;
    CommandHistory history;
    const std::shared_ptr<Mailbox> mailbox = std::make_shared<Mailbox>(this);
    QDateTime listedAt;
    std::optional<docker::EngineInfo> info;
    std::vector<std::string> certificateFolders{"/etc/docker/certs.d"};
    Throttle linkChanged;
    Throttle containersChanged;
    Throttle imagesChanged;
    Throttle infoChanged;
    Throttle statsChanged;
    Throttle historyChanged;

private:
    void connectParts();
    void commandAnswered(quint64 record, const docker::Command &command,
                         Result<docker::CommandReply> reply,
                         const std::shared_ptr<Pending<std::string>> &pending);

    OpenOperations m_open;
};

EngineSession::Private::Private(EngineSession *session, http::Endpoint endpoint,
                                const SessionTiming &timing)
    : q(session)
    , socketPath(std::holds_alternative<http::UnixSocket>(endpoint)
                     ? std::get<http::UnixSocket>(endpoint).path
                     : std::string())
    , client(*transport, endpoint, runElsewhere)
    , watch(timing)
    , registry(client, watch, timing)
    , link(endpoint, client, watch, registry, timing)
    , stats(client, timing)
    , linkChanged(timing.signalSpacing, [this] { Q_EMIT q->linkChanged(); })
    , containersChanged(timing.signalSpacing, [this] { Q_EMIT q->containersChanged(); })
    , imagesChanged(timing.signalSpacing, [this] { Q_EMIT q->imagesChanged(); })
    , infoChanged(timing.signalSpacing, [this] { Q_EMIT q->infoChanged(); })
    , statsChanged(timing.signalSpacing, [this] { Q_EMIT q->statsChanged(); })
    , historyChanged(timing.signalSpacing, [this] { Q_EMIT q->historyChanged(); })
{
    connectParts();
}

EngineSession::Private::~Private()
{
    mailbox->close();
    m_open.abandon();
}

void EngineSession::Private::connectParts()
{
    connect(&registry, &LiveRegistry::containersRead, this, [this](bool changed) {
        listedAt = QDateTime::currentDateTimeUtc();
        if (changed) {
            stats.setContainers(registry.containers());
            containersChanged.call();
        }
    });
    // What everybody waits for: the whole list after its first page, and that it is live. Once a
    // connection, and those come with back-off.
    connect(&registry, &LiveRegistry::becameCurrent, this, [this] {
        linkChanged.flush();
        containersChanged.flush();
    });
    connect(&registry, &LiveRegistry::imagesChanged, this, [this] { imagesChanged.call(); });
    connect(&registry, &LiveRegistry::infoChanged, this, [this] {
        info = registry.info();
        stats.setInfo(*info);
        infoChanged.call();
    });
    connect(&link, &EngineLink::heard, this,
            [this] { listedAt = QDateTime::currentDateTimeUtc(); });
    connect(&link, &EngineLink::versionChanged, this, [this] { infoChanged.call(); });
    connect(&link, &EngineLink::changed, this, [this] {
        stats.setLive(link.link() == Link::Live);
        linkChanged.call();
    });
    connect(&stats, &SessionStats::changed, this, [this] { statsChanged.call(); });
}

/// An operation that only reads: `start` sends it with the callback it is given.
template<typename T, typename Ask>
Operation<T> EngineSession::Private::ask(Ask start)
{
    const auto pending = std::make_shared<Pending<T>>();
    const quint64 id = m_open.keep(pending);
    const docker::Call call = start([this, id, pending, box = mailbox](Result<T> result) {
        box->post([this, id] { m_open.erase(id); });
        pending->finish(std::move(result));
    });
    return {pending->future(), [call] { call.cancel(); }};
}

Operation<docker::CreateContainer> EngineSession::Private::commandBehind(const std::string &id)
{
    const auto pending = std::make_shared<Pending<docker::CreateContainer>>();
    const quint64 open = m_open.keep(pending);
    const auto finish = [this, open, pending](Result<docker::CreateContainer> result) {
        m_open.erase(open);
        pending->finish(std::move(result));
    };
    q->inspect(id).then(q, [this, finish](const Result<docker::ContainerDetails> &details) {
        if (!details) {
            finish(std::unexpected(details.error()));
            return;
        }
        const auto readImage = [this, &details](docker::Callback<docker::ImageDetails> done) {
            const docker::InspectImage question{.image = {details->imageId, details->image}};
            return client.ask(question, std::move(done));
        };
        ask<docker::ImageDetails>(readImage).then(
            q, [this, finish, raw = details->raw](const Result<docker::ImageDetails> &image) {
                // Of an image that is gone nobody knows what it gave: then all of it is said.
                const auto given =
                    image ? docker::decodeImageGiven(image->raw) : docker::ImageGiven{};
                finish(
                    docker::createLike(raw, given.value_or(docker::ImageGiven{}),
                                       info ? docker::engineGiven(*info) : docker::EngineGiven{}));
            });
    });
    return {pending->future(), {}};
}

Operation<std::string> EngineSession::Private::run(const docker::Command &command,
                                                   ProgressReceiver progress)
{
    const auto pending = std::make_shared<Pending<std::string>>();
    // The way to cancel is told to the history before there is anything to cancel.
    const auto sending = std::make_shared<std::shared_ptr<Sending>>();
    const std::function<void()> cancel = [sending] {
        if (*sending) {
            (*sending)->cancel();
        }
    };
    const quint64 record = history.start(recordOf(command), cancel);
    const quint64 id = m_open.keep(pending);
    historyChanged.call();
    docker::RunOptions options;
    if (progress) {
        options.progress = [relay = std::make_shared<ProgressRelay>(mailbox, std::move(progress))](
                               const docker::Progress &line) { relay->add(line); };
    }
    *sending = std::make_shared<Sending>(
        client, command,
        [this, id, record, command, pending, box = mailbox](Result<docker::CommandReply> reply) {
            box->post([this, id, record, command, pending, reply = std::move(reply)]() mutable {
                m_open.erase(id);
                commandAnswered(record, command, std::move(reply), pending);
            });
        },
        std::move(options));
    (*sending)->begin(mailbox);
    return {pending->future(), cancel};
}

void EngineSession::Private::commandAnswered(quint64 record, const docker::Command &command,
                                             Result<docker::CommandReply> reply,
                                             const std::shared_ptr<Pending<std::string>> &pending)
{
    QStringList warnings;
    for (const std::string &warning : reply ? reply->warnings : std::vector<std::string>()) {
        warnings.append(QString::fromStdString(warning));
    }
    Result<std::string> result = std::move(reply).transform(
        [](docker::CommandReply &&answer) { return std::move(answer.text); });
    const bool refusedByUs = !result && result.error().kind == ErrorKind::InvalidArgument;
    const ReadPlan plan =
        refusedByUs ? ReadPlan{} : touchedBy(command, result.value_or(std::string()));
    const quint64 id = m_open.keep(pending);
    // The registry calls back even when the connection goes meanwhile.
    registry.read(plan, [this, id, record, pending, warnings, result = std::move(result)] {
        history.finish(record, result ? std::nullopt : std::optional(result.error()), warnings);
        historyChanged.call();
        // Who waits for the command is told after who watches the lists, and that not more often
        // than promised, however many commands end at once.
        containersChanged.afterwards([this, id, pending, result] {
            imagesChanged.afterwards([this, id, pending, result] {
                m_open.erase(id);
                pending->finish(result);
            });
        });
    });
}

EngineSession::EngineSession(http::Endpoint endpoint, QObject *parent)
    : EngineSession(std::move(endpoint), SessionTiming(), parent)
{
}

EngineSession::EngineSession(http::Endpoint endpoint, const SessionTiming &timing, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(endpoint), timing))
{
}

EngineSession::EngineSession(const QString &socketPath, QObject *parent)
    : EngineSession(socketPath, SessionTiming(), parent)
{
}

EngineSession::EngineSession(const QString &socketPath, const SessionTiming &timing,
                             QObject *parent)
    : EngineSession(http::UnixSocket{socketPath.toStdString()}, timing, parent)
{
}

EngineSession::~EngineSession() = default;

void EngineSession::open()
{
    d->link.open();
}

void EngineSession::close()
{
    d->link.close();
}

void EngineSession::refresh()
{
    d->link.retry();
    d->registry.read({.allContainers = true, .containers = {}, .images = true, .info = true});
}

const std::string &EngineSession::socketPath() const
{
    return d->socketPath;
}

Link EngineSession::link() const
{
    return d->link.link();
}

std::optional<Error> EngineSession::lastError() const
{
    return d->link.lastError();
}

QDateTime EngineSession::listedAt() const
{
    return d->listedAt;
}

EngineSession::Containers EngineSession::containers() const
{
    return d->registry.containers();
}

EngineSession::Images EngineSession::images() const
{
    return d->registry.images();
}

bool EngineSession::listed() const
{
    return d->registry.isListed();
}

bool EngineSession::imagesListed() const
{
    return d->registry.isImagesListed();
}

std::optional<docker::EngineVersion> EngineSession::version() const
{
    return d->link.version();
}

std::optional<docker::EngineInfo> EngineSession::info() const
{
    return d->info;
}

docker::Capabilities EngineSession::capabilities() const
{
    const auto &version = d->link.version();
    return version && d->info ? docker::capabilitiesOf(*version, *d->info) : docker::Capabilities();
}

const ContainerStats *EngineSession::stats(const std::string &id) const
{
    return d->stats.find(id);
}

void EngineSession::setStatsWanted(bool wanted)
{
    d->stats.setWanted(wanted);
}

void EngineSession::setStatsVisible(const std::vector<std::string> &ids)
{
    d->stats.setVisible(ids);
}

void EngineSession::setStatsWatched(const std::vector<std::string> &ids)
{
    d->stats.setWatched(ids);
}

void EngineSession::setStatsHistory(StatsHistory *history)
{
    d->stats.setHistory(history);
}

StatsHistory *EngineSession::statsHistory() const
{
    return d->stats.history();
}

const EngineTotals &EngineSession::totals() const
{
    return d->stats.totals();
}

Operation<std::string> EngineSession::run(const docker::Command &command)
{
    return run(command, {});
}

Operation<std::string> EngineSession::run(const docker::Command &command, ProgressReceiver progress)
{
    const auto *create = std::get_if<docker::CreateContainer>(&command);
    if (create != nullptr && needsConnects(*create, d->client.api())) {
        return createThenConnect(*this, *create);
    }
    return d->run(command, std::move(progress));
}

Operation<std::vector<docker::Network>> EngineSession::networks()
{
    using Networks = std::vector<docker::Network>;
    return d->ask<Networks>([&](docker::Callback<Networks> done) {
        return d->client.ask(docker::ListNetworks{}, std::move(done));
    });
}

Operation<std::vector<docker::Volume>> EngineSession::volumes()
{
    using Volumes = std::vector<docker::Volume>;
    return d->ask<Volumes>([&](docker::Callback<Volumes> done) {
        return d->client.ask(docker::ListVolumes{},
                             [done = std::move(done)](Result<docker::VolumeList> list) mutable {
                                 done(std::move(list).transform([](docker::VolumeList &&all) {
                                     return std::move(all.volumes);
                                 }));
                             });
    });
}

Operation<docker::ContainerDetails> EngineSession::inspect(const std::string &id)
{
    return d->ask<docker::ContainerDetails>([&](docker::Callback<docker::ContainerDetails> done) {
        return d->client.inspectContainer(id, std::move(done));
    });
}

Operation<docker::CreateContainer> EngineSession::commandBehind(const std::string &id)
{
    return d->commandBehind(id);
}

Operation<std::vector<docker::ContainerSummary>>
EngineSession::measure(const std::vector<std::string> &ids)
{
    using Sizes = std::vector<docker::ContainerSummary>;
    return d->ask<Sizes>([&](docker::Callback<Sizes> done) {
        return d->client.listContainers(
            {.all = true, .limit = 0, .ids = ids, .filters = {}, .size = true}, std::move(done));
    });
}

Operation<docker::ProcessTable> EngineSession::processes(const docker::Target &container)
{
    return d->ask<docker::ProcessTable>([&](docker::Callback<docker::ProcessTable> done) {
        return d->client.ask(docker::TopContainer{.container = container}, std::move(done));
    });
}

Operation<std::string> EngineSession::logTail(const std::string &id, int lines)
{
    return d->ask<std::string>([&](docker::Callback<std::string> done) {
        return d->client.logTail(id, lines, std::move(done));
    });
}

const QList<CommandRecord> &EngineSession::history() const
{
    return d->history.records();
}

QList<CommandRecord> EngineSession::running() const
{
    return d->history.running();
}

void EngineSession::cancelCommand(quint64 id)
{
    d->history.cancel(id);
}

docker::Client &EngineSession::client()
{
    return d->client;
}

quint64 EngineSession::recordStarted(const QString &line, std::function<void()> cancel)
{
    CommandRecord record;
    record.line = line;
    const quint64 id = d->history.start(std::move(record), std::move(cancel));
    d->historyChanged.call();
    return id;
}

void EngineSession::recordFinished(quint64 id, const std::optional<Error> &error)
{
    if (d->history.finish(id, error)) {
        d->historyChanged.call();
    }
}

void EngineSession::setCliEngine(docker::CliEngine engine)
{
    d->history.setEngine(std::move(engine));
}

const docker::CliEngine &EngineSession::cliEngine() const
{
    return d->history.engine();
}

void EngineSession::setCertificateFolders(std::vector<std::string> folders)
{
    d->certificateFolders = std::move(folders);
}

const std::vector<std::string> &EngineSession::certificateFolders() const
{
    return d->certificateFolders;
}

void EngineSession::continueHistory(const EngineSession &before)
{
    d->history.continueFrom(before.d->history);
    d->historyChanged.call();
}

} // namespace roadstead::service
