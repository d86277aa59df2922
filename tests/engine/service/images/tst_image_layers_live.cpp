// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"
#include "engine/service/images/image_layers.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tst_image_layers_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;
using layers::Change;

namespace {

constexpr int patience = 60'000;

} // namespace

/// Layers of images that a real engine built.
class TestImageLayersLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (RealEngine::kindMeant() == RealEngine::Kind::Podman) {
            qputenv("DOCKER_BUILDKIT", "0"); // it has none
        }
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        build(u"look:1"_s, "FROM busybox\n"
                           "RUN mkdir -p /app/data && head -c 3000000 /dev/urandom > /app/data/big"
                           " && echo one > /app/kept && ln -s kept /app/link\n"
                           "ENV LEVEL=info\n"
                           "RUN rm -r /app/data && echo more >> /app/kept\n"
                           "COPY word.txt /app/word\n");
        build(u"look:2"_s, "FROM look:1\n"
                           "RUN echo changed > /app/word && rm /app/link && echo new > /new\n");
    }
    void init()
    {
        m_cache = std::make_unique<QTemporaryDir>();
        m_session = std::make_unique<EngineSession>(m_engine.socketPath());
        m_layers = std::make_unique<ImageLayers>(m_session.get(), m_cache->path().toStdString());
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Live, patience);
    }
    void cleanup()
    {
        m_layers.reset();
        m_session.reset();
    }

    void whatWasBuiltIsSeenLayerByLayer()
    {
        const OpenedImagePointer image = opened("look:1");
        QVERIFY(image);
        QCOMPARE(image->summaries.size(), std::size_t(4));
        QCOMPARE(image->config.diffIds.size(), std::size_t(4));
        QCOMPARE(std::ranges::count_if(image->config.history,
                                       [](const auto &step) { return !step.isEmptyLayer; }),
                 4);
        QCOMPARE(changeOf(*image, "app/data/big", 1), Change::Added);
        QCOMPARE(changeOf(*image, "app/data/big", 2), Change::Removed);
        QCOMPARE(changeOf(*image, "app/data", 2), Change::Removed);
        QCOMPARE(changeOf(*image, "app/kept", 2), Change::Changed);
        QCOMPARE(changeOf(*image, "app/word", 3), Change::Added);
        QCOMPARE(image->summaries[1].wasted, 3'000'004); // and "one\n"
        QCOMPARE(image->summaries[1].hidingLayer, std::size_t(2));
        // What the program says is what is in a container.
        const auto inside = m_engine.docker(
            {u"run"_s, u"--rm"_s, u"look:1"_s, u"/bin/busybox"_s, u"find"_s, u"/app"_s});
        QVERIFY(!inside.isEmpty());
        for (const QByteArray &path : inside.trimmed().split('\n')) {
            const auto id = image->files.tree().find(path.mid(1).trimmed().toStdString());
            QVERIFY2(id != layers::noNode, path.constData());
            QVERIFY(image->files.version(image->files.newest(id)).change != Change::Removed);
        }
    }

    void theSecondLookAsksForNothing()
    {
        const OpenedImagePointer first = opened("look:1");
        QVERIFY(first);
        const auto asked = m_session->history().size();
        QVERIFY(asked > 0);
        QCOMPARE(m_session->history().back().line.contains(u"docker save look:1"_s), true);
        const OpenedImagePointer again = opened("look:1");
        QVERIFY(again);
        QCOMPARE(m_session->history().size(), asked);
        QCOMPARE(again->config.diffIds, first->config.diffIds);
        QCOMPARE(again->summaries, first->summaries);
        // The layers that it shares are known already, too.
        const auto files = [this] {
            int count = 0;
            for (QDirIterator each(m_cache->path(), QDir::Files, QDirIterator::Subdirectories);
                 each.hasNext(); each.next()) {
                ++count;
            }
            return count;
        };
        const int before = files();
        const OpenedImagePointer child = opened("look:2");
        QVERIFY(child);
        QCOMPARE(child->summaries.size(), std::size_t(5));
        QCOMPARE(files(), before + 3); // a layer, a configuration, where its layers are
    }

    void imagesAreCompared()
    {
        const OpenedImagePointer one = opened("look:1");
        const OpenedImagePointer two = opened("look:2");
        QVERIFY(one && two);
        const auto both =
            layers::compared(one->files, one->config.diffIds, two->files, two->config.diffIds);
        QVERIFY(both);
        const layers::FileView seen = layers::view(*both, {.layer = 1});
        QCOMPARE(seen.counts, (layers::ChangeCounts{.added = 1, .changed = 1, .removed = 1}));
        QCOMPARE(seen.rows[both->tree().find("new")].change, Change::Added);
        QCOMPARE(seen.rows[both->tree().find("app/word")].change, Change::Changed);
        QCOMPARE(seen.rows[both->tree().find("app/link")].change, Change::Removed);
    }

    void aFileThatIsGoneIsTakenOutOfItsLayer()
    {
        const OpenedImagePointer image = opened("look:1");
        QVERIFY(image);
        const QString path = m_cache->filePath(u"kept"_s);
        const auto bytes = finished(
            m_layers->extract(target("look:1"), {.member = image->members[1], .path = "app/kept"},
                              path.toStdString(), {}));
        QVERIFY2(bytes, bytes ? "" : bytes.error().detail.c_str());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "one\n"_ba);
        // The line that is shown does the same.
        const std::string same = m_cache->filePath(u"same"_s).toStdString();
        const std::string line = ImageLayers::extractLine(
            target("look:1"), {.member = image->members[1], .path = "app/kept"}, same);
        qputenv("DOCKER_HOST", "unix://" + m_engine.socketPath().toUtf8());
        QCOMPARE(QProcess::execute(u"sh"_s, {u"-c"_s, QString::fromStdString(line)}), 0);
        qunsetenv("DOCKER_HOST");
        QFile other(QString::fromStdString(same));
        QVERIFY(other.open(QIODevice::ReadOnly));
        QCOMPARE(other.readAll(), "one\n"_ba);
        const QString missing = m_cache->filePath(u"missing"_s);
        QVERIFY(!finished(m_layers->extract(target("look:1"),
                                            {.member = image->members[0], .path = "app/kept"},
                                            missing.toStdString(), {})));
        QVERIFY(!QFile::exists(missing));
    }

    void stoppingEndsTheStream()
    {
        const auto operation = m_layers->open(target("look:1"), {});
        operation.cancel();
        const auto result = finished(operation);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        QVERIFY(opened("look:1"));
    }

    void anImageThatIsNotThereIsAnError()
    {
        const auto result = finished(m_layers->open(target("never:was"), {}));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::NotFound);
    }

private:
    static docker::Target target(const std::string &name) { return {name, name}; }

    void build(const QString &name, const QByteArray &dockerfile)
    {
        const QTemporaryDir context;
        for (const auto &[file, text] :
             {std::pair(u"Dockerfile"_s, dockerfile), std::pair(u"word.txt"_s, "word\n"_ba)}) {
            QFile written(context.filePath(file));
            QVERIFY(written.open(QIODevice::WriteOnly));
            written.write(text);
        }
        m_engine.docker({u"build"_s, u"-q"_s, u"-t"_s, name, context.path()});
    }
    template<typename T>
    static Result<T> finished(const Operation<T> &operation)
    {
        const auto future = operation.future();
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, patience)) {
            return failure(ErrorKind::NotAnswering, "test");
        }
        return future.result();
    }
    OpenedImagePointer opened(const std::string &name)
    {
        const auto result = finished(m_layers->open(target(name), {}));
        if (!result) {
            qWarning("%s", result.error().detail.c_str());
        }
        return result ? *result : nullptr;
    }
    static Change changeOf(const OpenedImage &image, std::string_view path, std::size_t layer)
    {
        const layers::FileView seen = layers::view(image.files, {.layer = layer});
        return seen.rows[image.files.tree().find(path)].change;
    }

    RealEngine m_engine{RealEngine::kindMeant(), RealEngine::enteringMeant()};
    std::unique_ptr<QTemporaryDir> m_cache;
    std::unique_ptr<EngineSession> m_session;
    std::unique_ptr<ImageLayers> m_layers;
};

} // namespace tst_image_layers_live

ROADSTEAD_GUILESS_TEST(tst_image_layers_live::TestImageLayersLive)
#include "tst_image_layers_live.moc"
