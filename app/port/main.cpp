// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The port forwarder of the embedded engine; see README.md. Everything in this file up to
// dropPrivileges() runs as root.
#include "app/caller/caller.h"
#include "app/port/arguments.h"
#include "app/port/lifetime.h"
#include "app/port/predecessor.h"
#include "app/port/privileges.h"
#include "app/port/sockets.h"
#include "app/port/tcp_forwarder.h"
#include "app/port/udp_forwarder.h"
#include "engine/base/engine_paths.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <vector>

namespace {

using namespace roadstead;
using namespace roadstead::port;

constexpr int statusDescriptor = 3;
constexpr int passedDescriptor = 4;

/// All that is needed to forward, made as root.
struct Setup
{
    Setup(Protocol how, const SocketAddress &where)
        : protocol(how)
        , target(where)
    {
    }
    Protocol protocol;
    Descriptor outer;
    Descriptor inner;
    Descriptor meeting;
    SocketAddress target;
};

/// Descriptors 0 to 4 are open afterwards (so that nothing opened later takes their numbers),
/// others are not; nothing of the caller's environment is left.
void resetProcess()
{
    clearenv();
    umask(077);
    for (int i = 0; i <= passedDescriptor; ++i) {
        if (fcntl(i, F_GETFD) < 0 && open("/dev/null", O_RDWR) < 0) {
            std::exit(EXIT_FAILURE);
        }
    }
    close_range(passedDescriptor + 1, ~0U, 0);
    fcntl(statusDescriptor, F_SETFD, FD_CLOEXEC);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGHUP, SIG_IGN);
    // Each connection takes two descriptors, and the usual limit is 1,024.
    constexpr rlim_t plenty = 1'048'576;
    const rlimit descriptors = {plenty, plenty};
    setrlimit(RLIMIT_NOFILE, &descriptors);
}

Descriptor makeSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    return Descriptor(signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
}

/// In docker-proxy's protocol, in one write: dockerd reads the first two bytes, then the rest.
void report(const std::string &status)
{
    if (write(statusDescriptor, status.data(), status.size()) < 0) {
        std::perror("roadstead-port");
    }
    close(statusDescriptor);
}

int fail(const Error &error)
{
    std::fprintf(stderr, "roadstead-port: %s\n", error.detail.c_str());
    report("1\n" + error.detail);
    return EXIT_FAILURE;
}

bool isSameNamespace(const Descriptor &one, const Descriptor &other)
{
    struct stat first = {};
    struct stat second = {};
    return fstat(one.get(), &first) == 0 && fstat(other.get(), &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/// Binds in one namespace, then goes to another for good.
Result<Descriptor> bindIn(const Descriptor &there, const Descriptor &afterwards, Protocol protocol,
                          const SocketAddress &address)
{
    if (const Result<void> entered = enterNamespace(there); !entered) {
        return std::unexpected(entered.error());
    }
    Result<Descriptor> bound = bindSocket(protocol, address);
    if (const Result<void> entered = enterNamespace(afterwards); !entered) {
        return std::unexpected(entered.error());
    }
    return bound;
}

/// `localhost` of the engine itself, for push and pull. A failure is no reason not to publish: then
/// something else, such as a port of the host's loopback, is reached there.
Descriptor bindInner(const Publish &request)
{
    const SocketAddress &host = request.host;
    if (!host.isAny() && !host.isLoopback()) {
        return {};
    }
    Result<Descriptor> bound = bindSocket(request.protocol, host.isAny() ? host.loopback() : host);
    return bound ? std::move(*bound) : Descriptor();
}

Result<Setup> prepare(const Publish &request)
{
    Descriptor passed(passedDescriptor);
    if (!request.listenerIsPassed) {
        passed.reset();
    } else if (const auto adopted = adoptSocket(request.protocol, request.host, passed); !adopted) {
        return std::unexpected(adopted.error());
    }
    const Result<Descriptor> engine = openNamespace("/proc/thread-self/ns/net");
    const Result<Descriptor> host = openNamespace(hostNamespacePath);
    if (!engine || !host) {
        return std::unexpected(engine ? host.error() : engine.error());
    }
    Setup setup(request.protocol, request.container);
    if (isSameNamespace(*engine, *host) && passed) {
        setup.outer = std::move(passed);
        return setup;
    }
    if (!isSameNamespace(*engine, *host)) {
        reuseWaitingPorts();
    }
    setup.outer = takeOver(request.protocol, request.host);
    if (!setup.outer) {
        Result<Descriptor> bound = bindIn(*host, *engine, request.protocol, request.host);
        if (!bound) {
            return std::unexpected(bound.error());
        }
        setup.outer = std::move(*bound);
    }
    setup.inner = passed ? std::move(passed) : bindInner(request);
    setup.meeting = awaitSuccessor(request.protocol, request.host);
    return setup;
}

Result<Setup> prepare(const Reverse &request)
{
    close(passedDescriptor);
    const Result<Descriptor> engine =
        openNamespace("/run/roadstead-engine/" + std::to_string(request.uid) + "/netns");
    const Result<Descriptor> host = openNamespace(hostNamespacePath);
    if (!engine || !host) {
        return std::unexpected(engine ? host.error() : engine.error());
    }
    Result<Descriptor> bound = bindIn(*engine, *host, request.protocol, request.address);
    if (!bound) {
        return std::unexpected(bound.error());
    }
    Setup setup(request.protocol, request.address);
    setup.outer = std::move(*bound);
    return setup;
}

/// The launcher that runs the dockerd `engine`; none if something else does.
Descriptor watchLauncher(pid_t engine)
{
    const pid_t process = parentOf(engine);
    Descriptor handle(static_cast<int>(syscall(SYS_pidfd_open, process, 0)));
    const std::string launcher = besideThisProgram("roadstead-launcher");
    const std::string_view only[] = {launcher};
    return isRootsProgram(process, only) ? std::move(handle) : Descriptor();
}

int forward(Setup setup, Descriptor signals, pid_t parent)
{
    Descriptor launcher = watchLauncher(parent);
    Loop loop;
    if (!loop || !signals) {
        return fail({ErrorKind::Io, errno, "events cannot be waited for", "port.forward"});
    }
    if (const Result<void> dropped = dropPrivileges(parent); !dropped) {
        return fail(dropped.error());
    }
    if (const Result<void> restricted = restrictSystemCalls(); !restricted) {
        return fail(restricted.error());
    }
    std::unique_ptr<Forwarder> forwarder;
    if (setup.protocol == Protocol::Tcp) {
        forwarder = std::make_unique<TcpForwarder>(loop, std::move(setup.outer),
                                                   std::move(setup.inner), setup.target);
    } else {
        forwarder = std::make_unique<UdpForwarder>(loop, std::move(setup.outer),
                                                   std::move(setup.inner), setup.target);
    }
    Lifetime lifetime(loop, *forwarder, std::move(signals), std::move(setup.meeting),
                      std::move(launcher), parent);
    report("0\n");
    loop.run(lifetime);
    return EXIT_SUCCESS;
}

Result<pid_t> checkParent(const Request &request)
{
    if (!std::holds_alternative<Reverse>(request)) {
        return checkCaller(dockerdPaths);
    }
    const std::string launcher = besideThisProgram("roadstead-launcher");
    const std::string_view only[] = {launcher};
    return checkCaller(only);
}

} // namespace

int main(int argc, char **argv)
{
    resetProcess();
    const std::vector<std::string_view> arguments(argv + std::min(argc, 1), argv + argc);
    const Result<Request> request = parseArguments(arguments);
    if (!request) {
        return fail(request.error());
    }
    if (std::holds_alternative<ShowVersion>(*request)) {
        std::puts("roadstead-port " ROADSTEAD_VERSION);
        return EXIT_SUCCESS;
    }
    const Result<pid_t> parent = checkParent(*request);
    if (!parent) {
        Error error = parent.error();
        error.detail = "this program is run by the engine only; it was " + error.detail;
        return fail(error);
    }
    Descriptor signals = makeSignals();
    Result<Setup> setup = std::holds_alternative<Reverse>(*request)
                              ? prepare(std::get<Reverse>(*request))
                              : prepare(std::get<Publish>(*request));
    if (!setup) {
        return fail(setup.error());
    }
    return forward(std::move(*setup), std::move(signals), *parent);
}
