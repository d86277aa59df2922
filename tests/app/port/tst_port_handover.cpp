// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/predecessor.h"
#include "tests/app/port/forwarding.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>
#include <chrono>
#include <poll.h>
#include <unistd.h>

namespace tst_port_handover {

using namespace roadstead::port;
using namespace roadstead::test;
using namespace std::chrono_literals;

/// How a listening socket gets from one forwarder to the next.
class PortHandover final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theSuccessorFindsTheNameFree();
    void nobodyIsServedWhileTheEngineLives();
    void aNameThatIsAboutToBeGivenUpIsWaitedFor();
    void aNameThatStaysTakenIsNotWaitedForLong();
};

namespace {

/// Waits for the successor, as the loop does, and then hands over.
bool serve(Descriptor &meeting, int listener)
{
    pollfd watched = {.fd = meeting.get(), .events = POLLIN, .revents = 0};
    return poll(&watched, 1, 5000) == 1 && handOver(meeting, listener);
}

} // namespace

void PortHandover::initTestCase()
{
    if (geteuid() != 0) {
        QSKIP("both sides have to be root");
    }
}

void PortHandover::theSuccessorFindsTheNameFree()
{
    const Descriptor listener = bound(Protocol::Tcp);
    const SocketAddress address = addressOf(listener);
    Descriptor meeting = awaitSuccessor(Protocol::Tcp, address);
    QVERIFY(meeting);
    Descriptor taken;
    Descriptor nextMeeting;
    std::thread successor([&] {
        taken = takeOver(Protocol::Tcp, address);
        nextMeeting = awaitSuccessor(Protocol::Tcp, address);
    });
    const bool isGiven = serve(meeting, listener.get());
    // The name has to be free by now, whatever becomes of the predecessor.
    successor.join();
    QVERIFY(isGiven);
    QVERIFY(!meeting);
    QVERIFY(taken);
    QVERIFY(addressOf(taken) == address);
    QVERIFY(nextMeeting);
}

void PortHandover::nobodyIsServedWhileTheEngineLives()
{
    const Descriptor listener = bound(Protocol::Tcp);
    const SocketAddress address = addressOf(listener);
    Descriptor meeting = awaitSuccessor(Protocol::Tcp, address);
    QVERIFY(meeting);
    Descriptor taken;
    std::thread successor([&] { taken = takeOver(Protocol::Tcp, address); });
    const bool isGiven = serve(meeting, -1);
    successor.join();
    QVERIFY(!isGiven);
    QVERIFY(!taken);
    QVERIFY2(meeting, "the next one is still awaited");
}

void PortHandover::aNameThatIsAboutToBeGivenUpIsWaitedFor()
{
    const SocketAddress address = addressOf(bound(Protocol::Tcp));
    Descriptor meeting = awaitSuccessor(Protocol::Tcp, address);
    QVERIFY(meeting);
    std::thread last([&] {
        std::this_thread::sleep_for(50ms);
        meeting.reset();
    });
    const Descriptor next = awaitSuccessor(Protocol::Tcp, address);
    last.join();
    QVERIFY(next);
}

void PortHandover::aNameThatStaysTakenIsNotWaitedForLong()
{
    const SocketAddress address = addressOf(bound(Protocol::Tcp));
    const Descriptor meeting = awaitSuccessor(Protocol::Tcp, address);
    QVERIFY(meeting);
    const auto begin = std::chrono::steady_clock::now();
    QVERIFY(!awaitSuccessor(Protocol::Tcp, address));
    QVERIFY(std::chrono::steady_clock::now() - begin < 2s);
}

} // namespace tst_port_handover

ROADSTEAD_GUILESS_TEST(tst_port_handover::PortHandover)
#include "tst_port_handover.moc"
