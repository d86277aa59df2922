// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/port/forwarding.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QTest>
#include <fcntl.h>
#include <poll.h>
#include <random>
#include <sys/ioctl.h>
#include <sys/resource.h>

namespace tst_port_tcp {

using namespace roadstead;
using namespace roadstead::port;
using namespace roadstead::test;

/// The TCP forwarder between real sockets, with this test at both ends.
class PortTcp final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void carriesBothWays();
    void carriesBetweenAddressFamilies();
    void passesTheEndOfOneDirectionOn();
    void passesAnAbortOn_data();
    void passesAnAbortOn();
    void resetsTheClientWhenNobodyListens();
    void deliversWhatWasSentBeforeTheTargetAccepted();
    void stopsReadingForASlowReader();
    void carriesRandomPiecesUnchanged();
    void getsPastUrgentData();
    void servesThousandsAtOnceWithFewPipes();
    void recoversFromARunOutOfDescriptors();
    void closesEntrancesForNewClientsOnly();

private:
    struct Ends
    {
        Descriptor client;
        Descriptor target;
    };
    Ends connectThrough(const SocketAddress &address);

    Descriptor m_service;
};

namespace {

using Bytes = std::string;
using TcpRunning = Running<TcpForwarder>;

constexpr int patience = 10'000;

bool becomes(const Descriptor &socket, short events)
{
    pollfd watched = {socket.get(), events, 0};
    return poll(&watched, 1, patience) == 1;
}

Descriptor connectTo(const SocketAddress &address)
{
    Descriptor client(socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connect(client.get(), address.data(), address.size()) != 0) {
        return {};
    }
    return client;
}

Descriptor acceptFrom(const Descriptor &listener)
{
    return becomes(listener, POLLIN)
               ? Descriptor(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC))
               : Descriptor();
}

bool sendAll(const Descriptor &socket, const Bytes &bytes, int flags = 0)
{
    return send(socket.get(), bytes.data(), bytes.size(), flags | MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
}

/// Exactly `size` bytes, or fewer if there is an end, an error or nothing for a long time.
Bytes receive(const Descriptor &socket, std::size_t size)
{
    Bytes bytes(size, '\0');
    std::size_t have = 0;
    while (have < size && becomes(socket, POLLIN)) {
        const ssize_t got = recv(socket.get(), bytes.data() + have, size - have, 0);
        if (got <= 0) {
            break;
        }
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

/// 0 at the end of the stream, otherwise the error; -1 if there is more.
int endOf(const Descriptor &socket)
{
    char byte = 0;
    if (!becomes(socket, POLLIN)) {
        return ETIMEDOUT;
    }
    const ssize_t got = recv(socket.get(), &byte, 1, 0);
    return got > 0 ? -1 : got == 0 ? 0 : errno;
}

void reset(Descriptor &socket)
{
    const linger now = {1, 0};
    setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    socket.reset();
}

Bytes randomBytes(std::size_t size, std::minstd_rand &random)
{
    Bytes bytes(size, '\0');
    std::ranges::generate(bytes, [&random] { return static_cast<char>(random() >> 8U); });
    return bytes;
}

qsizetype openDescriptors()
{
    return QDir(QStringLiteral("/proc/self/fd"))
        .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
        .size();
}

} // namespace

void PortTcp::init()
{
    m_service = bound(Protocol::Tcp);
}

PortTcp::Ends PortTcp::connectThrough(const SocketAddress &address)
{
    Ends ends;
    ends.client = connectTo(address);
    ends.target = acceptFrom(m_service);
    return ends;
}

void PortTcp::carriesBothWays()
{
    const TcpRunning running(Protocol::Tcp, addressOf(m_service));
    const Ends ends = connectThrough(running.address());
    QVERIFY(ends.client && ends.target);
    QVERIFY(sendAll(ends.client, "question"));
    QCOMPARE(receive(ends.target, 8), Bytes("question"));
    QVERIFY(sendAll(ends.target, "answer"));
    QCOMPARE(receive(ends.client, 6), Bytes("answer"));
}

void PortTcp::carriesBetweenAddressFamilies()
{
    const TcpRunning running(Protocol::Tcp, addressOf(m_service), "::1");
    const Ends ends = connectThrough(running.address());
    QVERIFY(sendAll(ends.client, "six"));
    QCOMPARE(receive(ends.target, 3), Bytes("six"));
}

void PortTcp::passesTheEndOfOneDirectionOn()
{
    const TcpRunning running(Protocol::Tcp, addressOf(m_service));
    const Ends ends = connectThrough(running.address());
    QVERIFY(sendAll(ends.client, "all of it"));
    shutdown(ends.client.get(), SHUT_WR);
    QCOMPARE(receive(ends.target, 100), Bytes("all of it"));
    QCOMPARE(endOf(ends.target), 0);
    // The other direction is open as long as the target wants.
    QVERIFY(sendAll(ends.target, "thanks"));
    QCOMPARE(receive(ends.client, 6), Bytes("thanks"));
    shutdown(ends.target.get(), SHUT_WR);
    QCOMPARE(endOf(ends.client), 0);
}

void PortTcp::passesAnAbortOn_data()
{
    QTest::addColumn<bool>("byClient");
    QTest::addColumn<bool>("afterHalfClose");
    QTest::newRow("client") << true << false;
    QTest::newRow("target") << false << false;
    QTest::newRow("target, after the client's end") << false << true;
}

void PortTcp::passesAnAbortOn()
{
    QFETCH(bool, byClient);
    QFETCH(bool, afterHalfClose);
    const TcpRunning running(Protocol::Tcp, addressOf(m_service));
    Ends ends = connectThrough(running.address());
    QVERIFY(sendAll(ends.client, "x"));
    QCOMPARE(receive(ends.target, 1), Bytes("x"));
    if (afterHalfClose) {
        shutdown(ends.client.get(), SHUT_WR);
        QCOMPARE(endOf(ends.target), 0);
    }
    reset(byClient ? ends.client : ends.target);
    QCOMPARE(endOf(byClient ? ends.target : ends.client), ECONNRESET);
}

void PortTcp::resetsTheClientWhenNobodyListens()
{
    const SocketAddress nobody = addressOf(m_service);
    m_service.reset();
    const TcpRunning running(Protocol::Tcp, nobody);
    const Descriptor client = connectTo(running.address());
    QVERIFY(client);
    QCOMPARE(endOf(client), ECONNRESET);
}

void PortTcp::deliversWhatWasSentBeforeTheTargetAccepted()
{
    const TcpRunning running(Protocol::Tcp, addressOf(m_service));
    Descriptor client = connectTo(running.address());
    QVERIFY(sendAll(client, "early"));
    client.reset();
    const Descriptor target = acceptFrom(m_service);
    QCOMPARE(receive(target, 100), Bytes("early"));
    QCOMPARE(endOf(target), 0);
}

void PortTcp::stopsReadingForASlowReader()
{
    const TcpRunning running(Protocol::Tcp, addressOf(m_service));
    const Ends ends = connectThrough(running.address());
    fcntl(ends.client.get(), F_SETFL, O_NONBLOCK);
    std::minstd_rand random(7);
    const Bytes piece = randomBytes(1024 * 1024, random);
    std::size_t sent = 0;
    // Until nothing more is taken for a while.
    pollfd writable = {ends.client.get(), POLLOUT, 0};
    while (poll(&writable, 1, 500) == 1 && sent < 512 * piece.size()) {
        const std::size_t offset = sent % piece.size();
        const ssize_t count =
            send(ends.client.get(), piece.data() + offset, piece.size() - offset, MSG_NOSIGNAL);
        QVERIFY(count > 0);
        sent += static_cast<std::size_t>(count);
    }
    // Four socket buffers and a pipe, which the kernel limits; not all that the sender has.
    QVERIFY2(sent < 64 * piece.size(), QByteArray::number(sent).constData());
    // And nothing of it is lost.
    const Bytes all = receive(ends.target, sent);
    QCOMPARE(all.size(), sent);
    for (std::size_t offset = 0; offset < sent; offset += piece.size()) {
        const std::size_t size = std::min(piece.size(), sent - offset);
        QVERIFY(all.compare(offset, size, piece, 0, size) == 0);
    }
}

void PortTcp::carriesRandomPiecesUnchanged()
{
    const TcpRunning running(Protocol::Tcp, addressOf(m_service));
    std::minstd_rand random(11);
    for (int round = 0; round < 20; ++round) {
        const Ends ends = connectThrough(running.address());
        const Bytes up = randomBytes(1 + random() % 3'000'000, random);
        const Bytes down = randomBytes(1 + random() % 3'000'000, random);
        const auto feed = [](const Descriptor &socket, const Bytes &bytes, unsigned seed) {
            std::minstd_rand sizes(seed);
            for (std::size_t at = 0; at < bytes.size();) {
                const std::size_t size =
                    std::min<std::size_t>(1 + sizes() % 70'000, bytes.size() - at);
                sendAll(socket, bytes.substr(at, size));
                at += size;
            }
            shutdown(socket.get(), SHUT_WR);
        };
        std::thread upwards(feed, std::cref(ends.client), std::cref(up), random());
        std::thread downwards(feed, std::cref(ends.target), std::cref(down), random());
        Bytes gotUp;
        std::thread reader([&] { gotUp = receive(ends.target, up.size() + 1); });
        const Bytes gotDown = receive(ends.client, down.size() + 1);
        upwards.join();
        downwards.join();
        reader.join();
        QVERIFY(gotUp == up);
        QVERIFY(gotDown == down);
    }
}

void PortTcp::getsPastUrgentData()
{
    const TcpRunning running(Protocol::Tcp, addressOf(m_service));
    const Ends ends = connectThrough(running.address());
    QVERIFY(sendAll(ends.client, "before"));
    QVERIFY(sendAll(ends.client, "!", MSG_OOB));
    QVERIFY(sendAll(ends.client, "after"));
    shutdown(ends.client.get(), SHUT_WR);
    QCOMPARE(receive(ends.target, 100), Bytes("before!after"));
}

void PortTcp::servesThousandsAtOnceWithFewPipes()
{
    constexpr std::size_t many = 2000;
    const rlimit descriptors = {16'384, 16'384};
    if (setrlimit(RLIMIT_NOFILE, &descriptors) != 0) {
        rlimit limit = {};
        getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    const TcpRunning running(Protocol::Tcp, addressOf(m_service));
    const qsizetype before = openDescriptors();
    std::vector<Ends> all;
    for (std::size_t i = 0; i < many; ++i) {
        all.push_back(connectThrough(running.address()));
        QVERIFY(all.back().client && all.back().target);
        QVERIFY(sendAll(all.back().client, std::to_string(i)));
    }
    for (std::size_t i = 0; i < many; ++i) {
        const Bytes text = std::to_string(i);
        QCOMPARE(receive(all[i].target, text.size()).size(), text.size());
    }
    // Two ends here, two there.
    const qsizetype used = openDescriptors() - before;
    QVERIFY2(used <= qsizetype(4 * many) + 4, QByteArray::number(used).constData());
    all.clear();
    QVERIFY(QTest::qWaitFor([&] { return openDescriptors() <= before + 40; }, patience));
}

void PortTcp::recoversFromARunOutOfDescriptors()
{
    const TcpRunning running(Protocol::Tcp, addressOf(m_service));
    rlimit usual = {};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &usual), 0);
    Descriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    // Not 0: poll() itself is limited.
    const rlimit none = {1, usual.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &none), 0);
    const SocketAddress &address = running.address();
    const int connected = ::connect(client.get(), address.data(), address.size());
    // Long enough to fail a few times.
    pollfd nothing = {m_service.get(), POLLIN, 0};
    const int accepted = poll(&nothing, 1, 200);
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &usual), 0);
    QCOMPARE(connected, 0);
    QCOMPARE(accepted, 0);
    const Descriptor target = acceptFrom(m_service);
    QVERIFY(target);
    QVERIFY(sendAll(client, "at last"));
    QCOMPARE(receive(target, 7), Bytes("at last"));
}

void PortTcp::closesEntrancesForNewClientsOnly()
{
    Loop loop;
    Descriptor outer = bound(Protocol::Tcp);
    Descriptor inner = bound(Protocol::Tcp);
    const SocketAddress outerAddress = addressOf(outer);
    const SocketAddress innerAddress = addressOf(inner);
    TcpForwarder forwarder(loop, std::move(outer), std::move(inner), addressOf(m_service));
    QVERIFY(forwarder.listener(Entrance::Inner) >= 0);
    forwarder.closeEntrance(Entrance::Inner);
    QCOMPARE(forwarder.listener(Entrance::Inner), -1);
    QVERIFY(!connectTo(innerAddress));
    QVERIFY(connectTo(outerAddress));
}

} // namespace tst_port_tcp

ROADSTEAD_APPLESS_TEST(tst_port_tcp::PortTcp)
#include "tst_port_tcp.moc"
