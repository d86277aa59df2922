// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/argument_watch.h"
#include "tests/support/real_engine.h"
#include "tests/support/real_registry.h"
#include "tests/support/test_program/test_program.h"
#include "ui/wizards/run/run_controller.h"

#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tst_run_live {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;
using Step = RunController::Step;

namespace {

constexpr int patience = 60'000;

/// What two containers of the same options never have in common; and what says whether somebody is
/// attached, which the docker command is while it waits.
Json comparable(const QByteArray &inspected)
{
    Json json = Json::parse(inspected.toStdString()).at(0);
    for (const char *name : {"Id", "Created", "ResolvConfPath", "HostnamePath", "HostsPath",
                             "LogPath", "GraphDriver", "State", "Name", "NetworkSettings"}) {
        json.erase(name);
    }
    for (const char *name : {"Hostname", "AttachStdout", "AttachStderr"}) {
        json["Config"].erase(name);
    }
    for (const char *list : {"/HostConfig/Binds", "/Config/Env", "/Mounts"}) {
        Json &values = json[Json::json_pointer(list)];
        if (values.is_array()) {
            std::sort(values.begin(), values.end());
        }
    }
    return json;
}

} // namespace

/// The form against a real dockerd.
class TestRunLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        m_engine.docker({u"network"_s, u"create"_s, u"shop"_s});
    }
    void init()
    {
        m_session = std::make_unique<service::EngineSession>(m_engine.socketPath());
        m_session->open();
        QTRY_COMPARE(m_session->link(), service::Link::Live);
        QTRY_VERIFY(!m_session->images()->empty());
        m_runEngine = std::make_unique<SessionRunEngine>(m_session.get(), nullptr);
        m_controller = std::make_unique<RunController>(m_runEngine.get());
    }
    void cleanup()
    {
        m_controller.reset();
        m_runEngine.reset();
        m_session.reset();
    }

    void aPastedLineMakesTheSameContainer_data()
    {
        QTest::addColumn<QStringList>("options");
        const auto row = [](const char *reason, const char *options) {
            QTest::newRow(reason) << QString::fromLatin1(options).split(' ');
        };
        row("a service", "-p 18080:80 -p 127.0.0.1:15353:53/udp --restart on-failure:3 -m 64m "
                         "--cpus 0.5 -e LOG=debug -e API_KEY=canary-7 -l team=shop --init");
        row("mounts", "-v /usr/share:/share:ro -v data:/data --tmpfs /run:size=1m --mount "
                      "type=bind,source=/etc,target=/mnt/etc,readonly --read-only");
        row("a network", "--network shop --network-alias api --add-host db:10.0.0.5 --dns 9.9.9.9 "
                         "--hostname web --expose 9000");
        row("guarded",
            "--cap-drop ALL --cap-add CAP_NET_BIND_SERVICE --security-opt no-new-privileges "
            "--user 1000:1000 -w /tmp --pids-limit 50 --ulimit nofile=1024:2048 "
            "--sysctl net.core.somaxconn=1024");
        row("checked", "--health-cmd true --health-interval 5s --health-retries 2 --stop-signal "
                       "SIGINT --stop-timeout 3 --log-driver json-file --log-opt max-size=1m "
                       "--shm-size 32m --oom-score-adj 100 --entrypoint /bin/busybox");
    }
    void aPastedLineMakesTheSameContainer()
    {
        QFETCH(const QStringList, options);
        const bool hasEntrypoint = options.contains(u"--entrypoint"_s);
        QStringList line = QStringList{u"run"_s, u"-d"_s, u"--name"_s, u"by-form"_s} + options;
        line.append({u"busybox"_s});
        line.append(hasEntrypoint ? QStringList{u"sleep"_s, u"1000"_s}
                                  : QStringList{u"/bin/busybox"_s, u"sleep"_s, u"1000"_s});
        const auto problem = m_controller->paste(u"docker "_s + line.join(u' '));
        QVERIFY2(!problem, problem ? qPrintable(problem->text) : "");
        QVERIFY2(m_controller->run(), m_controller->checks().empty()
                                          ? ""
                                          : qPrintable(m_controller->checks().front().text));
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isUnderWay(), patience);
        QVERIFY2(m_controller->step() == Step::Done,
                 m_controller->failure() ? qPrintable(m_controller->failure()->rawDetail) : "");
        const Json byForm = comparable(m_engine.docker({u"inspect"_s, u"by-form"_s}));
        m_engine.docker({u"rm"_s, u"-f"_s, u"-v"_s, u"by-form"_s});
        line[3] = u"by-line"_s;
        m_engine.docker(line);
        const Json byLine = comparable(m_engine.docker({u"inspect"_s, u"by-line"_s}));
        m_engine.docker({u"rm"_s, u"-f"_s, u"-v"_s, u"by-line"_s});
        QVERIFY2(byForm == byLine, Json::diff(byForm, byLine).dump(1).c_str());
    }

    void severalNetworksAreJoinedAsTheLineSays()
    {
        m_engine.docker({u"network"_s, u"create"_s, u"--subnet"_s, u"10.77.1.0/24"_s, u"front"_s});
        m_engine.docker({u"network"_s, u"create"_s, u"--subnet"_s, u"10.77.2.0/24"_s, u"back"_s});
        QStringList line{u"run"_s,
                         u"-d"_s,
                         u"--name"_s,
                         u"joined"_s,
                         u"--network"_s,
                         u"name=front,alias=web,ip=10.77.1.9"_s,
                         u"--network"_s,
                         u"name=back,alias=db,alias=store,ip=10.77.2.9,"
                         "mac-address=02:42:0a:4d:02:09,driver-opt=com.example.rate=5"_s,
                         u"busybox"_s,
                         u"/bin/busybox"_s,
                         u"sleep"_s,
                         u"1000"_s};
        const auto asked = [this] {
            Json networks = Json::parse(m_engine.docker({u"inspect"_s, u"joined"_s}).toStdString())
                                .at(0)["NetworkSettings"]["Networks"];
            for (Json &network : networks) {
                for (const char *own : {"EndpointID", "NetworkID", "DNSNames"}) {
                    network.erase(own);
                }
            }
            m_engine.docker({u"rm"_s, u"-f"_s, u"joined"_s});
            return networks;
        };
        QVERIFY(!m_controller->paste(u"docker "_s + line.join(u' ')));
        QVERIFY(m_controller->run());
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isUnderWay(), patience);
        QVERIFY2(m_controller->step() == Step::Done,
                 m_controller->failure() ? qPrintable(m_controller->failure()->rawDetail) : "");
        const Json byForm = asked();
        QCOMPARE(byForm.size(), std::size_t(2));
        QCOMPARE(byForm["back"]["MacAddress"].get<std::string>(), "02:42:0a:4d:02:09");
        m_engine.docker(line);
        const Json byLine = asked();
        QVERIFY2(byForm == byLine, Json::diff(byForm, byLine).dump(1).c_str());
    }

    void aPrivateImageIsPulledWithTheAccount()
    {
        QTemporaryDir folder;
        qputenv("DOCKER_CONFIG", folder.path().toUtf8());
        const auto away = qScopeGuard([] { qunsetenv("DOCKER_CONFIG"); });
        RealRegistry registry;
        QVERIFY(registry.start(RealRegistry::Auth::Basic));
        const QString image = QString::fromStdString(registry.name()) + u"/team/busybox:1"_s;
        const auto writeAccount = [&](const QByteArray &secret) {
            QFile config(folder.filePath(u"config.json"_s));
            QVERIFY(config.open(QIODevice::WriteOnly | QIODevice::Truncate));
            config.write(R"({"auths":{")" + QByteArray::fromStdString(registry.name()) +
                         R"(":{"auth":")" + ("mara:" + secret).toBase64() + R"("}}})");
        };
        writeAccount(RealRegistry::password);
        m_engine.docker({u"tag"_s, u"busybox"_s, image});
        QVERIFY(m_engine.docker({u"push"_s, image}).contains("digest"));
        m_engine.docker({u"rmi"_s, image});
        QTRY_VERIFY(findImage(*m_session->images(), image.toStdString()) == nullptr);

        const RunForm form{.image = image.toStdString(), .command = "/bin/busybox sleep 1000"};
        writeAccount("wrong");
        m_controller->setForm(form);
        QVERIFY(m_controller->run());
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isUnderWay(), patience);
        QCOMPARE(m_controller->step(), Step::Editing);
        QVERIFY2(m_controller->failure(), "who has no account is told so");
        QVERIFY(!m_controller->failure()->body().isEmpty());

        writeAccount(RealRegistry::password);
        test::ArgumentWatch watch(RealRegistry::password);
        QVERIFY(m_controller->run());
        QVERIFY(m_controller->pulls());
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isUnderWay(), patience);
        watch.stop();
        QVERIFY2(m_controller->step() == Step::Done,
                 m_controller->failure() ? qPrintable(m_controller->failure()->rawDetail) : "");
        QVERIFY(!watch.wasSeen());
        for (const service::CommandRecord &record : m_session->history()) {
            QVERIFY(!record.line.contains(QLatin1StringView(RealRegistry::password)));
        }
        m_engine.docker({u"rm"_s, u"-f"_s, QString::fromStdString(m_controller->containerId())});
    }

    void aPortThatIsTaken()
    {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress::Any));
        const std::string port = std::to_string(holder.serverPort());
        RunForm form{.image = "busybox",
                     .name = "late",
                     .ports = {{"", port, "80"}},
                     .command = "/bin/busybox sleep 1000"};
        m_controller->setForm(form);
        // Before it is known who listens, only the engine can tell.
        QVERIFY(m_controller->run());
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isUnderWay(), patience);
        QCOMPARE(m_controller->step(), Step::Editing);
        QVERIFY(m_controller->problemAt({"publish", 0}) != nullptr);
        QVERIFY(m_controller->form() == form);
        QVERIFY(std::ranges::none_of(*m_session->containers(), [](const auto &container) {
            return container.name == "late";
        }));
        // Now it is, by name.
        QTRY_VERIFY(m_controller->facts().listening.has_value());
        m_controller->setForm({});
        m_controller->setForm(form);
        const RunCheck *known = m_controller->problemAt({"publish", 0});
        QVERIFY(known != nullptr);
        QVERIFY2(known->text.contains(u"tst_run_live"_s), qPrintable(known->text));
        const RunCheck copy = *known;
        m_controller->apply(copy);
        QVERIFY(m_controller->run());
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isUnderWay(), patience);
        QCOMPARE(m_controller->step(), Step::Done);
        QCOMPARE(std::to_string(m_controller->publishedPorts().front().publicPort),
                 m_controller->form().ports[0].hostPort);
        m_engine.docker({u"rm"_s, u"-f"_s, u"late"_s});
    }

    void aNameThatIsTakenElsewhereMeanwhile()
    {
        RunForm form{.image = "busybox", .name = "twin", .command = "/bin/busybox sleep 1000"};
        m_controller->setForm(form);
        m_engine.docker({u"create"_s, u"--name"_s, u"twin"_s, u"busybox"_s, u"x"_s});
        m_controller->run();
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isUnderWay(), patience);
        QCOMPARE(m_controller->step(), Step::Editing);
        QVERIFY(m_controller->problemAt({"name"}) != nullptr);
        m_engine.docker({u"rm"_s, u"-f"_s, u"twin"_s});
    }

    void aMissingImageIsPulledFromARegistry()
    {
        QTemporaryDir folder;
        QFile settings(folder.filePath(u"registry.yml"_s));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write("version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " +
                       folder.path().toUtf8() + "/data\nhttp:\n  addr: 127.0.0.1:5000\n");
        settings.close();
        QProcess registry;
        registry.start(u"docker-registry"_s, {u"serve"_s, settings.fileName()});
        QVERIFY(registry.waitForStarted());
        const QString image = u"127.0.0.1:5000/harbour/busybox:1"_s;
        m_engine.docker({u"tag"_s, u"busybox"_s, image});
        QTRY_VERIFY_WITH_TIMEOUT(m_engine.docker({u"push"_s, image}).contains("digest"), patience);
        m_engine.docker({u"rmi"_s, image});
        QTRY_VERIFY(findImage(*m_session->images(), image.toStdString()) == nullptr);

        RunForm form{.image = image.toStdString(), .command = "/bin/busybox sleep 1000"};
        m_controller->setForm(form);
        QVERIFY(m_controller->run());
        QVERIFY(m_controller->pulls());
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isUnderWay(), patience);
        QVERIFY2(m_controller->step() == Step::Done,
                 m_controller->failure() ? qPrintable(m_controller->failure()->rawDetail) : "");
        QVERIFY(!m_controller->pullLayers().layers().empty());
        m_engine.docker({u"rm"_s, u"-f"_s, QString::fromStdString(m_controller->containerId())});

        m_controller->edit();
        form.image = "127.0.0.1:5000/harbour/nothing:1";
        m_controller->setForm(form);
        QVERIFY(m_controller->run());
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isUnderWay(), patience);
        QCOMPARE(m_controller->step(), Step::Editing);
        QVERIFY(m_controller->problemAt({"image"}) != nullptr);
        registry.kill();
        registry.waitForFinished();
    }

    void aLineOfTheHistoryFillsTheFormAgain()
    {
        m_controller->setForm({.image = "busybox",
                               .name = "again",
                               .environment = {{"LOG", "debug"}, {"API_KEY", "canary-7"}},
                               .command = "/bin/busybox true"});
        const RunForm form = m_controller->form();
        QVERIFY(m_controller->run(RunController::Deed::CreateOnly));
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->step(), Step::Done, patience);
        const QStringList lines = m_runEngine->earlierLines();
        QVERIFY(!lines.isEmpty());
        QVERIFY(!lines.front().contains(u"canary-7"_s));
        QVERIFY(!m_controller->paste(lines.front()));
        QVERIFY(m_controller->form().environment[1].isMissing);
        RunForm again = m_controller->form();
        again.environment[1] = {"API_KEY", "canary-7"};
        QVERIFY(again == form);
        m_engine.docker({u"rm"_s, u"again"_s});
    }

private:
    RealEngine m_engine;
    std::unique_ptr<service::EngineSession> m_session;
    std::unique_ptr<SessionRunEngine> m_runEngine;
    std::unique_ptr<RunController> m_controller;
};

} // namespace tst_run_live

ROADSTEAD_GUILESS_TEST(tst_run_live::TestRunLive)
#include "tst_run_live.moc"
