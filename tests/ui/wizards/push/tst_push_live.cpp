// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/cause.h"
#include "engine/service/registries/cli_registry_desk.h"
#include "tests/support/argument_watch.h"
#include "tests/support/fake_registry/fake_registry.h"
#include "tests/support/real_engine.h"
#include "tests/support/real_registry.h"
#include "tests/support/test_program/test_program.h"
#include "ui/models/image_name.h"
#include "ui/pages/images/image_engine.h"
#include "ui/wizards/push/push_controller.h"

#include <QFile>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <atomic>
#include <optional>

namespace tst_push_live {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using registry::Cause;
using test::AskedFor;
using test::FakeRegistry;
using test::Told;
using Step = PushController::Step;

namespace {

constexpr int pushPatience = 60'000;

} // namespace

/// The push wizard's controller with a real engine and real registries.
class TestPushLive : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    RealEngine m_engine;
    RealRegistry m_registry;
    std::unique_ptr<service::EngineSession> m_session;
    std::unique_ptr<SessionImageEngine> m_images;
    std::unique_ptr<service::CliRegistryDesk> m_desk;
    std::unique_ptr<PushController> m_controller;

    bool m_isInArguments = false; ///< a password was seen there

    [[nodiscard]] QByteArray config() const
    {
        QFile file(m_folder.filePath(u"docker/config.json"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    template<typename T>
    std::optional<Result<T>> resultOf(const service::Operation<T> &operation)
    {
        std::optional<Result<T>> result;
        operation.then(this, [&](Result<T> told) { result = std::move(told); });
        [[maybe_unused]] const bool came =
            QTest::qWaitFor([&] { return result.has_value(); }, pushPatience);
        return result;
    }
    /// Watches the arguments of all processes meanwhile.
    Cause signIn(const char *user, const char *secret)
    {
        test::ArgumentWatch watch(RealRegistry::password);
        const auto greeting = resultOf(m_desk->signIn(m_registry.name(), user, secret));
        watch.stop();
        m_isInArguments = m_isInArguments || watch.wasSeen();
        return *greeting ? Cause::Unknown : registry::causeOf(greeting->error());
    }
    /// Pushes the image there and waits for the end.
    void push(const std::string &registry, const std::string &repository)
    {
        m_controller->edit();
        m_controller->begin();
        QVERIFY(QTest::qWaitFor([&] { return m_controller->areAccountsRead(); }, pushPatience));
        resultOf(m_desk->accounts());
        m_controller->setImage("busybox:latest");
        m_controller->setRegistry(registry);
        m_controller->setRepository(repository);
        QTest::qWait(50); // the accounts' answer comes by a queue
        QVERIFY2(m_controller->push(), qPrintable(m_controller->line()));
        QVERIFY(QTest::qWaitFor(
            [&] {
                return m_controller->step() == Step::Done || m_controller->step() == Step::Editing;
            },
            pushPatience));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qputenv("DOCKER_CONFIG", m_folder.filePath(u"docker"_s).toUtf8());
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        m_session = std::make_unique<service::EngineSession>(m_engine.socketPath());
        m_images = std::make_unique<SessionImageEngine>(m_session.get());
        m_desk = std::make_unique<service::CliRegistryDesk>(m_session.get());
        m_controller = std::make_unique<PushController>(PushController::Parts{
            .run =
                [this](const docker::Command &command,
                       service::EngineSession::ProgressReceiver progress) {
                    return m_images->run(command, std::move(progress));
                },
            .inspect = [this](const docker::Target &target) { return m_images->inspect(target); },
            .history = [this](const docker::Target &target) { return m_images->history(target); },
            .images = [this] { return m_images->images(); },
            .makerText = [](std::string_view) { return QString(); },
            .desk = m_desk.get()});
        m_session->open();
        QVERIFY(QTest::qWaitFor(
            [&] { return m_session->imagesListed() && !m_session->images()->empty(); },
            pushPatience));
    }
    void cleanupTestCase()
    {
        m_controller.reset();
        m_desk.reset();
        m_images.reset();
        m_session.reset();
    }

    void withAPasswordThereAndBackByDigest()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::Basic));
        push(m_registry.name(), "team/busybox");
        QCOMPARE(m_controller->step(), Step::Editing);
        QCOMPARE(m_controller->failureCause(), Cause::SignIn);
        QCOMPARE(
            m_engine.docker({u"images"_s, u"-q"_s, u"--filter"_s, u"reference=*/team/busybox"_s}),
            QByteArray()); // nothing was even tagged

        QCOMPARE(signIn("mara", "wrong"), Cause::SignIn);
        QCOMPARE(config(), QByteArray());
        QCOMPARE(signIn("mara", RealRegistry::password), Cause::Unknown);
        QVERIFY(config().contains(QByteArray::fromStdString(m_registry.name())));

        push(m_registry.name(), "team/busybox");
        QVERIFY2(m_controller->step() == Step::Done,
                 m_controller->failure() ? qPrintable(m_controller->failure()->rawDetail) : "");
        const PushedTag pushed = m_controller->tags().front();
        QVERIFY(pushed.digest.starts_with("sha256:"));
        QVERIFY(pushed.isBeforeKnown);
        QCOMPARE(pushed.before, "");
        QVERIFY(m_controller->bytesSent() > 0);

        const QString byDigest =
            QString::fromStdString(m_registry.name() + "/team/busybox@" + pushed.digest);
        m_engine.docker({u"rmi"_s, QString::fromStdString(pushed.target.display)});
        const auto pulled =
            resultOf(m_images->run(docker::PullImage{pullNameOf(byDigest.toStdString())}, {}));
        QVERIFY2(pulled->has_value(), pulled->has_value() ? "" : pulled->error().detail.c_str());

        push(m_registry.name(), "team/busybox"); // all of it is there
        QCOMPARE(m_controller->step(), Step::Done);
        QVERIFY(m_controller->layersThere() > 0);
        QCOMPARE(m_controller->tags().front().before, pushed.digest);
        const auto read = resultOf(m_desk->tagFacts(m_registry.name(), "team/busybox", "latest"));
        QVERIFY(read->has_value());
        QCOMPARE(read->value().digest, pushed.digest);
        QVERIFY(read->value().bytes > 0);
    }

    void passwordsAreNowhere()
    {
        const QByteArray secret = RealRegistry::password;
        for (const service::CommandRecord &record : m_session->history()) {
            QVERIFY2(!record.line.contains(QString::fromUtf8(secret)), qPrintable(record.line));
            QVERIFY(!record.error || !record.error->detail.contains(secret.toStdString()));
        }
        QVERIFY(std::ranges::any_of(m_session->history(), [](const auto &record) {
            return record.line.startsWith(u"docker login --username mara --password-stdin "_s);
        }));
        const QSettings settings;
        for (const QString &key : settings.allKeys()) {
            QVERIFY(!settings.value(key).toString().contains(QString::fromUtf8(secret)));
        }
        QVERIFY(!m_isInArguments);
        QVERIFY(!test::isInArguments(secret));
    }

    void signedOutMeansRefused()
    {
        QVERIFY(resultOf(m_desk->signOut(m_registry.name()))->has_value());
        QVERIFY(!config().contains(QByteArray::fromStdString(m_registry.name())));
        push(m_registry.name(), "team/other");
        QCOMPARE(m_controller->failureCause(), Cause::SignIn);
    }

    void withoutRights()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::Token));
        QCOMPARE(signIn("reader", RealRegistry::password), Cause::Unknown);
        push(m_registry.name(), "team/busybox");
        QCOMPARE(m_controller->failureCause(), Cause::Denied);
        QVERIFY(m_controller->failure()->body().contains(u"reader"_s));
        QCOMPARE(signIn("mara", RealRegistry::password), Cause::Unknown);
        push(m_registry.name(), "team/busybox");
        QVERIFY2(m_controller->step() == Step::Done,
                 m_controller->failure() ? qPrintable(m_controller->failure()->rawDetail) : "");
    }

    void whatAProxyRefuses_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("cause");
        QTest::newRow("413") << 413 << "413 Request Entity Too Large" << int(Cause::TooLarge);
        QTest::newRow("429") << 429 << "429 Too Many Requests" << int(Cause::TooManyRequests);
        QTest::newRow("403") << 403 << "403 Forbidden" << int(Cause::Denied);
        QTest::newRow("404") << 404 << "404 Not Found" << int(Cause::NotFound);
    }

    /// The check goes through; what the engine sends then does not.
    void whatAProxyRefuses()
    {
        QFETCH(const int, status);
        QFETCH(const QString, words);
        QFETCH(const int, cause);
        const std::string page = "<html><head><title>" + words.toStdString() + "</title></head>";
        std::atomic<int> uploads = 0;
        FakeRegistry proxy([&](const AskedFor &asked) {
            if (asked.method == "HEAD") {
                return Told{.status = 404};
            }
            if (asked.method == "POST" && uploads++ == 0) {
                return Told{.status = 202,
                            .headers = {{"Location", "/v2/team/busybox/blobs/uploads/1"}}};
            }
            return Told{.status = asked.method == "POST" ? status : 200, .body = page};
        });
        push(proxy.name(), "team/busybox");
        QCOMPARE(m_controller->step(), Step::Editing);
        QVERIFY2(int(m_controller->failureCause()) == cause,
                 qPrintable(m_controller->failure()->rawDetail));
        QVERIFY(!m_controller->failure()->advice.isEmpty());
    }

    void nothingListensThere()
    {
        std::string name;
        {
            FakeRegistry gone([](const AskedFor &) { return Told{}; });
            name = gone.name();
        }
        push(name, "team/busybox");
        QVERIFY2(m_controller->failureCause() == Cause::Refused,
                 qPrintable(m_controller->failure()->rawDetail));
        push("registry.invalid", "team/busybox");
        QVERIFY2(m_controller->failureCause() == Cause::NameUnknown,
                 qPrintable(m_controller->failure()->rawDetail));
    }

    /// Engines take any certificate on loopback, as the check before does.
    void overTls()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::None, RealRegistry::Certificate::Good));
        push(m_registry.name(), "team/busybox");
        QVERIFY2(m_controller->step() == Step::Done,
                 m_controller->failure() ? qPrintable(m_controller->failure()->rawDetail) : "");
    }
};

} // namespace tst_push_live

ROADSTEAD_GUILESS_TEST(tst_push_live::TestPushLive)
#include "tst_push_live.moc"
