// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/document_reader.h"
#include "engine/archive/image_documents.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_image_documents {

using namespace roadstead;
using namespace roadstead::archive;
using namespace std::string_literals;

namespace {

const std::string digest = "sha256:" + std::string(64, 'a');

std::string descriptor(const std::string &more = {})
{
    // moc takes the quotes of raw strings for those of plain ones, so each of these has an even
    // number of them.
    return R"({"mediaType":"application/x","size":1,"digest":)" + ("\"" + digest + "\"") + more +
           "}";
}

} // namespace

/// The JSON documents of images.
class TestImageDocuments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void digestsHaveTheirForm_data();
    void digestsHaveTheirForm();
    void aManifestIsRead();
    void anIndexIsRead();
    void aConfigIsRead();
    void documentsThatAreNoneAreRefused_data();
    void documentsThatAreNoneAreRefused();
    void dockerMayWriteNull();
    void savedImagesAreRead();
    void datesAreChecked();
};

void TestImageDocuments::digestsHaveTheirForm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char *reason, const std::string &text, bool valid) {
        QTest::newRow(reason) << QByteArray::fromStdString(text) << valid;
    };
    row("sha256", digest, true);
    row("sha512", "sha512:" + std::string(128, '0'), true);
    row("sha256, short", "sha256:" + std::string(63, 'a'), false);
    row("sha256, capital letters", "sha256:" + std::string(64, 'A'), false);
    row("unknown algorithm", "multihash+base58:QmRZ", true);
    row("capital letters in the algorithm", "SHA256:aa", false);
    row("two separators", "a++b:x", false);
    row("separator at the end", "a+:x", false);
    row("no algorithm", ":aa", false);
    row("nothing encoded", "a:", false);
    row("slash", "a:b/c", false);
    row("empty", "", false);
}

void TestImageDocuments::digestsHaveTheirForm()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    QCOMPARE(isDigest(text.toStdString()), valid);
}

void TestImageDocuments::aManifestIsRead()
{
    const auto manifest = parseManifest(
        R"({"schemaVersion":2,"config":)" + descriptor() + R"(,"layers":[)" + descriptor() + "," +
        descriptor(R"(,"data":"dTpw","urls":["https://h/x"])") + R"(],"annotations":{"k":"v"}})");
    QVERIFY2(manifest.has_value(), manifest ? "" : manifest.error().detail.c_str());
    QCOMPARE(manifest->layers.size(), 2U);
    QCOMPARE(manifest->layers[1].data, "u:p"s);
    QCOMPARE(manifest->config.digest, digest);
    QCOMPARE(manifest->annotations.at("k"), "v"s);
}

void TestImageDocuments::anIndexIsRead()
{
    const auto index = parseIndex(
        R"({"schemaVersion":2,"manifests":[)" +
        descriptor(R"(,"platform":{"os":"linux","architecture":"arm64","variant":"v8"})") + "]}");
    QCOMPARE(index->manifests[0].platform->variant, "v8"s);
    QVERIFY(parseIndex(R"({"schemaVersion":2,"manifests":[]})"));
}

void TestImageDocuments::aConfigIsRead()
{
    const auto config =
        parseImageConfig(R"({"created":"0001-01-01T00:00:00Z","architecture":"amd64",
        "os":"linux","config":{"Env":["A=b=c"],"Cmd":null,"Entrypoint":["/x"],"Labels":{"l":"m"},
        "ExposedPorts":{"80/tcp":{}},"Volumes":{"/v":{}},"User":"1"},"rootfs":{"type":"layers",
        "diff_ids":["sha256:x"]},"history":[{"created_by":"RUN x","empty_layer":true}]})");
    QVERIFY2(config.has_value(), config ? "" : config.error().detail.c_str());
    QCOMPARE(config->environment[0], "A=b=c"s);
    QCOMPARE(config->exposedPorts[0], "80/tcp"s);
    QVERIFY(config->history[0].isEmptyLayer);
    QCOMPARE(config->diffIds.size(), 1U);
}

void TestImageDocuments::documentsThatAreNoneAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("named"); ///< what the error must name
    const auto row = [](const char *reason, const std::string &text, const char *named) {
        QTest::newRow(reason) << QByteArray::fromStdString(text) << QByteArray(named);
    };
    row("no JSON", "{", "not JSON");
    row("a list", "[]", "not an object");
    row("schema 1",
        R"({"schemaVersion":1,"config":)" + descriptor() + R"(,"layers":[)" + descriptor() + "]}",
        "schemaVersion");
    row("no layers", R"({"schemaVersion":2,"config":)" + descriptor() + R"(,"layers":[]})",
        "layers");
    row("no config", R"({"schemaVersion":2,"layers":[)" + descriptor() + "]}", "config");
    row("size is a text",
        R"({"schemaVersion":2,"config":{"mediaType":"a/b","size":"1","digest":)"
        "\"" +
            digest +
            "\""
            R"(},"layers":[)" +
            descriptor() + "]}",
        "size");
    row("annotation is a number",
        R"({"schemaVersion":2,"config":)" + descriptor(R"(,"annotations":{"a":1})") +
            R"(,"layers":[)" + descriptor() + "]}",
        "annotations");
    row("bad data",
        R"({"schemaVersion":2,"config":)" + descriptor(R"(,"data":"dT")") + R"(,"layers":[)" +
            descriptor() + "]}",
        "data");
    row("bad URL",
        R"({"schemaVersion":2,"config":)" + descriptor(R"(,"urls":["x y"])") + R"(,"layers":[)" +
            descriptor() + "]}",
        "urls");
}

void TestImageDocuments::documentsThatAreNoneAreRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, named);
    const auto manifest = parseManifest(text.toStdString());
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, ErrorKind::MalformedReply);
    QVERIFY2(manifest.error().detail.contains(named.toStdString()),
             manifest.error().detail.c_str());
}

void TestImageDocuments::dockerMayWriteNull()
{
    const std::string text = R"({"architecture":"amd64","os":"linux","config":{"Env":null,
        "ExposedPorts":null},"rootfs":{"type":"layers","diff_ids":[]}})";
    QVERIFY(!parseImageConfig(text));
    QVERIFY(parseImageConfig(text, ConfigRules::Docker));
}

void TestImageDocuments::savedImagesAreRead()
{
    const auto images = parseSavedImages(
        R"([{"Config":"blobs/sha256/a","RepoTags":["x:1"],"Layers":["b/layer.tar"],"New":1},
            {"Config":"c.json","RepoTags":null,"Layers":null}])");
    QVERIFY2(images.has_value(), images ? "" : images.error().detail.c_str());
    QCOMPARE(images->size(), 2U);
    QCOMPARE(images->front().repoTags.front(), "x:1"s);
    QVERIFY(!parseSavedImages(R"([{"Config":"../c.json"}])"));
    QVERIFY(!parseSavedImages(R"([{"Config":"c","Layers":["a/../../b"]}])"));
    QVERIFY(!parseSavedImages(R"([{"RepoTags":[]}])"));
    QVERIFY(!parseSavedImages("{}"));
    QVERIFY(!parseSavedImages("[1]"));
}

void TestImageDocuments::datesAreChecked()
{
    for (const char *good : {"2015-10-31T22:22:56.015925234Z", "0001-01-01T00:00:00Z",
                             "2024-02-29T23:59:59+01:00", "2024-01-01T00:00:00-23:59"}) {
        QVERIFY2(isDateTime(good), good);
    }
    for (const char *bad : {"", "2015-10-31", "2015-10-31 22:22:56Z", "2015-13-01T00:00:00Z",
                            "2023-02-29T00:00:00Z", "2015-10-31T24:00:00Z", "2015-10-31T22:22:56",
                            "2015-10-31T22:22:56.Z", "2015-10-31T22:22:56Zx", "2015-1-31T22:22:56Z",
                            "2015-10-31T22:22:56+1:00", "2015-00-31T22:22:56Z"}) {
        QVERIFY2(!isDateTime(bad), bad);
    }
    QVERIFY(checkLayout(R"({"imageLayoutVersion":"1.0.0"})"));
    QVERIFY(!checkLayout(R"({"imageLayoutVersion":"2.0.0"})"));
    QVERIFY(!checkLayout("{}"));
}

} // namespace tst_image_documents

ROADSTEAD_GUILESS_TEST(tst_image_documents::TestImageDocuments)
#include "tst_image_documents.moc"
