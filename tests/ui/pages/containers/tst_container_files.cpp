// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/files_bench.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"

#include <QBuffer>
#include <QDialog>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace tst_container_files {

using namespace roadstead;
using namespace roadstead::ui;
using service::FileEntry;
using service::FileKind;
using test::fill;
using test::Harbour;
using test::indexOf;
using test::open;
using test::openTab;
using Bench = test::PageBench;

/// The Files tab as a person uses it.
class ContainerFilesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void opensWhereTheProgramWorks();
    void goesDownUpAndBack();
    void aTypedPathIsGoneTo();
    void statesAreTold();
    void textIsEditedAndSaved();
    void aChangedFileIsNotOverwrittenUnasked();
    void unsavedWordsAreNotLost();
    void binaryLargeAndHostileFiles();
    void picturesAreShown();
    void filesAreDroppedAndAskedFor();
    void selectedFilesAreDownloaded();
    void theRemovedContainerStaysReadable();
    void pictures_data();
    void pictures();
};

void ContainerFilesTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-files-test");
    Theme::instance().install(*qApp);
}

void ContainerFilesTest::init()
{
    QSettings().clear();
    Theme::instance().setAppearance(Appearance::Light);
}

void ContainerFilesTest::opensWhereTheProgramWorks()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    QVERIFY(tab);
    QCOMPARE(bench.find<QLineEdit>("filesPath")->text(), QString("/app"));
    QCOMPARE(bench.engine.fileAccess.readings, std::vector<std::string>{"/app"});
    QVERIFY(indexOf(tab, "legacy.js").isValid()); // deleted, and told
    QVERIFY(indexOf(tab, "current → ../releases/42").isValid());
    QCOMPARE(bench.find<QLabel>("filesChanges")->text(), QString("1 added, 3 changed, 1 deleted"));
    bench.press("filesChanged");
    QCOMPARE(tab->findChild<FileTable *>()->model()->rowCount(), 4);
}

void ContainerFilesTest::goesDownUpAndBack()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    open(tab, "routes");
    QCOMPARE(tab->controller()->path(), "/app/routes");
    QTRY_VERIFY(indexOf(tab, "cart.js").isValid());
    QTest::keyClick(tab->findChild<FileTable *>(), Qt::Key_Backspace);
    QCOMPARE(tab->controller()->path(), "/app");
    bench.press("filesBack");
    QCOMPARE(tab->controller()->path(), "/app/routes");
    const std::size_t before = bench.engine.fileAccess.readings.size();
    QTest::keyClick(tab->findChild<FileTable *>(), Qt::Key_F5);
    QCOMPARE(bench.engine.fileAccess.readings.size(), before + 1);
}

void ContainerFilesTest::aTypedPathIsGoneTo()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    auto *field = bench.find<QLineEdit>("filesPath");
    field->setText("app/../etc/");
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(tab->controller()->path(), "/etc");
    QTRY_VERIFY(indexOf(tab, "passwd").isValid());
}

void ContainerFilesTest::statesAreTold()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    const auto words = [&bench] {
        auto *message = bench.find<EmptyState>("filesMessage");
        return message ? message->what() : QString();
    };
    tab->controller()->go("/app/db");
    QTRY_COMPARE(words(), QString("This folder is empty"));
    bench.engine.fileAccess.fault = Error{ErrorKind::NotFound, 404, {}, {}};
    tab->controller()->go("/nowhere");
    QTRY_COMPARE(words(), QString("/nowhere is not there"));
    bench.engine.fileAccess.fault = Error{ErrorKind::BadRequest, 400, {}, {}};
    tab->controller()->go("/app/server.js");
    QTRY_COMPARE(words(), QString("/app/server.js is not a folder"));
    bench.engine.fileAccess.fault = Error{ErrorKind::NotAnswering, 0, {}, {}};
    tab->controller()->go("/slow");
    QTRY_COMPARE(words(), QString("Could not read /slow"));
    bench.engine.fileAccess.fault.reset();
    bench.engine.fileAccess.holdsFolders = true;
    tab->controller()->go("/opt");
    QCOMPARE(words(), QString("Reading the folder"));
    bench.press("filesStop");
    QCOMPARE(words(), QString("Nothing was read yet"));
    QVERIFY(!bench.find("filesStop"));
    tab->controller()->go("/app");
    QVERIFY(bench.find("filesTable"));
    auto *filter = bench.find<QLineEdit>("filesFilter");
    filter->setText("no such name");
    QTRY_COMPARE(words(), QString("No file matches"));
}

void ContainerFilesTest::textIsEditedAndSaved()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    open(tab, "feature-flags.json");
    auto *text = bench.find<QPlainTextEdit>("fileText");
    QVERIFY(text);
    QVERIFY(text->isReadOnly());
    bench.press("fileEdit");
    QVERIFY(!text->isReadOnly());
    text->setPlainText("{}\n");
    QCOMPARE(commandHint(bench.find("fileSave")), QString("docker cp - shopfront-api-1:/app"));
    bench.press("fileSave");
    QTRY_COMPARE(bench.engine.fileAccess.contents.at("/app/feature-flags.json").bytes, "{}\n");
    QTRY_VERIFY(text->isReadOnly());
    QVERIFY(bench.find("filePreview")); // reading the folder again does not close it
}

void ContainerFilesTest::aChangedFileIsNotOverwrittenUnasked()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    open(tab, "feature-flags.json");
    bench.press("fileEdit");
    auto *text = bench.find<QPlainTextEdit>("fileText");
    text->setPlainText("mine\n");
    auto &there = bench.engine.fileAccess.contents.at("/app/feature-flags.json");
    there.bytes = "theirs\n";
    bench.press("fileSave");
    QTRY_VERIFY(bench.window.findChild<QDialog *>("overwriteFile"));
    QCOMPARE(there.bytes, "theirs\n");
    bench.window.findChild<QDialog *>("overwriteFile")->accept();
    QTRY_COMPARE(there.bytes, "mine\n");
}

void ContainerFilesTest::unsavedWordsAreNotLost()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    open(tab, "feature-flags.json");
    bench.press("fileEdit");
    bench.find<QPlainTextEdit>("fileText")->setPlainText("mine\n");
    bench.press("filesUp");
    QCOMPARE(tab->controller()->path(), "/app");
    auto *question = bench.window.findChild<QDialog *>("discardFile");
    QVERIFY(question);
    question->accept();
    QTRY_COMPARE(tab->controller()->path(), "/");
    QVERIFY(!bench.find("filePreview"));
}

void ContainerFilesTest::binaryLargeAndHostileFiles()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    const auto words = [&bench] {
        auto *message = bench.find<EmptyState>("filePreviewMessage");
        return message ? message->what() : QString();
    };
    open(tab, "zeros");
    QTRY_COMPARE(words(), QString("A binary file"));
    open(tab, "dump.bin");
    QTRY_COMPARE(words(), QString("Too large to show here"));
    open(tab, "current → ../releases/42");
    QTRY_COMPARE(words(), QString("A link to ../releases/42"));
    open(tab, "hostile.txt");
    QTRY_VERIFY(bench.find("fileText"));
    QVERIFY(!bench.find<QPlainTextEdit>("fileText")->toPlainText().contains(QChar(0x1b)));
    QVERIFY(!bench.find("fileEdit")); // it could not be saved as it was
    bench.engine.fileAccess.contents.erase("/app/worker.js");
    open(tab, "worker.js");
    QTRY_COMPARE(words(), QString("The file is no longer there"));
}

void ContainerFilesTest::picturesAreShown()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    QVERIFY(image.save(&buffer, "PNG"));
    FileEntry entry;
    entry.path = "/app/logo.txt"; // a name says nothing
    bench.engine.fileAccess.add(entry, bytes.toStdString());
    FilesTab *tab = openTab(bench, harbour);
    open(tab, "logo.txt");
    QTRY_VERIFY(bench.find("filePicture"));
    QVERIFY(!bench.find<QLabel>("filePicture")->pixmap().isNull());
}

void ContainerFilesTest::filesAreDroppedAndAskedFor()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    QTemporaryDir folder;
    QFile file(folder.filePath("server.js"));
    QVERIFY(file.open(QFile::WriteOnly));
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName())});
    auto *viewport = tab->findChild<FileTable *>()->viewport();
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &drop);
    QTRY_VERIFY(bench.window.findChild<QDialog *>("fileConflicts"));
    QVERIFY(bench.engine.fileAccess.lines.isEmpty());
    auto *question = bench.window.findChild<QDialog *>("fileConflicts");
    question->findChild<QAbstractButton *>("conflictKeepBoth")->click();
    QTRY_COMPARE(bench.engine.fileAccess.lines.size(), 1);
    QVERIFY(bench.engine.fileAccess.lines[0].endsWith("'shopfront-api-1:/app/server (2).js'"));
    QTRY_VERIFY(indexOf(tab, "server (2).js").isValid());
    QCOMPARE(bench.find<ElidedLabel>("filesCopyText")->fullText(), QString("1 uploaded."));
}

void ContainerFilesTest::selectedFilesAreDownloaded()
{
    Bench bench;
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    QVERIFY(!bench.find<QAbstractButton>("filesDownload")->isEnabled());
    auto *table = tab->findChild<FileTable *>();
    table->setCurrentIndex(indexOf(tab, "routes"));
    QVERIFY(bench.find<QAbstractButton>("filesDownload")->isEnabled());
    QCOMPARE(commandHint(bench.find("filesDownload")),
             QString("docker cp shopfront-api-1:/app/routes/. ./routes"));
    QTemporaryDir folder;
    tab->downloadTo(folder.path());
    QTRY_COMPARE(bench.engine.fileAccess.lines.size(), 1);
    table->setCurrentIndex(indexOf(tab, "legacy.js"));
    QVERIFY(!bench.find<QAbstractButton>("filesDownload")->isEnabled());
}

void ContainerFilesTest::theRemovedContainerStaysReadable()
{
    Bench bench;
    Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    tab->setGone();
    QVERIFY(!bench.find<QAbstractButton>("filesUpload")->isEnabled());
    QVERIFY(indexOf(tab, "server.js").isValid());
}

void ContainerFilesTest::pictures_data()
{
    QTest::addColumn<QByteArray>("scene");
    QTest::addColumn<bool>("dark");
    for (const bool dark : {false, true}) {
        for (const char *scene : {"list", "file", "drop", "narrow", "failed"}) {
            QTest::addRow("%s-%s", scene, dark ? "dark" : "light") << QByteArray(scene) << dark;
        }
    }
}

void ContainerFilesTest::pictures()
{
    QFETCH(const QByteArray, scene);
    QFETCH(const bool, dark);
    Theme::instance().setAppearance(dark ? Appearance::Dark : Appearance::Light);
    Bench bench;
    bench.window.setAutoFillBackground(true);
    if (scene == "narrow") {
        bench.window.resize(560, 722);
        bench.page.widget()->resize(560, 722);
    }
    const Harbour harbour(bench.engine);
    fill(bench.engine.fileAccess);
    FilesTab *tab = openTab(bench, harbour);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/home/a.js"), QUrl::fromLocalFile("/home/b.js")});
    if (scene != "list") {
        open(tab, "feature-flags.json");
    }
    if (scene == "drop") {
        QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(tab->findChild<FileTable *>()->viewport(), &enter);
    } else if (scene == "failed") {
        bench.engine.fileAccess.fault = Error{ErrorKind::NotFound, 404, {}, {}};
        tab->controller()->go("/nowhere");
    }
    QTest::qWait(60);
    const QImage image = bench.window.grab().toImage();
    QDir folder(QCoreApplication::applicationDirPath() + "/gallery");
    QVERIFY(folder.mkpath("."));
    QVERIFY(image.save(
        folder.filePath(QString("container-files-%1.png").arg(QTest::currentDataTag()))));
    QCOMPARE(qGray(image.pixel(image.width() / 2, 4)) < 128, dark);
}

} // namespace tst_container_files

ROADSTEAD_WIDGET_TEST(tst_container_files::ContainerFilesTest)
#include "tst_container_files.moc"
