// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/images.h"
#include "ui/models/image_list_model.h"
#include "ui/models/image_name.h"
#include "ui/models/pull_layers.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <random>

namespace tst_image_list_model {

using namespace roadstead;
using namespace roadstead::ui;
using test::image;
using test::imageId;
using test::user;

namespace {

struct Lists
{
    ImagesModel images{[] { return std::int64_t(1'700'000'000); }};
    ImageListModel list{&images};
    QAbstractItemModelTester sourceTester{&images};
    QAbstractItemModelTester tester{&list};

    void show(test::ImageSnapshot snapshot, const test::Snapshot &containers = {})
    {
        images.applyLists(test::sortedImages(std::move(snapshot)), containers);
    }
    [[nodiscard]] QStringList shown() const
    {
        QStringList names;
        for (int row = 0; row < list.rowCount(); ++row) {
            names.append(list.rowAt(row)->title());
        }
        return names;
    }
};

} // namespace

class ImageListModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tagsAreSplitAtTheLastColonAfterTheHost_data();
    void tagsAreSplitAtTheLastColonAfterTheHost();
    void allTagsOfAnImageAreOneRow();
    void usersComeFromTheContainers();
    void chipsCountEachImageOnce();
    void filterFindsTagsAndUsers();
    void sortsByEachColumn();
    void sharedSizesOutliveAChange();
    void newsIsForgottenWithTheTags();
    void namesAreReadAsDockerReadsThem_data();
    void namesAreReadAsDockerReadsThem();
    void hostileNamesStayText();
    void laterStepsOfALayerGoNotBack();
    void heldOrderKeepsPlaces();
    void randomSnapshotsEndInTheSnapshot();
};

void ImageListModelTest::tagsAreSplitAtTheLastColonAfterTheHost_data()
{
    QTest::addColumn<QByteArray>("reference");
    QTest::addColumn<QByteArray>("repository");
    QTest::addColumn<QByteArray>("tag");
    QTest::newRow("plain") << QByteArray("nginx:1.27") << QByteArray("nginx") << QByteArray("1.27");
    QTest::newRow("port of a registry") << QByteArray("localhost:5000/a/b:c")
                                        << QByteArray("localhost:5000/a/b") << QByteArray("c");
    QTest::newRow("port and no tag")
        << QByteArray("localhost:5000/a") << QByteArray("localhost:5000/a") << QByteArray();
    QTest::newRow("digest") << QByteArray("a/b@sha256:12") << QByteArray("a/b") << QByteArray();
}

void ImageListModelTest::tagsAreSplitAtTheLastColonAfterTheHost()
{
    QFETCH(const QByteArray, reference);
    QFETCH(const QByteArray, repository);
    QFETCH(const QByteArray, tag);
    const std::string text = reference.toStdString();
    const TagParts parts = splitTag(text);
    QCOMPARE(QByteArray(parts.repository.data(), qsizetype(parts.repository.size())), repository);
    QCOMPARE(QByteArray(parts.tag.data(), qsizetype(parts.tag.size())), tag);
}

void ImageListModelTest::allTagsOfAnImageAreOneRow()
{
    Lists lists;
    lists.show({image(1, {"shop/api:latest", "shop/api:1.8", "shop/api:1.8.2"}), image(2, {})});
    QCOMPARE(lists.list.rowCount(), 2);
    const ImageRowPointer row = lists.list.rowAt(0);
    QCOMPARE(row->name, QString("shop/api"));
    QCOMPARE(row->tag, QString("1.8.2")); // says most
    QCOMPARE(imageMoreTagsText(*row), QString("+2"));
    QCOMPARE(row->reference(), std::string("shop/api:1.8.2"));
    QVERIFY(imageSentence(*row, 1'700'000'000).startsWith("shop/api 1.8.2, 3 tags, 40"));
    const ImageRowPointer untagged = lists.list.rowAt(1);
    QCOMPARE(imageNameText(*untagged), QString("untagged"));
    QCOMPARE(untagged->reference().size(), std::size_t(12));
}

void ImageListModelTest::usersComeFromTheContainers()
{
    Lists lists;
    const test::ImageSnapshot images{image(1, {"web:1"}), image(2, {"db:1"})};
    lists.show(images, {user(1, "b", 1), user(2, "a", 1, docker::ContainerState::Exited)});
    const ImageRowPointer web = lists.images.find(imageId(1));
    QCOMPARE(web->users.size(), std::size_t(2));
    QCOMPARE(web->users.front().name, std::string("a"));
    QVERIFY(web->isUsedByRunning());
    QSignalSpy changed(&lists.list, &QAbstractItemModel::dataChanged);
    lists.show(images, {user(2, "a", 1, docker::ContainerState::Exited)});
    QCOMPARE(changed.size(), 1);
    QVERIFY(!lists.images.find(imageId(1))->isUsedByRunning());
    lists.show(images, {user(2, "a", 1, docker::ContainerState::Exited)});
    QCOMPARE(changed.size(), 1); // nothing new is silent
}

void ImageListModelTest::chipsCountEachImageOnce()
{
    Lists lists;
    QSignalSpy counted(&lists.list, &FlatListModelBase::countsChanged);
    lists.show({image(1, {"web:1"}), image(2, {"db:1"}), image(3, {}), image(4, {})},
               {user(1, "a", 1), user(2, "b", 4)});
    const ImageListModel::Counts counts{4, 2, 1, 1};
    QCOMPARE(lists.list.counts(), counts);
    QCOMPARE(counted.size(), 1);
    lists.list.setUseFilter(ImageFilter::Untagged);
    QCOMPARE(lists.list.rowCount(), 1);
    lists.list.setUseFilter(ImageFilter::Unused);
    QCOMPARE(lists.shown(), QStringList{"db:1"});
    QCOMPARE(lists.list.counts(), counts); // of all, whatever is shown
}

void ImageListModelTest::filterFindsTagsAndUsers()
{
    Lists lists;
    lists.show({image(1, {"shop/web:1", "old:7"}), image(2, {"db:1"})}, {user(1, "keeper", 2)});
    lists.list.setFilterText("OLD");
    QCOMPARE(lists.shown(), QStringList{"old:7"});
    lists.list.setFilterText("keep db");
    QCOMPARE(lists.shown(), QStringList{"db:1"});
    lists.list.setFilterText("nothing");
    QCOMPARE(lists.list.rowCount(), 0);
    QVERIFY(lists.list.isThere(imageId(1)));
}

void ImageListModelTest::sortsByEachColumn()
{
    Lists lists;
    lists.show({image(3, {"a:10"}, 30), image(2, {"a:9"}, 10), image(1, {"b:1"}, 20), image(4, {})},
               {user(1, "x", 1)});
    QCOMPARE(lists.shown().first(3), (QStringList{"a:9", "a:10", "b:1"}));
    lists.list.sort(ImageColumn::Size, Qt::AscendingOrder);
    QCOMPARE(lists.shown().first(3), (QStringList{"a:9", "b:1", "a:10"}));
    lists.list.sort(ImageColumn::UsedBy, Qt::DescendingOrder);
    QCOMPARE(lists.shown().first(), QString("b:1"));
    lists.list.sort(ImageColumn::Created, Qt::AscendingOrder); // the youngest first
    QCOMPARE(lists.shown().first(3), (QStringList{"b:1", "a:9", "a:10"}));
}

void ImageListModelTest::sharedSizesOutliveAChange()
{
    Lists lists;
    lists.show({image(1, {"web:1"}, 100)});
    lists.images.applySharedSizes({{imageId(1), 30}, {imageId(2), 5}});
    QCOMPARE(lists.images.find(imageId(1))->ownSize(), 70);
    lists.show({image(1, {"web:1", "web:2"}, 100)});
    QCOMPARE(lists.images.find(imageId(1))->ownSize(), 70);
}

void ImageListModelTest::newsIsForgottenWithTheTags()
{
    Lists lists;
    lists.show({image(1, {"web:1"})});
    lists.images.setNews(imageId(1), ImageNews::Newer);
    lists.show({image(1, {"web:1"})}, {user(1, "x", 1)});
    QCOMPARE(lists.images.find(imageId(1))->news, ImageNews::Newer);
    lists.show({image(1, {"web:2"})}, {user(1, "x", 1)});
    QCOMPARE(lists.images.find(imageId(1))->news, ImageNews::Unknown);
}

void ImageListModelTest::namesAreReadAsDockerReadsThem_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("tags");
    QTest::addColumn<bool>("pulls");
    const QString digest = "nginx@sha256:" + QString(64, 'a');
    QTest::newRow("name") << "nginx" << true << true;
    QTest::newRow("registry") << "localhost:5000/a/b:1" << true << true;
    QTest::newRow("digest") << digest << false << true;
    QTest::newRow("capitals") << "Nginx" << false << false;
    QTest::newRow("nothing") << "" << false << false;
    QTest::newRow("blank") << "a b" << false << false;
    QTest::newRow("tag of nothing") << "web:" << false << false;
}

void ImageListModelTest::namesAreReadAsDockerReadsThem()
{
    QFETCH(const QString, typed);
    QFETCH(const bool, tags);
    QFETCH(const bool, pulls);
    QCOMPARE(tagProblem(typed).isEmpty(), tags);
    QCOMPARE(pullProblem(typed).isEmpty(), pulls);
}

void ImageListModelTest::hostileNamesStayText()
{
    Lists lists;
    lists.show({image(1, {"<b>x</b>\n\xE2\x80\xAE:1"})});
    const QString name = lists.list.data(lists.list.index(0, 0), Qt::DisplayRole).toString();
    QVERIFY(name.contains("<b>x</b>"));
    QVERIFY(!name.contains('\n'));
    QVERIFY(!name.contains(QChar(0x202E)));
}

void ImageListModelTest::laterStepsOfALayerGoNotBack()
{
    PullLayers layers;
    layers.take({{"a", "Downloading", 50, 100}, {"", "Status", 0, 0}});
    layers.take({{"a", "Verifying", 0, 0}, {"b", "Downloading", 0, 100}});
    QCOMPARE(layers.layers().size(), std::size_t(2));
    QCOMPARE(layers.layers().front().status, std::string("Verifying"));
    QCOMPARE(layers.share().value(), 0.5); // the first one is whole
}

void ImageListModelTest::heldOrderKeepsPlaces()
{
    Lists lists;
    lists.show({image(1, {"b:1"}), image(2, {"c:1"})});
    lists.list.setOrderHeld(true);
    lists.show({image(1, {"z:1"}), image(2, {"c:1"}), image(3, {"a:1"})});
    QCOMPARE(lists.shown(), (QStringList{"a:1", "z:1", "c:1"}));
    lists.list.setOrderHeld(false);
    QCOMPARE(lists.shown(), (QStringList{"a:1", "c:1", "z:1"}));
}

void ImageListModelTest::randomSnapshotsEndInTheSnapshot()
{
    Lists lists;
    std::mt19937 random(7);
    const auto below = [&random](unsigned limit) { return unsigned(random() % limit); };
    for (int round = 0; round < test::amount(150); ++round) {
        test::ImageSnapshot snapshot;
        test::Snapshot containers;
        for (unsigned number = 1; number < 120; ++number) {
            if (below(3) != 0) {
                std::vector<std::string> tags;
                for (unsigned tag = below(3); tag > 0; --tag) {
                    tags.push_back("r" + std::to_string(below(20)) + ":" + std::to_string(tag));
                }
                snapshot.push_back(image(number, tags, below(1000)));
                if (below(4) == 0) {
                    containers.push_back(user(number, "c" + std::to_string(number), number));
                }
            }
        }
        lists.list.setUseFilter(ImageFilter(below(4)));
        lists.list.sort(int(below(ImageColumn::Count)),
                        below(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        lists.list.setOrderHeld(below(5) == 0);
        lists.show(snapshot, containers);
        lists.list.setOrderHeld(false);
        QCOMPARE(lists.images.size(), snapshot.size());
        const auto filter = lists.list.useFilter();
        const int wanted = lists.list.counts()[std::size_t(filter)];
        QCOMPARE(lists.list.rowCount(), wanted);
        for (int row = 0; row < wanted; ++row) {
            QVERIFY(filter == ImageFilter::All || lists.list.rowAt(row)->filter() == filter);
        }
    }
}

} // namespace tst_image_list_model

ROADSTEAD_GUILESS_TEST(tst_image_list_model::ImageListModelTest)
#include "tst_image_list_model.moc"
