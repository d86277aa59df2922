// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"
#include "tests/support/test_program/test_program.h"
#include "ui/pages/containers/limits_form.h"

#include <QTest>

namespace tst_limits_form {

using namespace roadstead;
using namespace roadstead::ui;

namespace {

constexpr std::int64_t mebibyte = 1024 * 1024;

docker::ContainerDetails container(std::int64_t nanoCpus = 0, std::int64_t memory = 0,
                                   std::int64_t swap = 0, std::int64_t pids = 0)
{
    docker::ContainerDetails details;
    details.id = std::string(64, 'a');
    details.name = "web";
    details.nanoCpus = nanoCpus;
    details.memoryLimit = memory;
    details.memorySwap = swap;
    details.pidsLimit = pids;
    return details;
}

QString lineOf(const LimitsForm &form)
{
    const auto command = form.command();
    return command ? QString::fromStdString(docker::commandLine(docker::arguments(*command)))
                   : QStringLiteral("none");
}

} // namespace

/// What is written about limits, and the command that it makes.
class LimitsFormTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itBeginsWithWhatTheContainerHas();
    void onlyWhatChangedIsSent_data();
    void onlyWhatChangedIsSent();
    void swapGoesAlong_data();
    void swapGoesAlong();
    void swapWithoutALimitStaysSo();
    void theOlderPairOfCpuOptionsIsKept();
    void whatTheEngineRefusesIsSaidBefore_data();
    void whatTheEngineRefusesIsSaidBefore();
    void aPolicyKeepsItsNumberOnlyOnFailure();
};

void LimitsFormTest::itBeginsWithWhatTheContainerHas()
{
    const LimitsForm none(container());
    for (const auto field : {LimitsForm::Cpus, LimitsForm::Memory, LimitsForm::Processes}) {
        QCOMPARE(none.text(field), QString());
        QVERIFY(!none.isChanged(field));
        QCOMPARE(none.problem(field), QString());
    }
    QVERIFY(!none.command());
    const LimitsForm some(container(1'500'000'000, 1536 * mebibyte, -1, 200));
    QCOMPARE(some.text(LimitsForm::Cpus), QStringLiteral("1.5"));
    QCOMPARE(some.text(LimitsForm::Memory), QStringLiteral("1536 MiB"));
    QCOMPARE(some.text(LimitsForm::Processes), QStringLiteral("200"));
    QVERIFY(!some.command());
    // As exact as it is: what is shown and left alone is not a change.
    const LimitsForm odd(container(333'333'333, 7'000'001, 14'000'002, 0));
    QCOMPARE(odd.text(LimitsForm::Memory), QStringLiteral("7000001 B"));
    QVERIFY(!odd.command());
}

void LimitsFormTest::onlyWhatChangedIsSent_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("line");
    QTest::newRow("CPUs") << int(LimitsForm::Cpus) << "2.5" << "docker update --cpus 2.5 web";
    QTest::newRow("memory") << int(LimitsForm::Memory) << "640m"
                            << "docker update -m 640m --memory-swap 1280m web";
    QTest::newRow("memory with a space") << int(LimitsForm::Memory) << " 1 GiB "
                                         << "docker update -m 1g --memory-swap 2g web";
    QTest::newRow("processes") << int(LimitsForm::Processes) << "50"
                               << "docker update --pids-limit 50 web";
    QTest::newRow("no limit of processes")
        << int(LimitsForm::Processes) << "" << "docker update --pids-limit -1 web";
    QTest::newRow("the same, written otherwise") << int(LimitsForm::Memory) << "0.5g" << "none";
}

void LimitsFormTest::onlyWhatChangedIsSent()
{
    QFETCH(const int, field);
    QFETCH(const QString, text);
    LimitsForm form(container(1'000'000'000, 512 * mebibyte, 1024 * mebibyte, 100));
    form.setText(LimitsForm::Field(field), text);
    QTEST(lineOf(form), "line");
}

void LimitsFormTest::swapGoesAlong_data()
{
    QTest::addColumn<int>("memory"); // all in mebibytes
    QTest::addColumn<int>("swap");
    QTest::addColumn<int>("sent");
    QTest::newRow("none before, as for a new one") << 0 << 0 << 1280;
    QTest::newRow("twice stays twice") << 512 << 1024 << 1280;
    QTest::newRow("chosen and large enough") << 512 << 4096 << 4096;
    QTest::newRow("chosen and too small") << 512 << 512 << 640;
}

void LimitsFormTest::swapGoesAlong()
{
    QFETCH(const int, memory);
    QFETCH(const int, swap);
    LimitsForm form(container(0, memory * mebibyte, swap * mebibyte));
    form.setText(LimitsForm::Memory, QStringLiteral("640 MiB"));
    const auto command = form.command();
    QVERIFY(command);
    QCOMPARE(command->memory, std::optional<std::int64_t>(640 * mebibyte));
    QVERIFY(command->memorySwap);
    QTEST(int(*command->memorySwap / mebibyte), "sent");
}

void LimitsFormTest::swapWithoutALimitStaysSo()
{
    LimitsForm form(container(0, 512 * mebibyte, -1));
    form.setText(LimitsForm::Memory, QStringLiteral("640 MiB"));
    QCOMPARE(form.command()->memorySwap, std::optional<std::int64_t>(-1));
}

void LimitsFormTest::theOlderPairOfCpuOptionsIsKept()
{
    docker::ContainerDetails details = container(500'000'000);
    details.cpuPeriod = 50'000;
    details.cpuQuota = 25'000;
    LimitsForm form(details);
    form.setText(LimitsForm::Cpus, QStringLiteral("1.5"));
    QCOMPARE(lineOf(form),
             QStringLiteral("docker update --cpu-period 50000 --cpu-quota 75000 web"));
}

void LimitsFormTest::whatTheEngineRefusesIsSaidBefore_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no number") << int(LimitsForm::Cpus) << "many" << "CPUs are a number";
    QTest::newRow("negative CPUs") << int(LimitsForm::Cpus) << "-1" << "CPUs are a number";
    QTest::newRow("nearly no CPU") << int(LimitsForm::Cpus) << "0.001" << "0.01 of a CPU";
    QTest::newRow("CPUs taken away")
        << int(LimitsForm::Cpus) << "" << "cannot take this limit away";
    QTest::newRow("no size") << int(LimitsForm::Memory) << "64 apples" << "Memory is a size";
    QTest::newRow("too little memory") << int(LimitsForm::Memory) << "5m" << "6 MiB";
    QTest::newRow("beyond 64 bits") << int(LimitsForm::Memory) << "99999999999999g"
                                    << "Memory is a size";
    QTest::newRow("memory taken away") << int(LimitsForm::Memory) << " "
                                       << "cannot take this limit away";
    QTest::newRow("half a process") << int(LimitsForm::Processes) << "1.5" << "whole number";
    QTest::newRow("no process") << int(LimitsForm::Processes) << "0" << "whole number";
}

void LimitsFormTest::whatTheEngineRefusesIsSaidBefore()
{
    QFETCH(const int, field);
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    LimitsForm form(container(1'000'000'000, 512 * mebibyte, 1024 * mebibyte, 100));
    form.setText(LimitsForm::Field(field), text);
    QVERIFY2(form.problem(LimitsForm::Field(field)).contains(words),
             qPrintable(form.problem(LimitsForm::Field(field))));
    QVERIFY(!form.command());
}

void LimitsFormTest::aPolicyKeepsItsNumberOnlyOnFailure()
{
    const auto line = [](const std::string &policy) {
        return docker::commandLine(docker::arguments(restartCommand(container(), policy, 5)));
    };
    QCOMPARE(line("on-failure"), std::string("docker update --restart on-failure:5 web"));
    QCOMPARE(line("always"), std::string("docker update --restart always web"));
    QCOMPARE(line("no"), std::string("docker update --restart no web"));
}

} // namespace tst_limits_form

ROADSTEAD_GUILESS_TEST(tst_limits_form::LimitsFormTest)
#include "tst_limits_form.moc"
