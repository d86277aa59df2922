// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/file_view.h"
#include "engine/layers/image_files.h"
#include "tests/support/made_image.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <algorithm>

namespace tst_image_files {

using namespace roadstead;
using namespace roadstead::layers;
using namespace roadstead::test;
using archive::EntryKind;
using Span = ViewQuestion::Span;

namespace {

LayerFiles layerOf(const std::vector<MadeEntry> &entries)
{
    LayerFiles layer;
    for (const MadeEntry &each : entries) {
        if (!layer.add(each.entry)) {
            qFatal("a layer that cannot be");
        }
    }
    layer.settle();
    return layer;
}

ImageFiles imageOf(const std::vector<std::vector<MadeEntry>> &layers)
{
    ImageFiles image;
    for (const auto &entries : layers) {
        if (!image.stack(layerOf(entries))) {
            qFatal("an image that cannot be");
        }
    }
    image.settle();
    return image;
}

/// "+app/a 10" for each path that is shown, sorted: mark, path, size.
QStringList shown(const ImageFiles &image, const ViewQuestion &question)
{
    const FileView seen = view(image, question);
    QStringList lines;
    for (NodeId id = 1; id < seen.rows.size(); ++id) {
        const FileView::Row &row = seen.rows[id];
        if (row.isShown) {
            constexpr const char *marks = " +~-";
            lines.append(QStringLiteral("%1%2 %3")
                             .arg(QLatin1Char(marks[int(row.change)]))
                             .arg(QString::fromStdString(image.tree().path(id)))
                             .arg(row.size));
        }
    }
    std::ranges::sort(lines, {}, [](const QString &line) { return line.mid(1); });
    return lines;
}

std::int64_t wasted(const ImageFiles &image, std::string_view path, const ViewQuestion &question)
{
    return view(image, question).rows[image.tree().find(path)].wasted;
}

} // namespace

class TestImageFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatALayerAddsChangesAndRemovesIsMarked()
    {
        const ImageFiles image = imageOf(
            {{madeFolder("app/"), madeFile("app/a", 10), madeFile("app/b", 20), madeFile("c", 5)},
             {madeFolder("app/"), madeFile("app/a", 11), madeFile("app/.wh.b", 0),
              madeFile("app/d", 7)}});
        QCOMPARE(shown(image, {.layer = 0}),
                 (QStringList{"+app 30", "+app/a 10", "+app/b 20", "+c 5"}));
        QCOMPARE(shown(image, {.layer = 1}),
                 (QStringList{"~app 38", "~app/a 11", "-app/b 20", "+app/d 7", " c 5"}));
        QCOMPARE(shown(image, {.layer = 1, .span = Span::ThisLayer}),
                 (QStringList{"~app 38", "~app/a 11", "-app/b 20", "+app/d 7"}));
        QCOMPARE(view(image, {.layer = 1}).counts,
                 (ChangeCounts{.added = 1, .changed = 1, .removed = 1}));
    }

    void replacedAndRemovedBytesAreWasted()
    {
        const ImageFiles image =
            imageOf({{madeFile("a", 10), madeFile("b", 20)},
                     {madeFile("a", 11)},
                     {madeFile(".wh.a", 0), madeFile(".wh.b", 0), madeFile("c", 1)}});
        QCOMPARE(wasted(image, "", {.layer = 0}), 0);
        QCOMPARE(wasted(image, "a", {.layer = 1}), 10);
        QCOMPARE(wasted(image, "a", {.layer = 2}), 21);
        QCOMPARE(wasted(image, "", {.layer = 2}), 41);
        // What the first layer stores for nothing, seen from the end.
        QCOMPARE(wasted(image, "", {.layer = 0, .span = Span::ThisLayer}), 30);
        QCOMPARE(image.bytes(), 42);
        const auto layers = summarized(image);
        QCOMPARE(layers[0].wasted, 30);
        QCOMPARE(layers[0].hidingLayer, std::size_t(2)); // 20 bytes of b, 10 of a by layer 1
        QCOMPARE(layers[1].wasted, 11);
        QCOMPARE(layers[2].wasted, 0);
        QCOMPARE(layers[2].counts, (ChangeCounts{.added = 1, .changed = 0, .removed = 2}));
    }

    void anOpaqueFolderHidesWhatWasInItWhereverTheMarkStands()
    {
        for (const bool markLast : {false, true}) {
            std::vector<MadeEntry> upper{madeFile("d/.wh..wh..opq", 0), madeFile("d/new", 3)};
            if (markLast) {
                std::swap(upper[0], upper[1]);
            }
            const ImageFiles image =
                imageOf({{madeFolder("d"), madeFile("d/old", 4), madeFile("d/s/deep", 5)}, upper});
            QCOMPARE(shown(image, {.layer = 1}),
                     (QStringList{"~d 12", "+d/new 3", "-d/old 4", "-d/s 5", "-d/s/deep 5"}));
            QCOMPARE(wasted(image, "", {.layer = 1}), 9);
        }
    }

    void aFolderThatIsRemovedTakesAllInItAlong()
    {
        const ImageFiles image = imageOf({{madeFile("d/s/a", 4), madeFile("d/b", 5)},
                                          {madeFile(".wh.d", 0)},
                                          {madeFile("d/b", 6)}});
        QCOMPARE(shown(image, {.layer = 1}), (QStringList{"-d 9", "-d/b 5", "-d/s 4", "-d/s/a 4"}));
        QCOMPARE(shown(image, {.layer = 2}), (QStringList{"+d 6", "+d/b 6"}));
        QCOMPARE(wasted(image, "", {.layer = 2}), 9);
    }

    void removedAndMadeAnewInOneLayerIsChanged()
    {
        for (const bool whiteoutLast : {false, true}) {
            std::vector<MadeEntry> upper{madeFile(".wh.d", 0), madeFolder("d"),
                                         madeFile("d/new", 2)};
            if (whiteoutLast) {
                std::ranges::rotate(upper, upper.begin() + 1);
            }
            const ImageFiles image = imageOf({{madeFolder("d"), madeFile("d/old", 9)}, upper});
            QCOMPARE(shown(image, {.layer = 1}), (QStringList{"~d 11", "+d/new 2", "-d/old 9"}));
        }
    }

    void whatIsInARemovedFolderMakesItAnew()
    {
        const ImageFiles image = imageOf({{madeFile("d/old", 9)},
                                          {madeFile(".wh.d", 0), madeFile("d/new", 2)},
                                          {madeFile("none/.wh.x", 0)}});
        QCOMPARE(shown(image, {.layer = 1}), (QStringList{"~d 11", "+d/new 2", "-d/old 9"}));
        QCOMPARE(shown(image, {.layer = 2}), (QStringList{" d 2", " d/new 2"}));
    }

    void kindsMayChange()
    {
        const ImageFiles image =
            imageOf({{madeFile("d/a", 4), madeFile("f", 5)},
                     {madeFile("d", 6), madeEntry(EntryKind::SymbolicLink, "f", "d")}});
        QCOMPARE(shown(image, {.layer = 1}), (QStringList{"~d 10", "-d/a 4", "~f 0"}));
        const FileView seen = view(image, {.layer = 1});
        const Version &link = image.version(seen.rows[image.tree().find("f")].version);
        QCOMPARE(link.facts.kind, FileKind::SymbolicLink);
        QCOMPARE(image.tree().names().at(link.facts.target), std::string_view("d"));
    }

    void aFolderThatIsOnlyMentionedIsUnchangedAndOneWithOtherModeIsNot()
    {
        const ImageFiles image =
            imageOf({{madeFolder("d"), madeFolder("e")}, {madeFolder("d", 0700), madeFolder("e")}});
        QCOMPARE(shown(image, {.layer = 1}), (QStringList{"~d 0", " e 0"}));
        QCOMPARE(view(image, {.layer = 1}).counts, ChangeCounts{}); // folders are not counted
    }

    void aHardLinkHasNoBytesOfItsOwn()
    {
        const ImageFiles image =
            imageOf({{madeFile("a", 8), madeEntry(EntryKind::HardLink, "b", "a")}});
        QCOMPARE(image.bytes(), 8);
        QCOMPARE(shown(image, {.layer = 0}), (QStringList{"+a 8", "+b 0"}));
    }

    void whatStandsTwiceCountsOnce()
    {
        const ImageFiles image = imageOf({{madeFile("a", 8), madeFile("./a", 3)}});
        QCOMPARE(image.bytes(), 3);
    }

    void filtersKeepTheWayToWhatTheyFind()
    {
        const ImageFiles image =
            imageOf({{madeFile("usr/lib/libssl.so", 10), madeFile("usr/bin/sh", 20)},
                     {madeFile("etc/SSL/cert", 3), madeFile("usr/bin/sh", 21)}});
        QCOMPARE(shown(image, {.layer = 1, .text = "ssl"}),
                 (QStringList{"+etc 3", "+etc/SSL 3", "+etc/SSL/cert 3", " usr 10", " usr/lib 10",
                              " usr/lib/libssl.so 10"}));
        QCOMPARE(shown(image, {.layer = 1, .text = "/BIN/"}),
                 (QStringList{"~usr 21", "~usr/bin 21", "~usr/bin/sh 21"}));
        QCOMPARE(shown(image, {.layer = 1, .only = Change::Changed}),
                 (QStringList{"~usr 21", "~usr/bin 21", "~usr/bin/sh 21"}));
        QCOMPARE(view(image, {.layer = 1, .text = "nothing"}).rows[topNode].hasChildren, false);
    }

    void theBiggestFilesComeFirst()
    {
        std::vector<MadeEntry> files;
        for (int i = 1; i <= 250; ++i) {
            files.push_back(madeFile("f" + std::to_string(i), std::size_t(i)));
        }
        const ImageFiles image = imageOf({files});
        const FileView seen = view(image, {});
        QCOMPARE(seen.biggest.size(), FileView::mostBiggest);
        QCOMPARE(image.tree().path(seen.biggest.front()), std::string("f250"));
        QCOMPARE(image.tree().path(seen.biggest.back()), std::string("f151"));
    }

    void twoImagesAreCompared()
    {
        const ImageFiles here = imageOf({{madeFile("base", 5), madeFile("same", 3)},
                                         {madeFile("only/here", 7), madeFile("other", 8)}});
        MadeEntry later = madeFile("base", 5);
        later.entry.modifiedAt += 60;
        const ImageFiles there =
            imageOf({{later, madeFile("same", 3)}, {madeFile("there", 9), madeFile("other", 80)}});
        const auto both = compared(here, {"sha256:a", "sha256:b"}, there, {"sha256:c", "sha256:d"});
        QVERIFY(both);
        const ViewQuestion difference{.layer = 1, .span = Span::ThisLayer};
        QCOMPARE(shown(*both, difference),
                 (QStringList{"~base 5", "-only 7", "-only/here 7", "~other 80", "+there 9"}));
        // From the same layer it is the same, whatever its time.
        const auto shared =
            compared(here, {"sha256:a", "sha256:b"}, there, {"sha256:a", "sha256:d"});
        QVERIFY(shared);
        QVERIFY(!shown(*shared, difference).contains(QStringLiteral("~base 5")));
        const auto itself = compared(here, {"a", "b"}, here, {"c", "d"});
        QVERIFY(itself);
        QCOMPARE(shown(*itself, difference), QStringList());
    }

    void pathsThatLeadOutOrDownForEverAreRefused()
    {
        LayerFiles layer;
        QVERIFY(!layer.add(madeFile("../x", 1).entry));
        QVERIFY(!layer.add(madeFile("a/../../x", 1).entry));
        QVERIFY(!layer.add(madeFile(".wh.", 0).entry));
        QVERIFY(!layer.add(madeFile(".wh...", 0).entry));
        std::string deep;
        for (int i = 0; i < 300; ++i) {
            deep += "d/";
        }
        QVERIFY(!layer.add(madeFile(deep, 1).entry));
        QCOMPARE(layer.tree().size(), 1U);
        QVERIFY(layer.add(madeFile("/./a//b", 1).entry));
        QCOMPARE(layer.tree().path(layer.tree().find("a/b")), std::string("a/b"));
        const LayerLimits limits{.mostEntries = 1};
        LayerFiles small;
        QVERIFY(small.add(madeFile("a", 1).entry, limits));
        QVERIFY(!small.add(madeFile("b", 1).entry, limits));
    }

    void tooManyLayersAreRefused()
    {
        ImageFiles image;
        const LayerFiles layer = layerOf({madeFile("a", 1)});
        for (std::size_t i = 0; i < ImageFiles::mostLayers; ++i) {
            QVERIFY(image.stack(layer));
        }
        QVERIFY(!image.stack(layer));
    }
};

} // namespace tst_image_files

ROADSTEAD_GUILESS_TEST(tst_image_files::TestImageFiles)
#include "tst_image_files.moc"
