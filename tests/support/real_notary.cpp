// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/real_notary.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int notaryPatience = 30'000;

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

bool answers(quint16 port)
{
    return QTest::qWaitFor(
        [port] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, port);
            return socket.waitForConnected(200);
        },
        notaryPatience);
}

} // namespace

RealNotary::~RealNotary()
{
    stop();
}

QString RealNotary::file(const char *name) const
{
    return m_folder.filePath(QString::fromLatin1(name));
}

QString RealNotary::place() const
{
    return u"127.0.0.1:"_s + QString::number(m_port);
}

std::string RealNotary::address() const
{
    return "https://" + place().toStdString();
}

bool RealNotary::write(const char *name, const QByteArray &text) const
{
    QFile file(this->file(name));
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
}

bool RealNotary::makeCertificates() const
{
    const QString script =
        u"set -e; key='openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc "
        u"-batch'\n"
        "$key -x509 -days 9 -subj /CN=authority -addext basicConstraints=critical,CA:TRUE "
        "-keyout ca.key -out ca.pem\n"
        "echo 'subjectAltName=IP:127.0.0.1' >more; "
        "echo 'extendedKeyUsage=serverAuth,clientAuth' >>more\n"
        "for name in server signer client; do\n"
        "  $key -subj /CN=$name -keyout $name.key -out $name.csr\n"
        "  openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 9 "
        "-extfile more -out $name.crt\n"
        "done\n"_s;
    QProcess shell;
    shell.setWorkingDirectory(m_folder.path());
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(u"sh"_s, {u"-c"_s, script});
    const bool isDone = shell.waitForFinished(notaryPatience) && shell.exitCode() == 0;
    if (!isDone) {
        qWarning("%s", shell.readAll().constData());
    }
    return isDone;
}

bool RealNotary::start()
{
    stop();
    if (m_port == 0) {
        m_port = freePort();
        m_signerPort = freePort();
        if (!makeCertificates()) {
            return false;
        }
    }
    const QJsonObject memory{{u"backend"_s, u"memory"_s}};
    const QJsonObject signer{
        {u"server"_s, QJsonObject{{u"grpc_addr"_s, u"127.0.0.1:"_s + QString::number(m_signerPort)},
                                  {u"tls_cert_file"_s, file("signer.crt")},
                                  {u"tls_key_file"_s, file("signer.key")},
                                  {u"client_ca_file"_s, file("ca.pem")}}},
        {u"logging"_s, QJsonObject{{u"level"_s, u"info"_s}}},
        {u"storage"_s, memory}};
    const QJsonObject server{
        {u"server"_s, QJsonObject{{u"http_addr"_s, place()},
                                  {u"tls_cert_file"_s, file("server.crt")},
                                  {u"tls_key_file"_s, file("server.key")}}},
        {u"trust_service"_s, QJsonObject{{u"type"_s, u"remote"_s},
                                         {u"hostname"_s, u"127.0.0.1"_s},
                                         {u"port"_s, QString::number(m_signerPort)},
                                         {u"key_algorithm"_s, u"ecdsa"_s},
                                         {u"tls_ca_file"_s, file("ca.pem")},
                                         {u"tls_client_cert"_s, file("client.crt")},
                                         {u"tls_client_key"_s, file("client.key")}}},
        {u"logging"_s, QJsonObject{{u"level"_s, u"info"_s}}},
        {u"storage"_s, memory}};
    if (!write("signer.json", QJsonDocument(signer).toJson()) ||
        !write("server.json", QJsonDocument(server).toJson())) {
        return false;
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"NOTARY_SIGNER_DEFAULT_ALIAS"_s, u"first"_s);
    environment.insert(u"NOTARY_SIGNER_FIRST"_s, u"of the signer"_s);
    m_signer.setProcessEnvironment(environment);
    for (QProcess *each : {&m_signer, &m_server}) {
        each->setProcessChannelMode(QProcess::MergedChannels);
    }
    m_signer.start(u"notary-signer"_s, {u"-config"_s, file("signer.json")});
    bool isUp = answers(m_signerPort);
    if (isUp) {
        m_server.start(u"notary-server"_s, {u"-config"_s, file("server.json")});
        isUp = answers(m_port);
    }
    if (!isUp) {
        qWarning("%s\n%s", m_signer.readAll().constData(), m_server.readAll().constData());
    }
    return isUp;
}

void RealNotary::stop()
{
    for (QProcess *each : {&m_server, &m_signer}) {
        each->kill();
        each->waitForFinished();
    }
}
