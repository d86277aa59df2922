// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/engine_session.h"
#include "tests/support/fake_engine/fake_engine.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

namespace roadstead::test {

/// A session of short patience.
inline service::SessionTiming quick()
{
    using namespace std::chrono_literals;
    service::SessionTiming timing;
    timing.notAnswering = 1s; // a busy machine with sanitizers answers within it
    timing.heartbeat = 100ms;
    timing.retryFirst = 20ms;
    timing.retryLast = 200ms;
    return timing;
}

/// A whole session before a fake engine. Base of tests.
class SessionBed : public QObject
{
    Q_OBJECT

protected:
    void start(int containers, const service::SessionTiming &timing = quick())
    {
        FakeEngineOptions options;
        options.socketPath = m_folder.filePath(QStringLiteral("engine.sock")).toStdString();
        options.containers = containers;
        options.running = containers / 10;
        options.images = 3;
        m_engine = std::make_unique<FakeEngine>(options);
        QVERIFY(m_engine->start());
        m_session = std::make_unique<service::EngineSession>(
            QString::fromStdString(options.socketPath), timing);
    }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    void open()
    {
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), service::Link::Live, 30'000);
    }
    [[nodiscard]] const docker::ContainerSummary *row(const std::string &id) const
    {
        const auto &list = *m_session->containers();
        const auto found = std::ranges::find(list, id, &docker::ContainerSummary::id);
        return found == list.end() ? nullptr : &*found;
    }
    /// The id of a container that the fake engine was filled with.
    static std::string idOf(std::uint64_t number) { return FakeFleet::idOf(1000 + number); }
    [[nodiscard]] long requestsWith(const std::string &part) const
    {
        return std::ranges::count_if(m_engine->requests(), [&](const std::string &request) {
            return request.contains(part);
        });
    }
    [[nodiscard]] long listRequests() const { return requestsWith("/containers/json"); }
    [[nodiscard]] long imageRequests() const { return requestsWith("/images/json"); }
    /// Whether the session shows what the engine holds.
    [[nodiscard]] bool isTrue() const
    {
        bool same = false;
        m_engine->edit([&](FakeFleet &fleet) {
            const auto &list = *m_session->containers();
            same =
                list.size() == fleet.containers().size() &&
                std::ranges::all_of(list, [&](const docker::ContainerSummary &shown) {
                    const FakeContainer *real = fleet.find(shown.id);
                    return real != nullptr && (real->state == "running") ==
                                                  (shown.state == docker::ContainerState::Running);
                });
        });
        return same;
    }
    Result<std::string> finished(const docker::Command &command)
    {
        std::optional<Result<std::string>> result;
        m_session->run(command).then(this, [&](Result<std::string> r) { result = std::move(r); });
        [&] { QTRY_VERIFY(result.has_value()); }();
        return result.value_or(failure(ErrorKind::Internal, "test"));
    }

    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<service::EngineSession> m_session;

private Q_SLOTS:
    void cleanup()
    {
        m_session.reset();
        m_engine.reset();
    }

private:
    QTemporaryDir m_folder;
};

} // namespace roadstead::test
