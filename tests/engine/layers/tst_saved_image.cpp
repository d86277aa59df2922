// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/file_view.h"
#include "engine/layers/saved_image.h"
#include "tests/support/made_image.h"
#include "tests/support/test_program/test_program.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

namespace tst_saved_image {

using namespace roadstead;
using namespace roadstead::layers;
using namespace roadstead::test;

namespace {

std::vector<MadeLayer> sample()
{
    return {{.tar = madeTar(
                 {madeFolder("etc/"), madeText("etc/name", "harbour"), madeFile("big", 200'000)}),
             .createdBy = "ADD rootfs /"},
            {.tar = madeTar({madeFile(".wh.big", 0), madeFile("etc/more", 10)}),
             .createdBy = "RUN rm /big"}};
}

std::string packedBy(const QString &program, const std::string &bytes)
{
    QProcess process;
    process.start(program, {QStringLiteral("-c")});
    process.write(bytes.data(), qint64(bytes.size()));
    process.closeWriteChannel();
    return process.waitForFinished() ? process.readAllStandardOutput().toStdString()
                                     : std::string();
}

void check(const Result<ReadImage> &image)
{
    QVERIFY2(image, image ? "" : image.error().detail.c_str());
    QCOMPARE(image->layers.size(), std::size_t(2));
    QCOMPARE(image->facts.history.size(), std::size_t(3));
    QVERIFY(image->facts.history.back().isEmptyLayer);
    const auto files = stacked(image->layers);
    QVERIFY(files);
    QCOMPARE(files->bytes(), 200'017);
    QCOMPARE(summarized(*files)[0].wasted, 200'000);
    QVERIFY(files->tree().find("etc/more") != noNode);
}

} // namespace

class TestSavedImage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyLayoutIsReadInAnyOrder_data()
    {
        QTest::addColumn<int>("layout");
        QTest::addColumn<bool>("backwards");
        QTest::newRow("what engines of today give") << int(Layout::Blobs) << false;
        QTest::newRow("with its list first") << int(Layout::Blobs) << true;
        QTest::newRow("what older engines and Podman give") << int(Layout::Legacy) << false;
        QTest::newRow("of older engines, backwards") << int(Layout::Legacy) << true;
        QTest::newRow("the specification's alone") << int(Layout::Index) << false;
        QTest::newRow("the specification's, backwards") << int(Layout::Index) << true;
    }
    void everyLayoutIsReadInAnyOrder()
    {
        QFETCH(int, layout);
        QFETCH(bool, backwards);
        auto members = madeMembers(sample(), Layout(layout));
        if (backwards) {
            std::ranges::reverse(members);
        }
        const std::string bytes = madeTar(members);
        check(readSavedImage(archive::sourceOf(bytes)));
    }

    void packedLayersAreRead_data()
    {
        QTest::addColumn<QString>("program");
        for (const char *program : {"gzip", "bzip2", "zstd"}) {
            QTest::newRow(program) << QString::fromLatin1(program);
        }
    }
    void packedLayersAreRead()
    {
        QFETCH(QString, program);
        if (QStandardPaths::findExecutable(program).isEmpty()) {
            QSKIP("the program is not installed");
        }
        auto layers = sample();
        for (MadeLayer &layer : layers) {
            layer.packed = packedBy(program, layer.tar);
            QVERIFY(!layer.packed.empty());
        }
        for (const Layout layout : {Layout::Blobs, Layout::Index}) {
            const std::string bytes = madeTar(madeMembers(layers, layout));
            check(readSavedImage(archive::sourceOf(bytes)));
        }
    }

    void aLinkedLayerIsFound()
    {
        auto members = madeMembers(sample(), Layout::Legacy);
        members.push_back(madeText("shared/layer.tar", members[0].text));
        members[0] =
            madeEntry(archive::EntryKind::SymbolicLink, "1/layer.tar", "../shared/layer.tar");
        const std::string bytes = madeTar(members);
        check(readSavedImage(archive::sourceOf(bytes)));
    }

    void whatIsNoLayerDoesNotMatter()
    {
        auto members = madeMembers(sample(), Layout::Blobs);
        members.insert(members.begin(),
                       madeText("blobs/sha256/" + std::string(64, 'a'), "\x1f\x8b junk"));
        members.insert(members.begin(), madeText("1/VERSION", "1.0"));
        members.insert(members.begin(), madeText("repositories", R"({"made":{"1":"abc"}})"));
        const std::string bytes = madeTar(members);
        check(readSavedImage(archive::sourceOf(bytes)));
    }

    void knownLayersArePassedOver()
    {
        const auto layers = sample();
        const std::string bytes = madeTar(madeMembers(layers, Layout::Blobs));
        const auto first = readSavedImage(archive::sourceOf(bytes));
        QVERIFY(first);
        ReadingRules rules;
        rules.known = [&](const std::string &digest) {
            return digest == layers[0].digest() ? first->layers[0] : nullptr;
        };
        const auto again = readSavedImage(archive::sourceOf(bytes), rules);
        check(again);
        QCOMPARE(again->layers[0], first->layers[0]);
        QVERIFY(again->layers[1] != first->layers[1]);
    }

    void theReadingEndsWithTheLastLayerThatIsMissing()
    {
        const auto layers = sample();
        auto members = madeMembers(layers, Layout::Blobs);
        std::swap(members[0], members[1]); // the one that is not known comes first
        const std::string bytes = madeTar(members);
        const auto first = readSavedImage(archive::sourceOf(bytes));
        QVERIFY(first);
        ReadingRules rules;
        rules.digests = {layers[0].digest(), layers[1].digest()};
        rules.config = first->config;
        rules.known = [&](const std::string &digest) {
            return digest == layers[0].digest() ? first->layers[0] : nullptr;
        };
        std::size_t given = 0;
        const auto counted = [source = archive::sourceOf(bytes),
                              &given]() mutable -> Result<std::string_view> {
            auto piece = source();
            given += piece ? piece->size() : 0;
            return piece;
        };
        check(readSavedImage(counted, rules));
        QVERIFY2(given < bytes.size() / 2, qPrintable(QString::number(given)));
    }

    void aCutOrDamagedArchiveIsAnError()
    {
        const std::string bytes = madeTar(madeMembers(sample(), Layout::Blobs));
        for (std::size_t length = 0; length < bytes.size() - 1024; length += 4999) {
            const auto image =
                readSavedImage(archive::sourceOf(std::string_view(bytes).substr(0, length)));
            // The end of an archive is two empty blocks, and what padded them.
            QVERIFY2(!image || length > bytes.size() - 12'000, qPrintable(QString::number(length)));
        }
        auto members = madeMembers(sample(), Layout::Blobs);
        members[0].text.replace(100, 300, 300, '\xff'); // a header
        const std::string damaged = madeTar(members);
        const auto image = readSavedImage(archive::sourceOf(damaged));
        QVERIFY(!image);
        QCOMPARE(image.error().kind, ErrorKind::MalformedReply);
    }

    void theSourcesErrorIsPassedOn()
    {
        const std::string bytes = madeTar(madeMembers(sample(), Layout::Blobs));
        for (const std::size_t pieces : {0UL, 1UL, 2UL}) {
            const auto failing = [source = archive::sourceOf(bytes), pieces,
                                  given = std::size_t(0)]() mutable -> Result<std::string_view> {
                return given++ < pieces ? source()
                                        : failure(ErrorKind::Cancelled, std::string("x"));
            };
            const auto image = readSavedImage(failing);
            QVERIFY(!image);
            QCOMPARE(image.error().kind, ErrorKind::Cancelled);
        }
    }

    void documentsThatDoNotFitAreRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("another layer")
            << QByteArray("manifest.json") << QByteArray(R"([{"Config":"c.json","Layers":["x"]}])");
        QTest::newRow("a way out") << QByteArray("manifest.json")
                                   << QByteArray(R"([{"Config":"../c","Layers":["../x"]}])");
        QTest::newRow("no image") << QByteArray("manifest.json") << QByteArray("[]");
        QTest::newRow("no list") << QByteArray("manifest.json") << QByteArray("{");
        QTest::newRow("nothing") << QByteArray("hello") << QByteArray("x");
    }
    void documentsThatDoNotFitAreRefused()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, text);
        const std::string bytes = madeTar({madeText(name.toStdString(), text.toStdString())});
        const auto image = readSavedImage(archive::sourceOf(bytes));
        QVERIFY(!image);
        QCOMPARE(image.error().kind, ErrorKind::MalformedReply);
    }

    void aFileIsTakenOutOfItsLayer()
    {
        for (const Layout layout : {Layout::Blobs, Layout::Legacy, Layout::Index}) {
            const std::string bytes = madeTar(madeMembers(sample(), layout));
            const auto first = readSavedImage(archive::sourceOf(bytes));
            QVERIFY(first);
            std::string text;
            const auto sink = [&text](std::string_view piece) -> Result<void> {
                text.append(piece);
                return {};
            };
            const auto size = readSavedFile(
                archive::sourceOf(bytes), {.member = first->members[0], .path = "etc/name"}, sink);
            QVERIFY(size);
            QCOMPARE(text, std::string("harbour"));
            const auto missing = readSavedFile(
                archive::sourceOf(bytes), {.member = first->members[1], .path = "etc/name"}, sink);
            QVERIFY(!missing);
            QCOMPARE(missing.error().kind, ErrorKind::NotFound);
        }
    }
};

} // namespace tst_saved_image

ROADSTEAD_GUILESS_TEST(tst_saved_image::TestSavedImage)
#include "tst_saved_image.moc"
