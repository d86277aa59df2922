// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/ssh_command.h"
#include "engine/docker/client.h"
#include "engine/http/client.h"
#include "tests/support/await.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace tst_endpoints_live {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::chrono_literals;
using test::await;
using namespace Qt::StringLiterals;

namespace {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool isListening(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    return socket.waitForConnected(200);
}

/// What a container wrote to a terminal and how its process ended.
struct Said
{
    std::string text;
    Result<int> end = 0;
};

} // namespace

/// A real dockerd in the network, encrypted, and behind a real sshd.
class TestEndpointsLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void encryptedWithBothCertificates();
    void encryptedConnectionsThatAreRefused_data();
    void encryptedConnectionsThatAreRefused();
    void oneThatIsNotEncrypted();
    void overSsh();
    void sshAsksThroughItsHelper();
    void sshConnectionsThatFail_data();
    void sshConnectionsThatFail();

private:
    bool makeCertificates();
    bool startSsh();
    bool sh(const QString &script);
    [[nodiscard]] std::string path(const QString &name) const
    {
        return m_folder.filePath(name).toStdString();
    }
    [[nodiscard]] http::TlsFiles tls() const
    {
        return {.authority = path(u"ca.pem"_s),
                .certificate = path(u"cert.pem"_s),
                .key = path(u"key.pem"_s)};
    }
    /// Starts dockerd at the port with that certificate of its own.
    bool serve(const QString &certificate);
    [[nodiscard]] http::Endpoint encrypted(http::TlsFiles tls) const
    {
        return http::TcpAddress{.host = "127.0.0.1", .port = m_port, .tls = std::move(tls)};
    }
    [[nodiscard]] http::Program ssh(const std::string &host) const;
    static Said say(Client &client, const std::vector<std::string> &command);
    void useWholly(Client &client);

    QTemporaryDir m_folder;
    RealEngine m_engine;
    QString m_served;
    quint16 m_port = freePort();
    quint16 m_sshPort = freePort();
    QProcess m_sshd;
    http::Client m_http;
};

bool TestEndpointsLive::sh(const QString &script)
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"/bin/sh"_s, {u"-ec"_s, script});
    process.waitForFinished(60'000);
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0) {
        return true;
    }
    qWarning("%s: %s", qPrintable(script), process.readAll().constData());
    return false;
}

/// An authority, certificates that it signed for dockerd and for us, and one of someone else's.
bool TestEndpointsLive::makeCertificates()
{
    return sh(uR"sh(
        new="openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -batch"
        for name in ca other; do
            $new -x509 -days 9 -subj "/CN=$name" -keyout $name-key.pem -out $name.pem
        done
        sign() { # NAME AUTHORITY SUBJECT EXTENSION OPTION...
            name=$1 authority=$2 subject=$3 extension=$4; shift 4
            $new -subj "$subject" -keyout $name-key.pem -out $name.csr
            echo "$extension" >$name.ext
            openssl x509 -req -in $name.csr -CA $authority.pem -CAkey $authority-key.pem \
                -CAcreateserial -extfile $name.ext -out $name.pem "$@"
        }
        server="extendedKeyUsage=serverAuth
        "
        sign good ca /CN=engine "$server
subjectAltName=IP:127.0.0.1" -days 9
        sign expired ca /CN=engine "$server
subjectAltName=IP:127.0.0.1" -not_before 20200101000000Z -not_after 20200102000000Z
        sign elsewhere ca /CN=engine "$server
subjectAltName=DNS:elsewhere.example" -days 9
        sign cert ca /CN=me extendedKeyUsage=clientAuth -days 9
        sign stranger other /CN=me extendedKeyUsage=clientAuth -days 9
        mv cert-key.pem key.pem
    )sh"_s);
}

bool TestEndpointsLive::serve(const QString &certificate)
{
    if (m_served == certificate) {
        return true;
    }
    if (!m_served.isEmpty()) {
        m_engine.stop();
    }
    m_served = certificate;
    return m_engine.start({u"--host=tcp://127.0.0.1:%1"_s.arg(m_port), u"--tlsverify"_s,
                           u"--tlscacert="_s + m_folder.filePath(u"ca.pem"_s),
                           u"--tlscert="_s + m_folder.filePath(certificate + u".pem"_s),
                           u"--tlskey="_s + m_folder.filePath(certificate + u"-key.pem"_s)});
}

/// sshd for root, who may come in with the key "id", or with "locked", whose words are "ahoy".
bool TestEndpointsLive::startSsh()
{
    const bool made = sh(uR"sh(
        mkdir -p /run/sshd
        for key in host other id; do ssh-keygen -q -t ed25519 -N '' -f $key; done
        ssh-keygen -q -t ed25519 -N ahoy -f locked
        cat id.pub locked.pub >authorized
        chmod 600 authorized
        printf '%s\n' "Port %1" "ListenAddress 127.0.0.1" "HostKey $PWD/host" "PidFile none" \
            "AuthorizedKeysFile $PWD/authorized" "PermitRootLogin prohibit-password" \
            "PasswordAuthentication no" "KbdInteractiveAuthentication no" "StrictModes no" "UsePAM no" >sshd_config
        echo "[127.0.0.1]:%1 $(cut -d' ' -f1,2 host.pub)" >known
        echo "[127.0.0.1]:%1 $(cut -d' ' -f1,2 other.pub)" >mistaken
        printf '#!/bin/sh\necho "$1" >>%2/asked\necho ahoy\n' >ask
        chmod 700 ask
        mkdir -p /etc/ssh/ssh_config.d
        cat >/etc/ssh/ssh_config.d/test.conf <<CONFIG
Host good locked unknown mistaken
    HostName 127.0.0.1
    Port %1
    User root
Host gone
    HostName 127.0.0.1
    Port 1
Host stranger
    HostName 127.0.0.1
    Port %1
    User root
    IdentityFile $PWD/other
Host locked
    IdentityFile $PWD/locked
Host good unknown mistaken
    IdentityFile $PWD/id
Host unknown
    UserKnownHostsFile /dev/null
Host mistaken
    UserKnownHostsFile $PWD/mistaken
Host *
    UserKnownHostsFile $PWD/known
    StrictHostKeyChecking yes
    IdentitiesOnly yes
CONFIG
    )sh"_s.arg(m_sshPort)
                             .arg(m_folder.path()));
    if (!made) {
        return false;
    }
    m_sshd.setProcessChannelMode(QProcess::MergedChannels);
    m_sshd.start(u"/usr/sbin/sshd"_s,
                 {u"-D"_s, u"-e"_s, u"-f"_s, m_folder.filePath(u"sshd_config"_s)});
    return m_sshd.waitForStarted() && QTest::qWaitFor([this] { return isListening(m_sshPort); });
}

http::Program TestEndpointsLive::ssh(const std::string &host) const
{
    const auto command =
        context::dialStdioCommand("ssh://" + host + m_engine.socketPath().toStdString());
    return {command ? *command : std::vector<std::string>(), {"SSH_ASKPASS=" + path(u"ask"_s)}};
}

void TestEndpointsLive::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(makeCertificates());
    QVERIFY(startSsh());
    QVERIFY(serve(u"good"_s));
    QVERIFY(m_engine.importBusybox());
    m_engine.docker({u"run"_s, u"--detach"_s, u"--name=web"_s, u"--init"_s, u"busybox"_s,
                     u"/bin/busybox"_s, u"sleep"_s, u"600"_s});
}

void TestEndpointsLive::cleanupTestCase()
{
    m_sshd.terminate();
    m_sshd.waitForFinished();
}

Said TestEndpointsLive::say(Client &client, const std::vector<std::string> &command)
{
    Said said;
    said.end = await<int>([&](auto done) {
        TerminalSink sink;
        sink.opened = [](const std::string &) {};
        sink.data = [&said](LogStream, std::string_view bytes) {
            said.text.append(bytes);
            return Flow::Continue;
        };
        sink.end = std::move(done);
        client.exec(CreateExec{.container = {"web", "web"}, .command = command}, {},
                    std::move(sink));
    });
    return said;
}

/// Questions, changes, streams, uploads and upgraded connections.
void TestEndpointsLive::useWholly(Client &client)
{
    const auto ping = await<Ping>([&](auto done) { client.negotiate(std::move(done)); });
    QVERIFY2(ping.has_value(), ping ? "" : ping.error().detail.c_str());
    const auto list = await<std::vector<ContainerSummary>>(
        [&](auto done) { client.listContainers({.all = true}, std::move(done)); });
    QVERIFY(list.has_value());
    QCOMPARE(list->size(), std::size_t(1));

    std::promise<void> opened;
    std::promise<Event> heard;
    bool first = true;
    std::promise<void> ended;
    EventSink sink;
    sink.opened = [&opened] { opened.set_value(); };
    sink.event = [&](const Event &event) {
        if (std::exchange(first, false)) {
            heard.set_value(event);
        }
        return Flow::Continue;
    };
    sink.end = [&ended](const Result<void> &) { ended.set_value(); };
    Call events = client.events({}, std::move(sink));
    QCOMPARE(opened.get_future().wait_for(30s), std::future_status::ready);
    const auto paused = await<CommandReply>(
        [&](auto done) { client.run(PauseContainer{{"web", "web"}}, std::move(done)); });
    QVERIFY2(paused.has_value(), paused ? "" : paused.error().detail.c_str());
    QCOMPARE(heard.get_future().wait_for(30s), std::future_status::ready);
    events.cancel();
    QCOMPARE(ended.get_future().wait_for(30s), std::future_status::ready);
    const auto resumed = await<CommandReply>(
        [&](auto done) { client.run(UnpauseContainer{{"web", "web"}}, std::move(done)); });
    QVERIFY(resumed.has_value());

    const Said said = say(client, {"/bin/busybox", "echo", "ahoy"});
    QVERIFY2(said.end.has_value(), said.end ? "" : said.end.error().detail.c_str());
    QCOMPARE(said.text, "ahoy\n");
    QCOMPARE(*said.end, 0);

    // The image as a file, and back through this connection.
    m_engine.docker({u"save"_s, u"--output"_s, m_folder.filePath(u"image.tar"_s), u"busybox"_s});
    const auto loaded = await<CommandReply>(
        [&](auto done) { client.run(LoadImage{path(u"image.tar"_s)}, std::move(done)); }, 60s);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().detail.c_str());
}

void TestEndpointsLive::encryptedWithBothCertificates()
{
    Client client(m_http, encrypted(tls()));
    useWholly(client);
}

void TestEndpointsLive::encryptedConnectionsThatAreRefused_data()
{
    QTest::addColumn<QString>("served");
    QTest::addColumn<QString>("ours");
    QTest::addColumn<bool>("trusted");
    QTest::newRow("our certificate is missing") << u"good"_s << QString() << true;
    QTest::newRow("our certificate is a stranger's") << u"good"_s << u"stranger"_s << true;
    QTest::newRow("nobody we trust signed theirs") << u"good"_s << u"cert"_s << false;
    QTest::newRow("theirs has expired") << u"expired"_s << u"cert"_s << true;
    QTest::newRow("theirs is for another host") << u"elsewhere"_s << u"cert"_s << true;
}

void TestEndpointsLive::encryptedConnectionsThatAreRefused()
{
    QFETCH(const QString, served);
    QFETCH(const QString, ours);
    QFETCH(const bool, trusted);
    QVERIFY(serve(served));
    http::TlsFiles files;
    files.authority = trusted ? path(u"ca.pem"_s) : path(u"other.pem"_s);
    if (!ours.isEmpty()) {
        files.certificate = path(ours + u".pem"_s);
        files.key = path(ours == u"cert"_s ? u"key.pem"_s : ours + u"-key.pem"_s);
    }
    Client client(m_http, encrypted(files));
    const auto ping = await<Ping>([&](auto done) { client.negotiate(std::move(done)); });
    QVERIFY(!ping.has_value());
    QVERIFY2(ping.error().kind == ErrorKind::TlsFailed, ping.error().detail.c_str());
    QVERIFY(!ping.error().detail.empty());
}

void TestEndpointsLive::oneThatIsNotEncrypted()
{
    QVERIFY(serve(u"good"_s));
    Client client(m_http, http::TcpAddress{.host = "127.0.0.1", .port = m_port});
    const auto list = await<std::vector<ContainerSummary>>(
        [&](auto done) { client.listContainers({.all = true}, std::move(done)); });
    QVERIFY(!list.has_value());
    QCOMPARE(list.error().kind, ErrorKind::BadRequest);
    QVERIFY2(list.error().detail.contains("HTTPS"), list.error().detail.c_str());
}

void TestEndpointsLive::overSsh()
{
    QVERIFY(serve(u"good"_s));
    Client client(m_http, ssh("good"));
    useWholly(client);
}

void TestEndpointsLive::sshAsksThroughItsHelper()
{
    QVERIFY(serve(u"good"_s));
    http::Program program = ssh("locked");
    program.environment.emplace_back("SSH_ASKPASS_REQUIRE=force");
    Client client(m_http, program);
    const auto ping = await<Ping>([&](auto done) { client.negotiate(std::move(done)); });
    QVERIFY2(ping.has_value(), ping ? "" : ping.error().detail.c_str());
    QFile asked(m_folder.filePath(u"asked"_s));
    QVERIFY(asked.open(QIODevice::ReadOnly));
    QVERIFY(asked.readAll().contains("passphrase"));
}

void TestEndpointsLive::sshConnectionsThatFail_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("reason");
    QTest::newRow("a host that nobody knows") << u"unknown"_s << u"Host key verification failed"_s;
    QTest::newRow("a host that is another one")
        << u"mistaken"_s << u"Host key verification failed"_s;
    QTest::newRow("a key that is not let in") << u"stranger"_s << u"Permission denied"_s;
    QTest::newRow("nothing listens") << u"gone"_s << u"Connection refused"_s;
}

void TestEndpointsLive::sshConnectionsThatFail()
{
    QFETCH(const QString, host);
    QFETCH(const QString, reason);
    Client client(m_http, ssh(host.toStdString()));
    const auto ping = await<Ping>([&](auto done) { client.negotiate(std::move(done)); });
    QVERIFY(!ping.has_value());
    QCOMPARE(ping.error().kind, ErrorKind::ConnectionLost);
    QVERIFY2(ping.error().detail.contains(reason.toStdString()), ping.error().detail.c_str());
}

} // namespace tst_endpoints_live

ROADSTEAD_GUILESS_TEST(tst_endpoints_live::TestEndpointsLive)
#include "tst_endpoints_live.moc"
