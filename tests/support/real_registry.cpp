// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/real_registry.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using roadstead::test::AskedFor;
using roadstead::test::FakeRegistry;
using roadstead::test::Told;

namespace {

constexpr int patience = 30'000;
/// bcrypt of RealRegistry::password
constexpr const char *hash = "$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";

QByteArray url64(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray basicOf(const char *user)
{
    return "Basic " + (QByteArray(user) + ':' + RealRegistry::password).toBase64();
}

QJsonArray accessOf(const QUrlQuery &query, bool mayWrite)
{
    QJsonArray access;
    for (const QString &scope : query.allQueryItemValues(u"scope"_s, QUrl::FullyDecoded)) {
        const qsizetype first = scope.indexOf(u':');
        const qsizetype last = scope.lastIndexOf(u':');
        QJsonArray actions;
        for (const QString &action : scope.sliced(last + 1).split(u',')) {
            if (mayWrite || action == u"pull") {
                actions.append(action);
            }
        }
        access.append(QJsonObject{{u"type"_s, scope.first(first)},
                                  {u"name"_s, scope.sliced(first + 1, last - first - 1)},
                                  {u"actions"_s, actions}});
    }
    return access;
}

} // namespace

RealRegistry::RealRegistry() = default;

RealRegistry::~RealRegistry()
{
    stop();
}

void RealRegistry::stop()
{
    m_process.kill();
    m_process.waitForFinished();
    m_tokens.reset();
}

std::string RealRegistry::name() const
{
    return "127.0.0.1:" + std::to_string(m_port);
}

std::string RealRegistry::authority() const
{
    return m_folder.filePath(u"ca.pem"_s).toStdString();
}

bool RealRegistry::sh(const QString &script) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"/bin/sh"_s, {u"-ec"_s, script});
    process.waitForFinished(patience);
    const bool good = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!good) {
        qWarning("%s: %s", qPrintable(script), process.readAll().constData());
    }
    return good;
}

bool RealRegistry::makeCertificate(Certificate certificate) const
{
    const QString names = certificate == Certificate::OtherHost ? u"DNS:elsewhere.example"_s
                                                                : u"DNS:localhost,IP:127.0.0.1"_s;
    const QString dates = certificate == Certificate::Expired
                              ? u"-not_before 20200101000000Z -not_after 20200201000000Z"_s
                              : u"-days 9"_s;
    return sh(u"new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -batch'\n"
              "$new -x509 -days 9 -subj /CN=harbour -keyout ca-key.pem -out ca.pem\n"
              "$new -x509 -subj /CN=registry -keyout key.pem -out cert.pem -CA ca.pem "
              "-CAkey ca-key.pem -addext basicConstraints=critical,CA:FALSE "
              "-addext subjectAltName=%1 %2\n"_s.arg(names, dates));
}

QByteArray RealRegistry::settings(Auth auth, bool isEncrypted, bool canDelete) const
{
    const QByteArray folder = m_folder.path().toUtf8();
    QByteArray text = "version: 0.1\nlog:\n  accesslog:\n    disabled: true\nstorage:\n"
                      "  delete:\n    enabled: " +
                      QByteArray(canDelete ? "true" : "false") +
                      "\n  filesystem:\n    rootdirectory: " + folder +
                      "/data\nhttp:\n  addr: 127.0.0.1:" + QByteArray::number(m_port) + "\n";
    if (isEncrypted) {
        text +=
            "  tls:\n    certificate: " + folder + "/cert.pem\n    key: " + folder + "/key.pem\n";
    }
    if (auth == Auth::Basic) {
        text += "auth:\n  htpasswd:\n    realm: harbour\n    path: " + folder + "/users\n";
    }
    if (auth == Auth::Token) {
        text += "auth:\n  token:\n    realm: http://" +
                QByteArray::fromStdString(m_tokens->name()) +
                "/token\n    service: harbour\n    issuer: harbour\n    rootcertbundle: " + folder +
                "/token-cert.pem\n";
    }
    return text;
}

bool RealRegistry::start(Auth auth, Certificate certificate, bool canDelete, quint16 port)
{
    stop();
    m_port = port;
    if (m_port == 0) {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
    }
    if (certificate != Certificate::None && !makeCertificate(certificate)) {
        return false;
    }
    if (auth == Auth::Token) {
        if (!sh(u"openssl req -newkey rsa:2048 -noenc -batch -x509 -days 9 -subj /CN=tokens "
                "-keyout token-key.pem -out token-cert.pem\n"
                "openssl x509 -in token-cert.pem -outform DER -out token-cert.der\n"_s)) {
            return false;
        }
        m_tokens = std::make_unique<FakeRegistry>(
            [this](const AskedFor &asked) { return giveToken(asked); });
    }
    QFile users(m_folder.filePath(u"users"_s));
    QFile file(m_folder.filePath(u"registry.yml"_s));
    if (!users.open(QIODevice::WriteOnly) || !file.open(QIODevice::WriteOnly)) {
        return false;
    }
    users.write(QByteArray("mara:") + hash + "\n");
    users.close();
    file.write(settings(auth, certificate != Certificate::None, canDelete));
    file.close();
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    const QString log = m_folder.filePath(u"log"_s); // a pipe that nobody reads would hold it up
    m_process.setStandardOutputFile(log);
    m_process.start(u"docker-registry"_s, {u"serve"_s, file.fileName()});
    const bool isUp =
        m_process.waitForStarted() && QTest::qWaitFor(
                                          [this] {
                                              QTcpSocket socket;
                                              socket.connectToHost(u"127.0.0.1"_s, m_port);
                                              return socket.waitForConnected(200);
                                          },
                                          patience);
    if (!isUp) {
        QFile said(log);
        qWarning("docker-registry: %s",
                 said.open(QIODevice::ReadOnly) ? said.readAll().constData() : "no log");
    }
    return isUp;
}

/// On the token service's thread.
Told RealRegistry::giveToken(const AskedFor &asked)
{
    const QUrl url(QString::fromStdString(asked.target));
    const QByteArray login = QByteArray::fromStdString(asked.authorization());
    const bool isMara = login == basicOf("mara");
    if (!login.isEmpty() && !isMara && login != basicOf("reader")) {
        return {.status = 401, .body = R"({"details":"incorrect username or password"})"};
    }
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QJsonObject claims{
        {u"iss"_s, u"harbour"_s},
        {u"aud"_s, u"harbour"_s},
        {u"sub"_s, isMara ? u"mara"_s : u"other"_s},
        {u"iat"_s, now},
        {u"nbf"_s, now - 10},
        {u"exp"_s, now + 300},
        {u"jti"_s, QString::number(++m_tokensGiven)},
        {u"access"_s, login.isEmpty() ? QJsonArray() : accessOf(QUrlQuery(url), isMara)}};
    const QByteArray token = signedToken(QJsonDocument(claims).toJson(QJsonDocument::Compact));
    const QJsonObject answer{{u"token"_s, QString::fromLatin1(token)}, {u"expires_in"_s, 300}};
    return {.body = QJsonDocument(answer).toJson(QJsonDocument::Compact).toStdString()};
}

QByteArray RealRegistry::signedToken(const QByteArray &claims) const
{
    QFile certificate(m_folder.filePath(u"token-cert.der"_s));
    if (!certificate.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QJsonObject head{
        {u"typ"_s, u"JWT"_s},
        {u"alg"_s, u"RS256"_s},
        {u"x5c"_s, QJsonArray{QString::fromLatin1(certificate.readAll().toBase64())}}};
    const QByteArray text =
        url64(QJsonDocument(head).toJson(QJsonDocument::Compact)) + '.' + url64(claims);
    QProcess signing;
    signing.start(u"openssl"_s,
                  {u"dgst"_s, u"-sha256"_s, u"-sign"_s, m_folder.filePath(u"token-key.pem"_s)});
    signing.write(text);
    signing.closeWriteChannel();
    signing.waitForFinished(patience);
    return text + '.' + url64(signing.readAllStandardOutput());
}
