// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "ui/models/elapsed.h"

#include <QTest>

namespace tst_elapsed {

using roadstead::ui::Since;
using roadstead::ui::sinceFromStatus;

class ElapsedTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheEnginesWords_data();
    void readsTheEnginesWords();
    void keepsTheFinerEstimate();
    void takesTheNewOneWhenTheOldIsContradicted();
};

namespace {
constexpr std::int64_t now = 1'000'000'000;
}

void ElapsedTest::readsTheEnginesWords_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<qint64>("age");
    QTest::addColumn<qint64>("precision");
    QTest::newRow("seconds") << QByteArray("Up 8 seconds") << qint64(8) << qint64(1);
    QTest::newRow("one second") << QByteArray("Up 1 second") << qint64(1) << qint64(1);
    QTest::newRow("less") << QByteArray("Up Less than a second") << qint64(0) << qint64(1);
    QTest::newRow("about") << QByteArray("Up About a minute") << qint64(60) << qint64(60);
    QTest::newRow("health") << QByteArray("Up 3 hours (healthy)") << qint64(10800) << qint64(3600);
    QTest::newRow("exit") << QByteArray("Exited (137) 2 days ago") << qint64(172800)
                          << qint64(86400);
    QTest::newRow("restarting") << QByteArray("Restarting (1) 8 seconds ago") << qint64(8)
                                << qint64(1);
    QTest::newRow("weeks") << QByteArray("Up 5 weeks (Paused)") << qint64(3024000)
                           << qint64(604800);
    QTest::newRow("none") << QByteArray("Created") << qint64(-1) << qint64(0);
    QTest::newRow("empty") << QByteArray("") << qint64(-1) << qint64(0);
    QTest::newRow("too large") << QByteArray("Up 99999999999999999999 hours") << qint64(-1)
                               << qint64(0);
    QTest::newRow("negative") << QByteArray("Up -5 hours") << qint64(-1) << qint64(0);
    QTest::newRow("unknown unit") << QByteArray("Up 5 moons") << qint64(-1) << qint64(0);
}

void ElapsedTest::readsTheEnginesWords()
{
    QFETCH(const QByteArray, status);
    QFETCH(const qint64, age);
    QFETCH(const qint64, precision);
    const auto since = sinceFromStatus(status.toStdString(), now, std::nullopt);
    QCOMPARE(since.has_value(), age >= 0);
    if (since) {
        QCOMPARE(now - since->epoch, age);
        QCOMPARE(since->precision, precision);
    }
}

void ElapsedTest::keepsTheFinerEstimate()
{
    const Since seen{now - 11'520, 1}; // 3 h 12 m ago, from its first second
    QCOMPARE(sinceFromStatus("Up 3 hours", now, seen), std::optional<Since>(seen));
}

void ElapsedTest::takesTheNewOneWhenTheOldIsContradicted()
{
    const Since seen{now - 11'520, 1};
    QCOMPARE(sinceFromStatus("Up 5 seconds", now, seen), std::optional<Since>(Since{now - 5, 1}));
}

} // namespace tst_elapsed

ROADSTEAD_GUILESS_TEST(tst_elapsed::ElapsedTest)
#include "tst_elapsed.moc"
