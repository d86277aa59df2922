// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/layer_cache.h"
#include "tests/support/made_image.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

namespace tst_layer_cache {

using namespace roadstead;
using namespace roadstead::layers;
using namespace roadstead::test;

namespace {

const std::string digestA = "sha256:" + std::string(64, 'a');
const std::string digestB = "sha256:" + std::string(64, 'b');

LayerFiles sampleLayer(const std::string &prefix = "f")
{
    LayerFiles layer;
    for (const MadeEntry &each : {madeFolder("d", 0700), madeFile("d/a", 7), madeFile("d/.wh.b", 0),
                                  madeFile("d/.wh..wh..opq", 0),
                                  madeEntry(archive::EntryKind::SymbolicLink, "link", "d/a")}) {
        if (!layer.add(each.entry)) {
            qFatal("a layer that cannot be");
        }
    }
    for (int i = 0; i < 500; ++i) {
        layer.put(prefix + std::to_string(i), {.size = i, .kind = FileKind::File}, Saying::There);
    }
    layer.settle();
    return layer;
}

QStringList filesIn(const QString &folder)
{
    QStringList names;
    for (QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         each.hasNext();) {
        names.append(each.next());
    }
    return names;
}

} // namespace

class TestLayerCache : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLayerComesBackAsItWas()
    {
        const LayerFiles layer = sampleLayer();
        const std::string packed = packedLayer(layer);
        const LayerPointer back = unpackedLayer(packed);
        QVERIFY(back);
        QCOMPARE(packedLayer(*back), packed);
        QCOMPARE(back->bytes(), layer.bytes());
        QCOMPARE(back->saying(back->tree().find("d/b")), Saying::Gone);
        QVERIFY(back->isOpaque(back->tree().find("d")));
    }

    void damagedBytesAreNoLayer()
    {
        const std::string packed = packedLayer(sampleLayer());
        for (std::size_t length = 0; length < packed.size(); length += 37) {
            QVERIFY(!unpackedLayer(std::string_view(packed).substr(0, length)));
        }
        QVERIFY(!unpackedLayer(packed + "x"));
        for (std::size_t at = 0; at < packed.size(); at += 5) {
            std::string damaged = packed;
            damaged[at] = char(damaged[at] ^ 0x55);
            if (const LayerPointer layer = unpackedLayer(damaged)) { // other facts, but a tree
                for (NodeId id = 1; id < layer->tree().size(); ++id) {
                    QVERIFY(layer->tree().node(id).parent < id);
                }
            }
        }
    }

    void keptLayersAreFoundByDigestAndEngine()
    {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/cache/layers";
        const LayerCache cache(path, "one");
        QVERIFY(!cache.layer(digestA));
        cache.keep(digestA, sampleLayer());
        cache.keepConfig(digestB, "{}");
        QVERIFY(cache.layer(digestA));
        QVERIFY(!cache.layer(digestB));
        QCOMPARE(cache.config(digestB), std::string("{}"));
        QVERIFY(!LayerCache(path, "two").layer(digestA));
        QVERIFY(LayerCache(path, "one").layer(digestA));
        for (const QString &file : filesIn(folder.path())) {
            QCOMPARE(QFileInfo(file).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                     QFile::Permissions());
        }
    }

    void nothingButDigestsNamesFiles()
    {
        const QTemporaryDir folder;
        const LayerCache cache(folder.path().toStdString(), "one");
        for (const char *digest : {"", "sha256:../../x", "sha256:abc", "../a:b", "a:/b"}) {
            cache.keep(digest, sampleLayer());
            QVERIFY(!cache.layer(digest));
        }
        QCOMPARE(filesIn(folder.path()), QStringList());
    }

    void aDamagedFileCountsAsNone()
    {
        const QTemporaryDir folder;
        const LayerCache cache(folder.path().toStdString(), "one");
        cache.keep(digestA, sampleLayer());
        const QStringList files = filesIn(folder.path());
        QCOMPARE(files.size(), 1);
        QFile file(files[0]);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(500);
        file.write("damage");
        file.close();
        QVERIFY(!cache.layer(digestA));
        cache.keep(digestA, sampleLayer());
        QVERIFY(cache.layer(digestA));
    }

    void whatWasNotUsedForLongestGoesFirst()
    {
        const QTemporaryDir folder;
        const std::size_t one = packedLayer(sampleLayer()).size() + 64;
        const LayerCache cache(folder.path().toStdString(), "one", 3 * one);
        const auto digest = [](char c) { return "sha256:" + std::string(64, c); };
        const auto age = [&](char c, int hours) {
            for (const QString &file : filesIn(folder.path())) {
                if (file.contains(QString(64, QLatin1Char(c)))) {
                    QFile handle(file);
                    QVERIFY(handle.open(QIODevice::ReadWrite));
                    QVERIFY(handle.setFileTime(QDateTime::currentDateTime().addSecs(-3600 * hours),
                                               QFileDevice::FileModificationTime));
                }
            }
        };
        int hours = 10;
        for (const char c : {'a', 'b', 'c'}) {
            cache.keep(digest(c), sampleLayer());
            age(c, hours--);
        }
        QVERIFY(cache.layer(digest('a'))); // was used now
        cache.keep(digest('d'), sampleLayer());
        QVERIFY(cache.layer(digest('a')));
        QVERIFY(!cache.layer(digest('b')));
        QVERIFY(cache.layer(digest('c')));
        QVERIFY(cache.layer(digest('d')));
    }
};

} // namespace tst_layer_cache

ROADSTEAD_GUILESS_TEST(tst_layer_cache::TestLayerCache)
#include "tst_layer_cache.moc"
