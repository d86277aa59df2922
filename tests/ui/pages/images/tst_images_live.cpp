// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"
#include "ui/models/image_name.h"
#include "ui/pages/images/image_transfers.h"
#include "ui/pages/images/images_controller.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tst_images_live {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

} // namespace

/// The images page without its widgets, against a real dockerd and a real registry on loopback.
class TestImagesLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        QVERIFY(startRegistry());
    }
    void cleanupTestCase()
    {
        m_registry.kill();
        m_registry.waitForFinished();
    }
    void init()
    {
        m_session = std::make_unique<service::EngineSession>(m_engine.socketPath());
        m_imageEngine = std::make_unique<SessionImageEngine>(m_session.get());
        m_controller = std::make_unique<ImagesController>(
            m_imageEngine.get(), [] { return QDateTime::currentSecsSinceEpoch(); });
        m_transfers = std::make_unique<ImageTransfers>(m_imageEngine.get());
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), service::Link::Live, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_imageEngine->listed(), patience);
    }
    void cleanup()
    {
        m_transfers.reset();
        m_controller.reset();
        m_imageEngine.reset();
        m_session.reset();
    }

    void whatATerminalDoesAppears()
    {
        QTRY_VERIFY_WITH_TIMEOUT(holder("busybox:latest"), patience);
        m_engine.docker({u"tag"_s, u"busybox"_s, u"shop/web:1"_s});
        QTRY_VERIFY_WITH_TIMEOUT(holder("shop/web:1"), patience);
        QCOMPARE(holder("shop/web:1"), holder("busybox:latest")); // one row for both
        m_engine.docker({u"rmi"_s, u"shop/web:1"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!holder("shop/web:1"), patience);
    }

    void usersFollowTheContainers()
    {
        m_engine.docker(
            {u"create"_s, u"--name"_s, u"one"_s, u"busybox"_s, u"/bin/busybox"_s, u"true"_s});
        QTRY_VERIFY_WITH_TIMEOUT(holder("busybox:latest") && holder("busybox:latest")->isInUse(),
                                 patience);
        QCOMPARE(holder("busybox:latest")->users.front().name, std::string("one"));
        m_engine.docker({u"rm"_s, u"one"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!holder("busybox:latest")->isInUse(), patience);
    }

    void tagAndUntagAreConfirmedByTheList()
    {
        QSignalSpy done(m_controller.get(), &ImagesController::succeeded);
        m_controller->tag(holder("busybox:latest")->id(), "tagged:2");
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
        QVERIFY(holder("tagged:2")); // already in the list
        m_controller->untag(holder("tagged:2")->id(), "tagged:2");
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 2, patience);
        QVERIFY(!holder("tagged:2"));
        QVERIFY(holder("busybox:latest"));
    }

    void savedImagesComeBackWithTheirNames()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"kept.tar"_s);
        m_engine.docker({u"tag"_s, u"busybox"_s, u"kept:1"_s});
        QTRY_VERIFY_WITH_TIMEOUT(holder("kept:1"), patience);
        QSignalSpy saved(m_transfers.get(), &ImageTransfers::saved);
        m_transfers->save({holder("kept:1")}, path);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QCOMPARE(QFile(path).size(), saved[0][1].toLongLong());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"kept.tar"_s});
        m_engine.docker({u"rmi"_s, u"kept:1"_s, u"busybox:latest"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!holder("kept:1"), patience);
        QSignalSpy loaded(m_transfers.get(), &ImageTransfers::loaded);
        m_transfers->load(path);
        QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, patience);
        QVERIFY(loaded[0][1].toStringList().contains(u"kept:1"_s));
        QVERIFY(holder("kept:1"));
        QVERIFY(holder("busybox:latest"));
        m_engine.docker({u"rmi"_s, u"kept:1"_s});
    }

    void aBrokenFileIsNotLoadedAndAMissingImageNotSaved()
    {
        QTemporaryDir folder;
        QFile broken(folder.filePath(u"broken.tar"_s));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("no archive");
        broken.close();
        QSignalSpy failed(m_transfers.get(), &ImageTransfers::failed);
        m_transfers->load(broken.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        QCOMPARE(failed[0][0].value<Explanation>().title, u"Could not load broken.tar"_s);
        m_engine.docker({u"tag"_s, u"busybox"_s, u"gone:1"_s});
        QTRY_VERIFY_WITH_TIMEOUT(holder("gone:1"), patience);
        docker::ImageSummary missing = holder("gone:1")->summary;
        missing.tags = {"never:was"};
        const auto row = std::make_shared<const ImageRow>(ImageSource{&missing, nullptr});
        m_transfers->save({row}, folder.filePath(u"never.tar"_s));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, patience);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"broken.tar"_s});
        m_engine.docker({u"rmi"_s, u"gone:1"_s});
    }

    void rootFileSystemsAreImported()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir(u"root"_s));
        const QString path = folder.filePath(u"root.tar"_s);
        QCOMPARE(QProcess::execute(u"tar"_s,
                                   {u"-C"_s, folder.filePath(u"root"_s), u"-cf"_s, path, u"."_s}),
                 0);
        docker::ImportImage command;
        command.source = path.toStdString();
        command.name = "bare:1";
        QSignalSpy imported(m_transfers.get(), &ImageTransfers::imported);
        m_transfers->import(command);
        QTRY_COMPARE_WITH_TIMEOUT(imported.size(), 1, patience);
        QVERIFY(holder("bare:1"));
        m_engine.docker({u"rmi"_s, u"bare:1"_s});
    }

    void pullsByTagAndByDigest()
    {
        m_engine.docker({u"tag"_s, u"busybox"_s, u"127.0.0.1:5000/shop/web:1"_s});
        m_engine.docker({u"push"_s, u"127.0.0.1:5000/shop/web:1"_s});
        QTRY_VERIFY_WITH_TIMEOUT(holder("127.0.0.1:5000/shop/web:1"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!holder("127.0.0.1:5000/shop/web:1")->summary.digests.empty(),
                                 patience);
        const std::string digest = holder("127.0.0.1:5000/shop/web:1")->summary.digests.front();
        const std::string id = holder("127.0.0.1:5000/shop/web:1")->id();
        m_engine.docker({u"rmi"_s, u"127.0.0.1:5000/shop/web:1"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!holder("127.0.0.1:5000/shop/web:1"), patience);

        QVERIFY2(pulled("127.0.0.1:5000/shop/web:1").isEmpty(),
                 qPrintable(pulled("127.0.0.1:5000/shop/web:1")));
        QVERIFY(holder("127.0.0.1:5000/shop/web:1"));
        m_engine.docker({u"rmi"_s, u"127.0.0.1:5000/shop/web:1"_s});
        QVERIFY2(pulled(digest).isEmpty(), digest.c_str());
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->images()->find(id)->summary.digests.empty(),
                                 patience);
        QVERIFY(!pulled("127.0.0.1:5000/shop/none:1").isEmpty());
    }

    void aTagThatMovedIsNews()
    {
        const QString name = u"127.0.0.1:5000/moved:1"_s;
        m_engine.docker({u"tag"_s, u"busybox"_s, name});
        m_engine.docker({u"push"_s, name});
        QTRY_VERIFY_WITH_TIMEOUT(holder(name.toStdString()), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!holder(name.toStdString())->summary.digests.empty(), patience);
        QSignalSpy checked(m_controller.get(), &ImagesController::newsChecked);
        m_controller->checkNews({holder(name.toStdString())->id()});
        QTRY_COMPARE_WITH_TIMEOUT(checked.size(), 1, patience);
        QCOMPARE(holder(name.toStdString())->news, ImageNews::Current);
        // Another image takes the tag in the registry, and the old one has it here again.
        const QByteArray old = m_engine.docker({u"images"_s, u"-q"_s, name}).trimmed();
        m_engine.docker({u"create"_s, u"--name"_s, u"source"_s, u"busybox"_s, u"true"_s});
        m_engine.docker({u"commit"_s, u"source"_s, name});
        m_engine.docker({u"rm"_s, u"source"_s});
        m_engine.docker({u"push"_s, name});
        m_engine.docker({u"tag"_s, QString::fromLatin1(old), name});
        QTRY_VERIFY_WITH_TIMEOUT(holder(name.toStdString()) &&
                                     holder(name.toStdString()) == holder("busybox:latest"),
                                 patience);
        m_controller->checkNews({holder(name.toStdString())->id()});
        QTRY_COMPARE_WITH_TIMEOUT(holder(name.toStdString())->news, ImageNews::Newer, patience);
    }

    void aUsedImageIsNotRemovedAndTheSentenceSaysWhy()
    {
        m_engine.docker({u"run"_s, u"-d"_s, u"--name"_s, u"keeper"_s, u"--network"_s, u"none"_s,
                         u"busybox"_s, u"/bin/busybox"_s, u"sleep"_s, u"1000"_s});
        QTRY_VERIFY_WITH_TIMEOUT(holder("busybox:latest")->isUsedByRunning(), patience);
        QCOMPARE(obstacleOf(*holder("busybox:latest")), Obstacle::Running);
        QSignalSpy failed(m_controller.get(), &ImagesController::failed);
        m_controller->remove({holder("busybox:latest")}, {holder("busybox:latest")->id()});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        const Explanation words =
            explainRemoval(failed[0][2].value<Error>(), *failed[0][0].value<ImageRowPointer>());
        QVERIFY2(words.body().startsWith(u"Running containers are made from it: keeper."),
                 qPrintable(words.body()));
        m_engine.docker({u"kill"_s, u"keeper"_s});
        QTRY_COMPARE_WITH_TIMEOUT(obstacleOf(*holder("busybox:latest")), Obstacle::Stopped,
                                  patience);
        m_engine.docker({u"rm"_s, u"keeper"_s});
    }

    void removalTakesAllTagsAndTheLayers()
    {
        m_engine.docker({u"create"_s, u"--name"_s, u"source"_s, u"busybox"_s, u"true"_s});
        m_engine.docker({u"commit"_s, u"source"_s, u"doomed:1"_s});
        m_engine.docker({u"tag"_s, u"doomed:1"_s, u"doomed:2"_s});
        m_engine.docker({u"rm"_s, u"source"_s});
        QTRY_VERIFY_WITH_TIMEOUT(holder("doomed:2") && holder("doomed:1"), patience);
        const std::string id = holder("doomed:2")->id();
        QSignalSpy done(m_controller.get(), &ImagesController::succeeded);
        m_controller->remove({holder("doomed:2")}, {});
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
        QVERIFY(!m_controller->images()->find(id));
        QVERIFY(m_engine.docker({u"images"_s, u"-q"_s, u"doomed"_s}).trimmed().isEmpty());
    }

    void sharedSizesAreTold()
    {
        m_controller->setSizesWanted(true);
        QTRY_VERIFY_WITH_TIMEOUT(m_controller->totals().all > 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(holder("busybox:latest")->sharedSize >= 0, patience);
    }

    void detailsAndHistoryAreRead()
    {
        const docker::Target target{holder("busybox:latest")->id(), "busybox"};
        std::optional<Result<std::vector<docker::HistoryEntry>>> history;
        m_imageEngine->history(target).then(
            this,
            [&](Result<std::vector<docker::HistoryEntry>> told) { history = std::move(told); });
        QTRY_VERIFY_WITH_TIMEOUT(history.has_value(), patience);
        QVERIFY(history->has_value());
        QCOMPARE(history->value().size(), std::size_t(1));
        QVERIFY(history->value().front().size > 0);
    }

private:
    bool startRegistry()
    {
        QFile settings(m_folder.filePath(u"registry.yml"_s));
        if (!settings.open(QIODevice::WriteOnly)) {
            return false;
        }
        settings.write("version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " +
                       m_folder.path().toUtf8() + "/data\nhttp:\n  addr: 127.0.0.1:5000\n");
        settings.close();
        m_registry.start(u"docker-registry"_s, {u"serve"_s, settings.fileName()});
        return m_registry.waitForStarted() && QTest::qWaitFor(
                                                  [] {
                                                      QTcpSocket socket;
                                                      socket.connectToHost(u"127.0.0.1"_s, 5000);
                                                      return socket.waitForConnected(200);
                                                  },
                                                  patience);
    }
    [[nodiscard]] ImageRowPointer holder(const std::string &name) const
    {
        return m_controller->holderOf(name);
    }
    /// What went wrong; empty when it is here.
    QString pulled(const std::string &name)
    {
        std::optional<Result<std::string>> result;
        m_imageEngine->run(docker::PullImage{pullNameOf(name)}, {})
            .then(this, [&](Result<std::string> told) { result = std::move(told); });
        if (!QTest::qWaitFor([&] { return result.has_value(); }, patience)) {
            return u"no answer"_s;
        }
        return *result ? QString() : QString::fromStdString(result->error().detail + "!");
    }

    QTemporaryDir m_folder;
    QProcess m_registry;
    RealEngine m_engine;
    std::unique_ptr<service::EngineSession> m_session;
    std::unique_ptr<SessionImageEngine> m_imageEngine;
    std::unique_ptr<ImagesController> m_controller;
    std::unique_ptr<ImageTransfers> m_transfers;
};

} // namespace tst_images_live

ROADSTEAD_GUILESS_TEST(tst_images_live::TestImagesLive)
#include "tst_images_live.moc"
