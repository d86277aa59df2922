// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine/fake_engine.h"

#include "tests/support/fake_engine/fake_routes.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace roadstead::test {

class FakeEngine::Private
{
public:
    explicit Private(FakeEngineOptions engineOptions)
        : options(engineOptions)
        , routes(std::move(engineOptions))
        , wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }

    bool listen();
    void run();
    void serve();
    void accept();
    bool serveConnection(FakeConnection &connection, short events, Moment now);
    void runTasks();
    int timeout(Moment now, std::optional<Moment> wanted) const;
    void nudge() const
    {
        const std::uint64_t one = 1;
        static_cast<void>(!::write(wake.get(), &one, sizeof(one)));
    }

    /// Runs `task` on the engine's thread and waits; at once when the engine is stopped.
    void inThread(const std::function<void()> &task)
    {
        if (!thread.joinable()) {
            task();
            return;
        }
        // Shared, because the thread may still be inside set_value() when the wait is over.
        const auto done = std::make_shared<std::promise<void>>();
        auto finished = done->get_future();
        {
            const std::scoped_lock lock(mutex);
            tasks.emplace_back([&task, done] {
                task();
                done->set_value();
            });
        }
        nudge();
        finished.wait();
    }

    FakeEngineOptions options;
    FakeRoutes routes;
    FileDescriptor wake;
    FileDescriptor listener;
    std::list<FakeConnection> connections;
    std::thread thread;
    std::atomic<bool> stopping{false};
    bool frozen = false;

    std::mutex mutex; ///< guards tasks
    std::deque<std::function<void()>> tasks;
};

bool FakeEngine::Private::listen()
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (options.socketPath.size() >= sizeof(address.sun_path)) {
        errno = ENAMETOOLONG;
        return false;
    }
    std::memcpy(address.sun_path, options.socketPath.c_str(), options.socketPath.size() + 1);
    ::unlink(options.socketPath.c_str());
    listener.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto *generic = reinterpret_cast<const sockaddr *>(&address);
    return listener.isOpen() && ::bind(listener.get(), generic, sizeof(address)) == 0 &&
           ::listen(listener.get(), SOMAXCONN) == 0;
}

void FakeEngine::Private::runTasks()
{
    std::uint64_t count = 0;
    static_cast<void>(!::read(wake.get(), &count, sizeof(count)));
    std::deque<std::function<void()>> due;
    {
        const std::scoped_lock lock(mutex);
        due.swap(tasks);
    }
    for (const auto &task : due) {
        task();
    }
}

void FakeEngine::Private::run()
{
    while (!stopping) {
        serve();
    }
    runTasks();
    connections.clear();
    listener.reset();
}

void FakeEngine::Private::accept()
{
    while (true) {
        FileDescriptor client(
            ::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!client.isOpen()) {
            return;
        }
        connections.emplace_back(std::move(client));
    }
}

int FakeEngine::Private::timeout(Moment now, std::optional<Moment> wanted) const
{
    for (const FakeConnection &connection : connections) {
        if (const auto due = connection.due(now)) {
            wanted = wanted ? std::min(*wanted, *due) : *due;
        }
    }
    if (!wanted) {
        return -1;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*wanted - now);
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

void FakeEngine::Private::serve()
{
    if (frozen) {
        pollfd only{wake.get(), POLLIN, 0};
        ::poll(&only, 1, -1);
        runTasks();
        return;
    }
    const Moment before = std::chrono::steady_clock::now();
    const auto wanted = routes.tick(before);
    std::vector<pollfd> polled{{wake.get(), POLLIN, 0}, {listener.get(), POLLIN, 0}};
    for (const FakeConnection &connection : connections) {
        const int receiving = connection.wantsToReceive() ? POLLIN : 0;
        const int sending = connection.wantsToSend(before) ? POLLOUT : 0;
        polled.push_back({connection.descriptor(), static_cast<short>(receiving | sending), 0});
    }
    ::poll(polled.data(), polled.size(), timeout(before, wanted));
    const Moment now = std::chrono::steady_clock::now();
    std::size_t index = 2;
    for (auto connection = connections.begin(); connection != connections.end(); ++index) {
        if (serveConnection(*connection, polled[index].revents, now)) {
            ++connection;
        } else {
            routes.forget(*connection);
            connection = connections.erase(connection);
        }
    }
    if ((polled[1].revents & POLLIN) != 0) {
        accept();
    }
    runTasks();
}

bool FakeEngine::Private::serveConnection(FakeConnection &connection, short events, Moment now)
{
    if ((events & (POLLIN | POLLHUP | POLLERR)) != 0 && !connection.receive()) {
        return false;
    }
    while (const auto request = connection.takeRequest()) {
        routes.handle(connection, *request);
    }
    if (connection.isRaw()) {
        routes.speak(connection);
    }
    return connection.flush(now);
}

FakeEngine::FakeEngine(FakeEngineOptions options)
    : d(std::make_unique<Private>(std::move(options)))
{
}

FakeEngine::~FakeEngine()
{
    stop(true);
}

bool FakeEngine::start()
{
    if (d->thread.joinable() || !d->listen()) {
        return d->thread.joinable();
    }
    d->stopping = false;
    d->frozen = false;
    d->thread = std::thread([this] { d->run(); });
    return true;
}

void FakeEngine::stop(bool removeSocket)
{
    if (d->thread.joinable()) {
        d->inThread([this] {
            for (const FakeConnection &connection : d->connections) {
                d->routes.forget(connection);
            }
        });
        d->stopping = true;
        d->nudge();
        d->thread.join();
        d->thread = {};
    }
    if (removeSocket) {
        ::unlink(d->options.socketPath.c_str());
    }
}

void FakeEngine::freeze()
{
    d->inThread([this] { d->frozen = true; });
}

void FakeEngine::thaw()
{
    d->inThread([this] { d->frozen = false; });
}

void FakeEngine::addFault(Fault fault)
{
    d->inThread([&] { d->routes.faults().push_back(std::move(fault)); });
}

void FakeEngine::clearFaults()
{
    d->inThread([this] { d->routes.faults().clear(); });
}

void FakeEngine::edit(const std::function<void(FakeFleet &)> &change)
{
    d->inThread([&] {
        change(d->routes.fleet());
        d->routes.fleet().touch();
    });
}

void FakeEngine::act(const std::string &reference, const std::string &action)
{
    d->inThread([&] { d->routes.act(reference, action); });
}

void FakeEngine::burst(int count, std::chrono::milliseconds over)
{
    d->inThread([&] { d->routes.burst(count, over); });
}

void FakeEngine::endEventStreams()
{
    d->inThread([this] { d->routes.endEventStreams(); });
}

void FakeEngine::writeLog(const std::string &reference, const std::string &bytes)
{
    d->inThread([&] { d->routes.writeLog(reference, bytes); });
}

void FakeEngine::writeStats(const std::string &reference, int cpuPercent, std::int64_t memoryBytes)
{
    d->inThread([&] { d->routes.writeStats(reference, cpuPercent, memoryBytes); });
}

std::vector<std::string> FakeEngine::requests() const
{
    std::vector<std::string> copy;
    d->inThread([&] { copy = d->routes.requests(); });
    return copy;
}

int FakeEngine::connections() const
{
    int count = 0;
    d->inThread([&] { count = static_cast<int>(d->connections.size()); });
    return count;
}

int FakeEngine::eventListeners() const
{
    int count = 0;
    d->inThread([&] { count = d->routes.eventListeners(); });
    return count;
}

int FakeEngine::burstLeft() const
{
    return d->routes.burstLeft();
}

int FakeEngine::statsReaders() const
{
    int count = 0;
    d->inThread([&] { count = d->routes.statsReaders(); });
    return count;
}

std::size_t FakeEngine::queuedBytes() const
{
    std::size_t bytes = 0;
    d->inThread([&] {
        for (const FakeConnection &connection : d->connections) {
            bytes += connection.queued();
        }
    });
    return bytes;
}

std::uint64_t FakeEngine::uploadedBytes() const
{
    std::uint64_t bytes = 0;
    d->inThread([&] { bytes = d->routes.uploadedBytes(); });
    return bytes;
}

const std::string &FakeEngine::socketPath() const
{
    return d->options.socketPath;
}

} // namespace roadstead::test
