// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/port/forwarding.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>
#include <poll.h>

namespace tst_port_udp {

using namespace roadstead;
using namespace roadstead::port;
using namespace roadstead::test;

/// The UDP forwarder between real sockets, with this test at both ends.
class PortUdp final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsClientsApart();
    void repliesFromTheAddressWrittenTo_data();
    void repliesFromTheAddressWrittenTo();
    void carriesTheLargestAndTheEmptyDatagram();
    void goesOnAfterARefusal();
    void forgetsQuietClients();
    void makesRoomByForgettingTheLongestQuiet();

private:
    Descriptor m_service;
};

namespace {

using UdpRunning = Running<UdpForwarder>;
constexpr int patience = 10'000;

struct Received
{
    std::string bytes;
    SocketAddress from;
};

Received receive(const Descriptor &socket, int wait = patience)
{
    Received got;
    pollfd watched = {socket.get(), POLLIN, 0};
    if (poll(&watched, 1, wait) != 1) {
        got.bytes = "nothing came";
        return got;
    }
    got.bytes.resize(65536);
    socklen_t length = SocketAddress::capacity();
    const ssize_t size =
        recvfrom(socket.get(), got.bytes.data(), got.bytes.size(), 0, got.from.data(), &length);
    got.bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return got;
}

bool sendTo(const Descriptor &socket, const SocketAddress &to, const std::string &bytes)
{
    return sendto(socket.get(), bytes.data(), bytes.size(), 0, to.data(), to.size()) ==
           static_cast<ssize_t>(bytes.size());
}

} // namespace

void PortUdp::init()
{
    m_service = bound(Protocol::Udp);
}

void PortUdp::keepsClientsApart()
{
    const UdpRunning running(Protocol::Udp, addressOf(m_service));
    std::vector<Descriptor> clients;
    std::vector<SocketAddress> seen;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(bound(Protocol::Udp));
        QVERIFY(sendTo(clients.back(), running.address(), std::to_string(i)));
        const Received got = receive(m_service);
        QCOMPARE(got.bytes, std::to_string(i));
        seen.push_back(got.from);
    }
    for (std::size_t i = clients.size(); i-- > 0;) {
        QVERIFY(sendTo(m_service, seen[i], "to " + std::to_string(i)));
        const Received got = receive(clients[i]);
        QCOMPARE(got.bytes, "to " + std::to_string(i));
        QCOMPARE(got.from.text(), running.address().text());
    }
    // The same client again is the same to the service.
    QVERIFY(sendTo(clients[5], running.address(), "again"));
    QCOMPARE(receive(m_service).from.text(), seen[5].text());
}

void PortUdp::repliesFromTheAddressWrittenTo_data()
{
    QTest::addColumn<QByteArray>("listens");
    QTest::addColumn<QByteArray>("writtenTo");
    QTest::newRow("all, 127.0.0.1") << QByteArray("0.0.0.0") << QByteArray("127.0.0.1");
    QTest::newRow("all, another address") << QByteArray("0.0.0.0") << QByteArray("127.0.0.9");
    QTest::newRow("all of IPv6") << QByteArray("::") << QByteArray("::1");
}

void PortUdp::repliesFromTheAddressWrittenTo()
{
    QFETCH(QByteArray, listens);
    QFETCH(QByteArray, writtenTo);
    const UdpRunning running(Protocol::Udp, addressOf(m_service), listens.constData());
    const SocketAddress to =
        SocketAddress::parse(writtenTo.toStdString(), running.address().port()).value();
    const Descriptor client = bound(Protocol::Udp, to.family() == AF_INET ? "127.0.0.1" : "::1");
    QVERIFY(sendTo(client, to, "who?"));
    const Received question = receive(m_service);
    QCOMPARE(question.bytes, std::string("who?"));
    QVERIFY(sendTo(m_service, question.from, "me"));
    const Received answer = receive(client);
    QCOMPARE(answer.bytes, std::string("me"));
    QCOMPARE(answer.from.text(), to.text());
}

void PortUdp::carriesTheLargestAndTheEmptyDatagram()
{
    const UdpRunning running(Protocol::Udp, addressOf(m_service));
    const Descriptor client = bound(Protocol::Udp);
    const std::string largest(65507, 'L');
    QVERIFY(sendTo(client, running.address(), largest));
    Received got = receive(m_service);
    QVERIFY(got.bytes == largest);
    QVERIFY(sendTo(m_service, got.from, largest));
    QVERIFY(receive(client).bytes == largest);
    QVERIFY(sendTo(client, running.address(), ""));
    got = receive(m_service);
    QCOMPARE(got.bytes.size(), 0U);
    QVERIFY(sendTo(m_service, got.from, ""));
    QCOMPARE(receive(client).bytes.size(), 0U);
}

void PortUdp::goesOnAfterARefusal()
{
    const SocketAddress service = addressOf(m_service);
    const UdpRunning running(Protocol::Udp, service);
    const Descriptor client = bound(Protocol::Udp);
    m_service.reset();
    QVERIFY(sendTo(client, running.address(), "too early"));
    m_service = std::move(bindSocket(Protocol::Udp, service).value());
    // The refusal of the first one, reported late, costs the second nothing.
    QVERIFY(QTest::qWaitFor(
        [&] {
            sendTo(client, running.address(), "now");
            return receive(m_service, 100).bytes == "now";
        },
        patience));
}

void PortUdp::forgetsQuietClients()
{
    Loop loop;
    UdpForwarder forwarder(loop, bound(Protocol::Udp), {}, addressOf(m_service));
    const auto now = Housekeeper::Clock::now();
    QVERIFY(forwarder.keepHouse(now) == Housekeeper::Clock::time_point::max());
    QCOMPARE(forwarder.clientCount(), 0U);

    class Once final : public Housekeeper
    {
    public:
        Once(Loop &loop, UdpForwarder &forwarder)
            : m_loop(loop)
            , m_forwarder(forwarder)
        {
        }
        Clock::time_point keepHouse(Clock::time_point) override
        {
            if (m_forwarder.clientCount() > 0) {
                m_loop.quit();
            }
            return Clock::time_point::max();
        }

    private:
        Loop &m_loop;
        UdpForwarder &m_forwarder;
    };
    const Descriptor client = bound(Protocol::Udp);
    const SocketAddress entrance =
        SocketAddress::ofSocket(forwarder.listener(Entrance::Outer)).value();
    QVERIFY(sendTo(client, entrance, "once"));
    Once once(loop, forwarder);
    loop.run(once);
    QCOMPARE(forwarder.clientCount(), 1U);
    const auto later = Housekeeper::Clock::now();
    const auto due = forwarder.keepHouse(later);
    QVERIFY(due > later + std::chrono::seconds(80));
    QVERIFY(due <= later + UdpForwarder::quietTime);
    QCOMPARE(forwarder.clientCount(), 1U);
    forwarder.keepHouse(due);
    QCOMPARE(forwarder.clientCount(), 0U);
}

void PortUdp::makesRoomByForgettingTheLongestQuiet()
{
    constexpr std::size_t few = 8;
    Loop loop;
    Descriptor listener = bound(Protocol::Udp);
    const SocketAddress entrance = addressOf(listener);
    UdpForwarder forwarder(loop, std::move(listener), {}, addressOf(m_service), few);
    class All final : public Housekeeper
    {
    public:
        All(Loop &loop, const Descriptor &service)
            : m_loop(loop)
            , m_service(service)
        {
        }
        Clock::time_point keepHouse(Clock::time_point) override
        {
            while (receive(m_service, 0).bytes != "nothing came") {
                ++m_seen;
            }
            if (m_seen >= 3 * few) {
                m_loop.quit();
            }
            return Clock::now() + std::chrono::milliseconds(1);
        }

    private:
        Loop &m_loop;
        const Descriptor &m_service;
        std::size_t m_seen = 0;
    };
    std::vector<Descriptor> clients;
    for (std::size_t i = 0; i < 3 * few; ++i) {
        clients.push_back(bound(Protocol::Udp));
        QVERIFY(sendTo(clients.back(), entrance, "hello"));
    }
    All all(loop, m_service);
    loop.run(all);
    QCOMPARE(forwarder.clientCount(), few);
}

} // namespace tst_port_udp

ROADSTEAD_APPLESS_TEST(tst_port_udp::PortUdp)
#include "tst_port_udp.moc"
