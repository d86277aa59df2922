// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/images_bench.h"
#include "tests/ui/support/opened_image.h"
#include "ui/pages/images/image_details_view.h"
#include "ui/pages/images/images_page.h"
#include "ui/pages/images/layers/layer_list.h"
#include "ui/pages/images/layers/layer_tree.h"
#include "ui/pages/images/layers/layers_tab.h"
#include "ui/pages/images/layers/waste_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/label.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QRandomGenerator>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace tst_image_layers {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using layers::Change;
using layers::ViewQuestion;
using test::HeadedFile;
using test::image;
using test::imageId;

namespace {

/// The page of an image at its tab Layers.
struct Bench : test::ImagesBench
{
    Bench()
    {
        engine.show({image(1, {"harbour/shop-api:1.8.2"}, 312'000'000),
                     image(2, {"harbour/shop-api:1.8.1"}, 300'000'000)});
        page.showLayers(imageId(1));
        test::FakeImageEngine::answer<docker::ImageDetails>(engine.inspections[0].promise,
                                                            docker::ImageDetails{});
        settle();
    }
    void answer(std::size_t opening, Result<service::OpenedImagePointer> result)
    {
        QVERIFY(opening < engine.openings.size());
        test::FakeImageEngine::answer<service::OpenedImagePointer>(engine.openings[opening].promise,
                                                                   std::move(result));
    }
    /// With the view of it.
    void fill(const service::OpenedImagePointer &opened)
    {
        QSignalSpy viewed(controller(), &LayersController::viewChanged);
        answer(engine.openings.size() - 1, opened);
        QTRY_VERIFY(!viewed.isEmpty());
        settle();
    }
    void change(const std::function<void()> &deed)
    {
        QSignalSpy viewed(controller(), &LayersController::viewChanged);
        deed();
        QTRY_VERIFY(!viewed.isEmpty());
        settle();
    }
    [[nodiscard]] LayersController *controller()
    {
        return window.findChild<LayersTab *>()->controller();
    }
    [[nodiscard]] LayerTree *tree() { return window.findChild<LayerTree *>(); }
    /// "app Changed 142 MB" of what is open.
    [[nodiscard]] QStringList rows()
    {
        QStringList lines;
        const LayerTree *view = tree();
        for (QModelIndex index = view->model()->index(0, 0); index.isValid();
             index = view->indexBelow(index)) {
            QStringList cells;
            for (int column = 0; column < 3; ++column) {
                cells.append(index.siblingAtColumn(column).data().toString());
            }
            lines.append(cells.join(u' '));
        }
        return lines;
    }
};

service::OpenedImagePointer smallImage()
{
    return test::openedImage(
        {{"RUN make", {{"app/a", 1000}, {"app/sub/b", 2000}, {"c", 500}}, false},
         {"ENV X=1", {}, true},
         {"RUN rm", {{"app/.wh.a", 0}, {"new", 10}}, false}});
}

} // namespace

class ImageLayersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
        Theme::instance().install(*qApp);
    }

    void nothingIsAskedBeforeTheTabIsShown()
    {
        Bench bench;
        QCOMPARE(bench.engine.openings.size(), std::size_t(1));
        QCOMPARE(bench.engine.openings[0].asked.display, std::string("harbour/shop-api:1.8.2"));
        bench.page.showDetails(imageId(2));
        Bench::settle();
        QCOMPARE(bench.engine.openings.size(), std::size_t(1));
        QVERIFY(bench.engine.openings[0].promise->future().isFinished()); // cancelled
    }

    void theHistoryStandsBesideItsLayers()
    {
        Bench bench;
        bench.fill(smallImage());
        auto *list = bench.find<LayerList>("layerList");
        QVERIFY(list);
        QCOMPARE(list->model()->rowCount(), 3);
        const auto spoken = [list](int row) {
            return list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
        };
        QCOMPARE(spoken(0), u"Layer 1, RUN make, 3.5 kB, 3 added, 1 kB wasted"_s);
        QCOMPARE(spoken(1), u"ENV X=1, no layer"_s);
        QVERIFY(!(list->model()->index(1, 0).flags() & Qt::ItemIsSelectable));
        QCOMPARE(list->currentIndex().row(), 2); // the last layer
        QCOMPARE(bench.rows(),
                 (QStringList{u"app Changed 3 kB"_s, u"c – 500 B"_s, u"new Added 10 B"_s}));
    }

    void layersAndSpansAreChosen()
    {
        Bench bench;
        bench.fill(smallImage());
        bench.change([&bench] { bench.press("layerSpanThis"); });
        QCOMPARE(bench.rows(), (QStringList{u"app Changed 1 kB"_s, u"new Added 10 B"_s}));
        auto *list = bench.find<LayerList>("layerList");
        bench.change([list] { list->setCurrentIndex(list->model()->index(0, 0)); });
        QCOMPARE(bench.rows(), (QStringList{u"app Added 3 kB"_s, u"c Added 500 B"_s}));
        QCOMPARE(bench.find<Chip>("layerChanges1")->count(), std::optional<qint64>(3));
        bench.change([&bench] { bench.press("layerChanges3"); });
        QVERIFY(bench.find("layersNoFiles"));
        bench.change([&bench] { bench.press("layersNoFilesPrimary"); });
        QCOMPARE(bench.rows().size(), 2);
    }

    void whatIsOpenStaysOpen()
    {
        Bench bench;
        bench.fill(smallImage());
        bench.tree()->expand(bench.tree()->model()->index(0, 0));
        QCOMPARE(bench.rows(), (QStringList{u"app Changed 3 kB"_s, u"a Removed 1 kB"_s,
                                            u"sub – 2 kB"_s, u"c – 500 B"_s, u"new Added 10 B"_s}));
        auto *list = bench.find<LayerList>("layerList");
        bench.change([list] { list->setCurrentIndex(list->model()->index(0, 0)); });
        QCOMPARE(bench.rows(), (QStringList{u"app Added 3 kB"_s, u"a Added 1 kB"_s,
                                            u"sub Added 2 kB"_s, u"c Added 500 B"_s}));
    }

    void theFilterOpensWhatItFinds()
    {
        Bench bench;
        bench.fill(smallImage());
        auto *field = bench.find<QLineEdit>("layerSearch");
        bench.change([field] { QTest::keyClicks(field, u"b"_s); });
        QCOMPARE(bench.rows(), (QStringList{u"app – 2 kB"_s, u"sub – 2 kB"_s, u"b – 2 kB"_s}));
    }

    void columnsSort()
    {
        Bench bench;
        bench.fill(smallImage());
        bench.tree()->sortByColumn(LayerTreeModel::SizeColumn, Qt::DescendingOrder);
        QCOMPARE(bench.rows(),
                 (QStringList{u"app Changed 3 kB"_s, u"c – 500 B"_s, u"new Added 10 B"_s}));
        bench.tree()->sortByColumn(LayerTreeModel::SizeColumn, Qt::AscendingOrder);
        QCOMPARE(bench.rows().front(), u"new Added 10 B"_s);
    }

    void wasteIsExplained()
    {
        Bench bench;
        bench.fill(test::shopImage());
        QCOMPARE(bench.find<ElidedLabel>("layersBetter")->fullText(),
                 u"RUN npm ci && npm prune --omit=dev"_s);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"waste.csv"_s);
        const auto count = writeWasteTable(*test::shopImage(), path.toStdString());
        QVERIFY(count);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArrayList lines = file.readAll().split('\n');
        QCOMPARE(lines.size() - 2, qsizetype(*count));
        QCOMPARE(lines[0], "layer,bytes,hidden_by_layer,path\r"_ba);
        QVERIFY(lines.contains("1,900000,2,\"/bin/busybox\"\r"_ba));
    }

    void stoppingLeavesAWayToGoOn()
    {
        Bench bench;
        QTRY_VERIFY(bench.find("layersLoading"));
        bench.engine.openAdvances[0](100'000'000);
        Bench::settle();
        bench.press("layersLoadingSecondary");
        QTRY_VERIFY(bench.find("layersMessage"));
        bench.press("layersMessagePrimary");
        QCOMPARE(bench.engine.openings.size(), std::size_t(2));
        bench.answer(1,
                     std::unexpected(Error{ErrorKind::MalformedReply, 0, "cut", "image.layers"}));
        QTRY_VERIFY(bench.find("layersMessage"));
        bench.press("layersMessagePrimary");
        bench.fill(smallImage());
        QVERIFY(bench.find("layerList"));
    }

    void imagesAreCompared()
    {
        Bench bench;
        bench.fill(smallImage());
        bench.press("layersCompare");
        auto *dialog = bench.find<Dialog>("chooseImage");
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QListView *>(u"chooseImageList"_s)->model()->rowCount(), 1);
        QTest::mouseClick(dialog->verbButton(), Qt::LeftButton);
        QTRY_COMPARE(bench.engine.openings.size(), std::size_t(2));
        QCOMPARE(bench.engine.openings[1].asked.display, std::string("harbour/shop-api:1.8.1"));
        bench.fill(test::openedImage(
            {{"RUN other", {{"app/sub/b", 2222}, {"c", 500}, {"there", 9}}, false}},
            "sha256:other"));
        QVERIFY(bench.controller()->isComparing());
        QVERIFY(!bench.find("layerList"));
        QCOMPARE(bench.rows(), (QStringList{u"app Differs 2.2 kB"_s, u"sub Differs 2.2 kB"_s,
                                            u"b Differs 2.2 kB"_s, u"new Only here 10 B"_s,
                                            u"there Only there 9 B"_s}));
        bench.change([&bench] { bench.press("layersEndComparison"); });
        QVERIFY(bench.find("layerList"));
        QCOMPARE(bench.rows().size(), 6); // what the comparison opened is still open
    }

    void filesAreExtracted()
    {
        Bench bench;
        bench.fill(smallImage());
        const auto &tree = bench.controller()->files()->tree();
        QVERIFY(!bench.controller()->isExtractable(tree.find("app")));
        QVERIFY(bench.controller()->isExtractable(tree.find("app/a"))); // it is below
        QSignalSpy done(bench.controller(), &LayersController::extracted);
        bench.controller()->extract(tree.find("app/a"), u"/tmp/a"_s);
        QCOMPARE(bench.engine.extractions.size(), std::size_t(1));
        const auto &[file, path] = bench.engine.extractions[0].asked;
        QCOMPARE(file.path, std::string("app/a"));
        QCOMPARE(file.member, std::string("layer-0"));
        QCOMPARE(bench.controller()->extractLine(tree.find("c"), u"c"_s),
                 u"docker save harbour/shop-api:1.8.2 | tar -xO -- layer-0 | tar -xO -- c > c"_s);
        test::FakeImageEngine::answer<std::uint64_t>(bench.engine.extractions[0].promise, 1000);
        QTRY_COMPARE(done.size(), 1);
        QCOMPARE(bench.toasts.toasts().size(), 1);
    }

    void namesFromOutsideAreMadeSafe()
    {
        Bench bench;
        bench.fill(
            test::openedImage({{"RUN \x1b[31m\n<b>x", {{"a\x1b[2J\n<b>\xe2\x80\xae", 5}}, false}}));
        QVERIFY(!bench.rows().front().contains(u'\x1b'));
        QVERIFY(!bench.rows().front().contains(u'\n'));
        QVERIFY(!bench.rows().front().contains(QChar(0x202e)));
    }

    void theModelHoldsUnderRandomImages()
    {
        LayerTreeModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        tester.setUseFetchMore(false);
        QRandomGenerator random(7);
        for (int round = 0; round < 60; ++round) {
            std::vector<test::HeadedLayer> steps;
            for (int layer = 0; layer < 3; ++layer) {
                std::vector<HeadedFile> files;
                for (int i = 0; i < 12; ++i) {
                    std::string path;
                    for (int depth = random.bounded(3); depth >= 0; --depth) {
                        path += (path.empty() ? "" : "/") +
                                std::string(1, char('a' + random.bounded(4)));
                    }
                    if (random.bounded(4) == 0) {
                        const std::size_t slash = path.rfind('/');
                        path.insert(slash == std::string::npos ? 0 : slash + 1, ".wh.");
                    }
                    files.push_back({path, random.bounded(100)});
                }
                steps.push_back({"RUN x", files, false});
            }
            const auto opened = test::openedImage(steps);
            QVERIFY(opened);
            const std::shared_ptr<const layers::ImageFiles> files(opened, &opened->files);
            const ViewQuestion question{.layer = std::size_t(random.bounded(3)),
                                        .span = ViewQuestion::Span(random.bounded(2))};
            model.setFiles(files,
                           std::make_shared<const layers::FileView>(layers::view(*files, question)),
                           LayerTreeModel::Words::Layer);
            for (int i = 0; i < 10 && model.rowCount() > 0; ++i) {
                QModelIndex index = model.index(random.bounded(model.rowCount()), 0);
                while (index.isValid()) {
                    model.fetchMore(index);
                    index = model.index(0, 0, index);
                }
                model.sort(random.bounded(4), Qt::SortOrder(random.bounded(2)));
            }
        }
    }

    void aLargeFolderCostsWhatIsOpen()
    {
        std::vector<HeadedFile> files;
        for (int i = 0; i < 50'000; ++i) {
            files.push_back({"d" + std::to_string(i % 100) + "/f" + std::to_string(i), i});
        }
        const auto opened = test::openedImage({{"RUN x", files, false}});
        const std::shared_ptr<const layers::ImageFiles> all(opened, &opened->files);
        LayerTreeModel model;
        model.setFiles(all, std::make_shared<const layers::FileView>(layers::view(*all, {})),
                       LayerTreeModel::Words::Layer);
        QCOMPARE(model.rowCount(), 100);
        QCOMPARE(model.rowCount(model.index(0, 0)), 0);
        model.fetchMore(model.index(0, 0));
        QCOMPARE(model.rowCount(model.index(0, 0)), 500);
    }

    void everythingHasAName()
    {
        Bench bench;
        bench.fill(test::shopImage());
        for (const QWidget *widget :
             bench.window.findChild<LayersTab *>()->findChildren<QWidget *>()) {
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            if (button && button->isVisible()) {
                QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
                QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                         qPrintable(button->objectName()));
            }
        }
    }

    /// To be looked at, where a folder is named for them.
    void picturesForPeople()
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (folder.isEmpty()) {
            QSKIP("ROADSTEAD_PICTURES names no folder");
        }
        QDir().mkpath(folder);
        for (const Appearance look : {Appearance::Light, Appearance::Dark}) {
            Theme::instance().setAppearance(look);
            const QString end = look == Appearance::Dark ? u"-dark.png"_s : u"-light.png"_s;
            Bench bench;
            const auto take = [&bench, &folder, &end](const QString &name) {
                Bench::settle();
                QVERIFY(bench.window.grab().save(folder + u'/' + name + end));
            };
            QTRY_VERIFY(bench.find("layersLoading"));
            bench.engine.openAdvances[0](120'000'000);
            take(u"layers-loading"_s);
            bench.fill(test::shopImage());
            for (const char *path : {"app", "app/node_modules"}) {
                LayerTreeModel *model = bench.tree()->files();
                bench.tree()->expand(
                    model->indexOf(bench.controller()->files()->tree().find(path)));
            }
            bench.tree()->reveal(bench.controller()->files()->tree().find("app/node_modules"));
            bench.tree()->scrollToTop();
            take(u"layers"_s);
            bench.change([&bench] { bench.press("layerSpanThis"); });
            take(u"layers-this"_s);
            bench.change(
                [&bench] { QTest::keyClicks(bench.find<QLineEdit>("layerSearch"), u"nothing"_s); });
            take(u"layers-nothing"_s);
            bench.change([&bench] { bench.press("layersNoFilesPrimary"); });
            bench.controller()->compareWith({"x", "harbour/shop-api:1.8.1"}, 100);
            bench.fill(smallImage());
            take(u"layers-compared"_s);
        }
    }
};

} // namespace tst_image_layers

ROADSTEAD_WIDGET_TEST(tst_image_layers::ImageLayersTest)
#include "tst_image_layers.moc"
