// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/build_trace.h"
#include "tests/support/test_program/test_program.h"
#include "ui/wizards/build/build_picture.h"
#include "ui/wizards/build/registry_trouble.h"

#include <QFile>
#include <QTest>

#include <algorithm>

namespace tst_build_picture {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using registry::Cause;

/// What is drawn of a build.
class TestBuildPicture : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingHasBegun()
    {
        const auto picture = pictureOf(dockerfile(), {}, {}, {});
        QCOMPARE(picture.cards.size(), 4);
        QCOMPARE(picture.total, 9);
        QCOMPARE(picture.done, 0);
        for (const PictureCard &card : picture.cards) {
            QCOMPARE(card.note, u"waiting"_s);
            QVERIFY(!card.isRunning);
        }
        QCOMPARE(picture.cards.at(3).inputs, (std::vector<std::size_t>{0, 1, 2}));
        QCOMPARE(picture.cards.at(3).depth, 2);
    }
    void failedBuildIsDrawn()
    {
        const auto picture = pictureOf(dockerfile(), {}, snapshot("failing_build.rawjson"), {});
        QCOMPARE(picture.lines.value(19).state, build::StepState::Failed);
        QCOMPARE(picture.lines.value(19).text, u"RUN echo bad >&2; exit 3"_s);
        QVERIFY(picture.lines.value(19).time.endsWith(u" s"_s));
        QVERIFY(!picture.lines.contains(2)); // FROM scratch makes no step
        QVERIFY(!picture.lines.contains(7)); // nor does ARG
        const PictureCard &other = picture.cards.at(2);
        QCOMPARE(other.name, u"other"_s);
        QCOMPARE(other.note, u"1 of 2"_s);
    }
    void cachedStagesSaySo()
    {
        const auto picture = pictureOf(dockerfile(), {}, snapshot("cached_build.rawjson"), {});
        QCOMPARE(picture.cached, 9);
        QCOMPARE(picture.cards.at(0).note, u"2 cached"_s);
        QCOMPARE(picture.lines.value(3).time, u"cached"_s);
        QVERIFY(picture.done > picture.cached); // the export
        QCOMPARE(picture.cards.last().name, u"export"_s);
        QCOMPARE(picture.cards.last().inputs, (std::vector<std::size_t>{3}));
    }
    void runningStepsHaveTheirTime()
    {
        service::BuildSnapshot running = snapshot("cached_build.rawjson");
        const auto step = std::ranges::find_if(running.steps, [](const build::BuildStep &one) {
            return one.place.stage == "build" && one.place.number == 2;
        });
        step->state = build::StepState::Running;
        step->started = Timestamp{1'000'000'000};
        step->completed.reset();
        const auto picture = pictureOf(dockerfile(), {}, running, Timestamp{96'500'000'000});
        QCOMPARE(picture.running, 1);
        QVERIFY(picture.cards.at(1).isRunning);
        const auto drawn = std::ranges::find(picture.cards.at(1).steps, build::StepState::Running,
                                             &PictureStep::state);
        QCOMPARE(drawn->time, u"1:35"_s);
    }
    void baseOfSeveralStagesIsLoadedOnce()
    {
        const auto file = build::readDockerfile("FROM a AS x\nRUN 1\nFROM a AS y\nRUN 2\n"
                                                "FROM a\nCOPY --from=x / /\nCOPY --from=y / /\n");
        build::BuildTrace trace;
        trace.feed(R"({"vertexes":[{"digest":"d","name":"[y 1/2] FROM docker.io/library/a",)"
                   R"("started":"2026-01-01T00:00:01Z","completed":"2026-01-01T00:00:02Z"}]})"
                   "\n");
        const auto picture = pictureOf(file, {}, {.steps = trace.steps()}, {});
        for (const int line : {1, 3, 5}) {
            QCOMPARE(picture.lines.value(line).state, build::StepState::Done);
        }
        QCOMPARE(picture.lines.value(2).state, build::StepState::Waiting);
    }
    void targetLeavesOutTheOthers()
    {
        const auto picture = pictureOf(dockerfile(), "build", {}, {});
        QCOMPARE(picture.cards.size(), 2);
        QCOMPARE(picture.cards.last().name, u"build"_s);
    }
    void hostileWordsAreMadeVisible()
    {
        const auto file = build::readDockerfile("FROM a\nRUN echo \u202e\x1b[31m\n");
        const auto picture = pictureOf(file, {}, {}, {});
        QVERIFY(!picture.lines.value(2).text.contains(QChar(0x202e)));
        QVERIFY(!picture.lines.value(2).text.contains(QChar(0x1b)));
    }
    void failuresHaveAdvice()
    {
        QVERIFY(
            buildAdvice("did not complete successfully: exit code: 127").contains(u"command"_s));
        QVERIFY(buildAdvice("failed to compute cache key: \"/x\": not found")
                    .contains(u".dockerignore"_s));
        QVERIFY(buildAdvice("dockerfile parse error on line 3: unknown instruction: RUNN")
                    .contains(u"line"_s));
        QVERIFY(buildAdvice("something new").isEmpty());
    }

    void aRegistryInTheWayIsKnown_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("step");
        QTest::addColumn<RegistryAct>("act");
        QTest::addColumn<QString>("registry"); ///< empty = it was something else
        QTest::addColumn<Cause>("cause");
        const auto row = [](const char *name, const char *message, RegistryAct act = {},
                            const char *registry = "", Cause cause = {}, const char *step = "") {
            QTest::newRow(name) << QString(message) << QString(step) << act << QString(registry)
                                << cause;
        };
        const char *noTls = "Get \"https://203.0.113.1:5080/v2/\": http: server gave HTTP response "
                            "to HTTPS client";
        row("pushed by the engine", noTls, RegistryAct::Push, "203.0.113.1:5080", Cause::PlainHttp,
            "pushing 203.0.113.1:5080/a/b:1 with docker");
        row("based on, classic", "no basic auth credentials", RegistryAct::Pull, "127.0.0.1:5081",
            Cause::SignIn, "FROM 127.0.0.1:5081/a/base:1");
        row("read before it builds", "unexpected status from HEAD request: 401 Unauthorized",
            RegistryAct::Pull, "127.0.0.1:5081", Cause::SignIn,
            "[internal] load metadata for 127.0.0.1:5081/a/base:1");
        row("a step that asks a registry itself", noTls, {}, "", {}, "RUN apk add FROM elsewhere");
        row("pushed without an account",
            "failed to solve: failed to push 127.0.0.1:5055/mara/ship:1: push access denied, "
            "repository does not exist or may require authorization: authorization failed: no "
            "basic auth credentials",
            RegistryAct::Push, "127.0.0.1:5055", Cause::SignIn);
        row("pushed to an unknown certificate",
            "failed to push 203.0.113.1:5443/a/b: failed to do request: Head "
            "\"https://203.0.113.1:5443/v2/a/b/blobs/sha256:12\": tls: failed to verify "
            "certificate: x509: certificate signed by unknown authority",
            RegistryAct::Push, "203.0.113.1:5443", Cause::NotTrusted);
        row("based on what speaks no TLS",
            "failed to resolve source metadata for pier.example/base:1: failed to do request: "
            "http: server gave HTTP response to HTTPS client",
            RegistryAct::Pull, "pier.example", Cause::PlainHttp);
        row("the engine's own builder",
            "pull access denied for secret, repository does not exist or may require 'docker "
            "login': denied: requested access to the resource is denied",
            RegistryAct::Pull, "docker.io", Cause::Denied);
        row("a step", "process \"/bin/sh -c curl\" did not complete successfully: exit code: 1");
        row("a push in a step", "failed to push");
    }
    void aRegistryInTheWayIsKnown()
    {
        QFETCH(const QString, message);
        QFETCH(const QString, step);
        QFETCH(const RegistryAct, act);
        QFETCH(const QString, registry);
        QFETCH(const Cause, cause);
        const auto trouble = registryTroubleOf(message.toStdString(), step.toStdString());
        QCOMPARE(trouble.has_value(), !registry.isEmpty());
        if (trouble) {
            QCOMPARE(trouble->act, act);
            QCOMPARE(QString::fromStdString(trouble->registry), registry);
            QCOMPARE(trouble->cause, cause);
        }
    }

private:
    static QByteArray recorded(const QString &name)
    {
        QFile file(QStringLiteral(ROADSTEAD_SOURCE_DIR "/tests/data/build/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static build::Dockerfile dockerfile()
    {
        return build::readDockerfile(recorded(u"failing_build.dockerfile"_s).toStdString());
    }
    static service::BuildSnapshot snapshot(const char *name)
    {
        build::BuildTrace trace;
        trace.feed(recorded(QString::fromLatin1(name)).toStdString());
        trace.finish();
        return {.steps = trace.steps(),
                .warnings = trace.warnings(),
                .failure = trace.failure(),
                .failedStep = trace.failedStep()};
    }
};

} // namespace tst_build_picture

ROADSTEAD_APPLESS_TEST(tst_build_picture::TestBuildPicture)
#include "tst_build_picture.moc"
