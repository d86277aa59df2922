// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/containers.h"
#include "ui/wizards/run/run_checks.h"

#include <QTest>

#include <algorithm>

namespace tst_run_checks {

using namespace roadstead;
using namespace roadstead::ui;
using Verdict = RunCheck::Verdict;

namespace {

RunFacts plainFacts()
{
    RunFacts facts;
    docker::ContainerSummary web = test::container(1, "web", "", docker::ContainerState::Running);
    web.ports.push_back({"0.0.0.0", 80, 8080, "tcp"});
    facts.containers = std::make_shared<const test::Snapshot>(test::Snapshot{web});
    docker::ImageSummary image;
    image.id = "sha256:" + std::string(64, 'c');
    image.tags = {"nginx:latest", "registry.example:5000/app:2"};
    facts.images = std::make_shared<const std::vector<docker::ImageSummary>>(
        std::vector<docker::ImageSummary>{image});
    facts.listening = std::vector<service::ListeningPort>{{"tcp", "", 9090, 1, "prometheus", 77},
                                                          {"tcp", "127.0.0.1", 5432, 2, "", 0}};
    facts.networks = std::vector<docker::Network>{};
    facts.isOnThisMachine = true;
    return facts;
}

std::vector<RunCheck> look(const RunForm &form, const RunFacts &facts = plainFacts())
{
    return checksOf(form, facts, {});
}

const RunCheck *at(const std::vector<RunCheck> &checks, const RunPlace &place)
{
    const auto found = std::ranges::find(checks, place, &RunCheck::place);
    return found == checks.end() ? nullptr : &*found;
}

} // namespace

class TestRunChecks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ports_data()
    {
        QTest::addColumn<RunPort>("port");
        QTest::addColumn<QString>("wrong");
        QTest::addColumn<QString>("fix");
        const auto row = [](const char *reason, const RunPort &port, const char *wrong,
                            const char *fix) {
            QTest::newRow(reason) << port << QString(wrong) << QString(fix);
        };
        row("free", {"", "3000", "80"}, "", "");
        row("a container's", {"", "8080", "80"}, "Port 8080 is taken by web", "Use 8081");
        row("a program's", {"", "9090", "80"}, "Port 9090 is taken by prometheus (pid 77)",
            "Use 9091");
        row("of somebody unknown", {"", "5432", "80"}, "Port 5432 is taken by another program",
            "Use 5433");
        row("another protocol", {"", "9090", "80", "udp"}, "", "");
        row("another address", {"10.0.0.1", "5432", "80"}, "", "");
        row("the engine chooses", {"", "", "80"}, "", "");
        row("within a range", {"", "9089-9091", "80-82"},
            "Port 9090 is taken by prometheus (pid 77)", "");
        row("a range to choose from", {"", "9089-9095", "80"}, "", "");
    }
    void ports()
    {
        QFETCH(const RunPort, port);
        QFETCH(const QString, wrong);
        QFETCH(const QString, fix);
        RunForm form{.image = "nginx", .ports = {port}};
        const auto checks = look(form);
        const RunCheck *check = at(checks, {"publish", 0});
        const bool isWrong = check != nullptr && check->verdict == Verdict::Wrong;
        QCOMPARE(isWrong ? check->text : QString(), wrong);
        QCOMPARE(isWrong ? check->fixText : QString(), fix);
        if (!fix.isEmpty()) {
            check->fix(form);
            QVERIFY(std::ranges::none_of(
                look(form), [](const RunCheck &each) { return each.verdict == Verdict::Wrong; }));
        }
    }

    void aPortTwice()
    {
        RunForm form{.image = "nginx", .ports = {{"", "3000", "80"}, {"", "3000", "81"}}};
        const auto checks = look(form);
        const RunCheck *check = at(checks, {"publish", 1});
        QVERIFY(check != nullptr);
        QCOMPARE(check->verdict, Verdict::Wrong);
        QCOMPARE(check->fixText, QString("Use 3001"));
    }

    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("wrong");
        QTest::newRow("free") << "api" << false;
        QTest::newRow("none") << "" << false;
        QTest::newRow("taken") << "web" << true;
        QTest::newRow("one letter") << "w" << true;
        QTest::newRow("a space") << "my web" << true;
        QTest::newRow("begins with a dash") << "-web" << true;
    }
    void names()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, wrong);
        const auto checks = look({.image = "nginx", .name = name.toStdString()});
        const RunCheck *check = at(checks, {"name"});
        QCOMPARE(check != nullptr && check->verdict == Verdict::Wrong, wrong);
    }

    void aTakenNameHasAFreeOne()
    {
        RunForm form{.image = "nginx", .name = "web"};
        const auto checks = look(form);
        at(checks, {"name"})->fix(form);
        QCOMPARE(form.name, std::string("web-2"));
    }

    void images_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("pull");
        QTest::addColumn<int>("verdict");
        QTest::newRow("here") << "nginx" << "" << int(Verdict::Fine);
        QTest::newRow("in full") << "docker.io/library/nginx:latest" << "" << int(Verdict::Fine);
        QTest::newRow("by id") << QString(12, 'c') << "" << int(Verdict::Fine);
        QTest::newRow("of a registry") << "registry.example:5000/app:2" << "" << int(Verdict::Fine);
        QTest::newRow("another tag") << "nginx:1.27" << "" << int(Verdict::Note);
        QTest::newRow("here, but pulled") << "nginx" << "always" << int(Verdict::Note);
        QTest::newRow("not to be pulled") << "nginx:1.27" << "never" << int(Verdict::Wrong);
    }
    void images()
    {
        QFETCH(const QString, image);
        QFETCH(const QString, pull);
        QFETCH(const int, verdict);
        RunForm form{.image = image.toStdString()};
        form.setOption("pull", pull.toStdString());
        const auto checks = look(form);
        QVERIFY(at(checks, {"image"}) != nullptr);
        QCOMPARE(int(at(checks, {"image"})->verdict), verdict);
    }

    void anEmptyImageIsNoMistakeYet()
    {
        const auto checks = look({});
        QCOMPARE(checks.size(), std::size_t(1));
        QVERIFY(checks.front().onlyAfterTrying);
    }

    void foldersAndNetworks()
    {
        RunFacts facts = plainFacts();
        facts.folders = {{"/there", true}, {"/gone", false}};
        using Kind = RunMount::Kind;
        RunForm form{.image = "nginx",
                     .mounts = {{Kind::Folder, "/there", "/a"},
                                {Kind::Folder, "/gone", "/b"},
                                {Kind::Folder, "/gone", "/c", "", false, '\0', true}}};
        form.setOption("network", "shop");
        const auto checks = look(form, facts);
        QCOMPARE(at(checks, {"mount", 0})->verdict, Verdict::Fine);
        QCOMPARE(at(checks, {"mount", 1})->verdict, Verdict::Note);
        QCOMPARE(at(checks, {"mount", 2})->verdict, Verdict::Wrong);
        QCOMPARE(at(checks, {"network", 0})->verdict, Verdict::Wrong);
        form.setOption("network", "host");
        QVERIFY(at(look(form, facts), {"network", 0}) == nullptr);
    }

    void hostileNamesAreShownAsText()
    {
        RunFacts facts = plainFacts();
        facts.listening->push_back({"tcp", "", 4000, 9, "a\x1b[31m\nb", 5});
        const auto checks = look({.image = "nginx", .ports = {{"", "4000", "80"}}}, facts);
        QVERIFY(!checks.front().text.contains(QChar(0x1b)));
        QVERIFY(!checks.front().text.contains('\n'));
    }
};

} // namespace tst_run_checks

ROADSTEAD_GUILESS_TEST(tst_run_checks::TestRunChecks)
#include "tst_run_checks.moc"
