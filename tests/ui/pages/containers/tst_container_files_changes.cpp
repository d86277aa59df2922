// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/files_bench.h"
#include "ui/pages/containers/files/file_drag.h"
#include "ui/pages/containers/files/folder_tree.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/label.h"

#include <QAbstractItemModelTester>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>

namespace tst_container_files_changes {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ChangeKind;
using test::fill;
using test::Harbour;
using test::indexOf;
using test::openTab;
using Bench = test::PageBench;

/// What a person changes in a container by its Files tab.
class ContainerFilesChangesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName("roadstead-files-test");
        Theme::instance().install(*qApp);
    }
    void init() { QSettings().clear(); }

    void wordsOutliveAnotherContainer()
    {
        Bench bench;
        const Harbour harbour(bench.engine);
        fill(bench.engine.fileAccess);
        FilesTab *tab = openTab(bench, harbour);
        test::open(tab, "feature-flags.json");
        bench.press("fileEdit");
        bench.find<QPlainTextEdit>("fileText")->setPlainText("mine\n");
        openTab(bench, harbour, "shopfront-web-1");
        QVERIFY(!bench.find("filePreview"));
        openTab(bench, harbour);
        auto *text = bench.find<QPlainTextEdit>("fileText");
        QVERIFY(text);
        QCOMPARE(text->toPlainText(), QString("mine\n"));
        QVERIFY(bench.find<QLabel>("filePreviewNote")->text().contains("not saved"));
        QVERIFY(bench.engine.fileAccess.contents.at("/app/feature-flags.json").bytes != "mine\n");
        bench.press("fileSave");
        QTRY_COMPARE(bench.engine.fileAccess.contents.at("/app/feature-flags.json").bytes,
                     "mine\n");
        openTab(bench, harbour, "shopfront-web-1");
        openTab(bench, harbour);
        QVERIFY(!bench.find("filePreview")); // what is saved does not come back
    }

    void whatIsNotSavedIsToldAndCanBeSavedFromElsewhere()
    {
        Bench bench;
        const Harbour harbour(bench.engine);
        fill(bench.engine.fileAccess);
        QVERIFY(bench.page.unsaved().isEmpty());
        FilesTab *tab = openTab(bench, harbour);
        test::open(tab, "feature-flags.json");
        bench.press("fileEdit");
        QVERIFY2(bench.page.unsaved().isEmpty(), "nothing was typed yet");
        auto *text = bench.find<QPlainTextEdit>("fileText");
        text->setPlainText("mine\n");
        const QList<Unsaved> shown = bench.page.unsaved();
        QCOMPARE(shown.size(), 1);
        QCOMPARE(shown[0].text, QString("Changes to feature-flags.json in shopfront-api-1"));
        std::optional<bool> saved;
        bench.engine.fileAccess.fault = Error{ErrorKind::DiskFull, 0, {}, "save"};
        shown[0].save([&saved](bool done) { saved = done; });
        QTRY_COMPARE(saved, std::optional(false));
        QVERIFY(!bench.page.unsaved().isEmpty());
        bench.engine.fileAccess.fault.reset();
        shown[0].save([&saved](bool done) { saved = done; });
        QTRY_COMPARE(saved, std::optional(true));
        QTRY_VERIFY(bench.page.unsaved().isEmpty());
        QCOMPARE(bench.engine.fileAccess.contents.at("/app/feature-flags.json").bytes, "mine\n");
        // Words that wait for their container to be shown again.
        bench.press("fileEdit");
        text->setPlainText("mine again\n");
        openTab(bench, harbour, "shopfront-web-1");
        QCOMPARE(bench.page.unsaved().size(), 1);
        QVERIFY(!bench.page.unsaved()[0].save);
    }

    void aFolderShowsTheMarkOfWhatItHolds()
    {
        Bench bench;
        const Harbour harbour(bench.engine);
        fill(bench.engine.fileAccess);
        // An engine that lists the file alone.
        bench.engine.fileAccess.changed = {{"/app/routes/cart.js", ChangeKind::Added},
                                           {"/app/routes2", ChangeKind::Added}};
        FilesTab *tab = openTab(bench, harbour);
        QCOMPARE(tab->controller()->changeOf("/app/routes"), ChangeKind::Modified);
        QCOMPARE(tab->controller()->changeOf("/app/routes/cart.js"), ChangeKind::Added);
        QCOMPARE(tab->controller()->changeOf("/"), ChangeKind::Modified);
        QVERIFY(!tab->controller()->changeOf("/app/db"));
        QVERIFY(!tab->controller()->changeOf("/app/rout"));
        const QModelIndex row = indexOf(tab, "routes");
        QCOMPARE(row.siblingAtColumn(FileChangeColumn).data().toString(), QString("Changed"));
    }

    void theTreeShowsWhatIsKnownAndGoesThere()
    {
        Bench bench;
        const Harbour harbour(bench.engine);
        fill(bench.engine.fileAccess);
        FilesTab *tab = openTab(bench, harbour);
        auto *tree = bench.find<FolderTree>("filesTree");
        QVERIFY(tree);
        auto *model = static_cast<FolderTreeModel *>(tree->model());
        QAbstractItemModelTester tester(model);
        QCOMPARE(model->pathOf(tree->currentIndex()), "/app");
        QCOMPARE(model->rowCount(tree->currentIndex()), 3); // db, orders, routes
        const std::size_t readings = bench.engine.fileAccess.readings.size();
        const QModelIndex routes = model->indexOf("/app/routes");
        QCOMPARE(model->changeOf(routes), ChangeKind::Modified);
        tree->scrollTo(routes);
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(routes).center());
        QCOMPARE(tab->controller()->path(), "/app/routes");
        QCOMPARE(bench.engine.fileAccess.readings.size(), readings + 1);
        // By the keyboard, up to the root, where nothing but the way was known.
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Home);
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(tab->controller()->path(), "/");
    }

    void theTreeFollowsWhatTheControllerKnows()
    {
        test::FakeFileAccess files;
        fill(files);
        FilesController controller(&files, nullptr);
        FolderTreeModel model(&controller);
        controller.setActive(true);
        controller.open({"id", "api"}, "/app");
        QTRY_COMPARE(controller.state(), FilesController::State::Ready);
        model.sync();
        QCOMPARE(model.pathOf(model.indexOf("/app/routes")), "/app/routes");
        QCOMPARE(model.pathOf(model.indexOf("/app/nowhere/deep")), "/app");
        std::erase_if(files.contents, [](const auto &each) { return each.first == "/app/orders"; });
        service::FileEntry added;
        added.path = "/app/a-new-one";
        added.kind = service::FileKind::Folder;
        files.add(added);
        controller.refresh();
        QTRY_COMPARE(controller.state(), FilesController::State::Ready);
        model.sync();
        QCOMPARE(model.pathOf(model.index(0, 0, model.indexOf("/app"))), "/app/a-new-one");
        QCOMPARE(model.pathOf(model.indexOf("/app/orders")), "/app");
        controller.close();
        model.sync();
        QCOMPARE(model.rowCount(model.index(0, 0)), 0);
    }

    void deleteAsksAndRemovesTheFileAndNotTheContainer()
    {
        Bench bench;
        const Harbour harbour(bench.engine);
        fill(bench.engine.fileAccess);
        FilesTab *tab = openTab(bench, harbour);
        auto *table = tab->findChild<FileTable *>();
        table->setFocus();
        table->setCurrentIndex(indexOf(tab, "worker.js"));
        QTest::keyClick(table, Qt::Key_Delete);
        auto *question = bench.window.findChild<Dialog *>("removeFiles");
        QVERIFY(question);
        QCOMPARE(question->command(),
                 QString("docker exec -u 0 shopfront-api-1 rm -rf -- /app/worker.js"));
        QVERIFY(bench.engine.fileAccess.contents.contains("/app/worker.js"));
        question->accept();
        QTRY_VERIFY(!bench.engine.fileAccess.contents.contains("/app/worker.js"));
        QTRY_VERIFY(!indexOf(tab, "worker.js").isValid());
        QCOMPARE(bench.find<ElidedLabel>("filesCopyText")->fullText(),
                 QString("worker.js was removed."));
        QVERIFY(bench.engine.sent.empty()); // no docker rm
    }

    void whyItWasNotRemovedIsSaid_data()
    {
        QTest::addColumn<Error>("error");
        QTest::addColumn<QString>("words");
        QTest::newRow("no rm in the image")
            << Error{ErrorKind::NotInstalled, 127, "", "container.files.remove"} << "no program rm";
        QTest::newRow("rm says why")
            << Error{ErrorKind::EngineFailed, 1, "rm: can't remove: Read-only file system", ""}
            << "The container said: rm: can't remove: Read-only file system";
        QTest::newRow("hostile words")
            << Error{ErrorKind::EngineFailed, 1, "\x1b[31m<b>\u202E", ""} << "<b>⟨U+202E⟩";
    }
    void whyItWasNotRemovedIsSaid()
    {
        QFETCH(const Error, error);
        QFETCH(const QString, words);
        Bench bench;
        const Harbour harbour(bench.engine);
        fill(bench.engine.fileAccess);
        FilesTab *tab = openTab(bench, harbour);
        auto *table = tab->findChild<FileTable *>();
        table->setCurrentIndex(indexOf(tab, "worker.js"));
        QTest::keyClick(table, Qt::Key_Delete);
        bench.engine.fileAccess.fault = error;
        bench.window.findChild<Dialog *>("removeFiles")->accept();
        const auto said = [&] { return bench.find<ElidedLabel>("filesCopyText")->fullText(); };
        QTRY_VERIFY2(bench.find("filesCopyText") && said().contains(words), qPrintable(said()));
        QVERIFY(said().startsWith("worker.js was not removed."));
    }

    void aStoppedContainerSaysWhyNot()
    {
        Bench bench;
        Harbour harbour(bench.engine);
        fill(bench.engine.fileAccess);
        FilesTab *tab = openTab(bench, harbour);
        harbour.change("shopfront-api-1", docker::ContainerState::Exited, "Exited (0) now");
        Bench::settle();
        auto *table = tab->findChild<FileTable *>();
        table->setCurrentIndex(indexOf(tab, "worker.js"));
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(!bench.window.findChild<Dialog *>("removeFiles"));
        QVERIFY(bench.find<ElidedLabel>("filesCopyText")->fullText().contains("has to run"));
    }

    void f2Renames()
    {
        Bench bench;
        const Harbour harbour(bench.engine);
        fill(bench.engine.fileAccess);
        FilesTab *tab = openTab(bench, harbour);
        auto *table = tab->findChild<FileTable *>();
        table->setCurrentIndex(indexOf(tab, "worker.js"));
        QTest::keyClick(table, Qt::Key_F2);
        auto *question = bench.window.findChild<Dialog *>("renameFile");
        QVERIFY(question);
        auto *field = question->findChild<QLineEdit *>("renameFileName");
        QCOMPARE(field->text(), QString("worker.js"));
        QVERIFY(!question->verbButton()->isEnabled());
        field->setText("a/b");
        QVERIFY(!question->verbButton()->isEnabled());
        field->setText("-rf.js");
        QCOMPARE(question->command(),
                 QString("docker exec -u 0 shopfront-api-1 mv -- /app/worker.js /app/-rf.js"));
        question->accept();
        QTRY_VERIFY(bench.engine.fileAccess.contents.contains("/app/-rf.js"));
        QTRY_VERIFY(indexOf(tab, "-rf.js").isValid());
        // A name that is taken.
        table->setCurrentIndex(indexOf(tab, "-rf.js"));
        QTest::keyClick(table, Qt::Key_F2);
        auto *again = bench.window.findChildren<Dialog *>("renameFile").constLast();
        again->findChild<QLineEdit *>("renameFileName")->setText("server.js");
        again->accept();
        QTRY_VERIFY(bench.find<ElidedLabel>("filesCopyText")
                        ->fullText()
                        .contains("something named server.js"));
    }

    void aFileWithAnotherNameIsPartedOnlyAfterAQuestion()
    {
        Bench bench;
        const Harbour harbour(bench.engine);
        fill(bench.engine.fileAccess);
        bench.engine.fileAccess.contents.at("/app/feature-flags.json").entry.sameAs = "/app/other";
        FilesTab *tab = openTab(bench, harbour);
        test::open(tab, "feature-flags.json");
        bench.press("fileEdit");
        bench.find<QPlainTextEdit>("fileText")->setPlainText("mine\n");
        bench.press("fileSave");
        const auto &there = bench.engine.fileAccess.contents.at("/app/feature-flags.json");
        auto *question = bench.window.findChild<Dialog *>("partFile");
        QVERIFY(question);
        QVERIFY(there.bytes != "mine\n");
        question->accept();
        QTRY_COMPARE(there.bytes, "mine\n");
    }

    void aDragBeginsWithFilesThatAreThere()
    {
        test::FakeFileAccess files;
        fill(files);
        FileDrag drag(&files, nullptr);
        QSignalSpy ready(&drag, &FileDrag::ready);
        const std::vector<CopyItem> items{{.from = "/app/server.js", .to = {}, .size = 400}};
        drag.fetch({"id", "api"}, items);
        QTRY_COMPARE(ready.count(), 1);
        QCOMPARE(files.lines.size(), 1);
        drag.fetch({"id", "api"}, items); // the button was let go: it is there already
        QCOMPARE(ready.count(), 2);
        QCOMPARE(files.lines.size(), 1);
        const QList<QUrl> urls = drag.takeUrls();
        QCOMPARE(urls.size(), 1);
        QVERIFY(urls.first().isLocalFile());
        QVERIFY(urls.first().toLocalFile().endsWith("/server.js"));
        const QString folder = QFileInfo(urls.first().toLocalFile()).path();
        QCOMPARE(QFileInfo(folder).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        files.fault = Error{ErrorKind::NotFound, 404, {}, {}};
        drag.fetch({"id", "api"}, items);
        QTRY_VERIFY(!drag.copies()->isBusy());
        QCOMPARE(ready.count(), 2);
    }
};

} // namespace tst_container_files_changes

ROADSTEAD_WIDGET_TEST(tst_container_files_changes::ContainerFilesChangesTest)
#include "tst_container_files_changes.moc"
