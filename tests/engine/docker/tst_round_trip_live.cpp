// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/docker/existing_container.h"
#include "engine/http/client.h"
#include "engine/reference/options.h"
#include "tests/engine/docker/creatable_container.h"
#include "tests/support/await.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QProcess>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QVersionNumber>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace tst_round_trip_live {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::string_literals;
using test::await;
using Json = nlohmann::json;

namespace {

/// The seed of the first set; the others follow.
constexpr std::uint32_t firstSeed = 20'250'601;
constexpr std::uint32_t sets = 200;

/// What two containers of the same options never have in common: ids, times, and the paths that an
/// engine makes of them.
constexpr std::array<const char *, 8> ofItsOwn{
    "/Id",        "/Created", "/ResolvConfPath", "/HostnamePath",
    "/HostsPath", "/LogPath", "/GraphDriver",    "/Config/Hostname"};

/// Where an engine, or the CLI, keeps a set and tells it as a list in any order.
constexpr std::array<const char *, 4> inAnyOrder{"/HostConfig/Binds", "/HostConfig/Links",
                                                 "/Config/Env", "/Mounts"};

/// Lists that the CLI from 25.0 to 27.1.1 leaves empty whatever was given: what it read is copied
/// into a list without room (docker/cli issue 5321).
constexpr std::array<const char *, 4> lostByTheCli{
    "/HostConfig/BlkioDeviceReadBps", "/HostConfig/BlkioDeviceWriteBps",
    "/HostConfig/BlkioDeviceReadIOps", "/HostConfig/BlkioDeviceWriteIOps"};

/// As the CLI sends them from 28 on, and we do; before, it sent them as typed. Engines take both.
constexpr std::array<const char *, 2> capabilityNames{"/HostConfig/CapAdd", "/HostConfig/CapDrop"};

/// `inspect` without what is a container's own. A name that was asked for stays.
Json comparable(const std::string &raw, const CreateContainer &create, bool isOldCli)
{
    Json json = Json::parse(raw);
    for (const char *path : ofItsOwn) {
        const Json::json_pointer pointer(path);
        if (path == "/Config/Hostname"s && !create.hostname.empty()) {
            continue;
        }
        if (json.contains(pointer)) {
            json[pointer.parent_pointer()].erase(pointer.back());
        }
    }
    for (Json &mount : json["Mounts"]) {
        if (mount.value("Type", "") == "image") { // the layer that is made for this container
            mount["Source"] = "";
        }
        const std::string name = mount.value("Name", "");
        if (name.size() == 64) { // a volume that the engine named
            mount["Name"] = "";
            mount["Source"] = "";
        }
    }
    for (const char *path : capabilityNames) {
        if (!isOldCli) {
            break;
        }
        std::set<std::string> names;
        for (const Json &name : json[Json::json_pointer(path)]) {
            names.insert(reference::capabilityName(name.get<std::string>()));
        }
        json[Json::json_pointer(path)] = names;
    }
    for (const char *path : inAnyOrder) {
        Json &list = json[Json::json_pointer(path)];
        if (list.is_array()) {
            std::sort(list.begin(), list.end());
        }
    }
    return json;
}

/// The members that differ, one a line, with what both have.
std::string differences(const Json &byRequest, const Json &byLine)
{
    std::string text;
    for (const Json &change : Json::diff(byRequest, byLine)) {
        const auto path = change["path"].get<std::string>();
        const Json::json_pointer pointer(path);
        text += "  " + path + ": " +
                (byRequest.contains(pointer) ? byRequest[pointer].dump() : "nothing") +
                " by the request, " +
                (byLine.contains(pointer) ? byLine[pointer].dump() : "nothing") + " by the line\n";
    }
    return text;
}

/// Without what createLike() says that engines do not tell.
Json withoutWhatIsLost(Json inspected)
{
    inspected["HostConfig"].erase("ContainerIDFile");
    for (Json &network : inspected["NetworkSettings"]["Networks"]) {
        network.erase("MacAddress");
    }
    inspected["Config"].erase("MacAddress");
    return inspected;
}

/// What came of one way to make a container.
struct Made
{
    Json inspected;      ///< null = refused
    std::string raw;     ///< the same, as the engine told it
    std::string refusal; ///< the engine's words
};

} // namespace

/// A container that is made by a CreateContainer's request, the one that the docker command makes
/// of its argument vector, and the one that is made like the first are the same one.
class TestRoundTripLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void requestAndLineMakeTheSameContainer();
    void whatExistsIsMadeAgain();

private:
    Result<CommandReply> run(const Command &command)
    {
        return await<CommandReply>([&](auto done) { m_client->run(command, std::move(done)); });
    }
    void startDocker(QProcess &docker, const QStringList &arguments) const;
    Made byRequest(const CreateContainer &create);
    Made byLine(const CreateContainer &create);
    Made takeAway(const CreateContainer &create);
    std::string unlike(const CreateContainer &create, const Made &first);

    void allowLoss(const CreateContainer &create, Made &made) const;

    /// In front of both programs where they are not this system's, see tests/engine/matrix/run.
    QStringList m_entering;
    QTemporaryDir m_folder;
    bool m_losesRates = false;
    std::unique_ptr<RealEngine> m_engine;
    test::Surroundings m_around;
    ImageGiven m_image;
    EngineGiven m_given;
    std::unique_ptr<http::Client> m_http;
    std::unique_ptr<Client> m_client;
};

void TestRoundTripLive::initTestCase()
{
    const QString root = qEnvironmentVariable("ROADSTEAD_ENGINE_ROOT");
    if (!root.isEmpty()) {
        m_entering = {qEnvironmentVariable("ROADSTEAD_ENGINE_ENTER"), root};
    }
    m_engine = std::make_unique<RealEngine>(RealEngine::Kind::Docker, m_entering);
    QVERIFY(m_engine->start());
    QVERIFY(m_engine->importBusybox());
    m_http = std::make_unique<http::Client>();
    m_client = std::make_unique<Client>(*m_http, m_engine->socketPath().toStdString());
    QVERIFY(await<Ping>([&](auto done) { m_client->negotiate(std::move(done)); }).has_value());
    QProcess docker;
    startDocker(docker,
                {QStringLiteral("version"), QStringLiteral("--format={{.Client.Version}}")});
    QVERIFY(docker.waitForFinished());
    const auto cli = QVersionNumber::fromString(QString::fromUtf8(docker.readAllStandardOutput()));
    QVERIFY2(!cli.isNull(), docker.readAllStandardError().constData());
    qInfo("docker command %s", qPrintable(cli.toString()));
    m_losesRates = cli >= QVersionNumber(25) && cli < QVersionNumber(27, 1, 2);
    const bool arm = QSysInfo::buildCpuArchitecture() == QLatin1String("arm64");
    m_around = {.image = "busybox",
                .container = "base",
                .network = "back",
                .otherNetwork = "front",
                .profile = m_folder.filePath(QStringLiteral("profile.json")).toStdString(),
                .profileText = R"({"defaultAction":"SCMP_ACT_ALLOW"})",
                .idFile = m_folder.filePath(QStringLiteral("id")).toStdString(),
                .platform = arm ? "linux/arm64" : "linux/amd64",
                .knows28 = cli >= QVersionNumber(28) && m_client->api() >= ApiVersion{48}};
    QFile profile(QString::fromStdString(m_around.profile));
    QVERIFY(profile.open(QIODevice::WriteOnly));
    profile.write("{ \"defaultAction\":\n  \"SCMP_ACT_ALLOW\" }\n");
    profile.close();
    const QByteArray image = m_engine->docker(
        {QStringLiteral("image"), QStringLiteral("inspect"), QStringLiteral("busybox")});
    const auto given = decodeImageGiven(Json::parse(image.toStdString()).at(0).dump());
    QVERIFY(given.has_value());
    m_image = *given;
    const auto info = await<EngineInfo>([&](auto done) { m_client->info(std::move(done)); });
    QVERIFY(info.has_value());
    m_given = engineGiven(*info);
    QVERIFY(run(CreateNetwork{.name = "back",
                              .pools = {{"10.77.0.0/16", "", "", {}}, {"fd77::/64", "", "", {}}},
                              .ipv6 = true})
                .has_value());
    QVERIFY(
        run(CreateNetwork{.name = "front", .pools = {{"10.78.0.0/16", "", "", {}}}}).has_value());
    QVERIFY(run(CreateContainer{.image = "busybox",
                                .name = "base",
                                .command = {"sleep"},
                                .volumes = {"/from"},
                                .isolation = {.communication = "shareable"}})
                .has_value());
}

void TestRoundTripLive::cleanupTestCase()
{
    m_client.reset();
    m_http.reset();
    m_engine.reset();
}

void TestRoundTripLive::startDocker(QProcess &docker, const QStringList &arguments) const
{
    QStringList words = m_entering;
    words += {QStringLiteral("docker"), QStringLiteral("--host=unix://") + m_engine->socketPath()};
    words += arguments;
    const QString program = words.takeFirst();
    docker.start(program, words);
}

Made TestRoundTripLive::takeAway(const CreateContainer &create)
{
    const auto details = await<ContainerDetails>(
        [&](auto done) { m_client->inspectContainer(create.name, std::move(done)); });
    run(RemoveContainer{{create.name, create.name}, true, true});
    return details ? Made{comparable(details->raw, create, !m_around.knows28), details->raw, {}}
                   : Made{{}, {}, details.error().detail};
}

Made TestRoundTripLive::byRequest(const CreateContainer &create)
{
    if (const auto made = run(create); !made) {
        return {{}, {}, made.error().detail};
    }
    return takeAway(create);
}

Made TestRoundTripLive::byLine(const CreateContainer &create)
{
    QStringList words;
    for (const std::string &word : arguments(create)) {
        words.append(QString::fromStdString(word));
    }
    QProcess docker;
    startDocker(docker, words);
    docker.waitForFinished();
    QFile::remove(QString::fromStdString(m_around.idFile));
    if (docker.exitStatus() != QProcess::NormalExit || docker.exitCode() != 0) {
        return {{}, {}, docker.readAllStandardError().toStdString()};
    }
    return takeAway(create);
}

/// Gives back to what a line made the lists that this system's CLI loses, so that the request's are
/// compared with what was asked for. A list that was not lost stays as it is.
void TestRoundTripLive::allowLoss(const CreateContainer &create, Made &made) const
{
    if (!m_losesRates || made.inspected.is_null()) {
        return;
    }
    const auto &limits = create.limits;
    const std::array given{&limits.readBytes, &limits.writeBytes, &limits.readOperations,
                           &limits.writeOperations};
    for (std::size_t i = 0; i < lostByTheCli.size(); ++i) {
        Json &list = made.inspected[Json::json_pointer(lostByTheCli[i])];
        if (!list.empty()) {
            continue;
        }
        for (const reference::DeviceRate &rate : *given[i]) {
            list.push_back(Json{{"Path", rate.path}, {"Rate", rate.rate}});
        }
    }
}

/// How a container that is made like `first` differs from it; empty where it does not.
std::string TestRoundTripLive::unlike(const CreateContainer &create, const Made &first)
{
    const auto like = createLike(first.raw, m_image, m_given);
    if (!like) {
        return "  not read: " + like.error().detail + "\n";
    }
    CreateContainer again = *like;
    again.name = create.name;
    const Made second = byRequest(again);
    return second.inspected.is_null() ? "  refused when made again: " + second.refusal + "\n"
                                      : differences(withoutWhatIsLost(first.inspected),
                                                    withoutWhatIsLost(second.inspected));
}

void TestRoundTripLive::whatExistsIsMadeAgain()
{
    int different = 0;
    for (std::uint32_t seed = firstSeed; seed < firstSeed + sets; ++seed) {
        const CreateContainer create = test::creatableContainer(seed, m_around);
        const Made first = byRequest(create);
        const std::string problem = first.inspected.is_null() ? "  refused: " + first.refusal + "\n"
                                                              : unlike(create, first);
        if (!problem.empty()) {
            ++different;
            qWarning("seed %u: %s\n%s", seed, commandLine(arguments(create)).c_str(),
                     problem.c_str());
        }
    }
    QCOMPARE(different, 0);
}

void TestRoundTripLive::requestAndLineMakeTheSameContainer()
{
    qInfo("%u sets of options from seed %u on", sets, firstSeed);
    int different = 0;
    for (std::uint32_t seed = firstSeed; seed < firstSeed + sets; ++seed) {
        const CreateContainer create = test::creatableContainer(seed, m_around);
        const Made first = byRequest(create);
        Made second = byLine(create);
        allowLoss(create, second);
        std::string problem;
        if (first.inspected.is_null() || second.inspected.is_null()) {
            problem = "  refused: \"" + first.refusal + "\" by the request, \"" + second.refusal +
                      "\" by the line\n";
        } else {
            problem = differences(first.inspected, second.inspected);
        }
        if (!problem.empty()) {
            ++different;
            qWarning("seed %u: %s\n%s", seed, commandLine(arguments(create)).c_str(),
                     problem.c_str());
        }
    }
    QCOMPARE(different, 0);
}

} // namespace tst_round_trip_live

ROADSTEAD_GUILESS_TEST(tst_round_trip_live::TestRoundTripLive)
#include "tst_round_trip_live.moc"
