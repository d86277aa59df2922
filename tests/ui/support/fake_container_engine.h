// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_log.h"
#include "tests/ui/support/containers.h"
#include "tests/ui/support/fake_file_access.h"
#include "ui/pages/containers/tab/container_engine.h"

#include <QPointer>
#include <QPromise>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roadstead::test {

/// A process that writes and ends when a test says so, and keeps what it was sent.
class FakeConversation : public service::Conversation
{
public:
    [[nodiscard]] std::string take() override { return std::exchange(m_output, {}); }
    bool send(std::string_view bytes) override
    {
        sent.append(bytes);
        return true;
    }
    void resize(int newRows, int newColumns) override
    {
        rows = newRows;
        columns = newColumns;
    }
    [[nodiscard]] const std::optional<Result<int>> &end() const override { return m_end; }

    void write(std::string_view bytes)
    {
        m_output.append(bytes);
        Q_EMIT readable();
    }
    void finish(Result<int> end)
    {
        m_end = std::move(end);
        Q_EMIT ended();
    }

    docker::CreateExec command;
    std::optional<docker::AttachContainer> attached; ///< none: it is an exec
    service::Recorded recorded = service::Recorded::No;
    std::string sent;
    int rows = 0;
    int columns = 0;

private:
    std::string m_output;
    std::optional<Result<int>> m_end;
};

/// An engine that does what a test says: commands wait until the test answers them, and what
/// containers there are is the test's choice.
class FakeContainerEngine : public ui::ContainerEngine
{
public:
    template<typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;

    struct Sent
    {
        docker::Command command;
        Promise<std::string> promise;
    };
    struct HistoryQuestion
    {
        std::string id;
        store::StatsRange range;
        Promise<store::StatsPoints> promise;
    };
    template<typename T>
    struct Question
    {
        std::string id;
        Promise<T> promise;
    };

    [[nodiscard]] service::Link link() const override { return m_link; }
    [[nodiscard]] std::optional<Error> lastError() const override { return m_error; }
    [[nodiscard]] QDateTime listedAt() const override { return m_listedAt; }
    [[nodiscard]] bool listed() const override { return m_listed; }
    [[nodiscard]] service::EngineSession::Containers containers() const override
    {
        return m_containers;
    }
    [[nodiscard]] const service::ContainerStats *stats(const std::string &id) const override
    {
        const auto found = figures.find(id);
        return found == figures.end() ? nullptr : &found->second;
    }
    [[nodiscard]] int cpus() const override { return hostCpus; }
    void setStatsWanted(bool wanted) override { statsWanted = wanted; }
    void setStatsVisible(const std::vector<std::string> &ids) override { statsVisible = ids; }
    void setStatsWatched(const std::vector<std::string> &ids) override { statsWatched = ids; }
    service::Operation<store::StatsPoints> statsHistory(const std::string &id,
                                                        store::StatsRange range) override
    {
        historyQuestions.push_back({id, range, start<store::StatsPoints>()});
        return {historyQuestions.back().promise->future(), {}};
    }
    [[nodiscard]] std::optional<service::StatsHistory::Trouble> historyTrouble() const override
    {
        return trouble;
    }
    void refresh() override { ++refreshes; }

    service::Operation<std::string> run(const docker::Command &command) override
    {
        sent.push_back({command, start<std::string>()});
        return {sent.back().promise->future(), {}};
    }
    service::Operation<docker::ContainerDetails> inspect(const std::string &id) override
    {
        inspections.push_back({id, start<docker::ContainerDetails>()});
        return {inspections.back().promise->future(), {}};
    }
    service::Operation<docker::CreateContainer> commandBehind(const std::string &id) override
    {
        commandQuestions.push_back({id, start<docker::CreateContainer>()});
        return {commandQuestions.back().promise->future(), {}};
    }
    service::Operation<std::vector<docker::ContainerSummary>>
    measure(const std::vector<std::string> &ids) override
    {
        measured = ids;
        measurement = start<std::vector<docker::ContainerSummary>>();
        return {measurement->future(), {}};
    }
    service::Operation<docker::ProcessTable> processes(const docker::Target &container) override
    {
        processQuestions.push_back({container.reference, start<docker::ProcessTable>()});
        return {processQuestions.back().promise->future(), [this] { ++processCancels; }};
    }
    service::LogSource logSource(const std::string &id) override
    {
        const auto own = logsOf.find(id);
        return own == logsOf.end() ? log.source() : own->second.source();
    }
    quint64 recordStarted(const QString &line, std::function<void()> cancel) override
    {
        records.push_back({line, std::move(cancel), {}, false});
        return records.size();
    }
    void recordFinished(quint64 id, const std::optional<Error> &error) override
    {
        records[id - 1].error = error;
        records[id - 1].isOver = true;
    }
    service::Operation<int> waitForEnd(const docker::Target &container) override
    {
        const auto promise = start<int>();
        waits.push_back({container.reference, promise});
        return {promise->future(), [promise] {
                    promise->addResult(failure(ErrorKind::Cancelled, "container.wait"));
                    promise->finish();
                }};
    }
    service::Operation<std::string> logTail(const std::string &id, int) override
    {
        logs.push_back({id, start<std::string>()});
        return {logs.back().promise->future(), {}};
    }
    std::unique_ptr<service::Conversation> exec(const docker::CreateExec &command,
                                                service::Recorded recorded) override
    {
        auto conversation = std::make_unique<FakeConversation>();
        conversation->command = command;
        conversation->recorded = recorded;
        conversations.emplace_back(conversation.get());
        return conversation;
    }
    std::unique_ptr<service::Conversation> attach(const docker::AttachContainer &options,
                                                  TerminalSize size,
                                                  service::Recorded recorded) override
    {
        auto conversation = std::make_unique<FakeConversation>();
        conversation->attached = options;
        conversation->rows = size.rows;
        conversation->columns = size.columns;
        conversation->recorded = recorded;
        conversations.emplace_back(conversation.get());
        return conversation;
    }
    [[nodiscard]] bool hasImage(const std::string &tag) const override
    {
        return std::ranges::contains(imageTags, tag);
    }
    service::Operation<std::vector<docker::Volume>> volumeSizes() override
    {
        volumeQuestions.push_back(start<std::vector<docker::Volume>>());
        return {volumeQuestions.back()->future(), {}};
    }
    [[nodiscard]] std::vector<std::string> imageDigests(const std::string &id) const override
    {
        const auto found = digestsOf.find(id);
        return found == digestsOf.end() ? std::vector<std::string>() : found->second;
    }
    [[nodiscard]] docker::CliEngine cliEngine() const override { return {.context = "roadstead"}; }

    [[nodiscard]] service::FileAccess *files() override { return &fileAccess; }

    template<typename T>
    static void answer(const Promise<T> &promise, Result<T> result)
    {
        promise->addResult(std::move(result));
        promise->finish();
    }
    void succeed(std::size_t command, std::string reply = {})
    {
        answer<std::string>(sent[command].promise, std::move(reply));
    }
    void fail(std::size_t command, Error error)
    {
        answer<std::string>(sent[command].promise, std::unexpected(std::move(error)));
    }
    /// The line of a command that was sent: "docker stop web".
    [[nodiscard]] QString line(std::size_t command) const
    {
        return command < sent.size() ? QString::fromStdString(docker::commandLine(
                                           docker::arguments(sent[command].command)))
                                     : QStringLiteral("(nothing was sent)");
    }

    void show(Snapshot snapshot)
    {
        m_containers = std::make_shared<const Snapshot>(sorted(std::move(snapshot)));
        m_listed = true;
        m_link = service::Link::Live;
        Q_EMIT containersChanged();
        Q_EMIT linkChanged();
    }
    /// The newest containers, while the others are on their way.
    void showFirstPage(Snapshot snapshot)
    {
        m_containers = std::make_shared<const Snapshot>(sorted(std::move(snapshot)));
        Q_EMIT containersChanged();
    }
    void setLink(service::Link link, std::optional<Error> error = {})
    {
        m_link = link;
        m_error = std::move(error);
        Q_EMIT linkChanged();
    }
    void setListedAt(const QDateTime &moment) { m_listedAt = moment; }

    std::vector<Sent> sent;
    std::vector<Question<docker::ContainerDetails>> inspections;
    std::vector<Question<std::string>> logs;
    std::vector<Question<docker::CreateContainer>> commandQuestions;
    std::vector<Question<docker::ProcessTable>> processQuestions;
    std::vector<Question<int>> waits;
    int processCancels = 0;
    std::vector<QPointer<FakeConversation>> conversations; ///< null once nobody holds it
    FakeLog log;                           ///< of every container that has none of its own
    std::map<std::string, FakeLog> logsOf; ///< by id
    struct Recorded
    {
        QString line;
        std::function<void()> cancel;
        std::optional<Error> error;
        bool isOver = false;
    };
    std::vector<Recorded> records;
    std::vector<std::string> imageTags;
    std::map<std::string, std::vector<std::string>> digestsOf; ///< of images, by id
    std::vector<Promise<std::vector<docker::Volume>>> volumeQuestions;
    std::vector<std::string> measured; ///< the ids that were asked for last
    Promise<std::vector<docker::ContainerSummary>> measurement;
    std::map<std::string, service::ContainerStats> figures;
    int hostCpus = 8;
    bool statsWanted = false;
    std::vector<std::string> statsVisible;
    std::vector<std::string> statsWatched;
    std::vector<HistoryQuestion> historyQuestions;
    std::optional<service::StatsHistory::Trouble> trouble;
    int refreshes = 0;
    FakeFileAccess fileAccess;

private:
    template<typename T>
    static Promise<T> start()
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        return promise;
    }

    service::Link m_link = service::Link::Connecting;
    std::optional<Error> m_error;
    QDateTime m_listedAt;
    bool m_listed = false;
    service::EngineSession::Containers m_containers = std::make_shared<const Snapshot>();
};

} // namespace roadstead::test
