// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/registry/api/registry_client_bed.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_registry_documents {

using namespace roadstead;
using namespace roadstead::registry;
using test::AskedFor;
using test::digestOf;
using test::FakeRegistry;
using test::Told;

namespace {

/// The text with double quotes for single ones, and "%1" and on filled in.
std::string jsonOf(const char *text, const std::vector<std::string> &values)
{
    QString filled = QString::fromUtf8(text).replace(u'\'', u'"');
    for (const std::string &value : values) {
        filled = filled.arg(QString::fromStdString(value));
    }
    return filled.toStdString();
}

} // namespace

/// What the client of registries makes of the documents it is given.
class TestRegistryDocuments : public QObject, private test::RegistryClientBed
{
    Q_OBJECT
private Q_SLOTS:
    void pagesGoOn()
    {
        FakeRegistry server([](const AskedFor &asked) {
            if (asked.target == "/v2/") {
                return Told{};
            }
            if (asked.target.contains("last=2")) {
                return Told{.body = R"({"tags":["3"]})"};
            }
            return Told{.headers = {{"Link", "</v2/a/b/tags/list?last=2&n=100>; rel=\"next\""}},
                        .body = R"({"tags":["1","2","../x","a b"]})"};
        });
        const auto client = clientOf(server);
        const auto first = tags(*client);
        QCOMPARE(first->names, (std::vector<std::string>{"1", "2"}));
        const auto second = tags(*client, first->next);
        QCOMPARE(second->names, (std::vector<std::string>{"3"}));
        QVERIFY(second->next.empty());
        QCOMPARE(tags(*client, "/v2/x/y/tags/list?n=1").error().kind, ErrorKind::InvalidArgument);
    }

    void pagesOfOtherHostsAreNotFollowed()
    {
        FakeRegistry server([](const AskedFor &) {
            return Told{.headers = {{"Link", "<http://evil.example/v2/a/b/tags/list?n=1>; "
                                             "rel=\"next\""}},
                        .body = R"({"tags":["1"]})"};
        });
        const auto client = clientOf(server);
        QVERIFY(tags(*client)->next.empty());
    }

    void pagesThatLeadInACircleEnd()
    {
        FakeRegistry server([](const AskedFor &) {
            return Told{.headers = {{"Link", "</v2/a/b/tags/list?n=100>; rel=\"next\""}},
                        .body = R"({"tags":["1"]})"};
        });
        const auto client = clientOf(server);
        QVERIFY(tags(*client)->next.empty());
    }

    void manifestsAreCheckedAgainstTheirDigest()
    {
        const std::string body =
            jsonOf("{'mediaType':'application/vnd.oci.image.manifest.v1+json','config':{'digest':"
                   "'%1','size':10},'layers':[{'digest':'%2','size':90},{'digest':'%2','size':"
                   "9223372036854775807}]}",
                   {digestOf("config"), digestOf("layer")});
        std::string said = digestOf(body);
        FakeRegistry server([&](const AskedFor &) {
            return Told{.headers = {{"Docker-Content-Digest", said}}, .body = body};
        });
        const auto client = clientOf(server);
        const auto read = manifest(*client);
        QVERIFY2(read.has_value(), read ? "" : read.error().detail.c_str());
        QCOMPARE(read->digest, digestOf(body));
        QCOMPARE(read->layers.size(), std::size_t(2));
        QVERIFY(read->bytes() > 0);
        QVERIFY(manifest(*client, digestOf(body)).has_value());
        QCOMPARE(manifest(*client, digestOf("other")).error().kind, ErrorKind::MalformedReply);
        said = digestOf("other");
        QCOMPARE(manifest(*client).error().kind, ErrorKind::MalformedReply);
        said = "../../x";
        QCOMPARE(manifest(*client).error().kind, ErrorKind::MalformedReply);
    }

    void indexesTellTheirPlatforms()
    {
        const std::string body =
            jsonOf("{'manifests':[{'digest':'%1','size':5,'platform':{'os':'linux',"
                   "'architecture':'arm64','variant':'v8'}},{'digest':'%2','size':5,'platform':"
                   "{'os':'unknown','architecture':'unknown'}}]}",
                   {digestOf("a"), digestOf("b")});
        FakeRegistry server([&](const AskedFor &) { return Told{.body = body}; });
        const auto client = clientOf(server);
        const auto read = manifest(*client);
        QVERIFY(read && read->isIndex());
        QCOMPARE(read->platforms.front().architecture, "arm64");
        QVERIFY(!read->platforms.back().isImage());
    }

    void whatIsNoDocumentIsRefused_data()
    {
        QTest::addColumn<QString>("body");
        QTest::newRow("a page") << "<html>";
        QTest::newRow("nothing") << "";
        QTest::newRow("a list") << "[]";
        QTest::newRow("nothing in it") << "{}";
        QTest::newRow("a digest that is none") << R"({"layers":[{"digest":"../x","size":1}]})";
        QTest::newRow("an old one") << R"({"schemaVersion":1,"fsLayers":[]})";
        QTest::newRow("deep") << QString(100000, u'[');
    }

    void whatIsNoDocumentIsRefused()
    {
        QFETCH(const QString, body);
        FakeRegistry server([&](const AskedFor &) { return Told{.body = body.toStdString()}; });
        const auto client = clientOf(server);
        QCOMPARE(manifest(*client).error().kind, ErrorKind::MalformedReply);
    }

    void answersAreCapped()
    {
        FakeRegistry server([](const AskedFor &asked) {
            return Told{.body = asked.target == "/v2/" ? "" : std::string(5000000, ' ')};
        });
        const auto client = clientOf(server);
        QCOMPARE(tags(*client).error().kind, ErrorKind::MalformedReply);
    }
};

} // namespace tst_registry_documents

ROADSTEAD_GUILESS_TEST(tst_registry_documents::TestRegistryDocuments)
#include "tst_registry_documents.moc"
