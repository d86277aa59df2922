// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/base64.h"
#include "engine/base/engine_options.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_engine_options {

using namespace roadstead;

namespace {

std::string block(const std::string &bytes)
{
    const std::string encoded = toBase64(bytes);
    std::string text = "-----BEGIN CERTIFICATE-----\n";
    for (std::size_t at = 0; at < encoded.size(); at += 64) {
        text += encoded.substr(at, 64) + "\n";
    }
    return text + "-----END CERTIFICATE-----\n";
}

} // namespace

/// Options of an engine as text: what is written is read, and nothing else is.
class TestEngineOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void registriesAreHostsWithOrWithoutAPort_data();
    void registriesAreHostsWithOrWithoutAPort();
    void onlyCertificatesAreCertificates_data();
    void onlyCertificatesAreCertificates();
    void equalCertificatesAreEqualTexts();
    void whatIsWrittenIsRead();
    void anythingElseIsRefused_data();
    void anythingElseIsRefused();
    void limitsHold();
};

void TestEngineOptions::registriesAreHostsWithOrWithoutAPort_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    for (const char *good :
         {"registry.example", "registry.example:5000", "a", "10.0.0.7:5000", "[::1]:5000",
          "[2001:db8::7]", "r-1.lan:1", "r:65535", "REGISTRY.example"}) {
        QTest::newRow(good) << QByteArray(good) << true;
    }
    for (const char *bad : {"",
                            ":",
                            ":5000",
                            "a:",
                            "a:0",
                            "a:05",
                            "a:65536",
                            "a:99999999999",
                            "a:5x",
                            "a:-1",
                            "a:+1",
                            "a b",
                            "a/b",
                            "http://a",
                            "a\"b",
                            "a\\b",
                            "a,b",
                            "*",
                            "*.a",
                            "10.0.0.0/8",
                            ".",
                            "..",
                            ".a",
                            "a.",
                            "a..b",
                            "-a",
                            "a-",
                            "a_b",
                            "::1",
                            "[::1",
                            "::1]",
                            "[::1]x",
                            "[::g]",
                            "[fe80::1%eth0]",
                            "[]",
                            "a:1:2",
                            "a\nb",
                            "a\tb",
                            "\xc3\xa4.example",
                            "user@a",
                            "a#",
                            "a="}) {
        QTest::newRow(QByteArray(bad).toPercentEncoding().prepend("not ").constData())
            << QByteArray(bad) << false;
    }
    QTest::newRow("not a NUL") << QByteArray("a\0b", 3) << false;
    QTest::newRow("not a NUL in brackets") << QByteArray("[::1\0]", 6) << false;
    QTest::newRow("not a long label") << QByteArray(64, 'a') << false;
    QTest::newRow("not a long name") << QByteArray("a.").repeated(130) + "a" << false;
}

void TestEngineOptions::registriesAreHostsWithOrWithoutAPort()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, good);
    QCOMPARE(isRegistryAddress(text.toStdString()), good);
}

void TestEngineOptions::onlyCertificatesAreCertificates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("count");
    const QByteArray one = QByteArray::fromStdString(block("one"));
    QTest::newRow("one") << one << 1;
    QTest::newRow("two") << one + one << 2;
    QTest::newRow("two with an empty line") << one + "\n" + one << 2;
    QTest::newRow("line ends of Windows") << QByteArray(one).replace("\n", "\r\n") << 1;
    QTest::newRow("no line end") << one.chopped(1) << 1;
    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("empty lines") << QByteArray("\n\n") << 0;
    QTest::newRow("words before") << "Subject: harbour\n" + one << 0;
    QTest::newRow("words behind") << one + "x\n" << 0;
    QTest::newRow("a private key") << QByteArray(one).replace("CERTIFICATE", "PRIVATE KEY") << 0;
    QTest::newRow("a private key behind")
        << one + QByteArray(one).replace("CERTIFICATE", "EC PRIVATE KEY") << 0;
    QTest::newRow("a private key inside")
        << QByteArray(one).replace("-----END", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END") << 0;
    QTest::newRow("another kind") << QByteArray(one).replace("CERTIFICATE", "TRUSTED CERTIFICATE")
                                  << 0;
    QTest::newRow("not ended") << one.first(one.indexOf("-----END")) << 0;
    QTest::newRow("empty") << QByteArray("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")
                           << 0;
    QTest::newRow("no base64") << QByteArray(one).replace("b25l", "b2!l") << 0;
    QTest::newRow("half base64") << QByteArray(one).replace("b25l", "b25") << 0;
    QTest::newRow("headers") << QByteArray(one).replace("b25l", "Proc-Type: 4\n\nb25l") << 0;
    QTest::newRow("one of our keys") << QByteArray(one).replace("b25l", "certificate=x\nb25l") << 0;
}

void TestEngineOptions::onlyCertificatesAreCertificates()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, count);
    const auto found = certificatesIn(text.toStdString());
    QCOMPARE(found ? int(found->size()) : 0, count);
    QCOMPARE(normalCertificates(text.toStdString()).has_value(), count > 0);
}

void TestEngineOptions::equalCertificatesAreEqualTexts()
{
    const std::string bytes(100, 'x');
    const std::string encoded = toBase64(bytes);
    const std::string narrow = "-----BEGIN CERTIFICATE-----\r\n" + encoded.substr(0, 4) + "\r\n" +
                               encoded.substr(4, 100) + "\r\n" + encoded.substr(104) +
                               "\r\n-----END CERTIFICATE-----";
    const auto normal = normalCertificates(narrow);
    QVERIFY(normal);
    QCOMPARE(*normal, *normalCertificates(*normal));
    QCOMPARE(certificatesIn(*normal)->front(), bytes);
    for (const QByteArray &line : QByteArray::fromStdString(*normal).split('\n')) {
        QVERIFY(line.size() <= 64);
    }
}

void TestEngineOptions::whatIsWrittenIsRead()
{
    const EngineOptions options{
        .insecureRegistries = {"b.example:5000", "a.example"},
        .certificates = {{"c.example", *normalCertificates(block("one") + block("two"))},
                         {"a.example", *normalCertificates(block("one"))}}};
    const std::string text = serialize(options);
    QCOMPARE(parseEngineOptions(text).value(), options);
    QCOMPARE(serialize(parseEngineOptions(text).value()), text);
    QCOMPARE(serialize(EngineOptions{}), std::string());
    QCOMPARE(parseEngineOptions("").value(), EngineOptions{});
    // As a person in a terminal may leave it.
    QCOMPARE(parseEngineOptions("# mine\n\n" + text + "insecure-registry=a.example\n").value(),
             options);
    QCOMPARE(engineOptionsMark(text).size(), std::size_t(16));
    QVERIFY(engineOptionsMark(text) != engineOptionsMark(""));
}

void TestEngineOptions::anythingElseIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray one = QByteArray::fromStdString(block("one"));
    QTest::newRow("a word") << QByteArray("x\n");
    QTest::newRow("an unknown key") << QByteArray("runtimes=x\n");
    QTest::newRow("a key with a space") << QByteArray(" insecure-registry=a\n");
    QTest::newRow("a hostile registry") << QByteArray("insecure-registry=a\",\"b\n");
    QTest::newRow("a registry with a line end of Windows") << QByteArray("insecure-registry=a\r\n");
    QTest::newRow("a certificate of nobody") << one;
    QTest::newRow("a certificate that is none") << QByteArray("certificate=a\n");
    QTest::newRow("a path") << QByteArray("certificate=a\n/etc/shadow\n");
    QTest::newRow("a hostile registry with one") << "certificate=../a\n" + one;
    QTest::newRow("a NUL") << QByteArray("insecure-registry=a\0\n", 21);
}

void TestEngineOptions::anythingElseIsRefused()
{
    QFETCH(const QByteArray, text);
    const auto read = parseEngineOptions(text.toStdString());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::InvalidArgument);
}

void TestEngineOptions::limitsHold()
{
    EngineOptions options;
    for (std::size_t i = 0; i < mostInsecureRegistries; ++i) {
        options.insecureRegistries.insert("r" + std::to_string(i));
    }
    QVERIFY(checkEngineOptions(options));
    options.insecureRegistries.insert("one-more");
    QVERIFY(!checkEngineOptions(options));

    options = {};
    options.certificates["a"] = *normalCertificates(block(std::string(12'000, 'x')));
    QVERIFY(checkEngineOptions(options));
    options.certificates["a"] = *normalCertificates(block(std::string(12'300, 'x')));
    QVERIFY(options.certificates["a"].size() > longestCertificate);
    QVERIFY(!checkEngineOptions(options));

    options = {};
    for (const char *registry : {"a", "b", "c", "d"}) {
        options.certificates[registry] = *normalCertificates(block(std::string(12'000, 'x')));
    }
    QVERIFY(checkEngineOptions(options));
    options.certificates["e"] = options.certificates["a"];
    QVERIFY(serialize(options).size() > longestEngineOptions);
    QVERIFY(!checkEngineOptions(options));
    QVERIFY(!parseEngineOptions(serialize(options)));
}

} // namespace tst_engine_options

ROADSTEAD_GUILESS_TEST(tst_engine_options::TestEngineOptions)
#include "tst_engine_options.moc"
