// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/buildx_builder.h"
#include "engine/service/build/builder_listing.h"
#include "engine/service/build/builder_probe.h"
#include "engine/service/build/buildx_tool.h"
#include "tests/support/shell_script.h"
#include "tests/support/test_program/test_program.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

namespace tst_buildx_tool {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace std::string_literals;

/// Short runs of buildx, against a script in its place.
class TestBuildxTool : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersAreWhole()
    {
        write("echo \"$@\"; echo warn >&2; exit 3");
        const auto asked = wait(tool().ask({.context = "roadstead"}, {"buildx", "ls"}));
        QVERIFY(asked.has_value());
        QCOMPARE(asked->printed, "--context roadstead buildx ls\n"s);
        QCOMPARE(asked->complaint, "warn\n"s);
        QCOMPARE(asked->exitStatus, 3);
    }
    void buildersOfAnEngine_data()
    {
        QTest::addColumn<QByteArray>("driver");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("endpoint");
        QTest::addColumn<bool>("byHost");
        QTest::addColumn<bool>("isIts");
        const auto row = [](const char *why, const char *driver, const char *name,
                            const char *endpoint, bool byHost, bool isIts) {
            QTest::newRow(why) << QByteArray(driver) << QByteArray(name) << QByteArray(endpoint)
                               << byHost << isIts;
        };
        row("its own, by a context", "docker", "harbour", "harbour", false, true);
        row("its own, by an address", "docker", "default", "default", true, true);
        row("another context's", "docker", "default", "default", false, false);
        row("a container, by a context", "docker-container", "x", "harbour", false, true);
        row("a container, by an address", "docker-container", "x", "unix:///h.sock", true, true);
        row("a container, by another context of its", "docker-container", "x", "pier", true, true);
        row("a container, by a context elsewhere", "docker-container", "x", "far", true, false);
        row("a container elsewhere", "docker-container", "x", "unix:///other.sock", true, false);
        row("of no engine", "remote", "x", "tcp://10.0.0.9:1234", false, true);
    }
    void buildersOfAnEngine()
    {
        QFETCH(const QByteArray, driver);
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, endpoint);
        QFETCH(const bool, byHost);
        const docker::CliEngine engine = byHost ? docker::CliEngine{.host = "unix:///h.sock"}
                                                : docker::CliEngine{.context = "harbour"};
        build::Builder builder{.name = name.toStdString(), .driver = driver.toStdString()};
        builder.nodes.push_back({.endpoint = endpoint.toStdString()});
        QTemporaryDir folder;
        context::ContextStore contexts(folder.path().toStdString());
        QVERIFY(contexts.create({.name = "pier", .description = {}, .host = "unix:///h.sock"}));
        QVERIFY(contexts.create({.name = "far", .description = {}, .host = "unix:///far.sock"}));
        QTEST(isBuilderOf(engine, builder, contexts), "isIts");
    }
    void failuresHaveKindAndReason_data()
    {
        QTest::addColumn<QByteArray>("complaint");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("missing") << "ERROR: no builder \"x\" found"_ba << ErrorKind::NotFound
                                 << "no builder \"x\" found"_ba;
        QTest::newRow("removal") << "failed to remove x: no builder \"x\" found\n"
                                    "ERROR: failed to remove one or more builders"_ba
                                 << ErrorKind::NotFound
                                 << "failed to remove x: no builder \"x\" found"_ba;
        QTest::newRow("twice") << "ERROR: existing instance for \"x\" but no append mode"_ba
                               << ErrorKind::Conflict
                               << "existing instance for \"x\" but no append mode"_ba;
        QTest::newRow("no engine")
            << "ERROR: Cannot connect to the Docker daemon at unix:///x."_ba << ErrorKind::Refused
            << "Cannot connect to the Docker daemon at unix:///x."_ba;
        QTest::newRow("no plugin") << "docker: 'buildx' is not a docker command."_ba
                                   << ErrorKind::NotInstalled << "buildx"_ba;
        QTest::newRow("other") << "ERROR: invalid name bad/name"_ba << ErrorKind::EngineFailed
                               << "invalid name bad/name"_ba;
        QTest::newRow("nothing") << QByteArray() << ErrorKind::EngineFailed << QByteArray();
    }
    void failuresHaveKindAndReason()
    {
        QFETCH(const QByteArray, complaint);
        QFETCH(const ErrorKind, kind);
        QFETCH(const QByteArray, reason);
        write("cat >&2 <<'END'\n" + complaint + "\nEND\nexit 1");
        const auto run = wait(tool().run({}, {"buildx", "rm", "x"}, "builder.remove"));
        QVERIFY(!run.has_value());
        QCOMPARE(run.error().kind, kind);
        QCOMPARE(run.error().detail, reason.toStdString());
        QCOMPARE(run.error().operation, "builder.remove"s);
    }
    void missingProgramIsSaid()
    {
        BuildxTool none(m_folder.filePath(u"nowhere"_s));
        QCOMPARE(wait(none.ask({}, {"buildx", "ls"})).error().kind, ErrorKind::NotInstalled);
    }
    void patienceEnds()
    {
        write("exec sleep 60");
        QCOMPARE(wait(tool().ask({}, {"buildx", "ls"}, 50ms)).error().kind,
                 ErrorKind::NotAnswering);
    }
    void cancelEndsIt()
    {
        write("exec sleep 60");
        const auto asked = tool().ask({}, {"buildx", "ls"});
        asked.cancel();
        QCOMPARE(wait(asked).error().kind, ErrorKind::Cancelled);
    }
    void itsEndEndsWhatRuns()
    {
        write("exec sleep 60");
        auto one = std::make_unique<BuildxTool>(program());
        const auto asked = one->ask({}, {"buildx", "ls"});
        one.reset();
        QCOMPARE(wait(asked).error().kind, ErrorKind::Cancelled);
    }
    void endlessOutputIsCut()
    {
        write("exec yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        QCOMPARE(wait(tool().ask({}, {"buildx", "ls"})).error().kind, ErrorKind::MalformedReply);
    }
    void commandsAreAsBuildxTakesThem()
    {
        using docker::Arguments;
        const docker::CreateBuilder create{.name = "multi",
                                           .driver = "docker-container",
                                           .endpoint = "roadstead",
                                           .platforms = {"linux/amd64", "linux/arm64"},
                                           .options = {"network=host", "env.A=x,y"},
                                           .use = true};
        QCOMPARE(create.arguments(),
                 (Arguments{"buildx", "create", "--name", "multi", "--driver", "docker-container",
                            "--platform", "linux/amd64,linux/arm64", "--driver-opt", "network=host",
                            "--driver-opt", "\"env.A=x,y\"", "--use", "roadstead"}));
        using docker::BuilderCommand;
        using docker::BuilderVerb;
        QCOMPARE((BuilderCommand{BuilderVerb::Use, "a"}.arguments()),
                 (Arguments{"buildx", "use", "a"}));
        QCOMPARE((BuilderCommand{BuilderVerb::Stop, "a"}.arguments()),
                 (Arguments{"buildx", "stop", "a"}));
        QCOMPARE((BuilderCommand{BuilderVerb::Remove, "-f"}.arguments()),
                 (Arguments{"buildx", "rm", "--", "-f"}));
        QVERIFY(docker::isBuilderName("multi-arch_1.x"));
        for (const char *bad : {"", "1a", "-a", "a/b", "a b", "ä"}) {
            QVERIFY2(!docker::isBuilderName(bad), bad);
        }
    }
    void historyIsKnownFrom20On()
    {
        QVERIFY(!builderFactsOf(u"github.com/docker/buildx v0.19.3 x"_s).knowsHistory());
        QVERIFY(builderFactsOf(u"github.com/docker/buildx v0.20.0 x"_s).knowsHistory());
        QVERIFY(builderFactsOf(u"github.com/docker/buildx v1.0.0 x"_s).knowsHistory());
        QVERIFY(!builderFactsOf({}, u"docker: 'buildx' is not a docker command."_s).knowsHistory());
    }

private:
    [[nodiscard]] QString program() const { return m_folder.filePath(u"docker"_s); }
    void write(const QByteArray &script) { test::writeShellScript(program(), script + "\n"); }
    BuildxTool &tool()
    {
        m_tool.emplace(program());
        return *m_tool;
    }
    static Result<BuildxOutput> wait(const Operation<BuildxOutput> &operation)
    {
        auto future = operation.future();
        // By the event loop: the program is read there.
        (void)QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000);
        return future.isFinished() ? future.result()
                                   : Result<BuildxOutput>(failure(ErrorKind::Internal, "test"));
    }

    QTemporaryDir m_folder;
    std::optional<BuildxTool> m_tool;
};

} // namespace tst_buildx_tool

ROADSTEAD_GUILESS_TEST(tst_buildx_tool::TestBuildxTool)
#include "tst_buildx_tool.moc"
